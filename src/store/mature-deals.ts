import { z } from "zod";
import { addDays, type Day } from "../core/calendar.ts";
import { fewestReached, maturityOf } from "../core/win/mature-cohorts.ts";
import type { Snapshot } from "./reads.ts";
import { type Executor, rowOf, type Sql, sql } from "./sql.ts";

/** From which age on deals tell what comes of them, and the last day on which such deals began. */
export interface DealMaturity {
  readonly ageDays: number;
  readonly createdBy: Day;
}

/**
 * How old deals are when it is clear what comes of them, by those that a table has; undefined where none that closed says when it
 * began.
 *
 * @param deals `created_on`, `has_ended` and `closed_on`. One that ended nobody knows when has no say.
 */
export async function matureDeals(
  on: Executor,
  { asOf }: Snapshot,
  deals: Sql,
): Promise<DealMaturity | undefined> {
  const { lives, oldest } = await rowOf(
    on,
    livesRow,
    sql`WITH known AS MATERIALIZED (
          SELECT created_on, closed_on FROM (${deals}) d
          WHERE created_on <= ${asOf}::date AND (closed_on IS NOT NULL OR NOT has_ended))
        SELECT COALESCE((
                 SELECT jsonb_agg(life) FROM (
                   SELECT GREATEST(0, COALESCE(closed_on, ${asOf}::date) - created_on) AS "ageDays",
                          closed_on IS NOT NULL AS "isClosed", COUNT(*) AS deals
                   FROM known GROUP BY 1, 2) life), '[]') AS lives,
               COALESCE((
                 SELECT MIN(${asOf}::date - created_on)
                 FROM (SELECT created_on FROM known ORDER BY created_on LIMIT ${fewestReached}) old), 0) AS oldest`,
  );
  const maturity = maturityOf(lives, oldest);
  return maturity && { ageDays: maturity.ageDays, createdBy: addDays(asOf, -maturity.ageDays) };
}

const livesRow = z.object({
  lives: z.array(z.object({ ageDays: z.int(), isClosed: z.boolean(), deals: z.number() })),
  oldest: z.number(),
});
