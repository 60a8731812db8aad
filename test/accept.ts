// Prints every promised figure beside what was computed, and fails on a difference or on missing data:
// `npm run accept -- <data folder>`. Without a folder it checks what the repository itself holds.
// Everything is computed by the command line that people use, in a store made for the run.
import { execFile } from "node:child_process";
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { demoAsOf, demoSeed, generateDemo } from "../demo/generate.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../", import.meta.url));

interface Figure {
  readonly what: string;
  readonly promised: string | number;
  readonly computed: string | number;
}

const money = z.object({ amount: z.number(), currency: z.string() });
const topAnswer = z.object({
  data: z.object({
    tier: z.string(),
    total: z.object({ accounts: z.number(), value: money, share: z.number() }),
    rows: z.array(
      z.object({
        rank: z.number(),
        account: z.string(),
        tier: z.string(),
        value: money,
        cumulativeShare: z.number(),
      }),
    ),
  }),
});
const mixAnswer = z.object({
  data: z.object({
    accounts: z.number(),
    value: money,
    hhi: z.number(),
    gini: z.number(),
    top10Share: z.number(),
    top20PercentShare: z.number(),
    accountsFor80Percent: z.number(),
    accountsFor95Percent: z.number(),
    accountsFor99Percent: z.number(),
  }),
});
const importAnswer = z.object({
  sources: z.array(
    z.object({
      opportunitiesWithoutAccount: z.number(),
      files: z.array(
        z.object({ file: z.string(), read: z.number(), kept: z.number(), rejected: z.number() }),
      ),
      suspects: z.array(z.object({ value: z.string(), suggestion: z.string().optional() })),
    }),
  ),
});

/** The command line, in a store of its own. */
type Terminal = (...words: readonly string[]) => Promise<unknown>;

const figures: Figure[] = [];
const folder = process.argv[2];
await inOwnStore(acceptDemo);
if (folder !== undefined) await inOwnStore((portfolio) => acceptMaven(portfolio, join(folder, "maven-crm")));
report();

/** Maven CRM: figures of reference-numbers.md. */
async function acceptMaven(portfolio: Terminal, data: string): Promise<void> {
  const files = ["accounts", "products", "sales_teams", "sales_pipeline"].map((name) =>
    join(data, `${name}.csv`),
  );
  for (const file of files) await access(file);
  const imported = importAnswer.parse(await portfolio("import", "--json", ...files));
  const rows = (file: string) => imported.sources[0]?.files.find((one) => one.file === file)?.kept ?? 0;
  check("Maven CRM: opportunities", 8_800, rows("sales_pipeline.csv"));
  check("Maven CRM: accounts", 85, rows("accounts.csv"));
  check(
    "Maven CRM: opportunities without account",
    1_425,
    imported.sources[0]?.opportunitiesWithoutAccount ?? 0,
  );
  const suspects = imported.sources[0]?.suspects ?? [];
  check(
    "Maven CRM: suspect GTXPro",
    "GTX Pro",
    suspects.find(({ value }) => value === "GTXPro")?.suggestion ?? "",
  );
  check(
    "Maven CRM: suspect technolgy",
    "technology",
    suspects.find(({ value }) => value === "technolgy")?.suggestion ?? "",
  );

  const mix = mixAnswer.parse(await portfolio("ask", "mix", "--json")).data;
  check("Maven CRM: won value", "1000553400 USD", `${mix.value.amount} ${mix.value.currency}`);
  check("Maven CRM: HHI", "135.8", mix.hhi.toFixed(1));
  check("Maven CRM: top-10 share", "20.7 %", percent(mix.top10Share));
  check("Maven CRM: accounts that make 80 %", 59, mix.accountsFor80Percent);
  check("Maven CRM: A, up to B, up to C", "59, 77, 84", await tiersUpTo(portfolio));

  const top = topAnswer.parse(await portfolio("ask", "top A", "--json")).data;
  const naive = naiveMaven(await readFile(join(data, "sales_pipeline.csv"), "utf8"));
  check(
    "Maven CRM: top A, row by row, as recomputed",
    byValueThenName(naive.slice(0, 59)),
    byValueThenName(top.rows.map(({ account, value }) => [account, value.amount])),
  );
}

