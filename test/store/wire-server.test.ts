import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { servePostgres, type WireServer } from "../../src/store/wire-server.ts";
import { temporaryFolder } from "../helpers/workspace.ts";

const folder = temporaryFolder();
const socketPath = join(folder, ".s.PGSQL.5432");
/** The long runs take minutes. */
const provable = { timeout: 3_600_000 };
let database: PGlite;
let server: WireServer;

beforeAll(async () => {
  database = await PGlite.create();
  server = await servePostgres(database, socketPath);
});

afterAll(async () => {
  await server.close();
  await database.close();
});

async function openClient(): Promise<pg.Client> {
  const client = new pg.Client({ host: folder, user: "postgres", database: "postgres" });
  client.on("error", () => {});
  await client.connect();
  onTestFinished(() => client.end().catch(() => {}));
  return client;
}

/** Cuts the connection as a killed process does: no farewell. */
async function kill(client: pg.Client): Promise<void> {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Socket } }).connection;
  stream.destroy();
  await sleep(20);
}

/** A connection whose bytes the test writes itself. */
async function openRaw(): Promise<{
  socket: Socket;
  received: () => string;
  until: (text: string) => Promise<void>;
}> {
  const socket = connect(socketPath);
  let received = "";
  socket.on("data", (data: Buffer) => {
    received += data.toString("latin1");
  });
  socket.on("error", () => {});
  onTestFinished(() => void socket.destroy());
  await new Promise((resolve) => socket.once("connect", resolve));
  return {
    socket,
    received: () => received,
    until: async (text) => {
      for (let waited = 0; !received.includes(text) && waited < 5_000; waited += 5) await sleep(5);
      expect(received).toContain(text);
    },
  };
}

function message(type: string, ...parts: readonly (string | Buffer)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type, "latin1"), length, body]);
}

const startup = message("", Buffer.from([0, 3, 0, 0]), "user\0postgres\0database\0postgres\0\0");
const parse = (statement: string) => message("P", "\0", `${statement}\0`, Buffer.from([0, 0]));
const bindAndRun = Buffer.concat([
  message("B", "\0\0", Buffer.from([0, 0, 0, 0, 0, 0])),
  message("E", "\0", Buffer.from([0, 0, 0, 0])),
  message("S"),
]);
const simpleQuery = (statement: string) => message("Q", `${statement}\0`);
const ready = "Z\0\0\0\u0005I";

/** What a test ends with: somebody else is served, and in no transaction of anybody's. */
async function expectHealthy(): Promise<void> {
  const client = await openClient();
  const token = randomBytes(8).toString("hex");
  const { rows } = await client.query("SELECT $1::text AS token, txid_current_if_assigned() AS open", [
    token,
  ]);
  expect(rows).toEqual([{ token, open: null }]);
  await client.end();
}

