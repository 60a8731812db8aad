import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { type Background, startBackground } from "../../src/background/background.ts";
import { createIntake } from "../../src/intake/create-intake.ts";
import type { Viewer } from "../../src/store/viewer.ts";
import { storeAddress } from "../helpers/store-address.ts";
import {
  company,
  deal,
  openWorkspace,
  rawRows,
  type TestWorkspace,
  writeExports,
  writeText,
} from "../helpers/workspace.ts";

// Most of the time goes into starting processes, which takes long where others want the processor too.
vi.setConfig({ testTimeout: 90_000 });

const silent = { progress: () => {}, waiting: () => {} };
const running: Started[] = [];
afterAll(async () => {
  await Promise.all(running.map(({ background }) => background.stop()));
});

interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly message: string;
  readonly processId?: number;
  readonly signal?: string;
  readonly jobs?: readonly string[];
}

interface Limits {
  readonly idleMs?: number;
  readonly stopLimitMs?: number;
  readonly databaseUrl?: string;
}

interface Started {
  readonly background: Background;
  readonly logged: readonly LogLine[];
  /** The ids of the processes that were started, oldest first. */
  pids(): readonly number[];
}

interface Bench extends TestWorkspace, Started {
  readonly viewer: Viewer;
}

function start({ store }: TestWorkspace, { databaseUrl, ...limits }: Limits): Started {
  const logged: LogLine[] = [];
  const at = (level: LogLine["level"]) => (fields: object, message: string) => {
    logged.push({ level, message, ...fields });
  };
  const started = {
    background: startBackground({
      store,
      address: databaseUrl === undefined ? storeAddress() : { databaseUrl },
      log: { info: at("info"), warn: at("warn"), error: at("error") },
      ...limits,
    }),
    logged,
    pids: () =>
      logged.flatMap(({ processId, message }) =>
        processId !== undefined && message === "the background process has started" ? [processId] : [],
      ),
  };
  running.push(started);
  return started;
}

let shared: Started | undefined;

function shareOne(workspace: TestWorkspace): Started {
  shared ??= start(workspace, {});
  return shared;
}

