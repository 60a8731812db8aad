import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { importFiles } from "../../src/ingest/import-files.ts";
import { canConnect, socketFolder, socketPath } from "../../src/store/embedded.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { company, deal, temporaryFolder, writeExports } from "../helpers/workspace.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const directory = temporaryFolder();
const children = new Set<ChildProcessWithoutNullStreams>();

interface Child {
  /** Resolves when the text was printed. */
  printed(text: string): Promise<void>;
  exited: Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }>;
  kill(): Promise<unknown>;
}

/** A process of its own, as a bot or a command line is. */
function startProcess(args: readonly string[], dataDir = directory): Child {
  const child = spawn(process.execPath, ["--import", "tsx", ...args], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: "", NODE_OPTIONS: "", FORCE_COLOR: "0" },
  });
  children.add(child);
  let [output, errors] = ["", ""];
  child.stdout.on("data", (data: Buffer) => {
    output += data.toString();
  });
  child.stderr.on("data", (data: Buffer) => {
    errors += data.toString();
  });
  const exited = new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    child.once("close", (code) => {
      children.delete(child);
      resolve({ code, output, errors });
    });
  });
  return {
    exited,
    printed: async (text) => {
      while (!output.includes(text)) {
        if (child.exitCode !== null) throw new Error(`left with ${child.exitCode}: ${errors}`);
        await sleep(10);
      }
    },
    kill: () => {
      child.kill("SIGKILL");
      return exited;
    },
  };
}

/** A process that opens the store, runs a script with it and stays. */
function startScript(script: string, dataDir = directory): Child {
  const prelude = `import { openStore } from ${JSON.stringify(new URL("../../src/store/store.ts", import.meta.url).href)};
    import pg from "pg";
    const dataDir = ${JSON.stringify(dataDir)};
    setInterval(() => {}, 1000);`;
  return startProcess(["--input-type=module", "-e", `${prelude}\n${script}`], dataDir);
}

function storePid(): number {
  return Number(readFileSync(join(directory, "server.pid"), "utf8"));
}

/** Reads the table of processes: one that was killed and not waited for is still in it, as a zombie. */
function isAlive(pid: number): boolean {
  const status = `/proc/${pid}/status`;
  return existsSync(status) && !/^State:\s+[ZX]/m.test(readFileSync(status, "utf8"));
}

async function until(condition: () => boolean, limitMs: number): Promise<void> {
  for (const end = Date.now() + limitMs; !condition() && Date.now() < end; ) await sleep(20);
  expect(condition()).toBe(true);
}

/** Of several that were started at once, those that came too late leave by themselves. */
async function expectOneStore(): Promise<void> {
  await expect.poll(storeProcesses, { timeout: 10_000 }).toEqual([storePid()]);
}

async function killStore(): Promise<void> {
  const pid = storePid();
  process.kill(pid, "SIGKILL");
  await until(() => !isAlive(pid), 5_000);
  // Its first thread is gone before its sockets are; a question on its way then is lost, and that is said.
  while (await canConnect(directory)) await sleep(10);
  await sleep(50);
}

async function open(): Promise<Store> {
  const store = await openStore({ dataDir: directory });
  onTestFinished(() => store.close());
  return store;
}

let holder: Store | undefined;

beforeAll(async () => {
  // Several processes come to an empty directory at the same moment.
  const starters = Array.from({ length: 5 }, (_, index) =>
    startScript(`const store = await openStore({ dataDir });
      await store.ensureWorkspace("starter-${index}");
      console.log("open");`),
  );
  await Promise.all(starters.map((starter) => starter.printed("open")));
  holder = await openStore({ dataDir: directory });
  await Promise.all(starters.map((starter) => starter.kill()));
}, 90_000);

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await holder?.close();
});

describe("several processes", () => {
  test("that come to an empty directory at once initialise it once and see each other's rows", async () => {
    const found = await Promise.all([0, 1, 2, 3, 4].map((index) => holder?.workspace(`starter-${index}`)));
    expect(found.map((one) => one?.id)).toEqual([0, 1, 2, 3, 4].map((index) => `starter-${index}`));
    const client = new pg.Client({ host: directory, user: "postgres", database: "postgres" });
    await client.connect();
    const { rows } = await client.query(
      "SELECT count(*)::int AS rows, count(DISTINCT migration_name)::int AS names FROM _prisma_migrations",
    );
    await client.end();
    expect(rows[0]?.rows).toBeGreaterThan(0);
    expect(rows[0]?.rows).toBe(rows[0]?.names);
    await expectOneStore();
  });

  test("ask at the same time, beside one that has the store open", async () => {
    const store = await open();
    const files = writeExports({
      companies: [company("1", "Acme"), company("2", "Borealis")],
      deals: [deal("1", "1", "900.00", "2026-05-01"), deal("2", "2", "100.00", "2026-05-01")],
    });
    await importFiles({ store, workspaceId: "main", files, currency: "EUR", now: () => new Date() });
    const answers = await Promise.all(
      [1, 2].map(() => startProcess(["src/cli.ts", "ask", "mix", "--json"]).exited),
    );
    expect(answers.map(({ code, errors }) => [code, errors])).toEqual([
      [0, ""],
      [0, ""],
    ]);
    expect(answers[0]?.output).toContain("100000");
    expect(answers[1]?.output).toBe(answers[0]?.output);
    expect(await store.reportingCurrency("main")).toBe("EUR");
  });
});

