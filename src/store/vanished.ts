import { z } from "zod";
import { Prisma } from "./generated/client.ts";
import { exchangeRates, versionTables } from "./import-rows.ts";
import { bigintNumber, type Executor, rowOf, sql } from "./sql.ts";

/** What earlier imports of a source had and the newest one did not bring again. */
export interface Vanished {
  /** The table: `opportunity`, `account_record` … */
  readonly of: string;
  readonly rows: number;
  /** Some of them, as people find them again. */
  readonly examples: readonly string[];
}

const EXAMPLES = 10;
/** A rate that is not repeated still holds. */
const tables = versionTables.filter(({ name }) => name !== exchangeRates.name);

/**
 * Rows of the source that count and that the import did not bring, though it brought others of their kind
 * from the days around them: an export of last month says nothing about the year before. What is merely
 * mentioned is not missed.
 */
export async function findVanished(
  on: Executor,
  workspaceId: string,
  sourceId: string,
  importId: number,
): Promise<readonly Vanished[]> {
  const found: Vanished[] = [];
  for (const { name, key, describable, day, label } of tables) {
    const [table, current, id, words] = [
      name,
      `current_${name}`,
      `t.${key}`,
      label.includes("t.") ? label : `t.${label}`,
    ].map((text) => Prisma.raw(text)) as [Prisma.Sql, Prisma.Sql, Prisma.Sql, Prisma.Sql];
    const onDay = day === undefined ? undefined : Prisma.raw(day);
    const { rows, examples } = await rowOf(
      on,
      z.object({ rows: bigintNumber, examples: z.array(z.string()) }),
      sql`WITH brought AS MATERIALIZED (
            SELECT ${id} AS id ${onDay ? sql`, ${onDay} AS on_day` : sql``} FROM ${table} t
            WHERE t.workspace_id = ${workspaceId} AND t.import_id = ${importId} ${describable ? sql`AND t.described` : sql``}
            UNION ALL
            SELECT ${id} ${onDay ? sql`, ${onDay}` : sql``} FROM ${current} t
            WHERE t.workspace_id = ${workspaceId} AND ${id} IN (SELECT unnest(ids) FROM sighting s
              WHERE s.workspace_id = ${workspaceId} AND s.import_id = ${importId} AND s.of = ${name})),
          gone AS (
            SELECT ${words} AS label FROM ${current} t
            JOIN import i ON i.workspace_id = t.workspace_id AND i.id = t.import_id AND i.source_id = ${sourceId}
            WHERE t.workspace_id = ${workspaceId} AND t.superseded_by IS DISTINCT FROM ${importId}
              ${describable ? sql`AND t.described` : sql``}
              AND EXISTS (SELECT FROM brought)
              ${onDay ? sql`AND ${onDay} BETWEEN (SELECT MIN(on_day) FROM brought) AND (SELECT MAX(on_day) FROM brought)` : sql``}
              AND NOT EXISTS (SELECT FROM brought b WHERE b.id = ${id}))
          SELECT COUNT(*) AS rows, COALESCE((SELECT array_agg(label) FROM (
            SELECT label FROM gone ORDER BY label LIMIT ${EXAMPLES}) few), '{}') AS examples FROM gone`,
    );
    if (rows > 0) found.push({ of: name, rows, examples });
  }
  return found;
}
