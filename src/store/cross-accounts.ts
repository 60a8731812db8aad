import type { Window } from "../core/calendar.ts";
import { type Criterion, meansSize } from "../core/cross/criteria.ts";
import type { Access } from "./access.ts";
import { tiersOf } from "./compute-standings.ts";
import { Prisma } from "./generated/client.ts";
import { decidedTeams } from "./read-names.ts";
import type { Selection, Snapshot } from "./reads.ts";
import { everyAccount, salesOf } from "./sales.ts";
import { conditionsOf, groupOf } from "./selection.ts";
import { inWindow, spendOf } from "./spend.ts";
import { allOf, empty, join, type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";
import { joinOwner, visibleAccounts, visibleMemberships } from "./visibility.ts";

/** Which accounts are told apart, and by what. */
export interface CrossQuestion {
  readonly snapshot: Snapshot;
  readonly criteria: readonly Criterion[];
  readonly selection: Selection;
  /** Another window than the snapshot's. */
  readonly window: Window | undefined;
}

/**
 * The accounts of a selection with what they bought in the window and their values of the criteria, as `value_0`, `value_1` …;
 * that of `product` is null, since an account may have several.
 */
export function accountsWithValues(access: Access, question: CrossQuestion): Sql {
  const { snapshot, criteria, selection, window } = question;
  const { tier, ...others } = selection;
  const tierColumn = window === undefined ? sql`s.tier` : sql`cut.tier`;
  const value = window === undefined ? sql`s.value_minor` : sql`cut.value`;
  const conditions = [
    visibleAccounts(access),
    ...conditionsOf(access, snapshot, others, window ?? snapshot.window),
    ...(tier === undefined ? [] : [sql`${tierColumn} = ${tier}::tier`]),
  ];
  const columns = criteria.map(
    (criterion, index) =>
      sql`NULLIF(btrim(${columnOf(criterion, tierColumn, access)}), '') AS ${valueAt(index)}`,
  );
  return sql`
    SELECT a.id AS account_id, s.account_id IS NOT NULL AS is_customer, COALESCE(${value}, 0) AS value
           ${columns.length === 0 ? empty : sql`, ${join(columns)}`}
    FROM account a
    LEFT JOIN account_standing s ON s.workspace_id = a.workspace_id AND s.account_id = a.id AND ${heldAt(sql`s`, snapshot.id)}
    ${window === undefined ? empty : sql`LEFT JOIN (${cutAnew(access, snapshot, window)}) cut ON cut.account_id = s.account_id`}
    ${joinOwner}
    ${criteria.includes("team") ? sql`LEFT JOIN (${decidedTeams(access.workspaceId)}) decided ON decided.email = lower(r.email)` : empty}
    WHERE ${allOf(conditions)}`;
}

/** The column of a criterion's values. */
export function valueAt(place: number): Sql {
  return Prisma.raw(`value_${Math.trunc(place)}`);
}

/**
 * What accounts bought of each product in a window, once for each product's name: `account_id`, `product`, `value`, and
 * `accounts`, 1 unless all of it was taken back or credited.
 *
 * @param accounts rows `account_id`; without them, of all accounts, also of those out of sight.
 */
export function boughtByProduct(
  access: Access,
  { snapshot, window = snapshot.window }: Pick<CrossQuestion, "snapshot" | "window">,
  accounts: Sql | undefined,
): Sql {
  const { workspaceId } = access;
  const isWanted = accounts
    ? sql`${visibleMemberships(access)} AND m.account_id IN (SELECT account_id FROM ${accounts})`
    : everyAccount;
  return sql`
    SELECT p.account_id, NULLIF(btrim(product.name), '') AS product, SUM(p.value_minor)::bigint AS value,
           (bool_or(p.value_minor >= 0))::int AS accounts
    FROM (${salesOf(workspaceId, snapshot.basis, snapshot.asOf, isWanted)}) p
    LEFT JOIN current_product_record product
      ON product.workspace_id = ${workspaceId} AND product.source_record_id = p.product_record_id
    WHERE ${inWindow(window)} AND p.value_minor IS NOT NULL
    GROUP BY p.account_id, NULLIF(btrim(product.name), '')`;
}

/** Tiers by another window, cut among everything that is visible. */
function cutAnew(access: Access, { basis, asOf, cuts }: Snapshot, window: Window): Sql {
  const spend = spendOf(access.workspaceId, basis, asOf, window, window, visibleMemberships(access));
  return tiersOf(sql`(${spend}) spend`, cuts);
}

function columnOf(criterion: Criterion, tier: Sql, access: Access): Sql {
  switch (criterion) {
    case "tier":
      return sql`${tier}::text`;
    case "team":
      return sql`COALESCE(decided.team, r.team)`;
    case "cohort":
      return sql`to_char(s.first_won_on, 'YYYY"Q"Q')`;
    case "cohort-year":
      return sql`to_char(s.first_won_on, 'YYYY')`;
    case "product":
      return sql`NULL::text`;
    default:
      return typeof criterion === "object" && meansSize(criterion.custom)
        ? sizeClass(groupOf(criterion, access))
        : groupOf(criterion, access);
  }
}

/** A number of people by the size classes of the European Union (2003/361/EC) with one more at the top; other text as it is. */
function sizeClass(written: Sql): Sql {
  return sql`(SELECT CASE WHEN people IS NULL THEN size WHEN people < 10 THEN '1-9' WHEN people < 50 THEN '10-49'
                          WHEN people < 250 THEN '50-249' WHEN people < 1000 THEN '250-999' ELSE '1000 or more' END
              FROM (SELECT size, CASE WHEN size ~ '^[0-9]{1,9}$' OR size ~ '^[0-9]{1,3}([., ''][0-9]{3}){1,2}$'
                                      THEN regexp_replace(size, '[^0-9]', '', 'g')::bigint END AS people
                    FROM (SELECT btrim(${written}) AS size) written) counted)`;
}
