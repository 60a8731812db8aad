import { createHash } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoAsOf, demoSeed, generateDemo } from "../../demo/generate.ts";
import { importFiles } from "../../src/ingest/import-files.ts";
import { backup } from "../../src/store/backup.ts";
import { backupToFile, restoreFromFile } from "../../src/store/backup-file.ts";
import { connect, type Database } from "../../src/store/connect.ts";
import { copyStore } from "../../src/store/copy-store.ts";
import { canConnect } from "../../src/store/embedded.ts";
import { restore } from "../../src/store/restore.ts";
import { openStore } from "../../src/store/store.ts";
import { readTables } from "../../src/store/tables.ts";
import { readWhole } from "../../src/store/whole-store.ts";
import { company, deal, temporaryFolder, writeExports, writeText } from "../helpers/workspace.ts";

const now = () => new Date("2026-11-01T08:00:00.123Z");
const clients: Database[] = [];

async function open(address: Parameters<typeof connect>[0]): Promise<Database> {
  const database = await connect(address);
  clients.push(database);
  return database;
}

/** Two tables with what is hardest to carry: a schema's own tables need not have all of it. */
const hardTables = [
  `CREATE TABLE "z parent" ("key ""part" text, day date, PRIMARY KEY (day, "key ""part"))`,
  `CREATE TYPE "mood ""of" AS ENUM ('good', 'bad "day"')`,
  `CREATE TABLE a_child (
    id bigserial PRIMARY KEY, number int GENERATED ALWAYS AS IDENTITY, "select" text, parent text, parent_day date,
    amount bigint, quantity numeric(24,6), rate numeric, share double precision, at timestamptz, at_milli timestamptz(3),
    mood "mood ""of", ids uuid[], texts text[], code char(3), bytes bytea, described boolean, empty_json jsonb, custom jsonb,
    doubled bigint GENERATED ALWAYS AS (id * 2) STORED,
    FOREIGN KEY (parent_day, parent) REFERENCES "z parent")`,
];

const hardTexts = [
  "\\u0000 \\x00 %00",
  'quotes " \' ` \\" $1 %s',
  "emoji 🧑‍🧑‍🧒‍🧒 👍🏽 \u2028 \u2029 \u0085 \uFEFF",
  "line\nbreak\r\ntab\t\u0001\u001f\u007f",
  "شركة النور & אור",
  '{"t":"workspace","r":{}}',
  "",
  " ",
  "null",
];

/** Whatever PostgreSQL takes for a text: everything but NUL and half characters. */
const anyTexts = fc
  .sample(fc.string({ unit: "binary", maxLength: 200 }), { seed: 1, numRuns: 100 })
  .map((text) => text.replaceAll("\0", ""));

async function writeHardRows(database: Database): Promise<void> {
  await database.$executeRawUnsafe(
    `INSERT INTO "z parent" VALUES ('first', '2026-01-01'), ('last "quoted"', 'infinity')`,
  );
  await database.$executeRawUnsafe(
    `INSERT INTO a_child ("select", parent, parent_day, amount, quantity, rate, share, at, at_milli, mood, ids, texts,
       code, bytes, described, empty_json, custom) VALUES
     ('extremes', 'first', '2026-01-01', 9223372036854775807, 999999999999999999.999999,
      123456789012345678901234567890.123456789012345678901234567890, 0.1, '2026-10-25 02:30:00.123456+02',
      '0001-01-01 00:00:00.001Z', 'bad "day"', '{7b2f0a52-96a8-4a0c-8f0e-000000000001}', '{"a,b",NULL,"null","\\"q\\""}',
      'EUR', '\\x00ff', true, 'null', '{"n": 12345678901234567890.10, "deep": [1e-7, 9007199254740993, "1.50"], "null": null}'),
     ('least', NULL, NULL, -9223372036854775808, -0.000001, 'NaN', '-Infinity', '-infinity', NULL, 'good', '{}', '{}',
      'X', '', false, NULL, '"text"'),
     ('zeros', 'last "quoted"', 'infinity', 0, 0.000000, 1.500, 5e-324, 'epoch', 'infinity', NULL, NULL, NULL,
      NULL, NULL, NULL, '[]', '[]')`,
  );
  for (const text of [...hardTexts, ...anyTexts])
    await database.$executeRaw`INSERT INTO a_child ("select", texts, custom)
      VALUES (${text}, ${[text]}::text[], ${JSON.stringify({ [text]: text })}::text::jsonb)`;
  // More rows than are read at once, and numbers that were given out and are gone.
  await database.$executeRawUnsafe(`INSERT INTO a_child (amount) SELECT n FROM generate_series(1, 2100) n`);
  await database.$executeRawUnsafe(`DELETE FROM a_child WHERE amount = 7`);
}

