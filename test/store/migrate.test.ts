import { randomUUID } from "node:crypto";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { migrate, type SqlSession } from "../../src/store/migrate.ts";
import { openStore } from "../../src/store/store.ts";
import { storeAddress } from "../helpers/store-address.ts";

describe("migrations", () => {
  let database: PGlite;
  let session: SqlSession;

  beforeAll(async () => {
    database = await PGlite.create({ extensions: { pg_trgm } });
    session = {
      script: async (sql) => void (await database.exec(sql)),
      rows: async (sql) => (await database.query<Record<string, unknown>>(sql)).rows,
    };
  });

  afterAll(() => database.close());

  test("that fail leave nothing half done", async () => {
    // Something that a migration means to create is there already.
    await session.script("CREATE TABLE account_standing (other int)");
    await expect(migrate(session)).rejects.toThrow(/account_standing/);
    expect(await session.rows("SELECT to_regclass('workspace') AS workspace")).toEqual([{ workspace: null }]);
    await session.script("DROP TABLE account_standing");
  });

  test("are applied once, in order, and written down as Prisma's tools expect it", async () => {
    const applied = await migrate(session);
    expect(applied.length).toBeGreaterThan(0);
    expect([...applied].sort()).toEqual(applied);
    expect(await migrate(session)).toEqual([]);
    const history = await session.rows(
      `SELECT migration_name, length(checksum) AS checksum, finished_at IS NOT NULL AS finished, rolled_back_at
       FROM _prisma_migrations ORDER BY migration_name`,
    );
    expect(history).toEqual(
      applied.map((name) => ({ migration_name: name, checksum: 64, finished: true, rolled_back_at: null })),
    );
  });

  test("that were edited after they were applied are refused, and no transaction stays open", async () => {
    await migrate(session);
    const [last] = await session.rows(
      "SELECT migration_name, checksum FROM _prisma_migrations ORDER BY 1 DESC LIMIT 1",
    );
    await session.script(
      `UPDATE _prisma_migrations SET checksum = 'edited' WHERE migration_name = '${last?.migration_name}'`,
    );
    await expect(migrate(session)).rejects.toThrow(
      `Migration ${last?.migration_name} was changed after it was applied to this database.`,
    );
    expect(await session.rows("SELECT txid_current_if_assigned() AS open")).toEqual([{ open: null }]);
    await session.script(
      `UPDATE _prisma_migrations SET checksum = '${last?.checksum}' WHERE migration_name = '${last?.migration_name}'`,
    );
    expect(await migrate(session)).toEqual([]);
  });
});

test.skipIf(!process.env.TEST_DATABASE_URL)("several processes migrate an empty server once", async () => {
  const address = storeAddress();
  if (!("databaseUrl" in address)) throw new RangeError("no server");
  const name = `migrate_${randomUUID().replaceAll("-", "")}`;
  const admin = new pg.Client({ connectionString: address.databaseUrl });
  await admin.connect();
  onTestFinished(async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  });
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(address.databaseUrl);
  url.pathname = `/${name}`;
  const stores = await Promise.all(Array.from({ length: 6 }, () => openStore({ databaseUrl: url.href })));
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const { rows } = await client.query(
    "SELECT migration_name, count(*)::int AS times FROM _prisma_migrations GROUP BY 1 HAVING count(*) <> 1",
  );
  expect(rows).toEqual([]);
  await client.end();
  expect(await Promise.all(stores.map((store) => store.workspace("none")))).toEqual(
    stores.map(() => undefined),
  );
  await Promise.all(stores.map((store) => store.close()));
});
