import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";

/** The two ways in which both stores run SQL: a script, or one statement with rows. */
export interface SqlSession {
  script(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly Record<string, unknown>[]>;
}

const folder = new URL("../../prisma/migrations/", import.meta.url);

/** The number that Prisma's own engine locks on; ours takes it for a transaction, which no session outlives. */
const MIGRATION_LOCK = 72_707_369;

/**
 * Applies the migrations that a database has not seen, each together with its row of history in one
 * transaction, under a lock: of several processes that start at once, one does it and the rest find it done.
 * The history table is Prisma's, so that its tools understand the database.
 */
export async function migrate(session: SqlSession): Promise<readonly string[]> {
  await inLockedTransaction(session, () => session.script(historyTable));
  const applied: string[] = [];
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  for (const name of names) {
    const sql = await readFile(new URL(`${name}/migration.sql`, folder), "utf8");
    const checksum = createHash("sha256").update(sql).digest("hex");
    await inLockedTransaction(session, async () => {
      const done = await session.rows(
        `SELECT checksum FROM _prisma_migrations WHERE migration_name = '${name}' AND rolled_back_at IS NULL`,
      );
      if (done[0] && done[0].checksum !== checksum)
        throw new Error(`Migration ${name} was changed after it was applied to this database.`);
      if (done[0]) return;
      await session.script(sql);
      await session.script(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
         VALUES ('${randomUUID()}', '${checksum}', '${name}', now(), 1)`,
      );
      applied.push(name);
    });
  }
  return applied;
}

async function inLockedTransaction(session: SqlSession, work: () => Promise<void>): Promise<void> {
  await session.script("BEGIN");
  try {
    await session.script(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await work();
    await session.script("COMMIT");
  } catch (error) {
    await session.script("ROLLBACK");
    throw error;
  }
}

const historyTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;