/** A workspace of its own and, for a test that says so, a background of its own. */
async function openBench(limits?: Limits): Promise<Bench> {
  const workspace = await openWorkspace();
  const started = limits ? start(workspace, limits) : shareOne(workspace);
  return { ...workspace, ...started, viewer: { workspaceId: workspace.id, standing: "operator" } };
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const gone = (pid: number | undefined) =>
  vi.waitFor(() => expect(pid !== undefined && runs(pid)).toBe(false), { timeout: 15_000, interval: 50 });

const exports = () =>
  writeExports({
    companies: [company("1", "Alder"), company("2", "Birch")],
    deals: [deal("1", "1", "10.00", "2026-01-01"), deal("2", "2", "5.00", "2026-02-01")],
  });

test("an import runs in another process, tells how far it is, and answers as it would here", async () => {
  const bench = await openBench();
  const files = exports();
  const told: string[] = [];
  const outcome = await bench.background.intake.import(
    bench.viewer,
    files,
    { currency: "EUR" },
    { ...silent, progress: (file, rows, fraction) => told.push(`${file} ${rows} ${fraction}`) },
  );
  expect(told).toEqual(["companies.csv 2 1", "deals.csv 2 1"]);
  const [pid] = bench.pids();
  expect(pid).not.toBe(process.pid);

  const other = await openWorkspace();
  const local = createIntake({ store: other.store, now: () => new Date() });
  const here = await local.import(
    { ...bench.viewer, workspaceId: other.id },
    files,
    { currency: "EUR" },
    silent,
  );
  expect(withoutNumbers(outcome)).toEqual(withoutNumbers(here));
  expect((await bench.standings()).size).toBe(2);
  expect(bench.pids()).toHaveLength(1);
});

/** Imports and snapshots are numbered through the whole store. */
function withoutNumbers(outcome: object): unknown {
  const text = JSON.stringify(outcome).replace(/(import|snapshot) \d+/gi, "$1 N");
  return JSON.parse(text, (key, value) => (key === "imports" || key === "importIds" ? value.length : value));
}

test("what people do wrong reads as it would here", async () => {
  const bench = await openBench();
  const local = createIntake({ store: bench.store, now: () => new Date() });
  const guest: Viewer = { workspaceId: bench.id, email: "guest@example.com" };
  const unclear = writeExports({
    companies: [company("1", "Alder")],
    deals: [deal("1", "1", "10.00", "03/04/2026")],
  });
  const cases = [
    [bench.viewer, [writeText("notes.csv", "one,two\n1,2\n")], {}],
    [bench.viewer, [writeText("empty.csv", "")], {}],
    [bench.viewer, exports(), { currency: "EURO" }],
    [bench.viewer, unclear, { currency: "EUR" }],
    [guest, exports(), {}],
  ] as const;
  for (const [viewer, files, options] of cases)
    for (const step of ["preview", "import"] as const) {
      const there = await bench.background.intake[step](viewer, files, options, silent);
      expect(there).toMatchObject({ ok: false, message: expect.stringMatching(/\.$/) });
      expect(there).toEqual(await local[step](viewer, files, options, silent));
    }
  const there = await bench.background.intake.undo(bench.viewer, [4711], silent);
  expect(there).toMatchObject({ ok: false });
  expect(there).toEqual(await local.undo(bench.viewer, [4711], silent));
});

test("a preview changes nothing, an undo takes back what an import brought", async () => {
  const bench = await openBench();
  const { intake } = bench.background;
  expect(await intake.preview(bench.viewer, exports(), {}, silent)).toMatchObject({ ok: true });
  expect(await bench.store.imports(bench.id)).toEqual([]);
  const imported = await intake.import(bench.viewer, exports(), { currency: "EUR" }, silent);
  if (!imported.ok) throw new Error(imported.message);
  expect((await bench.standings()).size).toBe(2);
  expect(await intake.undo(bench.viewer, imported.importIds, silent)).toMatchObject({ ok: true });
  expect(await bench.reads.snapshot()).toBeUndefined();
});

test("a process that dies fails its job cleanly, the log has the cause, and the next job starts another", {
  timeout: 90_000,
}, async () => {
  const bench = await openBench({});
  const { intake } = bench.background;
  const kill = { ...silent, progress: () => process.kill(bench.pids()[0] ?? Number.NaN, "SIGKILL") };
  const files = exports();
  const outcome = await intake.import(bench.viewer, files, { currency: "EUR" }, kill);
  expect(outcome).toEqual({
    ok: false,
    message:
      "The import was cut off by a problem on our side. Nothing is half done: a source's files are loaded as a whole or not at all, and never twice. Please try again. If that happens twice, tell whoever runs Portfolio: the log has the cause.",
  });
  expect(bench.logged.filter(({ level }) => level === "error")).toMatchObject([
    { message: "the background process died", signal: "SIGKILL", jobs: ["import"] },
  ]);
  expect(await bench.reads.snapshot()).toBeUndefined();

  const other = await openWorkspace();
  const viewer: Viewer = { ...bench.viewer, workspaceId: other.id };
  expect(await intake.import(viewer, files, { currency: "EUR" }, silent)).toMatchObject({ ok: true });
  expect(bench.pids()).toHaveLength(2);
  expect((await other.standings()).size).toBe(2);
});

test("an undo of several imports that was cut off can be repeated", async () => {
  const bench = await openBench();
  const { intake } = bench.background;
  const [first, second] = [exports(), writeText("users.csv", "Name,Email,Team\nAnn,ann@example.com,North\n")];
  await intake.import(bench.viewer, first, { currency: "EUR" }, silent);
  await intake.import(bench.viewer, [second], { currency: "EUR" }, silent);
  const ids = (await bench.store.imports(bench.id)).map(({ id }) => id);
  // What an attempt leaves that dies after the newest one.
  await bench.store.undoImport(bench.id, Math.max(...ids), { startedBy: "test" });
  expect(await intake.undo(bench.viewer, ids, silent)).toMatchObject({ ok: true });
  expect((await bench.store.imports(bench.id)).map(({ status }) => status)).toEqual(["undone", "undone"]);
});

test("a refresh waits for no import, and an import for another one", async () => {
  const bench = await openBench();
  const { intake } = bench.background;
  await bench.import({ companies: [company("1", "Alder")], deals: [deal("1", "1", "9.00", "2026-01-01")] });
  const before = await bench.snapshot();
  // Somebody at a terminal imports, and what comes from Slack has to wait for them.
  const writer = await bench.store.startImport(bench.id, {
    source: { id: "crm", name: "CRM" },
    startedBy: "the terminal",
  });
  const waits: string[] = [];
  const watch = { ...silent, waiting: (sentence: string) => void waits.push(sentence) };
  const first = intake.import(bench.viewer, exports(), { currency: "EUR" }, watch);
  await vi.waitFor(() => expect(waits).toHaveLength(1), { timeout: 20_000 });
  expect(waits).toEqual([expect.stringMatching(/^Import \d+ is running since .* Waiting for it\.$/)]);

  const elsewhere = await openWorkspace();
  const second = intake.preview({ ...bench.viewer, workspaceId: elsewhere.id }, exports(), {}, watch);
  expect(waits.at(-1)).toBe("Another import comes first. Yours begins when it is done.");

  await bench.background.refresh(bench.id);
  expect((await bench.snapshot()).id).toBeGreaterThan(before.id);
  expect(waits).toHaveLength(2);
  await writer.abandon();
  expect(await Promise.all([first, second])).toMatchObject([{ ok: true }, { ok: true }]);
});

test("a refresh that nobody can do fails with the cause", async () => {
  const bench = await openBench({ databaseUrl: "postgresql://nobody@127.0.0.1:1/nothing" });
  await expect(bench.background.refresh(bench.id)).rejects.toMatchObject({
    message: "a job failed in the background process",
    cause: {
      name: "StoreUnavailable",
      message: expect.stringContaining("The PostgreSQL server at DATABASE_URL does not let us in"),
    },
  });
});

test("a workspace that is gone is not made again", async () => {
  const bench = await openBench();
  await bench.background.refresh(bench.id);
  expect(await bench.store.workspace(bench.id)).toBeUndefined();
});

test("with nothing to do it leaves, and comes again", async () => {
  const bench = await openBench({ idleMs: 50 });
  await bench.background.refresh(bench.id);
  const [pid] = bench.pids();
  await gone(pid);
  await bench.background.refresh(bench.id);
  expect(bench.pids()).toHaveLength(2);
  expect(bench.logged.filter(({ level }) => level === "error")).toEqual([]);
});

test("a stop cuts off what does not end, and begins nothing any more", async () => {
  const bench = await openBench({ stopLimitMs: 0 });
  const { intake } = bench.background;
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= bench.background.stop();
  };
  const cutOff = intake.import(bench.viewer, exports(), { currency: "EUR" }, { ...silent, progress: stop });
  const queued = intake.preview(bench.viewer, exports(), {}, silent);
  expect(await cutOff).toMatchObject({
    ok: false,
    message: expect.stringContaining("since Portfolio is being restarted"),
  });
  expect(await queued).toMatchObject({
    ok: false,
    message: expect.stringContaining("Please try again in a minute."),
  });
  await stopped;
  await gone(bench.pids()[0]);
  expect(await bench.reads.snapshot()).toBeUndefined();
  expect(await intake.preview(bench.viewer, exports(), {}, silent)).toMatchObject({ ok: false });
  expect(bench.pids()).toHaveLength(1);
});

test("a bot that is killed leaves no process behind, nor half an import", async () => {
  const { id } = await openWorkspace();
  // As many deals as make it report its progress on the way.
  const [file] = writeExports({
    deals: Array.from({ length: 5_000 }, (_, index) => deal(String(index), "1", "1.00", "2026-01-01")),
  });
  const program = fileURLToPath(new URL("../helpers/background-parent.ts", import.meta.url));
  const argument = JSON.stringify({ address: storeAddress(), workspaceId: id, file });
  const bot = spawn(process.execPath, ["--import", "tsx", program, argument], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let pid: number | undefined;
  for await (const line of createInterface({ input: bot.stdout })) {
    if (line.startsWith("{")) pid = z.object({ processId: z.int() }).parse(JSON.parse(line)).processId;
    if (line === "importing") break;
  }
  expect(pid !== undefined && runs(pid)).toBe(true);
  bot.kill("SIGKILL");
  await gone(pid);
  const visible = "SELECT FROM import WHERE workspace_id = $1 AND status = 'visible'";
  expect(await rawRows(visible, [id])).toEqual([]);
});
