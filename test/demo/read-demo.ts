import { parse } from "csv-parse/sync";
import { generateDemo } from "../../demo/generate.ts";

/**
 * An independent reading of the three files: what a careful person would keep, in a few lines and with
 * nothing of the generator's or the importer's code.
 */
export type Row = Readonly<Record<string, string>>;

interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Deal {
  readonly row: Row;
  readonly amount: number;
  readonly closed: string;
  readonly created: string;
  readonly outcome: "won" | "lost" | "open";
  readonly companyId: string;
  readonly owner: string;
}

export interface Demo {
  readonly raw: Readonly<Record<"companies" | "deals" | "users", Table>>;
  readonly companies: readonly Row[];
  readonly deals: readonly Deal[];
  readonly users: readonly Row[];
}

function table(content: string): Table {
  const [header = [], ...rows] = parse(content, { bom: true, relax_column_count: true });
  return { header, rows };
}

/** Rows with the header's number of cells and an id, each id once. */
function wholeRows({ header, rows }: Table, id: string): readonly Row[] {
  const whole = rows
    .filter((cells) => cells.length === header.length)
    .map((cells): Row => Object.fromEntries(header.map((column, index) => [column, cells[index] ?? ""])))
    .filter((row) => row[id] !== "");
  return [...new Map(whole.map((row) => [row[id], row])).values()];
}

export function isDate(text: string): boolean {
  const day = text.slice(0, 10);
  return (
    /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(text) && new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day
  );
}

function outcomeOf(stage: string | undefined): Deal["outcome"] {
  return stage === "Closed Won" ? "won" : stage === "Closed Lost" ? "lost" : "open";
}

const alreadyRead = new Map<string, Demo>();

export function readDemo(seed: number, asOf: string): Demo {
  const key = `${seed} ${asOf}`;
  const demo = alreadyRead.get(key) ?? generateAndRead(seed, asOf);
  alreadyRead.set(key, demo);
  return demo;
}

function generateAndRead(seed: number, asOf: string): Demo {
  const contentOf = new Map(generateDemo({ seed, asOf }).map(({ name, content }) => [name, content]));
  const tableOf = (name: string) => table(contentOf.get(name) ?? "");
  const raw = {
    companies: tableOf("hubspot-companies.csv"),
    deals: tableOf("hubspot-deals.csv"),
    users: tableOf("hubspot-users.csv"),
  };
  const deals = wholeRows(raw.deals, "Record ID")
    .map((row) => ({
      row,
      amount: Number((row.Amount ?? "").replace(/[€,]/g, "")),
      closed: row["Close Date"] ?? "",
      created: row["Create Date"] ?? "",
      outcome: outcomeOf(row["Deal Stage"]),
      companyId: row["Associated Company IDs (Primary)"] ?? "",
      owner: row["Deal owner"] ?? "",
    }))
    .filter(({ amount, closed }) => Number.isFinite(amount) && isDate(closed));
  return {
    raw,
    companies: wholeRows(raw.companies, "Record ID"),
    deals,
    users: wholeRows(raw.users, "Email"),
  };
}

/** Won value by company in the 24 months up to a day, largest first; companies without a positive one left out. */
export function spendUntil({ deals }: Demo, day: string): readonly (readonly [string, number])[] {
  const after = `${Number(day.slice(0, 4)) - 2}${day.slice(4)} 24`;
  const spend = new Map<string, number>();
  for (const { outcome, companyId, closed, amount } of deals) {
    if (outcome !== "won" || companyId === "" || closed <= after || closed > `${day} 24`) continue;
    spend.set(companyId, (spend.get(companyId) ?? 0) + amount);
  }
  return [...spend].filter(([, amount]) => amount > 0).sort(([, left], [, right]) => right - left);
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Tiers at 80/95/99 of the total; the account that crosses a cut belongs to the higher tier. */
export function tiers(ranked: readonly (readonly [string, number])[]): ReadonlyMap<string, string> {
  const total = sum(ranked.map(([, amount]) => amount));
  const tierOf = new Map<string, string>();
  let before = 0;
  for (const [id, amount] of ranked) {
    const share = before / total;
    tierOf.set(id, share < 0.8 ? "A" : share < 0.95 ? "B" : share < 0.99 ? "C" : "D");
    before += amount;
  }
  return tierOf;
}
