import type { Day, Window } from "../core/calendar.ts";
import type { Access } from "./access.ts";
import type { Column, Selection, Snapshot } from "./reads.ts";
import { joinAccount, type SalesBasis, salesOf } from "./sales.ts";
import { inWindow } from "./spend.ts";
import { type Sql, sql } from "./sql.ts";
import { ownerName, visibleMemberships } from "./visibility.ts";

/** The selection as conditions on `account a` and its standing `s`. */
export function conditionsOf(
  access: Access,
  { id, basis, asOf }: Snapshot,
  selection: Selection,
  window: Window,
): readonly Sql[] {
  const { tier, from, direction, ownerIds, productIds, industry, region, cohort, quietSince } = selection;
  const { aliveBelowPercent } = selection;
  return [
    ...(tier === undefined ? [] : [sql`s.tier = ${tier}::tier`]),
    ...(from === undefined ? [] : [sql`s.previous_tier = ${from}::tier AND s.tier <> ${from}::tier`]),
    ...(direction === "up" ? [sql`s.tier < s.previous_tier`] : []),
    ...(direction === "down" ? [sql`s.tier > s.previous_tier`] : []),
    ...(ownerIds === undefined ? [] : [sql`a.owner_record_id = ANY(${ownerIds}::uuid[])`]),
    ...(industry === undefined ? [] : [sql`a.industry = ${industry}`]),
    ...(region === undefined ? [] : [sql`a.region = ${region}`]),
    ...(cohort === undefined
      ? []
      : [sql`s.first_won_on BETWEEN ${cohort.first}::date AND ${cohort.last}::date`]),
    ...(quietSince === undefined ? [] : [sql`s.last_won_on <= ${quietSince}::date`]),
    ...(aliveBelowPercent === undefined
      ? []
      : [
          sql`a.id IN (SELECT q.account_id FROM account_value q
            WHERE q.workspace_id = ${access.workspaceId} AND q.snapshot_id = ${id}
              AND q.alive * 100 < ${aliveBelowPercent}::float)`,
        ]),
    ...(selection.columns ?? []).map(
      ({ column, value }) => sql`lower(a.custom ->> ${column}) = lower(${value})`,
    ),
    ...(productIds === undefined
      ? []
      : [sql`a.id IN (${buyersOf(access, basis, asOf, productIds, window)})`]),
  ];
}

/** Accounts with a sale of a product in a window. What counts is asked of those alone that any fact of it names. */
function buyersOf(
  access: Access,
  basis: SalesBasis,
  asOf: Day,
  productIds: readonly string[],
  window: Window,
): Sql {
  const { workspaceId } = access;
  const naming = (facts: Sql) => sql`
    SELECT m.account_id FROM ${facts} o
    JOIN source_record x ON x.workspace_id = o.workspace_id AND x.id = o.product_record_id
    ${joinAccount}
    WHERE o.workspace_id = ${workspaceId} AND COALESCE(x.stands_for, x.id) = ANY(${productIds}::uuid[])`;
  const isNamed = sql`m.account_id IN (SELECT account_id FROM named) AND ${visibleMemberships(access)}`;
  return sql`
    WITH named AS MATERIALIZED (
      ${naming(sql`current_opportunity`)} UNION ${naming(sql`current_ledger_entry`)})
    SELECT p.account_id FROM (${salesOf(workspaceId, basis, asOf, isNamed)}) p
    WHERE p.product_record_id = ANY(${productIds}::uuid[]) AND ${inWindow(window)}`;
}

/** The value of a column of `account a`. */
export function groupOf(within: Column | undefined, access: Access): Sql {
  if (within === undefined) return sql`NULL`;
  if (within === "industry") return sql`a.industry`;
  if (within === "region") return sql`a.region`;
  return within === "owner" ? ownerName(access) : sql`a.custom ->> ${within.custom}`;
}
