import { createServer, type Server, type Socket } from "node:net";
import type { PGlite } from "@electric-sql/pglite";

/** PostgreSQL's frontend messages that start a connection; they carry a code instead of a type byte. */
const SSL_REQUEST = 80_877_103;
const GSS_REQUEST = 80_877_104;
const CANCEL_REQUEST = 80_877_102;
const TERMINATE = 0x58;
const READY_FOR_QUERY = 0x5a;
const IDLE = 0x49;
const SYNC = Uint8Array.of(0x53, 0, 0, 0, 4);
const PROTOCOL = 3;
/** What clients send once they are connected. Copied data and fast-path calls are not served. */
const KINDS = new Set(Buffer.from("BCDEHPQSX"));
const LONGEST_GREETING = 10_000;
/** A greeting that PGlite never refuses: it leaves for good over a faulty one, and its only session is everybody's. */
const GREETING = greeting("user", "postgres", "database", "postgres", "client_encoding", "UTF8");
const LONGEST_MESSAGE = 0x3fffffff;

export interface WireServer {
  readonly server: Server;
  connections(): number;
  close(): Promise<void>;
}

/**
 * Serves PostgreSQL's wire protocol on a unix socket, over the one session that PGlite has.
 *
 * A connection takes the session with its first message and keeps it until PostgreSQL says that it is
 * ready and in no transaction. Interleaving single messages instead, as simpler bridges do, lets one
 * client's Parse replace the unnamed statement that another is about to bind.
 */
export async function servePostgres(database: PGlite, socketPath: string): Promise<WireServer> {
  const session = createTurns();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    serveConnection(socket, database, session);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, resolve);
  });
  return {
    server,
    connections: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function serveConnection(socket: Socket, database: PGlite, session: Turns): void {
  let pending: Buffer = Buffer.alloc(0);
  let started = false;
  let release: (() => void) | undefined;
  let work = Promise.resolve();

  async function send(messages: Uint8Array): Promise<void> {
    release ??= await session.take();
    const answer = await database.execProtocolRaw(messages);
    if (socket.writable) socket.write(answer);
    if (isIdle(answer)) {
      release();
      release = undefined;
    }
  }

  async function handle(data: Buffer): Promise<void> {
    pending = pending.length === 0 ? data : Buffer.concat([pending, data]);
    while (!started && pending.length >= 8) {
      const length = pending.readInt32BE(0);
      const code = pending.readInt32BE(4);
      if (length < 8 || length > LONGEST_GREETING) throw new RangeError("no greeting");
      if (pending.length < length) break;
      pending = pending.subarray(length);
      if (code === SSL_REQUEST || code === GSS_REQUEST) socket.write("N");
      else if (code === CANCEL_REQUEST) socket.end();
      else {
        if (code >> 16 !== PROTOCOL) throw new RangeError("no greeting that is known");
        started = true;
        await send(GREETING);
      }
    }
    if (!started) return;
    for (let end = completeUntil(pending); end > 0; end = completeUntil(pending)) {
      const messages = pending.subarray(0, end);
      pending = pending.subarray(end);
      if (messages[0] === TERMINATE) return void socket.end();
      await send(messages);
    }
  }

  /** What a client left behind when it went away in the middle of something. */
  async function abandon(): Promise<void> {
    if (!release) return;
    try {
      const answer = await database.execProtocolRaw(SYNC);
      if (!isIdle(answer)) await database.exec("ROLLBACK");
    } finally {
      release();
      release = undefined;
    }
  }

  socket.on("data", (data: Buffer) => {
    work = work.then(() => handle(data)).catch(() => void socket.destroy());
  });
  socket.on("close", () => {
    work = work.then(abandon).catch(() => {});
  });
  socket.on("error", () => socket.destroy());
}

/**
 * The length of the complete messages at the start of the buffer; a Terminate is served alone.
 *
 * @throws RangeError for bytes that are no message: what follows them could not be told apart either.
 */
function completeUntil(buffer: Buffer): number {
  let end = 0;
  while (buffer.length - end >= 5) {
    const length = 1 + buffer.readInt32BE(end + 1);
    if (!KINDS.has(buffer[end] ?? 0) || length < 5 || length > LONGEST_MESSAGE)
      throw new RangeError("no message");
    if (end + length > buffer.length || (buffer[end] === TERMINATE && end > 0)) break;
    end += length;
    if (buffer[end - length] === TERMINATE) break;
  }
  return end;
}

function greeting(...parameters: readonly string[]): Buffer {
  const message = Buffer.from(`\0\0\0\0\0\u0003\0\0${parameters.map((text) => `${text}\0`).join("")}\0`);
  message.writeInt32BE(message.length);
  return message;
}

/** Whether the answer ends in ReadyForQuery with no transaction open. */
function isIdle(answer: Uint8Array): boolean {
  return answer.at(-6) === READY_FOR_QUERY && answer.at(-1) === IDLE && answer.at(-2) === 5;
}

interface Turns {
  /** Waits for the turn; call what it returns to give it back. First come, first served. */
  take(): Promise<() => void>;
}

function createTurns(): Turns {
  let last = Promise.resolve();
  return {
    take() {
      const before = last;
      let giveBack = () => {};
      last = new Promise((resolve) => {
        giveBack = resolve;
      });
      return before.then(() => giveBack);
    },
  };
}
