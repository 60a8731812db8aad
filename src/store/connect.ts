import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { askDirectly } from "./direct-queries.ts";
import { ensureEmbedded, prepareDirectory, socketFolder } from "./embedded.ts";
import { PrismaClient } from "./generated/client.ts";
import { migrate } from "./migrate.ts";
import { createStatementNames } from "./statement-names.ts";
import { StoreUnavailable } from "./store-unavailable.ts";
import { transactionLimits } from "./transaction-limits.ts";

/** Where the data lives: on a PostgreSQL server, or in a directory of this machine. */
export type StoreAddress = { readonly databaseUrl: string } | { readonly dataDir: string };

export type Database = PrismaClient;

const CONNECT_LIMIT_MS = 10_000;
const STATEMENT_LIMIT_MS = 300_000;
/** As long as a connection that is for work has none before it is closed. */
const IDLE_LIMIT_MS = 10_000;

/** What a connection is for. */
export type Purpose =
  /** The same short questions again and again: each is planned once, since planning takes longer than answering. */
  | "answers"
  /** Work on much data at once: each statement is planned for the data that it gets. */
  | "work";

/**
 * Compiling a query takes longer than answering it, also where the planner takes it for a large one. One question takes
 * one processor and not all: the others are for whoever asks meanwhile. What a process that was killed had asked for
 * ends too: the server notices by itself only when it answers.
 */
const always = "-c jit=off -c max_parallel_workers_per_gather=0 -c client_connection_check_interval=5s";
const sessionOptions: Readonly<Record<Purpose, string>> = {
  answers: `${always} -c plan_cache_mode=force_generic_plan`,
  work: always,
};

/** Opens the store, starting the embedded one if need be; its schema is up to date when this returns. */
export async function connect(address: StoreAddress, purpose: Purpose = "work"): Promise<Database> {
  return "databaseUrl" in address
    ? connectServer(address.databaseUrl, purpose)
    : connectEmbedded(address.dataDir);
}

async function connectServer(connectionString: string, purpose: Purpose): Promise<Database> {
  const session = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_LIMIT_MS });
  await session.connect().catch((error: Error) => {
    throw new StoreUnavailable(`The PostgreSQL server at DATABASE_URL does not let us in: ${error.message}.`);
  });
  try {
    await migrate({
      script: async (sql) => void (await session.query(sql)),
      rows: async (sql) => (await session.query(sql)).rows,
    });
  } finally {
    await session.end();
  }
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    statement_timeout: STATEMENT_LIMIT_MS,
    options: sessionOptions[purpose],
    // Whoever asks after a pause does not wait until connections are made and every statement is planned again.
    idleTimeoutMillis: purpose === "answers" ? 0 : IDLE_LIMIT_MS,
    keepAlive: true,
  });
  // A connection that breaks while nobody uses it is replaced; whoever asks next is told if there is none.
  pool.on("error", () => {});
  const statementNameGenerator = createStatementNames();
  const client = new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: true, statementNameGenerator }),
    transactionOptions: transactionLimits.short,
  });
  return withDirect(client, { $queryRaw: askDirectly(pool, statementNameGenerator) });
}

/** The client, with methods of its own replaced; what runs inside its transactions stays Prisma's. */
function withDirect(client: PrismaClient, replaced: { readonly $queryRaw: unknown }): Database {
  return new Proxy(client, {
    get(target, property) {
      if (property === "$queryRaw") return replaced.$queryRaw;
      const own: unknown = Reflect.get(target, property, target);
      return typeof own === "function" ? own.bind(target) : own;
    },
  });
}

async function connectEmbedded(dataDir: string): Promise<Database> {
  const directory = prepareDirectory(dataDir);
  await ensureEmbedded(directory);
  const adapter = new PrismaPg({
    host: socketFolder(directory),
    user: "postgres",
    database: "postgres",
    max: 5,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    // The embedded store leaves when nobody is connected, so an idle bot stays connected.
    idleTimeoutMillis: 0,
  });
  const client = new PrismaClient({ adapter, transactionOptions: transactionLimits.short });
  // However many questions find it gone, one process is started.
  let starting: Promise<void> | undefined;
  const restart = () => {
    starting ??= ensureEmbedded(directory).finally(() => {
      starting = undefined;
    });
    return starting;
  };
  // The store's process may have died or left. A refused connection means that nothing ran, so asking
  // again after starting it anew is safe.
  return client.$extends({
    query: {
      async $allOperations({ args, query }) {
        try {
          return await query(args);
        } catch (error) {
          if (!isRefused(error)) throw error;
          await restart();
          return query(args);
        }
      },
    },
  }) as unknown as Database;
}

function isRefused(error: unknown): boolean {
  return (
    error instanceof Error &&
    /P1001|ECONNREFUSED|ENOENT|DatabaseNotReachable|Can't reach database server/.test(
      `${"code" in error ? error.code : ""} ${error.message}`,
    )
  );
}
