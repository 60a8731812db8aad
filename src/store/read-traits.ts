import { z } from "zod";
import type { Evidence, TraitCounts } from "../core/offers/offer.ts";
import type { Tier } from "../core/tiers.ts";
import type { Access } from "./access.ts";
import type { OfferReads } from "./offers.ts";
import type { Snapshot } from "./reads.ts";
import { joinAccount } from "./sales.ts";
import { bigintNumber, type Executor, empty, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { heldStandings } from "./standing-rows.ts";
import { visibleMemberships } from "./visibility.ts";

/** Accounts of either side that are looked at: what is frequent among so many is so among all. */
const MOST_SAMPLED = 20_000;
/** An imported column with more values than that tells accounts apart rather than what they have in common. */
const MOST_VALUES = 30;
const COMPANIONS = 20;

/** What the accounts of a tier have in common. */
export function readTraits(on: Executor, access: Access): Pick<OfferReads, "traits"> {
  return { traits: (snapshot, tier) => traitsOf(on, access, snapshot, tier) };
}

/**
 * How often traits occur in a tier and outside of it, counted where the rows are. Accounts' ids follow from a hash, so
 * the first so many of them are as good as drawn by lot.
 *
 * @param which traits are looked at: all, or the industries and regions that prospects have too.
 */
export async function traitsOf(
  on: Executor,
  access: Access,
  snapshot: Snapshot,
  tier: Tier,
  which: "all" | "market" = "all",
): Promise<TraitCounts> {
  const standings = heldStandings(access, snapshot);
  const side = (isInside: boolean) => sql`
    (SELECT s.account_id, s.first_won_on, ${isInside}::boolean AS is_inside FROM (${standings}) s
     WHERE (s.tier = ${tier}::tier) = ${isInside}::boolean ORDER BY s.account_id LIMIT ${MOST_SAMPLED})`;
  const sampled = sql`sampled AS MATERIALIZED (${side(true)} UNION ALL ${side(false)})`;
  const [{ inside, outside }, traits] = await Promise.all([
    rowOf(
      on,
      z.object({ inside: bigintNumber, outside: bigintNumber }),
      sql`WITH ${sampled} SELECT COUNT(*) FILTER (WHERE is_inside) AS inside,
            COUNT(*) FILTER (WHERE NOT is_inside) AS outside FROM sampled`,
    ),
    rowsOf(
      on,
      traitRow,
      sql`WITH ${sampled}, described AS MATERIALIZED (
            SELECT c.is_inside, c.first_won_on, a.industry, a.region, a.custom FROM sampled c
            JOIN account a ON a.workspace_id = ${access.workspaceId} AND a.id = c.account_id),
          trait AS (
            SELECT 'industry' AS kind, industry AS value, is_inside FROM described
            UNION ALL SELECT 'region', region, is_inside FROM described
            ${which === "all" ? sql`UNION ALL ${ofCustomers(access, snapshot)}` : empty}),
          counted AS (
            SELECT kind, value, COUNT(*) FILTER (WHERE is_inside) AS inside, COUNT(*) FILTER (WHERE NOT is_inside) AS outside,
                   COUNT(*) OVER (PARTITION BY kind) AS distinct_values
            FROM trait WHERE value <> '' GROUP BY kind, value)
          SELECT kind, value, inside, outside FROM counted
          WHERE kind IN ('industry', 'region', 'cohort', 'product') OR distinct_values <= ${MOST_VALUES}
          ORDER BY inside DESC, kind, value`,
    ),
  ]);
  return { insideAccounts: inside, outsideAccounts: outside, traits };
}

/** Of accounts that are `sampled` and `described`: what prospects do not have, or are not told apart by. */
function ofCustomers(access: Access, snapshot: Snapshot): Sql {
  return sql`
    SELECT 'cohort', extract(year FROM first_won_on)::text, is_inside FROM described
    UNION ALL SELECT imported.key, imported.value, is_inside
              FROM described CROSS JOIN LATERAL jsonb_each_text(custom) imported
    -- Two records may have one name: an account that bought both has the product once.
    UNION ALL SELECT 'product', p.name, bool_and(c.is_inside)
              FROM (${productsOf(access, snapshot, sql`sampled`)}) p JOIN sampled c ON c.account_id = p.account_id
              GROUP BY c.account_id, p.name`;
}

const traitRow = z.object({
  kind: z.string(),
  value: z.string(),
  inside: bigintNumber,
  outside: bigintNumber,
});

/**
 * Products that buyers of the offered ones have more often than other customers do, the most telling first. Where there
 * are more accounts than are looked at, the counts are scaled to all of them.
 */
export async function companionsOf(
  on: Executor,
  access: Access,
  snapshot: Snapshot,
  productIds: readonly string[],
  { customers, buyers }: Pick<Evidence, "customers" | "buyers">,
): Promise<Evidence["companions"]> {
  const others = customers - buyers;
  if (buyers === 0) return [];
  const scaled = (accounts: number) => Math.max(accounts, MOST_SAMPLED) / MOST_SAMPLED;
  const rows = await rowsOf(
    on,
    companionRow,
    sql`WITH buyer AS MATERIALIZED (${everBought(access, snapshot, productIds)}),
             standing AS (
               SELECT s.account_id, b.account_id IS NOT NULL AS is_buyer FROM (${heldStandings(access, snapshot)}) s
               LEFT JOIN buyer b ON b.account_id = s.account_id),
             sampled AS MATERIALIZED (
               (SELECT * FROM standing WHERE is_buyer ORDER BY account_id LIMIT ${MOST_SAMPLED})
               UNION ALL (SELECT * FROM standing WHERE NOT is_buyer ORDER BY account_id LIMIT ${MOST_SAMPLED})),
             counted AS (
               SELECT p.name, COUNT(DISTINCT p.account_id) FILTER (WHERE c.is_buyer) AS buyers,
                      COUNT(DISTINCT p.account_id) FILTER (WHERE NOT c.is_buyer) AS others
               FROM (${productsOf(access, snapshot, sql`sampled`)}) p JOIN sampled c ON c.account_id = p.account_id
               WHERE p.product_record_id <> ALL(${productIds}::uuid[]) GROUP BY p.name)
        SELECT name AS product, buyers, others FROM counted WHERE buyers > 0
        ORDER BY (buyers + 0.5) / (others + 0.5) DESC, buyers DESC, name LIMIT ${COMPANIONS}`,
  );
  return rows.map((row) => ({
    product: row.product,
    buyers: Math.round(row.buyers * scaled(buyers)),
    others: Math.round(row.others * scaled(others)),
  }));
}

const companionRow = z.object({ product: z.string(), buyers: bigintNumber, others: bigintNumber });

/** Accounts that ever bought one of some products, once each: `account_id`. */
export function everBought(access: Access, snapshot: Snapshot, productIds: readonly string[]): Sql {
  const bought = boughtProducts(
    access,
    snapshot,
    sql`COALESCE(x.stands_for, x.id) = ANY(${productIds}::uuid[])`,
  );
  return sql`SELECT DISTINCT bought.account_id FROM (${bought}) bought`;
}

/** The products that accounts bought so far, once each: `account_id`, `product_record_id`, `name`. */
export function productsOf(access: Access, snapshot: Snapshot, accounts: Sql): Sql {
  const bought = boughtProducts(access, snapshot, sql`m.account_id IN (SELECT account_id FROM ${accounts})`);
  return sql`
    SELECT bought.account_id, bought.product_record_id, product.name FROM (${bought}) bought
    JOIN current_product_record product
      ON product.workspace_id = ${access.workspaceId} AND product.source_record_id = bought.product_record_id`;
}

/**
 * What was won, invoiced or paid for, once each. Which of several facts about one sale counts is not asked, as it is for
 * money: whichever names the product says that it was bought.
 */
function boughtProducts(access: Access, { asOf }: Snapshot, isWanted: Sql): Sql {
  const from = (facts: Sql, isSale: Sql) => sql`
    SELECT m.account_id, COALESCE(x.stands_for, x.id) AS product_record_id
    FROM ${facts} o ${joinAccount}
    JOIN source_record x ON x.workspace_id = o.workspace_id AND x.id = o.product_record_id
    WHERE o.workspace_id = ${access.workspaceId} AND ${isSale} AND COALESCE(o.amount_minor, 1) > 0
      AND ${visibleMemberships(access)} AND ${isWanted}`;
  return sql`
    ${from(sql`current_opportunity`, sql`o.status = 'won' AND o.close_on <= ${asOf}::date`)}
    UNION ${from(sql`current_ledger_entry`, sql`o.on_day <= ${asOf}::date`)}`;
}