describe("many clients at the same time", () => {
  test.each([
    ["small", 200, 40],
    ["700 kB", 700_000, 4],
    ["mixed", 0, 8],
  ])("each get their own answers to %s questions", async (_, size, questions) => {
    const clients = await Promise.all(Array.from({ length: 10 }, openClient));
    const answers = clients.map(async (client, clientIndex) => {
      const own: boolean[] = [];
      for (let index = 0; index < questions; index += 1) {
        const length = size || ((index + clientIndex) % 2 === 0 ? 700_000 : 10);
        const text = `${clientIndex}/${index}/`.padEnd(length, String.fromCharCode(97 + clientIndex));
        const { rows } = await client.query(
          `SELECT $1::text AS text, $2::int AS number, '${clientIndex}' AS client`,
          [text, index],
        );
        const [row] = rows;
        own.push(row?.text === text && row.number === index && row.client === String(clientIndex));
      }
      return own;
    });
    expect((await Promise.all(answers)).flat()).toEqual(Array(10 * questions).fill(true));
  });

  test("run transactions without seeing into each other's", async () => {
    const clients = await Promise.all(Array.from({ length: 6 }, openClient));
    const [first] = clients;
    await first?.query(
      "CREATE TABLE counter (name text PRIMARY KEY, value int); INSERT INTO counter VALUES ('a', 0)",
    );
    await Promise.all(
      clients.map(async (client) => {
        for (let round = 0; round < 5; round += 1) {
          await client.query("BEGIN");
          const { rows } = await client.query("SELECT value FROM counter");
          await client.query("UPDATE counter SET value = $1", [Number(rows[0]?.value) + 1]);
          await client.query(round % 5 === 4 ? "ROLLBACK" : "COMMIT");
        }
      }),
    );
    const { rows } = (await first?.query("SELECT value FROM counter")) ?? {};
    expect(rows).toEqual([{ value: 24 }]);
  });

  test("one's Parse does not replace the statement that another is about to bind", async () => {
    const [one, other] = [await openRaw(), await openRaw()];
    for (const raw of [one, other]) {
      raw.socket.write(startup);
      await raw.until(ready);
    }
    one.socket.write(Buffer.concat([parse("SELECT 'one'"), message("H")]));
    await sleep(20);
    other.socket.write(Buffer.concat([parse("SELECT 'other'"), bindAndRun]));
    await sleep(20);
    one.socket.write(bindAndRun);
    await Promise.all([one.until("SELECT 1\0"), other.until("SELECT 1\0")]);
    expect([one.received().includes("other"), other.received().includes("other")]).toEqual([false, true]);
  });

  test("a reader that is slow holds up nobody and gets every byte", async () => {
    const [slow, quick] = [await openClient(), await openClient()];
    const { stream } = (slow as unknown as { readonly connection: { readonly stream: Socket } }).connection;
    stream.pause();
    const large = slow.query("SELECT string_agg(md5(n::text), '') AS text FROM generate_series(1, 200000) n");
    await sleep(100);
    for (let index = 0; index < 20; index += 1)
      expect(
        (await quick.query("SELECT $1::text AS text", ["q".repeat(100_000)])).rows[0]?.text,
      ).toHaveLength(100_000);
    stream.resume();
    const { rows } = await large;
    const { rows: expected } = await quick.query(
      "SELECT md5(string_agg(md5(n::text), '')) AS sum FROM generate_series(1, 200000) n",
    );
    const { rows: sum } = await quick.query("SELECT md5($1) AS sum", [rows[0]?.text]);
    expect(sum).toEqual(expected);
  });

  test("messages may come byte by byte, or many at once", async () => {
    const raw = await openRaw();
    const script = Buffer.concat([
      startup,
      simpleQuery("SELECT 'first'"),
      parse("SELECT 'second'"),
      bindAndRun,
    ]);
    for (const byte of script.subarray(0, 60)) {
      raw.socket.write(Buffer.from([byte]));
      await sleep(1);
    }
    const closed = new Promise((resolve) => raw.socket.once("close", resolve));
    raw.socket.write(Buffer.concat([script.subarray(60), message("X")]));
    await closed;
    expect(raw.received()).toMatch(/first[\s\S]*second/);
    await expectHealthy();
  });

  test("asking for encryption is answered with no, and a cancellation closes its connection", async () => {
    const raw = await openRaw();
    raw.socket.write(message("", Buffer.from([4, 210, 22, 47])));
    await raw.until("N");
    raw.socket.write(startup);
    await raw.until(ready);
    const cancel = await openRaw();
    const closed = new Promise((resolve) => cancel.socket.once("close", resolve));
    cancel.socket.write(message("", Buffer.from([4, 210, 22, 46]), Buffer.alloc(8)));
    await closed;
    await expectHealthy();
  });
});

