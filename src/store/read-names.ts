import { z } from "zod";
import type { Access } from "./access.ts";
import type { StoreReads } from "./reads.ts";
import { joinAccount } from "./sales.ts";
import { type Executor, empty, optional, rowsOf, type Sql, sql } from "./sql.ts";
import { visibleAccounts, visibleReps } from "./visibility.ts";

/** The people and products that a viewer may read of, and filter by; one that stands for another is not listed. */
export function readNames(on: Executor, access: Access): Pick<StoreReads, "reps" | "products"> {
  const { workspaceId, owners } = access;
  return {
    async reps(ids) {
      return rowsOf(
        on,
        z.object({
          id: z.string(),
          name: z.string(),
          email: optional(z.string()),
          team: optional(z.string()),
        }),
        sql`SELECT r.source_record_id AS id, r.name, r.email, COALESCE(decided.team, r.team) AS team
            FROM current_rep_record r
            LEFT JOIN (${decidedTeams(workspaceId)}) decided ON decided.email = lower(r.email)
            JOIN source_record s ON s.workspace_id = r.workspace_id AND s.id = r.source_record_id
            WHERE ${visibleReps(access)} AND s.stands_for IS NULL
              ${ids === undefined ? empty : sql`AND r.source_record_id = ANY(${ids}::uuid[])`}
            ORDER BY r.name, r.source_record_id`,
      );
    },

    async products() {
      return rowsOf(
        on,
        z.object({ id: z.string(), name: z.string() }),
        sql`SELECT x.source_record_id AS id, x.name FROM current_product_record x
            JOIN source_record s ON s.workspace_id = x.workspace_id AND s.id = x.source_record_id
            WHERE x.workspace_id = ${workspaceId} AND s.stands_for IS NULL
              AND ${owners === "all" ? sql`TRUE` : sql`(x.described OR s.id IN (${soldProducts(access)}))`}
            ORDER BY x.name, x.source_record_id`,
      );
    },
  };
}

/** Teams that settings name for people, which go before the imported ones. */
export function decidedTeams(workspaceId: string): Sql {
  return sql`SELECT person ->> 'email' AS email, person ->> 'team' AS team
             FROM (SELECT settings FROM settings_version WHERE workspace_id = ${workspaceId}
                   ORDER BY version DESC LIMIT 1) newest,
                  jsonb_array_elements(newest.settings -> 'people') AS person`;
}

/** Products that facts of visible accounts name: who may see the fact knows the product. */
export function soldProducts(access: Access): Sql {
  const productsOf = (facts: Sql, product: Sql) => sql`
    SELECT COALESCE(s.stands_for, s.id) FROM ${facts}
    JOIN source_record s ON s.workspace_id = o.workspace_id AND s.id = ${product}
    ${joinAccount}
    JOIN account a ON a.workspace_id = m.workspace_id AND a.id = m.account_id
    WHERE ${visibleAccounts(access)}`;
  const lines = sql`current_opportunity o
    JOIN current_opportunity_line line ON line.workspace_id = o.workspace_id AND line.opportunity_id = o.id`;
  return sql`${productsOf(sql`current_opportunity o`, sql`o.product_record_id`)}
    UNION ${productsOf(lines, sql`line.product_record_id`)}
    UNION ${productsOf(sql`current_ledger_entry o`, sql`o.product_record_id`)}`;
}