/** The invented company: an independent reading of its own files. */
async function acceptDemo(portfolio: Terminal): Promise<void> {
  const own = await mkdtemp(join(tmpdir(), "portfolio-accept-"));
  try {
    const files: string[] = [];
    for (const { name, content } of generateDemo({ seed: demoSeed, asOf: demoAsOf })) {
      files.push(join(own, name));
      await writeFile(join(own, name), content);
    }
    const imported = importAnswer.parse(await portfolio("import", "--json", ...files));
    const read = imported.sources[0]?.files ?? [];
    check("Demo: companies kept", 401, read.find(({ file }) => file === "hubspot-companies.csv")?.kept ?? 0);
    check("Demo: deals rejected", 10, read.find(({ file }) => file === "hubspot-deals.csv")?.rejected ?? 0);
    check("Demo: deals without company", 90, imported.sources[0]?.opportunitiesWithoutAccount ?? 0);
    const naive = naiveDemo(await readFile(files[1] ?? "", "utf8"));
    const mix = mixAnswer.parse(await portfolio("ask", "mix", "--json")).data;
    check("Demo: spend, as recomputed", naive.total, mix.value.amount);
    check("Demo: accounts that make 80 %, as recomputed", naive.for80, mix.accountsFor80Percent);
    const top = topAnswer.parse(await portfolio("ask", "top A", "--json")).data;
    check("Demo: A accounts, as recomputed", naive.for80, top.total.accounts);
    check(
      "Demo: values of A, as recomputed",
      JSON.stringify(naive.values.slice(0, naive.for80)),
      JSON.stringify(top.rows.map(({ value }) => value.amount)),
    );
  } finally {
    await rm(own, { recursive: true });
  }
}

async function tiersUpTo(portfolio: Terminal): Promise<string> {
  let sum = 0;
  const counts: number[] = [];
  for (const tier of ["A", "B", "C"]) {
    sum += topAnswer.parse(await portfolio("ask", `top ${tier}`, "--json")).data.total.accounts;
    counts.push(sum);
  }
  return counts.join(", ");
}

/** Won value per account in minor units, largest first, straight from the file. */
function naiveMaven(csv: string): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const row of parse(csv, { columns: true }) as Record<string, string>[])
    if (row.deal_stage === "Won" && row.account)
      sums.set(row.account, (sums.get(row.account) ?? 0) + Number(row.close_value) * 100);
  return [...sums].sort(([, left], [, right]) => right - left);
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

/** Equal values in any order: which of them comes first is decided by ids that a file does not have. */
function byValueThenName(rows: readonly (readonly [string, number])[]): string {
  const sorted = [...rows].sort(([left, more], [right, less]) => less - more || (left < right ? -1 : 1));
  return JSON.stringify(sorted);
}

async function inOwnStore(work: (portfolio: Terminal) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "portfolio-accept-store-"));
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: "" };
  try {
    await work(async (...words) => {
      const { stdout } = await run(process.execPath, ["--import", "tsx", "src/cli.ts", ...words], {
        cwd: root,
        env,
        maxBuffer: 1 << 28,
      });
      return JSON.parse(stdout);
    });
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 1_000 });
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function check(what: string, promised: string | number, computed: string | number): void {
  figures.push({ what, promised, computed });
}

function report(): void {
  const failed = figures.filter(({ promised, computed }) => promised !== computed);
  for (const { what, promised, computed } of figures)
    process.stdout.write(
      `${promised === computed ? "ok  " : "FAIL"} ${what}: promised ${shorten(promised)}, computed ${shorten(computed)}\n`,
    );
  process.stdout.write(`${figures.length - failed.length} passed, ${failed.length} failed\n`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function shorten(value: string | number): string {
  const text = String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
