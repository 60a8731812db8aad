import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import type { StoreAddress } from "../../src/store/connect.ts";
import { openStore } from "../../src/store/store.ts";

declare module "vitest" {
  export interface ProvidedContext {
    storeAddress: StoreAddress;
  }
}

/**
 * One store for the whole run, embedded or, with TEST_DATABASE_URL, a PostgreSQL server. Every test works
 * in workspaces of its own, so that tests prove on the way that workspaces do not see each other.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const databaseUrl = process.env.TEST_DATABASE_URL;
  const dataDir = mkdtempSync(join(tmpdir(), "portfolio-test-"));
  const address: StoreAddress = databaseUrl ? { databaseUrl } : { dataDir };
  const store = await openStore(address);
  project.provide("storeAddress", address);
  return async () => {
    await store.close();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 1_000 });
  };
}
