import { z } from "zod";
import type { Access } from "./access.ts";
import { baseOf, closedDeals } from "./closed-deals.ts";
import { type RepReads, sliceDimensions } from "./rep-results.ts";
import { bigintNumber, type Executor, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { isNamed, visibleDeals, visibleReps } from "./visibility.ts";

/** Where reps' results come from, over the deals that the viewer may see. */
export function readRepSlices(
  on: Executor,
  access: Access,
): Pick<RepReads, "repSlices" | "repHabits" | "productSlices"> {
  return {
    async repSlices(snapshot, repIds, window) {
      const closed = closedDeals(access, snapshot, {}, { by: "close", window });
      return rowsOf(
        on,
        sliceRow,
        sql`WITH base AS (${baseOf(access, snapshot)}), closed AS (${closed})
            SELECT d.rep_id AS "repId", slice.dimension, slice.value, ${counted}
            FROM closed d CROSS JOIN base
            JOIN current_rep_record r ON r.source_record_id = d.rep_id
            LEFT JOIN account a ON a.workspace_id = d.workspace_id AND a.id = d.account_id
            ${joinProduct}
            CROSS JOIN LATERAL (VALUES ('product', product.name), ('industry', a.industry), ('region', a.region),
              ('tier', COALESCE(d.tier::text, 'prospect'))) AS slice (dimension, value)
            WHERE d.rep_id = ANY(${repIds}::uuid[]) AND ${visibleReps(access)} AND ${isNamed(access)}
              AND btrim(slice.value) <> ''
            GROUP BY 1, 2, 3 ORDER BY 2, 3, 1`,
      );
    },

    async repHabits(snapshot, repIds, window) {
      const closed = closedDeals(access, snapshot, {}, { by: "close", window });
      const isOwn = sql`d.rep_id = ANY(${repIds}::uuid[])`;
      const found = await rowOf(
        on,
        habitsRow,
        sql`WITH base AS (${baseOf(access, snapshot)}), closed AS MATERIALIZED (${closed}),
              won AS MATERIALIZED (
                SELECT d.product_id, ${isOwn} AS is_own,
                       CASE WHEN d.created_on <= d.close_on THEN d.close_on - d.created_on END AS days,
                       COALESCE(d.expected_days, base.days) AS usual_days,
                       CASE WHEN d.list_minor > 0 AND d.amount_minor IS NOT NULL
                            THEN 1 - d.amount_minor::float / d.list_minor END AS discount
                FROM closed d CROSS JOIN base WHERE d.status = 'won'),
              timed AS (
                SELECT LN(GREATEST(days, 1))::float AS log, LN(GREATEST(usual_days, 1))::float AS usual
                FROM won WHERE is_own AND days IS NOT NULL AND usual_days IS NOT NULL),
              usual_discount AS (
                SELECT product_id, AVG(discount) AS discount FROM won
                WHERE NOT is_own AND discount IS NOT NULL GROUP BY product_id),
              discounted AS (
                SELECT w.discount, u.discount AS usual FROM won w
                JOIN usual_discount u ON u.product_id IS NOT DISTINCT FROM w.product_id
                WHERE w.is_own AND w.discount IS NOT NULL),
              slow AS (SELECT percentile_disc(0.9) WITHIN GROUP (ORDER BY days) AS days FROM won),
              open AS (
                SELECT d.stage, ${isOwn} AS is_own, ${snapshot.asOf}::date - d.created_on <= slow.days AS is_moving
                FROM deal d CROSS JOIN slow
                WHERE ${visibleDeals(access)} AND d.snapshot_id = ${snapshot.id} AND d.status = 'open'
                  AND d.created_on <= ${snapshot.asOf}::date AND slow.days IS NOT NULL AND btrim(d.stage) <> '')
            SELECT (SELECT jsonb_build_object('deals', COUNT(*), 'logs', ${sumOf(sql`log`)},
                      'expectedLogs', ${sumOf(sql`usual`)}, 'squares', ${sumOf(sql`(log - usual) ^ 2`)}) FROM timed) AS cycle,
                   (SELECT jsonb_build_object('deals', COUNT(*), 'sum', ${sumOf(sql`discount`)},
                      'expectedSum', ${sumOf(sql`usual`)}, 'squares', ${sumOf(sql`(discount - usual) ^ 2`)}) FROM discounted) AS discount,
                   (SELECT COALESCE(jsonb_agg(s ORDER BY s.stage), '[]') FROM (
                      SELECT stage, COUNT(*) FILTER (WHERE is_own) AS open,
                             COUNT(*) FILTER (WHERE is_own AND is_moving) AS moving,
                             COUNT(*) FILTER (WHERE NOT is_own) AS "othersOpen",
                             COUNT(*) FILTER (WHERE NOT is_own AND is_moving) AS "othersMoving"
                      FROM (SELECT stage, COALESCE(is_own, FALSE) AS is_own, is_moving FROM open) told
                      GROUP BY stage) s WHERE s.open > 0) AS stages`,
      );
      return found;
    },

    async productSlices(snapshot, window) {
      const closed = closedDeals(access, snapshot, {}, { by: "close", window });
      const { rows, customers } = await rowOf(
        on,
        productsRow,
        sql`WITH base AS (${baseOf(access, snapshot)}), closed AS MATERIALIZED (${closed})
            SELECT (SELECT COALESCE(jsonb_agg(p ORDER BY p.product), '[]') FROM (
                      SELECT btrim(product.name) AS product, ${counted},
                             COUNT(DISTINCT d.account_id) FILTER (WHERE d.status = 'won') AS buyers
                      FROM closed d CROSS JOIN base ${joinProduct}
                      WHERE btrim(product.name) <> '' GROUP BY 1) p) AS rows,
                   (SELECT COUNT(DISTINCT account_id) FROM closed WHERE status = 'won') AS customers`,
      );
      return { rows, customers };
    },
  };
}

const joinProduct = sql`LEFT JOIN current_product_record product
  ON product.workspace_id = d.workspace_id AND product.source_record_id = d.product_id`;

/** What came of deals `d`, beside what was expected. */
const counted = sql`
  COUNT(*)::int AS deals, (COUNT(*) FILTER (WHERE d.status = 'won'))::int AS won,
  SUM(COALESCE(d.expected, base.chance))::float AS expected,
  SUM(COALESCE(d.expected, base.chance) * (1 - COALESCE(d.expected, base.chance)))::float AS variance`;

function sumOf(value: Sql): Sql {
  return sql`COALESCE(SUM(${value}), 0)::float`;
}

const countedDeals = { deals: z.number(), won: z.number(), expected: z.number(), variance: z.number() };

const sliceRow = z.object({
  repId: z.string(),
  dimension: z.enum(sliceDimensions),
  value: z.string(),
  ...countedDeals,
});

const habitsRow = z.object({
  cycle: z.object({
    deals: z.number(),
    logs: z.number(),
    expectedLogs: z.number(),
    squares: z.number(),
  }),
  discount: z.object({
    deals: z.number(),
    sum: z.number(),
    expectedSum: z.number(),
    squares: z.number(),
  }),
  stages: z.array(
    z.object({
      stage: z.string(),
      open: z.number(),
      moving: z.number(),
      othersOpen: z.number(),
      othersMoving: z.number(),
    }),
  ),
});

const productsRow = z.object({
  rows: z.array(z.object({ product: z.string(), ...countedDeals, buyers: z.number() })),
  customers: bigintNumber,
});
