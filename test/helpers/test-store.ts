import { mkdirSync, mkdtempSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import type { TestProject } from "vitest/node";
import type { StoreAddress } from "../../src/store/connect.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openStore } from "../../src/store/store.ts";

declare module "vitest" {
  export interface ProvidedContext {
    storeAddresses: readonly StoreAddress[];
    /** A folder with an embedded store that nobody has opened yet, to be copied: making one takes seconds. */
    freshStore: string | undefined;
    /** For whatever tests write; gone when all are done. */
    runFolder: string;
  }
}

/**
 * The stores for the whole run: with TEST_DATABASE_URL a PostgreSQL server, else an embedded one for each worker, since
 * one of those uses one processor at most. Every test works in workspaces of its own, so that tests prove on the way
 * that workspaces do not see each other.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const databaseUrl = process.env.TEST_DATABASE_URL;
  const folder = mkdtempSync(join(tmpdir(), "portfolio-test-"));
  const freshStore = databaseUrl ? undefined : await makeFreshStore(join(folder, "fresh"));
  const addresses: readonly StoreAddress[] = databaseUrl
    ? [{ databaseUrl }]
    : Array.from({ length: project.config.maxWorkers }, (_, worker) => ({
        dataDir: join(folder, `${worker}`),
      }));
  const stores = await Promise.all(
    addresses.map(async (address) => {
      if (freshStore && "dataDir" in address) await cp(freshStore, address.dataDir, { recursive: true });
      return openStore(address);
    }),
  );
  project.provide("storeAddresses", addresses);
  project.provide("freshStore", freshStore);
  project.provide("runFolder", folder);
  return async () => {
    await Promise.all(stores.map((store) => store.close()));
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 1_000 });
  };
}

/** As the first process that opens a directory makes it. */
async function makeFreshStore(directory: string): Promise<string> {
  mkdirSync(directory);
  const database = await PGlite.create({ dataDir: join(directory, "database"), extensions: { pg_trgm } });
  await migrate({
    script: async (sql) => void (await database.exec(sql)),
    rows: async (sql) => (await database.query<Record<string, unknown>>(sql)).rows,
  });
  await database.close();
  return directory;
}
