import { z } from "zod";
import type { Access } from "./access.ts";
import type { CrossCells, CrossReads } from "./cross.ts";
import { accountsWithValues, boughtByProduct, type CrossQuestion, valueAt } from "./cross-accounts.ts";
import { pairsOf } from "./cross-pairs.ts";
import { rowsOfPage } from "./page-of.ts";
import { joinAccount } from "./sales.ts";
import { bigintNumber, type Executor, empty, join, optional, rowsOf, type Sql, sql } from "./sql.ts";

/** Criteria against each other. */
export function readCross(on: Executor, access: Access): CrossReads {
  return {
    async crossCells(snapshot, criteria, selection, page, window) {
      const question = { snapshot, criteria, selection, window };
      const rows = await rowsOf(
        on,
        cellRow,
        sql`${cellsOf(access, question)}
            SELECT ARRAY[${join(criteria.map((_, place) => valueAt(place)))}]::text[] AS values,
                   accounts, value, positive, won, closed, COUNT(*) OVER () AS count,
                   (SELECT COUNT(*) FROM chosen) AS all_accounts, SUM(value) OVER ()::bigint AS all_value,
                   SUM(positive) OVER ()::bigint AS all_positive, SUM(won) OVER ()::bigint AS all_won,
                   SUM(closed) OVER ()::bigint AS all_closed
            FROM cell ORDER BY value DESC, accounts DESC, values ${rowsOfPage(page)}`,
      );
      return toCells(rows);
    },

    crossPairs: (snapshot, selection, window) => pairsOf(on, access, { snapshot, selection, window }),
  };
}

/** The tables `chosen`, the accounts, and `cell`, what they come to by their values. */
function cellsOf(access: Access, question: CrossQuestion): Sql {
  const places = join(question.criteria.map((_, place) => valueAt(place)));
  return sql`
    WITH chosen AS MATERIALIZED (${accountsWithValues(access, question)}),
         deal AS (${closedDeals(access, question)}),
         ${question.criteria.includes("product") ? partsByProduct(access, question) : parts},
         cell AS (
           SELECT ${places}, SUM(accounts)::bigint AS accounts, SUM(value)::bigint AS value,
                  SUM(GREATEST(value, 0))::bigint AS positive, COALESCE(SUM(won), 0)::bigint AS won,
                  COALESCE(SUM(closed), 0)::bigint AS closed
           FROM part GROUP BY ${places})`;
}

/** Every account once, with its deals. */
const parts = sql`part AS (SELECT c.*, 1 AS accounts, d.won, d.closed FROM chosen c
                           LEFT JOIN deal d ON d.account_id = c.account_id)`;

/** Every account once for each product that it bought, or once if it bought none; and its deals by their own product. */
function partsByProduct(access: Access, question: CrossQuestion): Sql {
  const values = join(
    question.criteria.map((criterion, place) =>
      criterion === "product" ? sql`p.product AS ${valueAt(place)}` : sql`c.${valueAt(place)}`,
    ),
  );
  // To look for each of everybody's accounts takes longer than to drop what belongs to none.
  const isWhole = access.owners === "all" && Object.keys(question.selection).length === 0;
  return sql`
    bought AS MATERIALIZED (${boughtByProduct(access, question, isWhole ? undefined : sql`chosen`)}),
    part AS (
      SELECT ${values}, p.accounts, p.value, p.won, p.closed
      FROM (SELECT account_id, product, value, accounts, 0 AS won, 0 AS closed FROM bought
            UNION ALL
            SELECT account_id, NULL, 0, 1, 0, 0 FROM chosen
            WHERE account_id NOT IN (SELECT account_id FROM bought)
            UNION ALL
            SELECT account_id, product, 0, 0, won, closed FROM deal) p
      JOIN chosen c ON c.account_id = p.account_id)`;
}

/** Deals of the chosen accounts that were decided in the window, by account, and by their own product where products are told apart. */
function closedDeals(access: Access, { snapshot, criteria, window = snapshot.window }: CrossQuestion): Sql {
  const byProduct = criteria.includes("product");
  return sql`
    SELECT m.account_id, ${byProduct ? sql`NULLIF(btrim(product.name), '')` : sql`NULL::text`} AS product,
           COUNT(*) FILTER (WHERE o.status = 'won') AS won, COUNT(*) AS closed
    FROM current_opportunity o ${joinAccount}
    ${
      byProduct
        ? sql`LEFT JOIN source_record x ON x.workspace_id = o.workspace_id AND x.id = o.product_record_id
              LEFT JOIN current_product_record product ON product.workspace_id = o.workspace_id
                AND product.source_record_id = COALESCE(x.stands_for, x.id)`
        : empty
    }
    WHERE o.workspace_id = ${access.workspaceId} AND o.status IN ('won', 'lost')
      AND m.account_id IN (SELECT account_id FROM chosen)
      AND o.close_on > ${window.after}::date AND o.close_on <= ${window.until}::date
    GROUP BY 1, 2`;
}

const cellRow = z.object({
  values: z.array(optional(z.string())),
  accounts: bigintNumber,
  value: bigintNumber,
  positive: bigintNumber,
  won: bigintNumber,
  closed: bigintNumber,
  count: bigintNumber,
  all_accounts: bigintNumber,
  all_value: bigintNumber,
  all_positive: bigintNumber,
  all_won: bigintNumber,
  all_closed: bigintNumber,
});

function toCells(rows: readonly z.output<typeof cellRow>[]): CrossCells {
  const [first] = rows;
  return {
    cells: rows.map(({ values, accounts, value, positive, won, closed }) => ({
      ...{ values, accounts, value, positiveValue: positive, won, closed },
    })),
    count: first?.count ?? 0,
    total: {
      accounts: first?.all_accounts ?? 0,
      value: first?.all_value ?? 0,
      positiveValue: first?.all_positive ?? 0,
      won: first?.all_won ?? 0,
      closed: first?.all_closed ?? 0,
    },
  };
}