describe("when the store's process is killed", () => {
  test("the next question of a live client is answered, with all that was written", {
    timeout: 3_600_000,
  }, async () => {
    const store = await open();
    for (let round = 0; round < (process.env.PROVE ? 25 : 2); round += 1) {
      await store.ensureWorkspace(`before-kill-${round}`);
      const killed = storePid();
      await killStore();
      expect((await store.workspace(`before-kill-${round}`))?.id).toBe(`before-kill-${round}`);
      expect(storePid()).not.toBe(killed);
    }
  });

  test("many questions of several clients at once are answered, by one new process", async () => {
    const stores = [await open(), await open()];
    await stores[0]?.ensureWorkspace("crowd");
    await killStore();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => stores[index % 2]?.workspace("crowd")),
    );
    expect(answers.map((answer) => answer?.id)).toEqual(Array(20).fill("crowd"));
    await expectOneStore();
  });

  test("an import can begin", async () => {
    const store = await open();
    await store.ensureWorkspace("after-kill");
    await killStore();
    const writer = await store.startImport("after-kill", {
      source: { id: "hubspot", name: "HubSpot" },
      startedBy: "test",
    });
    await writer.abandon();
  });
});

test("a client that is killed in a transaction holds up nobody and leaves nothing", async () => {
  const store = await open();
  const dying =
    startScript(`const client = new pg.Client({ host: dataDir, user: "postgres", database: "postgres" });
    await client.connect();
    await client.query("BEGIN");
    await client.query("INSERT INTO workspace (id, name) VALUES ('lost', 'of the dead')");
    console.log("in the middle");`);
  await dying.printed("in the middle");
  const waiting = store.workspace("lost");
  await sleep(50);
  await dying.kill();
  expect(await waiting).toBeUndefined();
  expect((await store.ensureWorkspace("lost")).name).toBe("lost");
});

test("the store's process leaves when nobody is connected, and the directory can be opened again", async () => {
  await holder?.close();
  holder = undefined;
  // Every test closes the stores it opened.
  const pid = storePid();
  await until(() => !isAlive(pid), 10_000);
  expect(existsSync(socketPath(directory))).toBe(false);
  const store = await open();
  expect(storePid()).not.toBe(pid);
  expect((await store.workspace("starter-0"))?.id).toBe("starter-0");
});

test.concurrent("an idle client keeps it: the store does not leave under one that is connected", async () => {
  const store = await openStore({ dataDir: directory });
  const pid = storePid();
  await sleep(3_800);
  expect(isAlive(pid)).toBe(true);
  expect(await store.workspace("starter-0")).toBeDefined();
  expect(storePid()).toBe(pid);
  await store.close();
});

describe.concurrent("a directory that will not do", () => {
  const ofLength = (length: number) => {
    const parent = temporaryFolder();
    return join(parent, "d".repeat(length - parent.length - 1));
  };

  test("because it is a file gives a sentence that says so", async () => {
    const path = join(temporaryFolder(), "file");
    writeFileSync(path, "");
    await expect(openStore({ dataDir: path })).rejects.toThrow(
      `DATA_DIR ${path} cannot be used (EEXIST). Name a folder you may write to.`,
    );
    const { code, errors } = await startProcess(["src/cli.ts", "ask", "mix"], join(path, "below")).exited;
    expect([code, errors]).toEqual([1, expect.stringMatching(/^DATA_DIR .* cannot be used \(ENOTDIR\)/)]);
  });

  test("a path that leaves no room for a socket will do: it stands in a folder of ours alone", async () => {
    const path = ofLength(150);
    const [first, second] = await Promise.all([openStore({ dataDir: path }), openStore({ dataDir: path })]);
    await first.ensureWorkspace("deep");
    expect(await second.workspace("deep")).toMatchObject({ id: "deep" });
    expect(statSync(socketFolder(path)).mode & 0o077).toBe(0);
    await Promise.all([first.close(), second.close()]);
  });

  test("a folder for its socket that others can enter is not trusted", async () => {
    const path = ofLength(151);
    mkdirSync(path, { recursive: true });
    const folder = socketFolder(path);
    chmodSync(folder, 0o777);
    await expect(openStore({ dataDir: path })).rejects.toThrow("belongs to somebody else");
    rmSync(folder, { recursive: true });
  });

  test("because the database cannot be opened says why", async () => {
    const path = temporaryFolder();
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "database"), "not a directory");
    await expect(openStore({ dataDir: path })).rejects.toThrow(/^The embedded store in .* did not start:\n/);
  });
});

/** Ids of the processes that serve the directory. */
async function storeProcesses(): Promise<readonly number[]> {
  const pids = (await readdir("/proc")).map(Number).filter((pid) => pid > 0);
  const own = await Promise.all(
    pids.map(async (pid) => {
      const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      return command.includes("embedded-server.ts") && command.includes(directory) ? [pid] : [];
    }),
  );
  return own.flat();
}
