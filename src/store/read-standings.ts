import { z } from "zod";
import type { Window } from "../core/calendar.ts";
import { dominantShare, type Reason } from "../core/reasons.ts";
import type { Access } from "./access.ts";
import { rowsOfPage } from "./page-of.ts";
import type { Column, Selection, Snapshot, StandingRow, StoreReads } from "./reads.ts";
import { salesOf } from "./sales.ts";
import { inWindow, spendOf, spendRow, toSpend } from "./spend.ts";
import { allOf, bigintNumber, type Executor, optional, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { joinOwner, ownerName, visibleAccounts, visibleMemberships } from "./visibility.ts";

/** Lists of accounts by what they bought. */
export function readStandings(on: Executor, access: Access): Pick<StoreReads, "standings" | "spend"> {
  const { workspaceId } = access;
  return {
    async standings(snapshot, selection, page) {
      const whole = rankedStandings(access, snapshot);
      const conditions = allOf(conditionsOf(access, snapshot, selection, snapshot.window));
      const totals = await rowOf(
        on,
        totalsRow,
        sql`WITH ranked AS (${whole}), matching AS (
              SELECT s.value_minor FROM ranked s JOIN account a ON a.workspace_id = ${workspaceId} AND a.id = s.account_id
              WHERE ${conditions})
            SELECT (SELECT COUNT(*) FROM matching) AS accounts,
                   (SELECT COALESCE(SUM(value_minor), 0)::bigint FROM matching) AS value,
                   (SELECT COALESCE(SUM(GREATEST(value_minor, 0)), 0)::bigint FROM ranked) AS whole,
                   (SELECT COUNT(*) FROM ranked) AS whole_accounts`,
      );
      const rows = await rowsOf(
        on,
        standingRow,
        sql`WITH ranked AS (${whole})
            SELECT ${standingColumns}, ${ownerName(access)} AS owner
            FROM ranked s JOIN account a ON a.workspace_id = ${workspaceId} AND a.id = s.account_id
            ${joinOwner}
            WHERE ${conditions} ORDER BY s.rank
            ${rowsOfPage(page)}`,
      );
      return {
        rows: rows.map((row) => toStanding(row, access)),
        accounts: totals.accounts,
        value: totals.value,
        whole: totals.whole,
        wholeAccounts: totals.whole_accounts,
      };
    },

    async spend(snapshot, selection, window, within) {
      const rows = await rowsOf(
        on,
        spendRow,
        sql`SELECT s.account_id, b.first_won_on::text, b.last_won_on::text, b.value, 0::bigint AS previous_value,
                   b.wins::int AS wins, ${groupOf(within, access)} AS "group"
            FROM (${spendOf(workspaceId, snapshot.basis, snapshot.asOf, window, window, visibleMemberships(access))}) b
            JOIN (${rankedStandings(access, snapshot)}) s ON s.account_id = b.account_id
            JOIN account a ON a.workspace_id = ${workspaceId} AND a.id = b.account_id
            ${joinOwner}
            WHERE ${allOf(conditionsOf(access, snapshot, selection, window))}`,
      );
      return rows.map(toSpend);
    },
  };
}

/** Standings of a snapshot that the viewer may see, with rank, running sum and whole among those. */
export function rankedStandings(access: Access, snapshot: Pick<Snapshot, "id">): Sql {
  return sql`SELECT v.*, ROW_NUMBER() OVER place AS rank,
                    SUM(GREATEST(v.value_minor, 0)) OVER place AS cumulative,
                    ${access.owners === "all" ? sql`NULL` : sql`SUM(GREATEST(v.value_minor, 0)) OVER ()`} AS whole
             FROM account_standing v JOIN account a ON a.workspace_id = v.workspace_id AND a.id = v.account_id
             WHERE v.workspace_id = ${access.workspaceId} AND ${visibleAccounts(access)}
               AND v.valid_from <= ${snapshot.id} AND (v.valid_to IS NULL OR v.valid_to > ${snapshot.id})
             WINDOW place AS (ORDER BY v.value_minor DESC, v.account_id ROWS UNBOUNDED PRECEDING)`;
}

/** What `standingRow` reads of a ranked standing `s` of `account a`, without the owner's name. */
export const standingColumns = sql`s.rank, s.account_id, a.name AS account, s.tier::text, s.previous_tier::text,
  s.value_minor, s.previous_value_minor, s.cumulative, s.whole, s.wins, s.first_won_on::text, s.last_won_on::text,
  s.reasons`;

const totalsRow = z.object({
  accounts: bigintNumber,
  value: bigintNumber,
  whole: bigintNumber,
  whole_accounts: bigintNumber,
});

const tier = z.enum(["A", "B", "C", "D"]);

export const standingRow = z.object({
  rank: bigintNumber,
  account_id: z.string(),
  account: z.string(),
  owner: optional(z.string()),
  tier,
  previous_tier: optional(tier),
  value_minor: bigintNumber,
  previous_value_minor: bigintNumber,
  cumulative: z.unknown().transform(Number),
  whole: z.unknown().transform(Number),
  wins: z.number(),
  first_won_on: z.string(),
  last_won_on: z.string(),
  reasons: z.array(z.custom<Reason>()),
});

export function toStanding(row: z.output<typeof standingRow>, { owners }: Access): StandingRow {
  return {
    rank: row.rank,
    accountId: row.account_id,
    account: row.account,
    owner: row.owner,
    tier: row.tier,
    previousTier: row.previous_tier,
    value: row.value_minor,
    previousValue: row.previous_value_minor,
    cumulativeValue: row.cumulative,
    wins: row.wins,
    firstWonOn: row.first_won_on,
    lastWonOn: row.last_won_on,
    reasons: owners === "all" ? row.reasons : amongVisible(row.reasons, row.value_minor, row.whole),
  };
}

/** A share of everything would say what the rest is worth: it becomes the share of what the viewer sees. */
function amongVisible(reasons: readonly Reason[], value: number, whole: number): readonly Reason[] {
  const share = whole === 0 ? 0 : value / whole;
  return [
    ...reasons.filter(({ code }) => code === "override"),
    ...(share >= dominantShare ? [{ code: "dominant" as const, share }] : []),
    ...reasons.filter(({ code }) => code !== "override" && code !== "dominant"),
  ];
}

function groupOf(within: Column | undefined, access: Access): Sql {
  if (within === undefined) return sql`NULL`;
  if (within === "industry") return sql`a.industry`;
  if (within === "region") return sql`a.region`;
  return within === "owner" ? ownerName(access) : sql`a.custom ->> ${within.custom}`;
}

/** The selection as conditions on `account a` and its standing `s`. */
export function conditionsOf(
  access: Access,
  { basis, asOf }: Snapshot,
  selection: Selection,
  window: Window,
): readonly Sql[] {
  const sales = () => salesOf(access.workspaceId, basis, asOf, visibleMemberships(access));
  const { tier, from, direction, ownerIds, productIds, industry, region, cohort, quietSince } = selection;
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
    ...(selection.columns ?? []).map(
      ({ column, value }) => sql`lower(a.custom ->> ${column}) = lower(${value})`,
    ),
    ...(productIds === undefined
      ? []
      : [
          sql`a.id IN (SELECT p.account_id FROM (${sales()}) p
              WHERE p.product_record_id = ANY(${productIds}::uuid[]) AND ${inWindow(window)})`,
        ]),
  ];
}