/** Every row of every table that is logged as PostgreSQL writes it out, not as JSON: an oracle of its own. */
function dump(database: Database): Promise<Readonly<Record<string, readonly string[]>>> {
  return database.$transaction(async (transaction) => {
    await transaction.$executeRawUnsafe("SET LOCAL TIME ZONE 'UTC'");
    const names = await transaction.$queryRawUnsafe<{ name: string }[]>(
      `SELECT quote_ident(relname) AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
         AND relpersistence = 'p' AND relname <> '_prisma_migrations' ORDER BY 1`,
    );
    const contents: Record<string, readonly string[]> = {};
    for (const { name } of names) {
      const rows = await transaction.$queryRawUnsafe<{ row: string }[]>(
        `SELECT stored::text AS row FROM ${name} AS stored ORDER BY stored::text COLLATE "C"`,
      );
      contents[name] = rows.map(({ row }) => row);
    }
    return contents;
  });
}

/** Which of the tables that are not logged have rows. */
function countedRows(database: Database): Promise<unknown[]> {
  return database.$queryRawUnsafe(`SELECT DISTINCT 'days' AS of FROM counted_day UNION SELECT DISTINCT 'state' FROM counted_state
    UNION SELECT DISTINCT 'cohorts' FROM counted_cohort`);
}

function countRows(contents: Readonly<Record<string, readonly string[]>>): number {
  return Object.values(contents).reduce((sum, rows) => sum + rows.length, 0);
}

/** The same file with something done to its lines. */
function rewritten(change: (lines: readonly string[]) => readonly string[]): string {
  const lines = gunzipSync(readFileSync(file)).toString("utf8").split("\n");
  return written(gzipSync(change(lines).join("\n")));
}

function written(bytes: Uint8Array): string {
  const path = join(temporaryFolder(), "changed.gz");
  writeFileSync(path, bytes);
  return path;
}

/** Replaces the digest too, as somebody would who makes such a file on purpose. */
function resealed(change: (lines: readonly string[]) => readonly string[]): string {
  return rewritten((lines) => {
    const changed = change(lines).slice(0, -2);
    const sha256 = createHash("sha256")
      .update(changed.map((line) => `${line}\n`).join(""))
      .digest("hex");
    const { end } = JSON.parse(lines.at(-2) ?? "");
    return [...changed, JSON.stringify({ end: { ...end, sha256 } }), ""];
  });
}

function withHeader(change: (header: Record<string, unknown>) => object): string {
  return resealed(([header = "", ...rest]) => [JSON.stringify(change(JSON.parse(header))), ...rest]);
}

const targetDir = temporaryFolder();

/** The demo's portfolio for the long proof, else a small one, with a row that is rejected. */
function portfolioFiles(): readonly string[] {
  if (process.env.PROVE)
    return generateDemo({ seed: demoSeed, asOf: demoAsOf }).map(({ name, content }) =>
      writeText(name, content),
    );
  return writeExports({
    companies: Array.from({ length: 30 }, (_, index) => company(String(index), `Company ${index}`)),
    deals: Array.from({ length: 90 }, (_, index) =>
      deal(
        String(index),
        String(index % 25),
        index === 7 ? "nothing" : `${index}00.50`,
        `2026-0${1 + (index % 9)}-15`,
        {
          Product: `Pump ${index % 4}`,
        },
      ),
    ),
  });
}

let source: Database;
let target: Database;
let file: string;
let contents: Awaited<ReturnType<typeof dump>>;

beforeAll(async () => {
  const sourceDir = temporaryFolder();
  const store = await openStore({ dataDir: sourceDir });
  await importFiles({ store, workspaceId: "main", files: portfolioFiles(), now });
  await store.close();
  [source, target] = [await open({ dataDir: sourceDir }), await open({ dataDir: targetDir })];
  for (const statement of hardTables)
    for (const database of [source, target]) await database.$executeRawUnsafe(statement);
  await writeHardRows(source);
  contents = await dump(source);
  file = join(temporaryFolder(), "portfolio.gz");
  await backupToFile(source, file, now);
}, 120_000);