describe("a client that dies", () => {
  test("in a transaction takes nothing but its own changes along", async () => {
    const [dying, other] = [await openClient(), await openClient()];
    await other.query("CREATE TABLE kept (name text)");
    await dying.query("BEGIN");
    await dying.query("INSERT INTO kept VALUES ('lost')");
    const waiting = other.query(
      "INSERT INTO kept VALUES ('kept') RETURNING (SELECT count(*)::int FROM kept) AS seen",
    );
    await kill(dying);
    expect((await waiting).rows).toEqual([{ seen: 0 }]);
    expect((await other.query("SELECT name FROM kept")).rows).toEqual([{ name: "kept" }]);
    await expectHealthy();
  });

  test("in a failed transaction", async () => {
    const dying = await openClient();
    await dying.query("BEGIN");
    await dying.query("SELECT 1 / 0").catch(() => {});
    await kill(dying);
    await expectHealthy();
  });

  test.each([
    ["between Parse and Sync", [parse("SELECT 'left behind'")]],
    ["between a faulty Parse and Sync", [parse("SELEKT")]],
    ["between Bind and Sync", [parse("SELECT 'left'"), bindAndRun.subarray(0, -5)]],
    ["in the middle of a message", [simpleQuery("SELECT 'half'").subarray(0, 9)]],
    ["in a transaction of the extended protocol", [parse("BEGIN"), bindAndRun, parse("SELECT 1")]],
    ["while its question is computed", [simpleQuery("SELECT count(*) FROM generate_series(1, 300000)")]],
  ])("%s", async (_, messages) => {
    const dying = await openRaw();
    dying.socket.write(startup);
    await dying.until(ready);
    dying.socket.write(Buffer.concat(messages));
    await sleep(30);
    dying.socket.destroy();
    await expectHealthy();
    // The unnamed statement of one is nothing that another could bind.
    const next = await openClient();
    expect((await next.query("SELECT $1::int AS number", [7])).rows).toEqual([{ number: 7 }]);
  });

  test("while it waits for its turn", async () => {
    const [holder, dying] = [await openClient(), await openClient()];
    await holder.query("BEGIN");
    const lost = dying.query("CREATE TABLE never_answered (x int)").catch((error: Error) => error);
    await kill(dying);
    expect(await lost).toBeInstanceOf(Error);
    expect((await holder.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await holder.query("COMMIT");
    await expectHealthy();
  });

  test("over and over, with others at work", provable, async () => {
    const worker = await openClient();
    for (let round = 0; round < (process.env.PROVE ? 500 : 20); round += 1) {
      const dying = await openClient();
      await dying.query("BEGIN");
      const answer = worker.query("SELECT $1::int AS round", [round]);
      await kill(dying);
      expect((await answer).rows).toEqual([{ round }]);
    }
  });
});

describe("bytes that are no protocol", () => {
  const length = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(value);
    return bytes;
  };
  const nasty: readonly (readonly [string, Buffer])[] = [
    ["an HTTP request", Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")],
    ["zeros", Buffer.alloc(64)],
    ["ones", Buffer.alloc(64, 0xff)],
    ["a message of length 0", Buffer.concat([Buffer.from("Q"), length(0), Buffer.alloc(8)])],
    ["a message of length -1", Buffer.concat([Buffer.from("Q"), length(-1), Buffer.alloc(8)])],
    ["a message of length 3", Buffer.concat([Buffer.from("Q"), length(3), Buffer.alloc(8)])],
    ["a message of 2 GB", Buffer.concat([Buffer.from("Q"), length(2_147_483_647), Buffer.alloc(8)])],
    ["an unknown kind of message", message("?", "hello")],
    ["a kind of message that is zero", message("\0", Buffer.from([0, 3, 0, 0]), "user\0x\0\0")],
    ["a Bind that is cut off", message("B", "\0")],
    ["a Parse without an end", message("P", "abc")],
    ["a query without an end", message("Q", "SELECT 1")],
    ["copied data out of the blue", Buffer.concat([message("d", "1,2"), message("c"), message("f", "no\0")])],
    ["a password that nobody asked for", message("p", "secret\0")],
    ["a function call", message("F", length(1), Buffer.alloc(8))],
    ["a query with an encoding error", message("Q", Buffer.from([0x27, 0xff, 0xfe, 0x00]))],
  ];

  async function throwAt(bytes: Buffer, greeting: boolean): Promise<void> {
    const raw = await openRaw();
    if (greeting) {
      raw.socket.write(startup);
      await raw.until(ready);
    }
    raw.socket.write(bytes);
    await sleep(10);
    raw.socket.destroy();
  }

  test.each(nasty)("%s harm nobody, before a greeting or after", async (_, bytes) => {
    for (const greeting of [false, true]) {
      await throwAt(bytes, greeting);
      await expectHealthy();
    }
  });

  test("a greeting of another protocol or of a length that cannot be", async () => {
    for (const bytes of [
      message("", Buffer.from([0, 2, 0, 0]), "user\0postgres\0\0"),
      message("", Buffer.from([0, 3, 0, 0]), "user\0postgres"),
      Buffer.concat([length(-1), Buffer.from([0, 3, 0, 0]), Buffer.alloc(20)]),
      Buffer.concat([length(4), Buffer.from([0, 3, 0, 0]), Buffer.alloc(20)]),
      Buffer.concat([length(8), Buffer.from([0, 3, 0, 0])]),
    ]) {
      await throwAt(bytes, false);
      await expectHealthy();
    }
  });

  test("any bytes harm nobody", provable, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, greeting) => {
        await throwAt(Buffer.from(bytes), greeting);
        await expectHealthy();
      }),
      { numRuns: process.env.PROVE ? 2_000 : 30, seed: 1 },
    );
  });

  test("messages of known kinds with any content harm nobody", provable, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(..."BCDEFHPQSXcdfp"), fc.uint8Array({ maxLength: 40 })), {
          maxLength: 6,
        }),
        async (messages) => {
          await throwAt(
            Buffer.concat(messages.map(([type, body]) => message(type, Buffer.from(body)))),
            true,
          );
          await expectHealthy();
        },
      ),
      { numRuns: process.env.PROVE ? 2_000 : 30, seed: 2 },
    );
  });
});
