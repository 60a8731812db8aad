import { z } from "zod";
import type { Window } from "../core/calendar.ts";
import { groupBy } from "../core/group-by.ts";
import type { Access } from "./access.ts";
import { dealsSeen } from "./deals-seen.ts";
import { type DealMaturity, matureDeals } from "./mature-deals.ts";
import type { ProductQuestion, ProductReads } from "./product-results.ts";
import type { Snapshot } from "./reads.ts";
import { bigintNumber, type Executor, rowOf, rowsOf, type Sql, sql } from "./sql.ts";

/** How products are sold, over the deals that the viewer may see. */
export function readProductResults(on: Executor, access: Access): ProductReads {
  return {
    async productResults(snapshot, asked) {
      const maturity = await matureDeals(on, snapshot, dealsSeen(access, snapshot));
      const judged = sql`WITH ${judgedDeals(access, snapshot, asked, maturity)}`;
      const [products, days, markets, counts] = await Promise.all([
        rowsOf(on, productRow, sql`${judged} ${productSums(access)}`),
        rowsOf(on, dayRow, sql`${judged} ${dayCounts}`),
        rowsOf(on, marketRow, sql`${judged} ${marketCounts}`),
        rowOf(on, countsRow, sql`${judged} ${dealCounts}`),
      ]);
      const daysOf = groupBy(days, ({ productId }) => productId);
      return {
        maturity,
        products: products.map(({ priced, ...product }) => ({
          ...{ ...product, priced },
          days: (daysOf.get(product.productId) ?? []).map(({ days: own, deals }) => ({ days: own, deals })),
        })),
        markets,
        counts,
      };
    },

    async productQuarters(snapshot, productId, { deals, window }) {
      const isWon = sql`FILTER (WHERE outcome = 'won')`;
      return rowsOf(
        on,
        quarterRow,
        sql`SELECT to_char(date_trunc('quarter', began_on), 'YYYY-MM-DD') AS "from",
                   COUNT(*) ${isWon} AS won, COUNT(*) FILTER (WHERE outcome = 'lost') AS lost,
                   COUNT(*) FILTER (WHERE outcome IS NULL) AS open,
                   COALESCE(SUM(amount_minor) ${isWon}, 0)::bigint AS "wonMinor"
            FROM (${dealsSeen(access, snapshot, deals)}) d
            WHERE product_id = ${productId}::uuid AND ${isWithin(sql`began_on`, window)}
            GROUP BY 1 ORDER BY 1 DESC`,
      );
    },
  };
}

/**
 * The deals that are asked about, as `judged`: whether each `tells` by its age what comes of it, whether it is too `young` to, and
 * whether it was won in the window.
 */
function judgedDeals(
  access: Access,
  snapshot: Snapshot,
  { deals, window }: ProductQuestion,
  maturity: DealMaturity | undefined,
): Sql {
  const isOld =
    maturity === undefined
      ? sql`created_on IS NULL`
      : sql`(created_on IS NULL OR created_on <= ${maturity.createdBy}::date)`;
  return sql`
    judged AS MATERIALIZED (
      SELECT *, has_begun AND ${isOld} AND outcome IS NOT NULL AS tells, has_begun AND NOT ${isOld} AS is_young,
             has_begun AND ${isOld} AND outcome IS NULL AS is_left_open
      FROM (SELECT *, COALESCE(${isWithin(sql`began_on`, window)}, FALSE) AS has_begun,
                   outcome = 'won' AND ${isWithin(sql`closed_on`, window)} AS is_won_in_window
            FROM (${dealsSeen(access, snapshot, deals)}) seen) begun)`;
}