afterAll(async () => {
  for (const client of clients) await client.$disconnect();
});

test("the tables come in an order in which their rows can be written", async () => {
  const tables = await readWhole(source, async (_, found) => found);
  const names = tables.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const [first, second] of [
    ["workspace", "source"],
    ["import", "opportunity"],
    ["snapshot", "account_standing"],
    ["z parent", "a_child"],
  ] as const)
    expect(names.indexOf(first)).toBeLessThan(names.indexOf(second));
  expect(names).not.toContain("_prisma_migrations");
  expect(names).not.toContain("current_opportunity");
});

test.each([
  ["without a primary key", "CREATE TABLE keyless (id int)", "Tables without a primary key: keyless."],
  [
    "that refers to itself",
    "CREATE TABLE circle (id int PRIMARY KEY, parent int REFERENCES circle)",
    "Tables that refer in a circle: circle.",
  ],
])("a table %s is named", async (_, statement, message) => {
  const undone = source.$transaction(async (transaction) => {
    await transaction.$executeRawUnsafe(statement);
    await readTables(transaction);
  });
  await expect(undone).rejects.toThrow(message);
});

describe("a backup file", () => {
  test("leaves out what is counted anew", async () => {
    expect(await countedRows(source)).toHaveLength(3);
    expect(gunzipSync(readFileSync(file)).toString("utf8")).not.toContain('{"t":"counted_');
  });

  test("says what it holds, row by row, and is its owner's alone", async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await readdir(join(file, ".."))).toEqual(["portfolio.gz"]);
    const [header = "", ...lines] = gunzipSync(readFileSync(file)).toString("utf8").split("\n");
    expect(JSON.parse(header)).toMatchObject({
      portfolioBackup: 1,
      createdAt: "2026-11-01T08:00:00.123Z",
      migrations: expect.arrayContaining([
        { name: "20261122000000_first_slice", checksum: expect.stringMatching(/^[0-9a-f]{64}$/) },
      ]),
    });
    expect(lines.length - 2).toBe(countRows(contents));
    const { end } = JSON.parse(lines.at(-2) ?? "");
    expect(end.rows.a_child).toBe(contents.a_child?.length);
    expect(end.rows.opportunity).toBe(contents.opportunity?.length);
    expect(lines.at(-1)).toBe("");
  });

  test("is written with PostgreSQL's numbers, every digit", () => {
    const text = gunzipSync(readFileSync(file)).toString("utf8");
    const numbers = [
      "9223372036854775807",
      "-9223372036854775808",
      "999999999999999999.999999",
      "0.000000",
      "1.500",
    ];
    expect(numbers.filter((number) => !text.includes(` ${number}`))).toEqual([]);
  });

  test("never overwrites one that exists", async () => {
    const path = written(Buffer.from("mine"));
    await expect(backupToFile(source, path, now)).rejects.toThrow(
      `${path} exists already and is not overwritten. Name another file.`,
    );
    expect(readFileSync(path, "utf8")).toBe("mine");
  });

  test("in a folder that is not there is a sentence", async () => {
    const path = join(temporaryFolder(), "nowhere", "portfolio.gz");
    await expect(backupToFile(source, path, now)).rejects.toThrow(
      `${path} cannot be written (ENOENT). Name a file in a folder that you may write to and that has room.`,
    );
  });

  test("that cannot be finished leaves nothing", async () => {
    const folder = temporaryFolder();
    const stuck = () => {
      throw new Error("the clock stopped");
    };
    await expect(backupToFile(source, join(folder, "portfolio.gz"), stuck)).rejects.toThrow(
      "the clock stopped",
    );
    expect(await readdir(folder)).toEqual([]);
  });

  test("a full disk ends it, and the store goes on", async () => {
    const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error("ENOSPC")) });
    await expect(backup(source, full, now)).rejects.toThrow("ENOSPC");
    expect(await dump(source)).toEqual(contents);
  });
});

