import { describe, expect, test } from "vitest";
import { rawRows } from "../helpers/workspace.ts";

// The rule that lets the schema be distributed by workspace: see prisma/schema.prisma, rule 1.

const ownTables = `c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations'`;
const columnOf = (table: string, attribute: string) =>
  `(SELECT attname FROM pg_attribute WHERE attrelid = ${table} AND attnum = ${attribute})`;

describe("the workspace is the first column", () => {
  test("of every primary key, and no table is without one", async () => {
    const tables = await rawRows(
      `SELECT c.relname AS name, ${columnOf("c.oid", "k.conkey[1]")} AS first
       FROM pg_class c LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p' WHERE ${ownTables}`,
    );
    expect(tables.length).toBeGreaterThan(10);
    expect(
      tables.filter(({ name, first }) => first !== (name === "workspace" ? "id" : "workspace_id")),
    ).toEqual([]);
  });

  test("of every unique constraint and index", async () => {
    const indexes = await rawRows(
      `SELECT c.relname AS name, x.indexrelid::regclass::text AS index, ${columnOf("c.oid", "x.indkey[0]")} AS first
       FROM pg_class c JOIN pg_index x ON x.indrelid = c.oid AND x.indisunique WHERE ${ownTables}`,
    );
    expect(indexes.length).toBeGreaterThan(10);
    expect(
      indexes.filter(({ name, first }) => first !== (name === "workspace" ? "id" : "workspace_id")),
    ).toEqual([]);
  });

  test("of every foreign key, on both sides", async () => {
    const keys = await rawRows(
      `SELECT k.conname AS name, k.confrelid::regclass::text AS target,
              ${columnOf("c.oid", "k.conkey[1]")} AS first, ${columnOf("k.confrelid", "k.confkey[1]")} AS refers_to
       FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f' WHERE ${ownTables}`,
    );
    expect(keys.length).toBeGreaterThan(10);
    const expected = (target: unknown) => (target === "workspace" ? "id" : "workspace_id");
    expect(
      keys.filter(
        ({ first, refers_to, target }) => first !== "workspace_id" || refers_to !== expected(target),
      ),
    ).toEqual([]);
  });

  test("every table has a workspace that may not be empty", async () => {
    const without = await rawRows(
      `SELECT c.relname FROM pg_class c WHERE ${ownTables} AND c.relname <> 'workspace' AND NOT EXISTS (
         SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'workspace_id' AND a.attnotnull)`,
    );
    expect(without).toEqual([]);
  });
});
