import { z } from "zod";
import { addDays, type Day } from "../core/calendar.ts";
import { matureCohorts } from "../core/win/mature-cohorts.ts";
import type { Snapshot } from "./reads.ts";
import { bigintNumber, type Executor, rowsOf, type Sql, sql } from "./sql.ts";

/** From which age on deals tell what comes of them, and the last day on which such deals began. */
export interface DealMaturity {
  readonly ageDays: number;
  readonly createdBy: Day;
}

/**
 * How old deals are when it is clear what comes of them, by those that a table has; undefined where none that closed says when it
 * began.
 *
 * @param deals `created_on` and `closed_on`, which is null of what is open.
 */
export async function matureDeals(
  on: Executor,
  { asOf }: Snapshot,
  deals: Sql,
): Promise<DealMaturity | undefined> {
  const lives = await rowsOf(
    on,
    lifeRow,
    sql`SELECT GREATEST(0, COALESCE(closed_on, ${asOf}::date) - created_on) AS age_days,
               closed_on IS NOT NULL AS is_closed, COUNT(*) AS deals
        FROM (${deals}) d WHERE created_on <= ${asOf}::date GROUP BY 1, 2`,
  );
  const each = (dayOf: (life: z.output<typeof lifeRow>) => number) =>
    Float64Array.from(lives.flatMap((life) => new Array<number>(life.deals).fill(dayOf(life))));
  // Days before the snapshot's: what is told is how long deals took, not when.
  const began = each(({ age_days }) => -age_days);
  const closed = each(({ is_closed }) => (is_closed ? 0 : Number.NaN));
  const maturity = matureCohorts(began, closed, 0);
  return maturity && { ageDays: maturity.ageDays, createdBy: addDays(asOf, -maturity.ageDays) };
}

const lifeRow = z.object({ age_days: z.int(), is_closed: z.boolean(), deals: bigintNumber });