describe("a file that is not restored, and the store stays empty:", () => {
  const damagedFiles: readonly (readonly [string, () => string, string | RegExp])[] = [
    ["one that is not there", () => join(temporaryFolder(), "none.gz"), /cannot be read \(ENOENT\)/],
    ["an empty one", () => written(new Uint8Array()), /^This backup is damaged: its end is missing/],
    [
      "no gzip",
      () => written(Buffer.from("Record ID,Company name")),
      /it is no gzip file, or it was altered/,
    ],
    [
      "another gzip",
      () => written(gzipSync("Record ID,Company name\n1,Acme\n")),
      "This is no backup of Portfolio.",
    ],
    ["a truncated one", () => written(readFileSync(file).subarray(0, -2_000)), /its end is missing/],
    [
      "one without its checksum of gzip",
      () => written(readFileSync(file).subarray(0, -4)),
      /its end is missing/,
    ],
    [
      "one with an altered byte",
      () => {
        const bytes = readFileSync(file);
        bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
        return written(bytes);
      },
      /^This backup is damaged: .* Nothing was restored\. Copy the file again, or use another backup\.$/,
    ],
    [
      "zipped again without its end",
      () => rewritten((lines) => [...lines.slice(0, -2), ""]),
      /its end is missing/,
    ],
    [
      "zipped again, cut in a row",
      () => rewritten((lines) => [...lines.slice(0, 50), '{"t":"acc']),
      /cut off/,
    ],
    [
      "zipped again without a row",
      () => rewritten((lines) => lines.filter((_, index) => index !== 9)),
      /altered/,
    ],
    [
      "zipped again with an altered amount",
      () =>
        rewritten((lines) => lines.map((line) => line.replace("9223372036854775807", "9223372036854775806"))),
      /altered/,
    ],
    ["with a line that is no row", () => rewritten((lines) => lines.with(20, "{}")), /a line is no row/],
    [
      "with something after its end",
      () => rewritten((lines) => [...lines.slice(0, -1), lines[5] ?? "", ""]),
      /something follows/,
    ],
    [
      "with a table that is not ours",
      () => resealed((lines) => lines.with(3, '{"t":"pg_class","r":{}}')),
      /damaged/,
    ],
    [
      "of a newer version",
      () =>
        withHeader((header) => ({
          ...header,
          migrations: [...(header.migrations as object[]), { name: "29990101000000_more", checksum: "0" }],
        })),
      /^This backup was made by a newer or another version of Portfolio \(its schema has 29990101000000_more\)\. Update Portfolio/,
    ],
    [
      "of an older version",
      () => withHeader((header) => ({ ...header, migrations: [] })),
      /^This backup was made by an older version of Portfolio \(its schema ends with nothing\)\. Restore it with that version/,
    ],
    [
      "of another format",
      () => withHeader((header) => ({ ...header, portfolioBackup: 2 })),
      /format 2.*reads format 1/,
    ],
  ];

  test.each(damagedFiles)("%s", async (_, path, message) => {
    await expect(restoreFromFile(target, path())).rejects.toThrow(message);
    expect(countRows(await dump(target))).toBe(0);
  });

  test("rows that were written before the end proved wrong are gone", async () => {
    const lines = gunzipSync(readFileSync(file)).toString("utf8").split("\n");
    const cut = Buffer.from(`${lines.slice(0, -2).join("\n")}\n`);
    const bytes = (async function* () {
      yield cut;
    })();
    await expect(restore(target, bytes)).rejects.toThrow("its end is missing");
    expect(countRows(await dump(target))).toBe(0);
  });

  test("a good one, where there is something already", async () => {
    await expect(restoreFromFile(source, file)).rejects.toThrow(
      /^The store is not empty \(.*workspace: 1.*\), and nothing in it is overwritten\. Name an empty one: another DATA_DIR, or a new database\.$/,
    );
    expect(await dump(source)).toEqual(contents);
  });
});

