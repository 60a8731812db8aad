import { randomUUID } from "node:crypto";
import { cpSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";

import type { StoreAddress } from "../../src/store/connect.ts";
import { prepareDirectory, socketFolder } from "../../src/store/embedded.ts";
import { storeAddress } from "./store-address.ts";
import { temporaryFolder } from "./workspace.ts";

/** An empty store that no other test knows, for processes to open. */
export interface OwnStore {
  readonly address: StoreAddress;
  /** With which a process opens it. */
  readonly env: Readonly<Record<string, string>>;
  rows(statement: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Removes it where it is a database. */
  remove(): Promise<void>;
}

export function embeddedStore(): OwnStore {
  const dataDir = prepareDirectory(join(temporaryFolder(), "data"));
  const fresh = inject("freshStore");
  if (fresh) cpSync(fresh, dataDir, { recursive: true });
  return {
    address: { dataDir },
    env: { DATA_DIR: dataDir },
    rows: (statement, values) =>
      ask({ host: socketFolder(dataDir), user: "postgres", database: "postgres" }, statement, values),
    remove: async () => {},
  };
}

/** A database of its own on the server that tests run on. */
export async function scratchDatabase(): Promise<OwnStore> {
  const address = storeAddress();
  if (!("databaseUrl" in address)) throw new RangeError("there is no server: set TEST_DATABASE_URL");
  const name = `scratch_${randomUUID().replaceAll("-", "")}`;
  await ask({ connectionString: address.databaseUrl }, `CREATE DATABASE ${name}`);
  const url = new URL(address.databaseUrl);
  url.pathname = `/${name}`;
  return {
    address: { databaseUrl: url.href },
    env: { DATABASE_URL: url.href },
    rows: (statement, values) => ask({ connectionString: url.href }, statement, values),
    remove: async () => {
      await ask({ connectionString: address.databaseUrl }, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function ask(config: pg.ClientConfig, statement: string, values: readonly unknown[] = []) {
  const client = new pg.Client(config);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement, [...values])).rows;
  } finally {
    await client.end();
  }
}
