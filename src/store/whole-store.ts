import { z } from "zod";
import type { Database } from "./connect.ts";
import { type Executor, rowOf, rowsOf, sql } from "./sql.ts";
import type { RowCounts } from "./table-rows.ts";
import { identifier, identifiers, readTables, type Table } from "./tables.ts";
import { TransferRefused } from "./transfer-refused.ts";

/** Large stores take minutes; a client that dies ends its transaction at once, whatever the limit. */
const TRANSACTION_LIMITS = { maxWait: 60_000, timeout: 24 * 60 * 60_000 };

/**
 * Reads the whole store as it was at one moment, whatever others write meanwhile: one read-only transaction. Tables that
 * follow from the others are left out.
 *
 * On a server that disturbs nobody. The embedded store has one session, so everybody else waits until the
 * work is done, some ten seconds for a million rows. Reading in small pieces would let others in between and
 * mix two states of the data, which for a backup is the worse of the two.
 */
export async function readWhole<Result>(
  database: Database,
  work: (on: Executor, tables: readonly Table[]) => Promise<Result>,
): Promise<Result> {
  await wake(database);
  return database.$transaction(
    async (transaction) => {
      await transaction.$executeRaw(sql`SET TRANSACTION READ ONLY`);
      await speakPlainly(transaction);
      const tables = await readTables(transaction);
      return work(
        transaction,
        tables.filter(({ isDerived }) => !isDerived),
      );
    },
    { ...TRANSACTION_LIMITS, isolationLevel: "RepeatableRead" },
  );
}

/**
 * Fills an empty store, all or nothing: one transaction, of which nothing is seen before the work is done and
 * nothing stays when it fails or the process dies. An empty store has nobody who could mind the wait, so
 * there is no need to write in pieces and to take them back.
 *
 * @throws TransferRefused when the store is not empty.
 */
export async function fillEmpty<Result>(
  database: Database,
  work: (on: Executor, tables: readonly Table[]) => Promise<Result>,
): Promise<Result> {
  await wake(database);
  return database.$transaction(async (transaction) => {
    await speakPlainly(transaction);
    const all = await readTables(transaction);
    // What was derived from what was there before is nothing that anybody would miss, and must not outlive it.
    for (const { name } of all.filter(({ isDerived }) => isDerived))
      await transaction.$executeRaw(sql`DELETE FROM ${identifier(name)}`);
    const tables = all.filter(({ isDerived }) => !isDerived);
    // Whoever wants to write waits, and does not mix with what comes in.
    await transaction.$executeRaw(sql`LOCK TABLE ${identifiers(tables)} IN EXCLUSIVE MODE`);
    await refuseFilled(transaction, tables);
    const result = await work(transaction, tables);
    for (const table of tables) await moveSequences(transaction, table);
    return result;
  }, TRANSACTION_LIMITS);
}

/** A question starts an embedded store that has left; the beginning of a transaction would not. */
async function wake(database: Database): Promise<void> {
  await database.$executeRaw(sql`SELECT 1`);
}

/** Times as JSON shows them, the same on every server. Ends with the transaction. */
async function speakPlainly(on: Executor): Promise<void> {
  await on.$executeRaw(sql`SET LOCAL TIME ZONE 'UTC'`);
  await on.$executeRaw(sql`SET LOCAL extra_float_digits = 1`);
}

async function refuseFilled(on: Executor, tables: readonly Table[]): Promise<void> {
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await rowOf(
      on,
      z.object({ rows: z.number() }),
      sql`SELECT COUNT(*)::int AS rows FROM ${identifier(name)}`,
    );
    if (rows > 0) counts[name] = rows;
  }
  if (Object.keys(counts).length > 0)
    throw new TransferRefused(
      `The store is not empty (${wordCounts(counts)}), and nothing in it is overwritten. Name an empty one: another DATA_DIR, or a new database.`,
    );
}

function wordCounts(counts: RowCounts): string {
  return Object.entries(counts)
    .map(([table, rows]) => `${table}: ${rows}`)
    .join(", ");
}

/** Numbers that are given out from now on come after those that came in. */
async function moveSequences(on: Executor, table: Table): Promise<void> {
  const sequences = await rowsOf(
    on,
    z.object({ column: z.string(), sequence: z.string() }),
    sql`SELECT name AS column, sequence FROM unnest(${table.columns.map(({ name }) => name)}::text[]) AS name,
          LATERAL pg_get_serial_sequence(quote_ident(${table.name}::text), name) AS sequence
        WHERE sequence IS NOT NULL`,
  );
  for (const { column, sequence } of sequences)
    await on.$executeRaw(
      sql`SELECT setval(${sequence}::text::regclass, MAX(${identifier(column)})::bigint) FROM ${identifier(table.name)}`,
    );
}
