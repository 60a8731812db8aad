import { z } from "zod";
import type { ActionReason } from "../core/actions/action.ts";
import { chooseRecommender, type Recommender } from "../core/actions/choose-recommender.ts";
import type { Recommendation } from "../core/actions/next-purchases.ts";
import { proposeCrossSell } from "../core/actions/propose-cross-sell.ts";
import { leastSimilar, mostShare, proposeUpSell } from "../core/actions/propose-up-sell.ts";
import type { FirstPurchase } from "../core/actions/purchase-pairs.ts";
import { monthsUntil } from "../core/calendar.ts";
import { analyze, few } from "./analyze.ts";
import { customersOf, firstOfOwners, type OwnedProposal, type Proposing, proposalsOf } from "./proposing.ts";
import { joinAccount, salesOf } from "./sales.ts";
import { bigintNumber, type Executor, optional, rowsOf, type Sql, sql } from "./sql.ts";

/** Customers that are learned from: what so many bought next is what all do. */
const MOST_LEARNED = 20_000;
/** Products that an account is recommended at most. */
const RECOMMENDED = 3;

/** What was bought of which product, as far as it is looked at. */
export interface ProductFacts {
  readonly learned: readonly FirstPurchase[];
  readonly customers: readonly OwnedProducts[];
  readonly products: ReadonlyMap<string, ProductFigures>;
  readonly upSells: readonly UpSell[];
}

type OwnedProducts = z.output<typeof ownedRow>;
type ProductFigures = Omit<z.output<typeof productRow>, "id">;
type UpSell = z.output<typeof upSellRow>;

/**
 * Reads what cross-sells and up-sells follow from, in a transaction of its own. A product is one name: records that share it
 * are one. Who bought a product is told by any fact that names it, what was spent on it by the sales that count.
 */
export async function readProductFacts(on: Executor, proposing: Proposing): Promise<ProductFacts> {
  const named = await on.$executeRaw(
    sql`CREATE TEMP TABLE named_product ON COMMIT DROP AS ${namedProducts(proposing)}`,
  );
  if (named === 0) return { learned: [], customers: [], products: new Map(), upSells: [] };
  const owned = await on.$executeRaw(
    sql`CREATE TEMP TABLE product_owned ON COMMIT DROP AS ${ownedProducts(proposing)}`,
  );
  await on.$executeRaw(sql`CREATE TEMP TABLE product_year ON COMMIT DROP AS ${boughtInYear(proposing)}`);
  if (named + owned > few) await analyze(on, ["named_product", "product_owned", "product_year"]);
  const histories = await rowsOf(
    on,
    historyRow,
    sql`SELECT account_id AS "accountId", array_agg(product_id::text ORDER BY product_id) AS products,
               array_agg(first_on::text ORDER BY product_id) AS days
        FROM product_owned WHERE account_id IN (SELECT account_id FROM product_owned GROUP BY 1 ORDER BY 1 LIMIT ${MOST_LEARNED})
        GROUP BY 1`,
  );
  const customers = firstOfOwners(customersOf(proposing), sql`COALESCE(worth_minor, year_minor)`);
  const ofCustomers = await rowsOf(
    on,
    ownedRow,
    sql`SELECT c.account_id AS "accountId", c.owner_id AS "ownerId", c.alive,
               array_agg(o.product_id::text ORDER BY o.product_id) AS owned
        FROM (${customers}) c JOIN product_owned o ON o.account_id = c.account_id GROUP BY 1, 2, 3`,
  );
  const products = await rowsOf(
    on,
    productRow,
    sql`SELECT n.product_id AS id, n.name, COALESCE(percentile_disc(0.5) WITHIN GROUP (ORDER BY y.year_minor), 0)::bigint AS "usualMinor"
        FROM (SELECT DISTINCT product_id, name FROM named_product) n LEFT JOIN product_year y ON y.product_id = n.product_id
        GROUP BY 1, 2`,
  );
  return {
    learned: histories.flatMap(({ accountId, products: ids, days }) =>
      ids.map((productId, place) => ({ accountId, productId, firstOn: days[place] ?? "" })),
    ),
    customers: ofCustomers,
    products: new Map(products.map(({ id, ...figures }) => [id, figures])),
    upSells: await rowsOf(on, upSellRow, upSells(proposing)),
  };
}

/** What customers may buy that they do not own, and more of what they do; with what recommends. */
export function proposedProducts(
  { learned, customers, products, upSells: found }: ProductFacts,
  { terms }: Proposing,
): { readonly proposals: readonly OwnedProposal[]; readonly recommender: Recommender | undefined } {
  const more = proposalsOf(found, (row) => proposeUpSell(row, terms));
  if (learned.length === 0) return { proposals: more, recommender: undefined };
  const recommender = chooseRecommender(learned, terms.asOf);
  const wanted = customers.flatMap(({ owned, ...customer }) =>
    recommender
      .recommend(owned, RECOMMENDED)
      .map(({ productId, chance, reason }) => ({ ...customer, productId, chance, reason })),
  );
  const next = proposalsOf(wanted, (row) =>
    proposeCrossSell(
      {
        ...row,
        usualMinor: products.get(row.productId)?.usualMinor ?? 0,
        reason: inNames(row.reason, products),
      },
      terms,
    ),
  );
  return { proposals: [...more, ...next], recommender };
}

