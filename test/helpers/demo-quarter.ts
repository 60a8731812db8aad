import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { demoAsOf, demoSeed, generateDemo } from "../../demo/generate.ts";
import { demoFiles } from "../accept/plain-files.ts";
import type { PlainSale } from "../accept/plain-sales.ts";
import { temporaryFolder } from "./workspace.ts";

type Row = readonly string[];

/** The invented company as its files would have been on earlier days. */
export interface DemoHistory {
  /** Its exports as of the end of a day: paths to files. */
  asOf(day: string): readonly string[];
  /** Every purchase, read past everything that Portfolio has. */
  readonly sales: readonly PlainSale[];
  /** Names of accounts by the name of whoever owns them. */
  readonly owned: ReadonlyMap<string, ReadonlySet<string>>;
}

export async function openDemoHistory(): Promise<DemoHistory> {
  const folder = temporaryFolder();
  const files = new Map(
    generateDemo({ seed: demoSeed, asOf: demoAsOf }).map(({ name, content }) => [name, content]),
  );
  const write = (name: string, content: string) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const [companies, users] = ["hubspot-companies.csv", "hubspot-users.csv"].map((name) =>
    write(name, files.get(name) ?? ""),
  ) as [string, string];
  const whole = write("all-deals.csv", files.get("hubspot-deals.csv") ?? "");
  const [header = [], ...deals]: Row[] = parse(files.get("hubspot-deals.csv") ?? "", {
    relax_column_count: true,
  });
  const { sales } = await demoFiles(companies, whole, demoAsOf);
  return {
    asOf: (day) => [
      companies,
      users,
      write(`deals-${day}.csv`, stringify([header, ...deals.filter((deal) => isKnown(header, deal, day))])),
    ],
    sales: [...(sales as Iterable<PlainSale>)],
    owned: ownersOf(files.get("hubspot-companies.csv") ?? ""),
  };
}

/** Whether a deal stood in the export of a day as it stands in the last one. */
function isKnown(header: Row, deal: Row, day: string): boolean {
  const cell = (name: string) => deal[header.indexOf(name)] ?? "";
  const isClosed = cell("Deal Stage").startsWith("Closed");
  return (isClosed ? cell("Close Date") : cell("Create Date")).slice(0, 10) <= day;
}

function ownersOf(companies: string): ReadonlyMap<string, ReadonlySet<string>> {
  const rows: readonly Readonly<Record<string, string>>[] = parse(companies, {
    columns: true,
    bom: true,
    relax_column_count: true,
  });
  const owned = new Map<string, Set<string>>();
  for (const row of rows) {
    const [owner = "", account = ""] = [row["Company owner"], row["Company name"]];
    owned.set(owner, (owned.get(owner) ?? new Set()).add(account.trim().replace(/\s+/g, " ")));
  }
  return owned;
}

/** Tiers as of a day, the plain way: 24 months of spend, cut at 80, 95 and 99 %; who ever bought has one. */
export function plainTiers(sales: readonly PlainSale[], asOf: string): ReadonlyMap<string, string> {
  const after = `${Number(asOf.slice(0, 4)) - 2}${asOf.slice(4)}`;
  const spend = new Map<string, number>();
  for (const { account, day, amountMinor } of sales)
    if (day <= asOf) spend.set(account, (spend.get(account) ?? 0) + (day > after ? amountMinor : 0));
  const ordered = [...spend].sort(([, one], [, other]) => other - one);
  const whole = ordered.reduce((sum, [, value]) => sum + Math.max(0, value), 0);
  let above = 0;
  return new Map(
    ordered.map(([account, value]) => {
      const share = above / whole;
      above += Math.max(0, value);
      const tier = value <= 0 || share >= 0.99 ? "D" : share >= 0.95 ? "C" : share >= 0.8 ? "B" : "A";
      return [account, tier];
    }),
  );
}
