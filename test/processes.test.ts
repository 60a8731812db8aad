import { createHash } from "node:crypto";
import { createWriteStream, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { createGzip } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importFiles } from "../src/ingest/import-files.ts";
import { openStore, type Store } from "../src/store/store.ts";
import { embeddedStore, type OwnStore, scratchDatabase } from "./helpers/own-store.ts";
import { type Ended, startTerminal } from "./helpers/terminal-process.ts";
import { whatCounts } from "./helpers/what-counts.ts";
import { temporaryFolder } from "./helpers/workspace.ts";

// Whole processes that run at the same time or die at any moment: `npm run prove` does it for long.

const proving = Boolean(process.env.PROVE);
const lines = proving ? 20_000 : 2_000;
/** How many die at the same time: they wait for each other's locks and not for the processor alone. */
const atOnce = 4;

const header = "Invoice no,Date,Customer no,Customer,SKU,Description,Quantity,Unit price,Currency";

/** An invoice has four lines, every tenth of which comes twice. `factor` makes a corrected ledger of it. */
function ledgerLine(line: number, factor: number): string {
  const invoice = Math.floor(line / 4);
  const customer = (invoice * 7) % 500;
  const day = new Date(Date.UTC(2024, 0, 1 + (invoice % 900))).toISOString().slice(0, 10);
  const article = line % 10 === 1 ? line - 1 : line;
  // Every third line differs between two ledgers.
  const price = ((article * 37) % 900) + (line % 3 === 0 ? factor : 1);
  return `I-${invoice},${day},C${customer},Customer ${customer},P${article % 40},Article ${article % 40},2,${price}.50,EUR`;
}

function writeLedger(factor: number): string {
  const path = join(temporaryFolder(), `ledger-${factor}.csv`);
  const rows = Array.from({ length: lines }, (_, line) => ledgerLine(line, factor));
  writeFileSync(path, `${[header, ...rows].join("\n")}\n`);
  return path;
}

const [ledger, corrected] = [writeLedger(1), writeLedger(5)];

/** Sorted, so that the moments at which things die are spread over the range in every run. */
function moments(count: number, [min, max]: readonly [number, number], seed: number): readonly number[] {
  const width = (max - min) / count;
  return fc
    .sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed, numRuns: count })
    .map((share, index) => Math.round(min + (index + share) * width));
}

async function inGroups<Item>(items: readonly Item[], work: (item: Item, index: number) => Promise<void>) {
  for (let start = 0; start < items.length; start += atOnce)
    await Promise.all(items.slice(start, start + atOnce).map((item, index) => work(item, start + index)));
}

const kinds: readonly (readonly [string, () => Promise<OwnStore>])[] = process.env.TEST_DATABASE_URL
  ? [["a PostgreSQL server", scratchDatabase]]
  : [["the embedded store", async () => embeddedStore()]];