describe("restored", () => {
  beforeAll(async () => {
    const { createdAt, rows } = await restoreFromFile(target, file);
    expect(createdAt).toEqual(now());
    expect(Object.values(rows).reduce((sum, count) => sum + count, 0)).toBe(countRows(contents));
  }, 60_000);

  test("every row of every table is as it was, and what is counted anew has none", async () => {
    expect(await countedRows(target)).toEqual([]);
    expect(await dump(target)).toEqual(contents);
    expect(contents.a_child?.some((row) => row.includes("9223372036854775807"))).toBe(true);
  });

  test("the next numbers come after those that were restored", async () => {
    const undone = target.$transaction(async (transaction) => {
      const [row] = await transaction.$queryRawUnsafe<{ id: bigint; number: number; most: bigint }[]>(
        "INSERT INTO a_child DEFAULT VALUES RETURNING id, number, (SELECT MAX(id) FROM a_child) AS most",
      );
      expect(row?.id).toBe((row?.most ?? 0n) + 1n);
      expect(row?.number).toBe(Number(row?.id));
      throw new Error("undo");
    });
    await expect(undone).rejects.toThrow("undo");
  });

  test("a backup of it has the same bytes", async () => {
    const again = join(temporaryFolder(), "again.gz");
    await backupToFile(target, again, now);
    expect(gunzipSync(readFileSync(again)).equals(gunzipSync(readFileSync(file)))).toBe(true);
  });
});

test("what others write while a backup runs is in it whole or not at all, and waits", async () => {
  const lines: string[] = [];
  let writing: Promise<unknown> | undefined;
  const slow = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      writing ??= target.$executeRawUnsafe(`INSERT INTO "z parent" VALUES ('meanwhile', 'epoch')`);
      lines.push(chunk.toString("utf8"));
      setImmediate(done);
    },
  });
  await backup(target, slow, now);
  expect(lines.join("")).not.toContain("meanwhile");
  await writing;
  expect((await dump(target))['"z parent"']?.length).toBe(3);
  await target.$executeRawUnsafe(`DELETE FROM "z parent" WHERE day = 'epoch'`);
});

test("a store whose process is gone is started for it", async () => {
  process.kill(Number(readFileSync(join(targetDir, "server.pid"), "utf8")), "SIGKILL");
  while (await canConnect(targetDir)) await sleep(10);
  await sleep(50);
  const path = join(temporaryFolder(), "again.gz");
  expect((await backupToFile(target, path, now)).rows.a_child).toBe(contents.a_child?.length);
});

describe.skipIf(!process.env.TEST_DATABASE_URL)("on a PostgreSQL server", () => {
  const name = `portfolio_copy_${process.pid}`;
  const url = new URL(process.env.TEST_DATABASE_URL ?? "postgres://none");
  url.pathname = `/${name}`;
  let server: Database;

  async function administer(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  beforeAll(async () => {
    await administer(`CREATE DATABASE ${name}`);
    server = await open({ databaseUrl: url.href });
    for (const statement of hardTables) await server.$executeRawUnsafe(statement);
  });

  afterAll(async () => {
    await server.$disconnect();
    await administer(`DROP DATABASE ${name}`);
  });

  test("a copy that differs is taken back", async () => {
    await server.$executeRawUnsafe(
      `CREATE FUNCTION round_down() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.quantity = trunc(NEW.quantity); RETURN NEW; END'`,
    );
    await server.$executeRawUnsafe(
      "CREATE TRIGGER meddle BEFORE INSERT ON a_child FOR EACH ROW EXECUTE FUNCTION round_down()",
    );
    await expect(copyStore(source, server)).rejects.toThrow(/^The copy of a_child differs/);
    expect(countRows(await dump(server))).toBe(0);
    await server.$executeRawUnsafe("DROP FUNCTION round_down CASCADE");
  });

  test("the embedded store moves to it, and back from a file of it", async () => {
    const { rows } = await copyStore(source, server);
    expect(rows.a_child).toBe(contents.a_child?.length);
    expect(await dump(server)).toEqual(contents);
    await expect(copyStore(source, server)).rejects.toThrow(/^The store is not empty/);

    const path = join(temporaryFolder(), "server.gz");
    await backupToFile(server, path, now);
    await server.$executeRawUnsafe(`TRUNCATE workspace, receipt, a_child, "z parent" CASCADE`);
    await restoreFromFile(server, path);
    expect(await dump(server)).toEqual(contents);
  });

  test("what others write while a backup runs does not wait and is not in it", async () => {
    const lines: string[] = [];
    const slow = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        lines.push(chunk.toString("utf8"));
        if (lines.length > 1) return done();
        server
          .$executeRawUnsafe(`INSERT INTO "z parent" VALUES ('meanwhile', 'epoch')`)
          .then(() => done(), done);
      },
    });
    await backup(server, slow, now);
    expect(lines.join("")).not.toContain("meanwhile");
    expect((await dump(server))['"z parent"']?.length).toBe(3);
  });
});
