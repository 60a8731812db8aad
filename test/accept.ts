// Prints every promised figure beside what was computed, and fails on a difference or on missing data:
// `npm run accept -- <data folder>`. Without a folder it checks what the repository itself holds.
// Everything is computed by the command line that people use, in stores made for the run: embedded ones, and
// with TEST_DATABASE_URL on that PostgreSQL server as well.
import { execFile } from "node:child_process";
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";
import pg from "pg";
import { z } from "zod";
import { demoAsOf, demoSeed, generateDemo } from "../demo/generate.ts";
import { chanceOfPause } from "../src/core/offers/rule-power.ts";

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
    tier: z.string().nullable(),
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
      linesWithoutAccount: z.number(),
      linesWithoutPrice: z.number(),
      files: z.array(
        z.object({ file: z.string(), read: z.number(), kept: z.number(), rejected: z.number() }),
      ),
      suspects: z.array(z.object({ value: z.string(), suggestion: z.string().optional() })),
    }),
  ),
});

const offerAnswer = z.object({
  data: z.object({
    waves: z.array(
      z.object({
        wave: z.string(),
        accounts: z.number(),
        expectedMargin: money,
        effortHours: z.number(),
        rows: z.array(
          z.object({
            probability: z.number(),
            low: z.number(),
            high: z.number(),
            expectedMargin: money,
            effortHours: z.number(),
            excluded: z.string().optional(),
            heldOut: z.boolean(),
          }),
        ),
      }),
    ),
  }),
});

/** The command line, in a store of its own. */
type Terminal = (...words: readonly string[]) => Promise<unknown>;

const figures: Figure[] = [];
const folder = process.argv[2];
const server = process.env.TEST_DATABASE_URL;
for (const [name, inOwnStore] of [
  ["PGlite", inEmbeddedStore] as const,
  ...(server === undefined ? [] : [["PostgreSQL", inDatabaseOf(server)] as const]),
]) {
  const within = (what: string) => `${what} on ${name}`;
  await inOwnStore(async (portfolio) => {
    await acceptDemo(portfolio, within("Demo"));
    await acceptOffer(portfolio, within("Demo's offer"));
  });
  if (folder === undefined) continue;
  await inOwnStore((portfolio) => acceptMaven(portfolio, within("Maven CRM"), join(folder, "maven-crm")));
  await inOwnStore((portfolio) =>
    acceptOnlineRetail(
      portfolio,
      within("Online Retail"),
      join(folder, "online-retail/online_retail.csv.gz"),
    ),
  );
}
acceptStopRule();
report();

/** Maven CRM: figures of reference-numbers.md. */
async function acceptMaven(portfolio: Terminal, where: string, data: string): Promise<void> {
  const files = ["accounts", "products", "sales_teams", "sales_pipeline"].map((name) =>
    join(data, `${name}.csv`),
  );
  for (const file of files) await access(file);
  const imported = importAnswer.parse(await portfolio("import", "--json", ...files));
  const rows = (file: string) => imported.sources[0]?.files.find((one) => one.file === file)?.kept ?? 0;
  check(`${where}: opportunities`, 8_800, rows("sales_pipeline.csv"));
  check(`${where}: accounts`, 85, rows("accounts.csv"));
  check(
    `${where}: opportunities without account`,
    1_425,
    imported.sources[0]?.opportunitiesWithoutAccount ?? 0,
  );
  const suspects = imported.sources[0]?.suspects ?? [];
  check(
    `${where}: suspect GTXPro`,
    "GTX Pro",
    suspects.find(({ value }) => value === "GTXPro")?.suggestion ?? "",
  );
  check(
    `${where}: suspect technolgy`,
    "technology",
    suspects.find(({ value }) => value === "technolgy")?.suggestion ?? "",
  );

  const mix = mixAnswer.parse(await portfolio("ask", "mix", "--json")).data;
  check(`${where}: won value`, "1000553400 USD", `${mix.value.amount} ${mix.value.currency}`);
  check(`${where}: HHI`, "135.8", mix.hhi.toFixed(1));
  check(`${where}: top-10 share`, "20.7 %", percent(mix.top10Share));
  check(`${where}: accounts that make 80 %`, 59, mix.accountsFor80Percent);
  check(`${where}: A, up to B, up to C`, "59, 77, 84", await tiersUpTo(portfolio));

  const top = topAnswer.parse(await portfolio("ask", "top A", "--json")).data;
  const naive = naiveMaven(await readFile(join(data, "sales_pipeline.csv"), "utf8"));
  check(
    `${where}: top A, row by row, as recomputed`,
    byValueThenName(naive.slice(0, 59)),
    byValueThenName(top.rows.map(({ account, value }) => [account, value.amount])),
  );
}