describe.each(kinds)("on %s", { timeout: 3_600_000 }, (_, create) => {
  let own: OwnStore;
  let store: Store;
  /** How they left who came while it was empty. */
  let comers: readonly Ended[];
  /** What a store has that was left in peace, and how long it took. */
  const expected = { first: "", corrected: "", importMs: 0 };
  beforeAll(async () => {
    own = await create();
    comers = await Promise.all(
      Array.from({ length: proving ? 10 : 4 }, () => startTerminal(["imports", "--json"], own.env).ended),
    );
    store = await openStore(own.address);
    const start = Date.now();
    await succeed(run("peace", "import", ledger));
    expected.importMs = Date.now() - start;
    expected.first = await content("peace");
    await load("peace-corrected", corrected);
    expected.corrected = await content("peace-corrected");
  }, 300_000);
  afterAll(async () => {
    await store.close();
    await own.remove();
  });

  function start(workspaceId: string, ...args: readonly string[]) {
    return startTerminal(args, { ...own.env, WORKSPACE: workspaceId });
  }

  function run(workspaceId: string, ...args: readonly string[]): Promise<Ended> {
    return start(workspaceId, ...args).ended;
  }

  /** Imports without a process of its own. */
  async function load(workspaceId: string, path: string): Promise<void> {
    await importFiles({ store, workspaceId, files: [path], now: () => new Date() });
  }

  async function killed(workspaceId: string, afterMs: number, ...args: readonly string[]): Promise<void> {
    const process = start(workspaceId, ...args);
    await sleep(afterMs);
    process.kill();
    await process.ended;
  }

  /** Rows and figures in few characters. */
  async function content(workspaceId: string): Promise<string> {
    const reads = store.reads(await store.access({ workspaceId, standing: "operator" }));
    const { rows, figures } = await whatCounts(workspaceId, reads, own.rows);
    const hash = createHash("sha256").update(JSON.stringify({ rows, figures })).digest("base64url");
    return `${rows.current_ledger_entry?.length} lines, ${figures?.totals.value}, ${hash}`;
  }

  test("many processes that come at once while it is empty set it up once", async () => {
    expect(comers).toEqual(comers.map(() => ({ code: 0, output: "[]\n", errors: "" })));
    const history = await own.rows(
      "SELECT migration_name AS name, count(*)::int AS times FROM _prisma_migrations GROUP BY 1",
    );
    expect(history.length).toBeGreaterThan(0);
    expect(history.filter(({ times }) => times !== 1)).toEqual([]);
  });

  test("two imports of one file at the same moment: every row is there once", async () => {
    const both = await Promise.all([0, 1].map(() => run("twins", "import", ledger)));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(
      both.filter(({ errors }) => /Import \d+ is running since .* Waiting for it\./.test(errors)),
    ).toHaveLength(1);
    expect(await content("twins")).toBe(expected.first);
    const rows = await own.rows(
      "SELECT count(*)::int AS rows, count(DISTINCT id)::int AS ids FROM ledger_entry WHERE workspace_id = 'twins'",
    );
    expect(rows).toEqual([{ rows: lines, ids: lines }]);
  });

  test("an import that is killed at any moment, and run again, loads everything once", async () => {
    const usual = expected.importMs;
    const spread = moments(proving ? 14 : 1, [300, usual], 11);
    // The end is short and has the most to break: publishing and computing.
    const ends = moments(proving ? 6 : 1, [usual * 0.75, usual], 12);
    await inGroups([...spread, ...ends], async (afterMs, index) => {
      const workspaceId = `killed-${index}`;
      await killed(workspaceId, afterMs, "import", ledger);
      await succeed(run(workspaceId, "import", ledger));
      expect([afterMs, await content(workspaceId)]).toEqual([afterMs, expected.first]);
      expect(await leftovers(workspaceId)).toEqual({ imports: 0, snapshots: 0 });
    });
  });

  test("an undo that is killed at any moment, and run again, takes everything back", async () => {
    const rounds = proving ? 8 : 1;
    await prepareUndo("undo-peace");
    const start = Date.now();
    await undo("undo-peace");
    const usual = Date.now() - start;
    expect(await content("undo-peace")).toBe(expected.corrected);
    await inGroups(moments(rounds, [Math.min(900, usual / 2), usual], 13), async (afterMs, index) => {
      const workspaceId = `undo-${index}`;
      await prepareUndo(workspaceId);
      const importId = await firstImport(workspaceId);
      await killed(workspaceId, afterMs, "undo", String(importId));
      const again = await run(workspaceId, "undo", String(importId));
      if (again.code !== 0) {
        // It had come so far that only the computing was left.
        expect(again.errors).toContain(`Import ${importId} has been undone already.`);
        await succeed(run(workspaceId, "refresh"));
      }
      expect([afterMs, await content(workspaceId)]).toEqual([afterMs, expected.corrected]);
      expect(await leftovers(workspaceId)).toEqual({ imports: 0, snapshots: 0 });
    });
  });

  test.skipIf(process.env.TEST_DATABASE_URL)(
    "an import whose embedded store is killed, and run again, loads everything once",
    async () => {
      const usual = expected.importMs;
      for (const [index, afterMs] of moments(proving ? 5 : 1, [usual / 2, usual], 14).entries()) {
        const workspaceId = `storeless-${index}`;
        const dying = start(workspaceId, "import", ledger);
        await sleep(afterMs);
        killStore(own);
        const { code, output, errors } = await dying.ended;
        if (code !== 0) expect([output, errors]).toEqual(["", expect.stringMatching(/\S/)]);
        await succeed(run(workspaceId, "import", ledger));
        expect([afterMs, await content(workspaceId)]).toEqual([afterMs, expected.first]);
        expect(await content("peace")).toBe(expected.first);
      }
    },
  );

  async function prepareUndo(workspaceId: string): Promise<void> {
    await load(workspaceId, ledger);
    await load(workspaceId, corrected);
  }

  async function undo(workspaceId: string): Promise<void> {
    await succeed(run(workspaceId, "undo", String(await firstImport(workspaceId))));
  }

  async function firstImport(workspaceId: string): Promise<number> {
    const imports = await store.imports(workspaceId);
    return Math.min(...imports.map(({ id }) => id));
  }

  /** What nobody sees and nobody finished. */
  async function leftovers(workspaceId: string) {
    const [left] = await own.rows(
      `SELECT (SELECT count(*) FROM import WHERE workspace_id = $1 AND (status = 'staging' OR finished_at IS NULL))::int AS imports,
              (SELECT count(*) FROM snapshot WHERE workspace_id = $1 AND status = 'staging')::int AS snapshots`,
      [workspaceId],
    );
    return left;
  }
});

test.skipIf(!proving)("300,000 lines are imported in a small heap", { timeout: 1_200_000 }, async () => {
  const path = join(temporaryFolder(), "ledger.csv.gz");
  const rows = function* () {
    yield `${header}\n`;
    for (let line = 0; line < 300_000; line += 1) yield `${ledgerLine(line, 1)}\n`;
  };
  await pipeline(Readable.from(rows()), createGzip(), createWriteStream(path));
  const own = embeddedStore();
  const env = { ...own.env, WORKSPACE: "main" };
  const { code, output, errors } = await startTerminal(["import", "--json", path], env, [
    "--max-old-space-size=160",
  ]).ended;
  expect([code, code === 0 ? "" : errors]).toEqual([0, ""]);
  expect(JSON.parse(output)).toMatchObject({
    sources: [{ written: { invoice: { added: 300_000 } }, files: [{ read: 300_000, kept: 300_000 }] }],
    snapshot: { accounts: 500 },
  });
});

/** Kills the store's process, unless nobody has started it again yet. */
function killStore({ env }: OwnStore): void {
  try {
    process.kill(Number(readFileSync(join(env.DATA_DIR ?? "", "server.pid"), "utf8")), "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

async function succeed(ended: Promise<Ended>): Promise<void> {
  const { code, errors } = await ended;
  if (code !== 0) throw new Error(`it left with ${code}: ${errors}`);
}
