import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { demoAsOf, demoSeed, generateDemo } from "../../demo/generate.ts";
import { importAnswer, mixAnswer, topAnswer } from "./answers.ts";
import { check } from "./figures.ts";
import { demoFiles } from "./plain-files.ts";
import type { Terminal } from "./stores.ts";
import { acceptTomorrow } from "./tomorrow/accept-tomorrow.ts";

/** The invented company: an independent reading of its own files. */
export async function acceptDemo(portfolio: Terminal, where: string): Promise<void> {
  const own = await mkdtemp(join(tmpdir(), "portfolio-accept-"));
  try {
    const files: string[] = [];
    for (const { name, content } of generateDemo({ seed: demoSeed, asOf: demoAsOf })) {
      files.push(join(own, name));
      await writeFile(join(own, name), content);
    }
    const imported = importAnswer.parse(await portfolio("import", "--json", ...files));
    const read = imported.sources[0]?.files ?? [];
    check(
      `${where}: companies kept`,
      401,
      read.find(({ file }) => file === "hubspot-companies.csv")?.kept ?? 0,
    );
    check(
      `${where}: deals rejected`,
      10,
      read.find(({ file }) => file === "hubspot-deals.csv")?.rejected ?? 0,
    );
    check(`${where}: deals without company`, 90, imported.sources[0]?.opportunitiesWithoutAccount ?? 0);
    const naive = naiveDemo(await readFile(files[1] ?? "", "utf8"));
    const mix = mixAnswer.parse(await portfolio("ask", "mix", "--json")).data;
    check(`${where}: spend, as recomputed`, naive.total, mix.value.amount);
    check(`${where}: accounts that make 80 %, as recomputed`, naive.for80, mix.accountsFor80Percent);
    const top = topAnswer.parse(await portfolio("ask", "top A", "--json")).data;
    check(`${where}: A accounts, as recomputed`, naive.for80, top.total.accounts);
    check(
      `${where}: values of A, as recomputed`,
      JSON.stringify(naive.values.slice(0, naive.for80)),
      JSON.stringify(top.rows.map(({ value }) => value.amount)),
    );
    const [companies = "", deals = ""] = files;
    await acceptTomorrow(portfolio, where, await demoFiles(companies, deals, demoAsOf));
  } finally {
    await rm(own, { recursive: true });
  }
}

function naiveDemo(csv: string): { total: number; for80: number; values: readonly number[] } {
  const sums = new Map<string, number>();
  const seen = new Set<string>();
  for (const row of parse(csv, { columns: true, relax_column_count: true }) as Record<string, string>[]) {
    const amount = Number((row.Amount ?? "").replace(/[€,]/g, ""));
    const day = (row["Close Date"] ?? "").slice(0, 10);
    const company = row["Associated Company IDs (Primary)"];
    const id = row["Record ID"];
    const complete = Object.keys(row).length === 14 && row["Legacy Ref"] !== undefined;
    if (!id || !company || !complete || Number.isNaN(amount) || row["Deal Stage"] !== "Closed Won") continue;
    if (day <= "2024-10-31" || day > demoAsOf || !exists(day) || seen.has(id)) continue;
    seen.add(id);
    sums.set(company, (sums.get(company) ?? 0) + Math.round(amount * 100));
  }
  const values = [...sums.values()].sort((left, right) => right - left);
  const positive = values.filter((value) => value > 0).reduce((sum, value) => sum + value, 0);
  let cumulative = 0;
  const for80 =
    values.findIndex((value) => {
      cumulative += value;
      return cumulative >= 0.8 * positive;
    }) + 1;
  return { total: values.reduce((sum, value) => sum + value, 0), for80, values };
}

/** JavaScript reads the 30th of February as the 2nd of March. */
function exists(day: string): boolean {
  const date = new Date(day);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