function inNames(
  reason: Recommendation["reason"],
  products: ReadonlyMap<string, ProductFigures>,
): Extract<ActionReason, { readonly code: "similar-bought" | "popular" }> {
  const nameOf = (id: string) => products.get(id)?.name ?? "";
  return reason.code === "popular"
    ? { ...reason, product: nameOf(reason.product) }
    : { ...reason, product: nameOf(reason.product), owned: nameOf(reason.owned) };
}

/** Records of products with the first one of their name: `record_id`, `product_id`, `name`. */
function namedProducts({ access }: Proposing): Sql {
  return sql`SELECT x.source_record_id AS record_id, btrim(x.name) AS name,
      FIRST_VALUE(x.source_record_id) OVER (PARTITION BY btrim(x.name) ORDER BY x.source_record_id) AS product_id
    FROM current_product_record x WHERE x.workspace_id = ${access.workspaceId} AND btrim(x.name) <> ''`;
}

/** The day on which accounts first bought a product: `account_id`, `product_id`, `first_on`. */
function ownedProducts({ access, snapshot }: Proposing): Sql {
  const from = (facts: Sql, product: Sql, day: Sql, isSale: Sql) => sql`
    SELECT m.account_id, COALESCE(x.stands_for, x.id) AS record_id, ${day} AS on_day
    FROM ${facts} ${joinAccount}
    JOIN source_record x ON x.workspace_id = o.workspace_id AND x.id = ${product}
    WHERE o.workspace_id = ${access.workspaceId} AND ${day} <= ${snapshot.asOf}::date AND COALESCE(o.amount_minor, 1) > 0 AND ${isSale}`;
  const deals = sql`current_opportunity o`;
  const lines = sql`${deals} JOIN current_opportunity_line l ON l.workspace_id = o.workspace_id AND l.opportunity_id = o.id`;
  const isWon = sql`o.status = 'won'`;
  return sql`SELECT b.account_id, n.product_id, MIN(b.on_day) AS first_on
    FROM (${from(deals, sql`o.product_record_id`, sql`o.close_on`, isWon)}
          UNION ALL ${from(lines, sql`l.product_record_id`, sql`o.close_on`, isWon)}
          UNION ALL ${from(sql`current_ledger_entry o`, sql`o.product_record_id`, sql`o.on_day`, sql`TRUE`)}) b
    JOIN named_product n ON n.record_id = b.record_id GROUP BY 1, 2`;
}

/** What accounts spent on a product in the last twelve months: `account_id`, `product_id`, `year_minor`. */
function boughtInYear({ access, snapshot }: Proposing): Sql {
  const { after } = monthsUntil(snapshot.asOf, 12);
  return sql`SELECT p.account_id, n.product_id, SUM(p.value_minor)::bigint AS year_minor
    FROM (${salesOf(access.workspaceId, snapshot.basis, snapshot.asOf)}) p
    JOIN named_product n ON n.record_id = p.product_record_id
    WHERE p.on_day > ${after}::date AND p.value_minor IS NOT NULL
    GROUP BY 1, 2 HAVING SUM(p.value_minor) > 0`;
}

/** Where customers buy less of a product than half of what is usual in their industry; themselves are among those. */
function upSells(proposing: Proposing): Sql {
  const gaps = sql`
    SELECT c.account_id, c.owner_id, c.alive, y.product_id, y.year_minor, u.usual_minor, u.similar_accounts
    FROM product_year y JOIN (${customersOf(proposing)}) c ON c.account_id = y.account_id
    JOIN (SELECT a.industry, y.product_id, COUNT(*)::int AS similar_accounts,
                 percentile_disc(0.5) WITHIN GROUP (ORDER BY y.year_minor) AS usual_minor
          FROM product_year y
          JOIN account a ON a.workspace_id = ${proposing.access.workspaceId} AND a.id = y.account_id AND a.active
          WHERE btrim(a.industry) <> '' GROUP BY 1, 2 HAVING COUNT(*) >= ${leastSimilar}) u
      ON u.industry = c.industry AND u.product_id = y.product_id
    WHERE y.year_minor < u.usual_minor * ${mostShare}::float8`;
  return sql`SELECT g.account_id AS "accountId", g.owner_id AS "ownerId", g.alive, g.product_id AS "productId", n.name AS product,
      g.year_minor AS "yearMinor", g.usual_minor AS "usualMinor", g.similar_accounts AS similar
    FROM (${firstOfOwners(gaps, sql`(usual_minor - year_minor) * COALESCE(alive, 1)`)}) g
    JOIN (SELECT DISTINCT product_id, name FROM named_product) n ON n.product_id = g.product_id`;
}

const historyRow = z.object({
  accountId: z.string(),
  products: z.array(z.string()),
  days: z.array(z.string()),
});

const ownedRow = z.object({
  accountId: z.string(),
  ownerId: optional(z.string()),
  alive: optional(z.number()),
  owned: z.array(z.string()),
});

const productRow = z.object({ id: z.string(), name: z.string(), usualMinor: bigintNumber });

const upSellRow = z.object({
  accountId: z.string(),
  ownerId: optional(z.string()),
  alive: optional(z.number()),
  productId: z.string(),
  product: z.string(),
  yearMinor: bigintNumber,
  usualMinor: bigintNumber,
  similar: z.number(),
});
