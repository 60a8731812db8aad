import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { stringify } from "csv-stringify/sync";
import { type Account, drawAccounts } from "./accounts.ts";
import { createCalendar } from "./calendar.ts";
import { type Deal, drawDeals } from "./deals.ts";
import { dirtyCompanies, dirtyDeals } from "./dirt.ts";
import { createRandom, elementAt } from "./random.ts";
import { companyRow, dealRow, type Row, userRows } from "./rows.ts";

/** A fixed day, not today: the same figures whenever somebody starts the demo. */
export const demoAsOf = "2026-10-31";
export const demoSeed = 1;

export interface DemoFile {
  readonly name: string;
  readonly content: string;
}

/**
 * Exports as HubSpot writes them of an invented company's three years up to `asOf`: exactly 400 companies
 * (distinct Record IDs that load; three of them are second records of a company, so 397 real ones), of
 * which 340 have bought and 60 never did. What is dirty, and how often, is listed in dirt.ts. The same
 * seed and date give the same bytes on every machine.
 */
export function generateDemo({
  seed,
  asOf,
}: {
  readonly seed: number;
  readonly asOf: string;
}): readonly DemoFile[] {
  const random = createRandom(seed);
  const calendar = createCalendar(asOf);
  const accounts = drawAccounts(random, calendar);
  const deals = drawDeals(random, calendar, accounts);
  const dealsByAccount = new Map<Account, Deal[]>(accounts.map((account) => [account, []]));
  for (const deal of deals) dealsByAccount.get(deal.account)?.push(deal);
  const companies = accounts.map((account) => ({
    source: account,
    row: companyRow(random, calendar, account, dealsByAccount.get(account) ?? []),
  }));
  const dealPairs = deals.map((deal) => ({ source: deal, row: dealRow(random, calendar, deal) }));
  const users = userRows();
  return [
    csvFile(
      "hubspot-companies.csv",
      elementAt(companies, 0).row,
      dirtyCompanies(random, companies),
      "\uFEFF",
    ),
    csvFile("hubspot-deals.csv", elementAt(dealPairs, 0).row, dirtyDeals(random, asOf, dealPairs)),
    csvFile(
      "hubspot-users.csv",
      elementAt(users, 0),
      users.map((row) => Object.values(row)),
    ),
  ];
}

function csvFile(
  name: string,
  columns: Row,
  rows: readonly (readonly string[])[],
  byteOrderMark = "",
): DemoFile {
  const lines = stringify([Object.keys(columns), ...rows.map((row) => [...row])]);
  return { name, content: byteOrderMark + lines };
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seed: { type: "string" }, "as-of": { type: "string" } },
  });
  const [folder] = positionals;
  const seed = Number(values.seed ?? demoSeed);
  const asOf = values["as-of"] ?? demoAsOf;
  if (folder === undefined || !Number.isSafeInteger(seed) || !/^\d{4}-\d\d-\d\d$/.test(asOf)) {
    process.stderr.write("usage: demo/generate.ts <folder> [--seed N] [--as-of YYYY-MM-DD]\n");
    process.exitCode = 2;
    return;
  }
  mkdirSync(folder, { recursive: true });
  for (const { name, content } of generateDemo({ seed, asOf })) {
    writeFileSync(join(folder, name), content);
    process.stdout.write(`${join(folder, name)}\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
