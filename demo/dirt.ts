/**
 * The dirt of real exports. Each kind is present exactly as often as the table says, whatever the seed,
 * and no row carries two kinds. `test/demo/dirt.test.ts` counts them.
 *
 * hubspot-companies.csv: a byte order mark; 403 data rows = 400 companies + 1 repeated + 2 to reject
 * | kind                                        | count |
 * | ------------------------------------------- | ----- |
 * | a second record of the same company, spelt otherwise, no domain (accounts.ts) | 3 pairs |
 * | name with a trailing space                  | 4 |
 * | name with a double space                    | 3 |
 * | name in capitals                            | 3 |
 * | industry misspelt ("Computer Sofware")      | 6 |
 * | industry in small letters                   | 3 |
 * | prospect without owner                      | 6 |
 * | `Employees` blank                           | 8 |
 * | special name (words.ts: &, quotes, umlauts, right to left, CJK, emoji, starred, channel mention, very long) | 9 |
 * | identical row repeated                      | 1 |
 * | to reject: no Record ID                     | 1 |
 * | to reject: ragged, the last cells missing   | 1 |
 *
 * hubspot-deals.csv: an unknown column (`Legacy Ref`); 13 more data rows than deals = 3 repeated + 10 to reject
 * | kind                                        | count |
 * | ------------------------------------------- | ----- |
 * | no associated company                       | 90, about 2 % |
 * | product misspelt ("FlowMeterPro", "Level Oter") | 8 + 4 |
 * | amount as `€12,500.00`, which is fine       | 6 |
 * | won with a negative amount: a credit        | 4 |
 * | won with amount zero                        | 5 |
 * | line break inside the deal name             | 3 |
 * | identical row repeated                      | 3 |
 * | to reject: amount `n/a` or `TBD`            | 2 + 2 |
 * | to reject: close date on 30 February        | 2 |
 * | to reject: no Record ID                     | 2 |
 * | to reject: ragged, one cell too few; one too many | 1 + 1 |
 */
import type { Account } from "./accounts.ts";
import type { Deal } from "./deals.ts";
import { wonStage } from "./market.ts";
import { elementAt, type Random } from "./random.ts";
import { amountText, type Row } from "./rows.ts";

const misspeltIndustries = [
  ["Computer Software", "Computer Sofware", 2],
  ["Food & Beverages", "Food & Bevrages", 2],
  ["Pharmaceuticals", "Pharmaceuticls", 1],
  ["Machinery", "Machinary", 1],
] as const;

const misspeltProducts = [
  ["Flow Meter Pro", "FlowMeterPro", 8],
  ["Level Otter", "Level Oter", 4],
] as const;

interface Pair<Source> {
  readonly source: Source;
  readonly row: Row;
}

interface Stain<Source> {
  readonly count: number;
  readonly fits: (source: Source) => boolean;
  readonly change: (row: Row) => Row;
}

/** Puts each stain on `count` rows drawn from those that fit and are still clean. */
function stained<Source>(
  random: Random,
  pairs: readonly Pair<Source>[],
  stains: readonly Stain<Source>[],
): readonly Row[] {
  const rows = pairs.map(({ row }) => row);
  const order = random.shuffled(pairs.map((pair, index) => ({ ...pair, index })));
  const taken = new Set<number>();
  for (const { count, fits, change } of stains) {
    const drawn = order.filter(({ source, index }) => !taken.has(index) && fits(source)).slice(0, count);
    if (drawn.length < count)
      throw new RangeError(`only ${drawn.length} rows for a kind of dirt, not ${count}`);
    for (const { row, index } of drawn) {
      taken.add(index);
      rows[index] = change(row);
    }
  }
  return rows;
}

function set(column: string, to: (value: string) => string) {
  return (row: Row): Row => ({ ...row, [column]: to(row[column] ?? "") });
}

function scattered(
  random: Random,
  cells: readonly (readonly string[])[],
  extra: readonly (readonly string[])[],
) {
  const mixed = [...cells];
  for (const row of extra) mixed.splice(random.integer(1, mixed.length), 0, row);
  return mixed;
}