/** Online Retail: the net and the gross figures of reference-numbers.md and of an independent reading. */
async function acceptOnlineRetail(portfolio: Terminal, where: string, file: string): Promise<void> {
  await access(file);
  const imported = importAnswer.parse(await portfolio("import", "--json", "--currency", "GBP", file));
  const [source] = imported.sources;
  check(`${where}: lines read`, 541_909, source?.files[0]?.read ?? 0);
  check(`${where}: lines without customer`, 135_080, source?.linesWithoutAccount ?? 0);
  check(`${where}: lines without price`, 40, source?.linesWithoutPrice ?? 0);
  const net = mixAnswer.parse(await portfolio("ask", "mix explain", "--json")).data;
  const everything = topAnswer.parse(await portfolio("ask", "top", "--json")).data;
  check(`${where}: net spend`, "830006581 GBP", `${net.value.amount} ${net.value.currency}`);
  check(`${where}: customers`, 4_371, net.accounts);
  check(
    `${where}: customers with positive spend`,
    4_317,
    everything.rows.filter(({ value }) => value.amount > 0).length,
  );
  check(`${where}: A, up to B, up to C`, "1178, 2634, 3672", await tiersUpTo(portfolio));
  check(`${where}: Gini`, "0.7028", net.gini.toFixed(4));
  check(`${where}: HHI`, "45.0", net.hhi.toFixed(1));
  check(`${where}: top-20 % share`, "0.7344", net.top20PercentShare.toFixed(4));

  await portfolio("ask", "--json", "settings revenue gross");
  await portfolio("refresh", "--json");
  const gross = mixAnswer.parse(await portfolio("ask", "mix explain", "--json")).data;
  check(`${where}: gross spend`, "891140790 GBP", `${gross.value.amount} ${gross.value.currency}`);
  check(`${where}: customers, gross`, 4_338, gross.accounts);
  check(`${where}: A, up to B, up to C, gross`, "1133, 2602, 3666", await tiersUpTo(portfolio));
  check(`${where}: Gini, gross`, "0.7151", gross.gini.toFixed(4));
}

/** The invented company: an independent reading of its own files. */
async function acceptDemo(portfolio: Terminal, where: string): Promise<void> {
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
  } finally {
    await rm(own, { recursive: true });
  }
}

/** The demo's offer: what its waves say of themselves, beside what their accounts add up to. */
async function acceptOffer(portfolio: Terminal, where: string): Promise<void> {
  const answer = await portfolio("ask", 'pitch "Accepted" product:"Brook Console" hold-out 10%', "--json");
  const { waves } = offerAnswer.parse(answer).data;
  check(`${where}: waves`, "A, B, C, lookalikes", waves.map(({ wave }) => wave).join(", "));
  for (const { wave, accounts, expectedMargin, effortHours, rows } of waves) {
    const pitched = rows.filter(({ excluded, heldOut }) => excluded === undefined && !heldOut);
    check(`${where}: accounts of wave ${wave}`, pitched.length, accounts);
    const margin = rows.reduce((sum, row) => sum + row.expectedMargin.amount, 0);
    check(`${where}: expected margin of wave ${wave}`, margin, expectedMargin.amount);
    const hours = rows.reduce((sum, row) => sum + row.effortHours, 0);
    check(`${where}: hours of wave ${wave}`, hours.toFixed(6), effortHours.toFixed(6));
    const isOrdered = rows.every(({ low, probability, high }) => low <= probability && probability <= high);
    check(`${where}: intervals of wave ${wave} hold their chances`, "yes", isOrdered ? "yes" : "no");
  }
}

/** The stop rule on waves of 40 accounts, a fifth of them won at the floor: exactly, over all sequences of outcomes. */
function acceptStopRule(): void {
  const setting = { accounts: 40, breakEven: 0.2, needed: 8, pauseAbove: 0.9 };
  const [good, bad] = [chanceOfPause(setting, 0.3), chanceOfPause(setting, 0.1)];
  check(`Stop rule: pauses ${percent(good)} of good waves, at most 10 %`, "yes", good <= 0.1 ? "yes" : "no");
  check(`Stop rule: pauses ${percent(bad)} of bad waves, at least 80 %`, "yes", bad >= 0.8 ? "yes" : "no");
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

async function inEmbeddedStore(work: (portfolio: Terminal) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "portfolio-accept-store-"));
  try {
    await work(terminal({ DATA_DIR: dataDir, DATABASE_URL: "" }));
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 1_000 });
  }
}

/** The same in a database of its own on a server. */
function inDatabaseOf(address: string): typeof inEmbeddedStore {
  return async (work) => {
    const name = `portfolio_accept_${process.pid}_${Date.now()}`;
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    try {
      await client.query(`CREATE DATABASE ${name}`);
      const url = new URL(address);
      url.pathname = `/${name}`;
      await work(terminal({ DATABASE_URL: url.href }));
    } finally {
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await client.end();
    }
  };
}

function terminal(store: NodeJS.ProcessEnv): Terminal {
  return async (...words) => {
    // As `npm run portfolio` does it, with its limit for memory.
    const { stdout } = await run(
      process.execPath,
      ["--max-old-space-size=384", "--import", "tsx", "src/cli.ts", ...words],
      { cwd: root, env: { ...process.env, ...store }, maxBuffer: 1 << 28 },
    );
    return JSON.parse(stdout);
  };
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
