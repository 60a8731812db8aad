import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import type { StoreAddress } from "../../src/store/connect.ts";
import { openStore } from "../../src/store/store.ts";

declare module "vitest" {
  export interface ProvidedContext {
    storeAddresses: readonly StoreAddress[];
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
  const embedded = Array.from({ length: project.config.maxWorkers }, (_, worker) => ({
    dataDir: join(folder, `${worker}`),
  }));
  const addresses: readonly StoreAddress[] = databaseUrl ? [{ databaseUrl }] : embedded;
  const stores = await Promise.all(addresses.map((address) => openStore(address)));
  project.provide("storeAddresses", addresses);
  project.provide("runFolder", folder);
  return async () => {
    await Promise.all(stores.map((store) => store.close()));
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 1_000 });
  };
}
