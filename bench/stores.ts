import { randomUUID } from "node:crypto";
import pg from "pg";
import { prepareDirectory, socketFolder } from "../src/store/embedded.ts";
import { openStore, type Store } from "../src/store/store.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A migrated store that nobody else knows, and that is gone after `close`. */
export interface OwnStore {
  readonly store: Store;
  /** With which a process opens it. */
  readonly env: Readonly<Record<string, string>>;
  /** For plain SQL; the embedded store answers while `store` is open. */
  readonly databaseUrl: string;
  close(): Promise<void>;
}

/** Makes the stores of a run. */
export interface Stores {
  /** A database of the server, or an embedded store without one. */
  create(): Promise<OwnStore>;
  /** Closes those that are still open: nothing stays on a server that is not ours. */
  close(): Promise<void>;
}

export function createStores(serverUrl: string | undefined): Stores {
  const open = new Set<OwnStore>();
  return {
    create: async () => {
      const made = await (serverUrl === undefined ? embedded() : database(serverUrl));
      const own: OwnStore = {
        ...made,
        close: async () => {
          if (open.delete(own)) await made.close();
        },
      };
      open.add(own);
      return own;
    },
    close: async () => {
      for (const own of open) await own.close();
    },
  };
}

async function embedded(): Promise<OwnStore> {
  const dataDir = prepareDirectory(temporaryFolder());
  const store = await openStore({ dataDir });
  return {
    store,
    env: { DATA_DIR: dataDir },
    databaseUrl: `postgresql://postgres@/postgres?host=${encodeURIComponent(socketFolder(dataDir))}`,
    close: () => store.close(),
  };
}

async function database(serverUrl: string): Promise<OwnStore> {
  const name = `bench_${randomUUID().replaceAll("-", "")}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const remove = async () => {
    await withClient(serverUrl, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
  };
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${name}`));
  try {
    const store = await openStore({ databaseUrl: url.href });
    return {
      store,
      env: { DATABASE_URL: url.href },
      databaseUrl: url.href,
      close: async () => {
        await store.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

export async function withClient<Result>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