export function dirtyCompanies(
  random: Random,
  pairs: readonly Pair<Account>[],
): readonly (readonly string[])[] {
  const isOrdinary = (account: Account) => account.isOrdinary;
  const isOrdinaryProspect = (account: Account) => account.isOrdinary && account.plan.kind === "prospect";
  const rows = stained<Account>(random, pairs, [
    ...misspeltIndustries.map(([right, wrong, count]) => ({
      count,
      fits: (account: Account) => account.isOrdinary && account.industry.name === right,
      change: set("Industry", () => wrong),
    })),
    { count: 6, fits: isOrdinaryProspect, change: set("Company owner", () => "") },
    { count: 4, fits: isOrdinary, change: set("Company name", (name) => `${name} `) },
    { count: 3, fits: isOrdinary, change: set("Company name", (name) => name.replace(" ", "  ")) },
    { count: 3, fits: isOrdinary, change: set("Company name", (name) => name.toUpperCase()) },
    { count: 3, fits: isOrdinary, change: set("Industry", (industry) => industry.toLowerCase()) },
    { count: 8, fits: isOrdinary, change: set("Employees", () => "") },
  ]);
  const phantom = (name: string, domain: string, id: string) =>
    Object.values({
      ...elementAt(rows, random.integer(0, rows.length - 1)),
      "Record ID": id,
      "Company name": name,
      "Company Domain Name": domain,
    });
  return scattered(
    random,
    rows.map((row) => Object.values(row)),
    [
      Object.values(random.pick(rows)),
      phantom("Nobody Knows Ltd", "nobody-knows.example", ""),
      phantom("Half a Row Ltd", "half-a-row.example", "7000000001").slice(0, 6),
    ],
  );
}

export function dirtyDeals(
  random: Random,
  asOf: string,
  pairs: readonly Pair<Deal>[],
): readonly (readonly string[])[] {
  const isSpare = (deal: Deal) => !deal.isFounding;
  // Credits and free orders go to accounts with many deals, so that no account's total turns on them.
  const isSpareWin = (deal: Deal) =>
    !deal.isFounding && deal.stage === wonStage && deal.account.plan.dealCount >= 15;
  // A prospect may be known by one deal only.
  const isSpareOfBuyer = (deal: Deal) => !deal.isFounding && deal.account.plan.kind !== "prospect";
  const withoutCompany = (row: Row) => ({
    ...row,
    "Associated Company": "",
    "Associated Company IDs (Primary)": "",
  });
  const rows = stained<Deal>(random, pairs, [
    { count: 4, fits: isSpareWin, change: credit },
    { count: 5, fits: isSpareWin, change: set("Amount", () => amountText(0)) },
    { count: 90, fits: isSpareOfBuyer, change: withoutCompany },
    ...misspeltProducts.map(([right, wrong, count]) => ({
      count,
      fits: (deal: Deal) => isSpare(deal) && deal.product.name === right,
      change: set("Product", () => wrong),
    })),
    { count: 6, fits: isSpare, change: set("Amount", (amount) => `€${withThousands(amount)}`) },
    { count: 3, fits: isSpare, change: set("Deal Name", (name) => name.replace(" - ", "\n- ")) },
  ]);
  return scattered(
    random,
    rows.map((row) => Object.values(row)),
    [
      ...Array.from({ length: 3 }, () => Object.values(random.pick(rows))),
      ...rejectedDeals(random, asOf, pairs),
    ],
  );
}

function credit(row: Row): Row {
  return { ...row, Amount: `-${row.Amount}`, "Deal Name": `Credit: ${row["Deal Name"]}` };
}

function withThousands(amount: string): string {
  return amount.replace(/\B(?=(\d{3})+\.)/g, ",");
}

/** Rows beside the real ones, with ids of their own: rejecting them loses nothing. */
function rejectedDeals(
  random: Random,
  asOf: string,
  pairs: readonly Pair<Deal>[],
): readonly (readonly string[])[] {
  const impossibleDate = `${Number(asOf.slice(0, 4)) - 1}-02-30 11:05`;
  const changes = [
    { Amount: "n/a" },
    { Amount: "n/a" },
    { Amount: "TBD" },
    { Amount: "TBD" },
    { "Close Date": impossibleDate },
    { "Close Date": impossibleDate },
    { "Record ID": "" },
    { "Record ID": "" },
  ];
  const wins = pairs.filter(({ source }) => source.stage === wonStage && source.account.isOrdinary);
  const phantom = (index: number) => ({
    ...random.pick(wins).row,
    "Record ID": String(20_000_000_001 + index),
  });
  const cut = Object.values(phantom(changes.length)).slice(0, 9);
  const [id = "", name = "", ...rest] = Object.values(phantom(changes.length + 1));
  return [
    ...changes.map((change, index) => Object.values({ ...phantom(index), ...change })),
    cut,
    // What a comma in a name does when the writer forgets the quotes.
    [id, name, " second try", ...rest],
  ];
}