/** Sums of each product that any deal of the window is about. */
function productSums({ workspaceId }: Access): Sql {
  const isPriced = sql`FILTER (WHERE ${hasPrices})`;
  const sumOf = (value: Sql) => sql`COALESCE(SUM(${value}) ${isPriced}, 0)::float8`;
  const [amount, list] = [sql`amount_minor::float8`, sql`list_minor::float8`];
  return sql`
    SELECT d.product_id AS "productId", COALESCE(MIN(x.name), '') AS product,
           COUNT(*) FILTER (WHERE tells AND outcome = 'won') AS won,
           COUNT(*) FILTER (WHERE tells AND outcome = 'lost') AS lost,
           COUNT(*) FILTER (WHERE is_won_in_window) AS "wonInWindow",
           COALESCE(SUM(amount_minor) FILTER (WHERE is_won_in_window), 0)::bigint AS "wonMinor",
           jsonb_build_object(
             'deals', COUNT(*) ${isPriced}, 'amount', ${sumOf(amount)}, 'list', ${sumOf(list)},
             'amountSquares', ${sumOf(sql`${amount} * ${amount}`)}, 'crossProducts', ${sumOf(sql`${amount} * ${list}`)},
             'listSquares', ${sumOf(sql`${list} * ${list}`)}) AS priced
    FROM judged d
    LEFT JOIN current_product_record x ON x.workspace_id = ${workspaceId} AND x.source_record_id = d.product_id
    WHERE d.product_id IS NOT NULL AND (has_begun OR is_won_in_window)
    GROUP BY d.product_id ORDER BY 2, 1`;
}

const hasPrices = sql`is_won_in_window AND amount_minor IS NOT NULL AND list_minor > 0`;

/** What comes of deals that do not say when they began is known, but not how long it took. */
const dayCounts = sql`
  SELECT product_id AS "productId", GREATEST(0, closed_on - created_on) AS days, COUNT(*) AS deals
  FROM judged WHERE tells AND outcome = 'won' AND created_on IS NOT NULL AND product_id IS NOT NULL
  GROUP BY 1, 2 ORDER BY 1, 2`;

const marketCounts = sql`
  SELECT d.product_id AS "productId", market.by, market.value,
         COUNT(*) FILTER (WHERE outcome = 'won') AS won, COUNT(*) AS closed
  FROM judged d
  CROSS JOIN LATERAL (VALUES ('industry', d.industry), ('region', d.region), ('tier', d.tier::text)) market(by, value)
  WHERE tells AND d.product_id IS NOT NULL AND NULLIF(btrim(market.value), '') IS NOT NULL
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;

const dealCounts = sql`
  SELECT COUNT(*) FILTER (WHERE tells) AS told, COUNT(*) FILTER (WHERE is_left_open) AS open,
         COUNT(*) FILTER (WHERE is_young) AS young,
         COUNT(*) FILTER (WHERE tells AND product_id IS NULL) AS "withoutProduct",
         COUNT(*) FILTER (WHERE tells AND created_on IS NULL) AS "withoutStart",
         COUNT(*) FILTER (WHERE is_won_in_window AND product_id IS NOT NULL AND NOT (${hasPrices})) AS "withoutPrice"
  FROM judged`;

function isWithin(day: Sql, { after, until }: Window): Sql {
  return sql`(${day} > ${after}::date AND ${day} <= ${until}::date)`;
}

const productRow = z.object({
  productId: z.string(),
  product: z.string(),
  ...{ won: bigintNumber, lost: bigintNumber, wonInWindow: bigintNumber, wonMinor: bigintNumber },
  priced: z.object({
    ...{ deals: z.int(), amount: z.number(), list: z.number() },
    ...{ amountSquares: z.number(), crossProducts: z.number(), listSquares: z.number() },
  }),
});
const dayRow = z.object({ productId: z.string(), days: z.int(), deals: bigintNumber });
const marketRow = z.object({
  productId: z.string(),
  by: z.enum(["industry", "region", "tier"]),
  value: z.string(),
  ...{ won: bigintNumber, closed: bigintNumber },
});
const countsRow = z.object({
  ...{ told: bigintNumber, open: bigintNumber, young: bigintNumber },
  ...{ withoutProduct: bigintNumber, withoutStart: bigintNumber, withoutPrice: bigintNumber },
});
const quarterRow = z.object({
  from: z.string(),
  ...{ won: bigintNumber, lost: bigintNumber, open: bigintNumber, wonMinor: bigintNumber },
});
