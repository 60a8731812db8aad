import { z } from "zod";
import type { Access } from "./access.ts";
import { isHeldBack } from "./offer-exclusions.ts";
import { rowsOfPage } from "./page-of.ts";
import type { Selection, Snapshot } from "./reads.ts";
import type { Advocate, AdvocateTerms, RewardReads } from "./rewards.ts";
import { conditionsOf } from "./selection.ts";
import { allOf, bigintNumber, type Executor, optional, rowOf, type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";
import { joinOwner, ownerName, visibleAccounts } from "./visibility.ts";

/** Prospects of one advocate that are named. */
const NAMED = 3;

/** Who could speak for us, and to whom. */
export function readAdvocates(on: Executor, access: Access): Pick<RewardReads, "advocates"> {
  const { workspaceId } = access;

  /** Accounts of the viewer that never bought. */
  function prospects(snapshot: Snapshot): Sql {
    return sql`SELECT a.id, a.name, a.industry, a.region FROM account a
      WHERE ${visibleAccounts(access)} AND NOT EXISTS (SELECT FROM account_standing s
        WHERE s.workspace_id = a.workspace_id AND s.account_id = a.id AND ${heldAt(sql`s`, snapshot.id)})`;
  }

  return {
    async advocates(snapshot, selection, terms, page) {
      const {
        rows,
        total,
        surveys,
        prospects: known,
      } = await rowOf(
        on,
        foundRow,
        sql`WITH survey AS MATERIALIZED (${surveyed(access)}),
              asked AS MATERIALIZED (${askedToSpeak(workspaceId)}),
              prospect AS MATERIALIZED (${prospects(snapshot)}),
              found AS MATERIALIZED (${ableToSpeak(access, snapshot, selection, terms)}),
              page AS MATERIALIZED (SELECT * FROM found ORDER BY ${bestFirst} ${rowsOfPage(page)}),
              matched AS MATERIALIZED (
                SELECT p.industry, p.region, COUNT(*) AS total,
                       (array_agg(jsonb_build_object('accountId', p.id, 'account', p.name) ORDER BY p.name, p.id))[1:${NAMED}::int] AS first
                FROM prospect p
                WHERE (p.industry, p.region) IN (SELECT industry, region FROM page)
                GROUP BY p.industry, p.region)
            SELECT (SELECT COALESCE(jsonb_agg(to_jsonb(f) || jsonb_build_object(
                             'prospects', COALESCE(m.total, 0), 'first_prospects', COALESCE(to_jsonb(m.first), '[]'))
                             ORDER BY ${bestFirst}), '[]')
                    FROM page f LEFT JOIN matched m ON m.industry = f.industry AND m.region = f.region) AS rows,
                   (SELECT COUNT(*) FROM found) AS total, (SELECT COUNT(*) FROM survey) AS surveys,
                   (SELECT COUNT(*) FROM prospect) AS prospects`,
      );
      return { rows: rows.map(toAdvocate), total, known: { surveys, prospects: known } };
    },
  };
}

const bestFirst = sql`worth_minor DESC NULLS LAST, value_minor DESC, account_id`;

/** The newest survey of each account that the viewer sees. */
function surveyed(access: Access): Sql {
  return sql`SELECT DISTINCT ON (i.account_id) i.account_id, i.score, i.on_day
    FROM interaction i JOIN account a ON a.workspace_id = i.workspace_id AND a.id = i.account_id
    WHERE ${visibleAccounts(access)} AND i.kind = 'survey' AND i.score IS NOT NULL AND i.taken_back_at IS NULL
    ORDER BY i.account_id, i.on_day DESC, i.id DESC`;
}

/** When accounts were last asked to speak for us, as somebody noted it or did the action. */
function askedToSpeak(workspaceId: string): Sql {
  return sql`
    SELECT account_id, MAX(on_day) AS on_day FROM (
      SELECT account_id, on_day FROM interaction
      WHERE workspace_id = ${workspaceId} AND kind = 'reference' AND taken_back_at IS NULL
      UNION ALL
      SELECT account_id, at::date FROM action_answer
      WHERE workspace_id = ${workspaceId} AND kind = 'reference' AND answer = 'done' AND ended_at IS NULL) requests
    GROUP BY account_id`;
}

function ableToSpeak(
  access: Access,
  snapshot: Snapshot,
  selection: Selection,
  { today, customerBy, askedBefore, leastScore, gone }: AdvocateTerms,
): Sql {
  const isGone =
    "quietSince" in gone
      ? sql`s.last_won_on <= ${gone.quietSince}::date`
      : sql`COALESCE(v.alive * 100 < ${gone.aliveBelowPercent}::float, FALSE)`;
  return sql`
    SELECT a.id AS account_id, a.name AS account, ${ownerName(access)} AS owner, s.tier::text AS tier, s.value_minor,
           v.worth_minor, s.first_won_on, a.industry, a.region, survey.score, survey.on_day AS scored_on,
           asked.on_day AS asked_on
    FROM account_standing s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
    LEFT JOIN account_value v ON v.workspace_id = s.workspace_id AND v.snapshot_id = ${snapshot.id}
      AND v.account_id = s.account_id
    LEFT JOIN survey ON survey.account_id = s.account_id
    LEFT JOIN asked ON asked.account_id = s.account_id
    ${joinOwner}
    WHERE s.workspace_id = ${access.workspaceId} AND ${visibleAccounts(access)} AND ${heldAt(sql`s`, snapshot.id)}
      AND s.tier IN ('A', 'B') AND s.wins > 0 AND s.first_won_on <= ${customerBy}::date AND NOT ${isGone}
      AND (survey.score IS NULL OR survey.score >= ${leastScore}::int)
      AND (asked.on_day IS NULL OR asked.on_day < ${askedBefore}::date)
      AND ${allOf(conditionsOf(access, snapshot, selection, snapshot.window))}
      AND NOT ${isHeldBack("complaint", today)}`;
}

const advocateRow = z.object({
  account_id: z.string(),
  account: z.string(),
  owner: optional(z.string()),
  tier: z.enum(["A", "B", "C", "D"]),
  value_minor: z.number().int(),
  worth_minor: optional(z.number().int()),
  first_won_on: z.string(),
  industry: optional(z.string()),
  region: optional(z.string()),
  score: optional(z.number()),
  scored_on: optional(z.string()),
  asked_on: optional(z.string()),
  prospects: z.number(),
  first_prospects: z.array(z.object({ accountId: z.string(), account: z.string() })),
});

const foundRow = z.object({
  rows: z.array(advocateRow),
  total: bigintNumber,
  surveys: bigintNumber,
  prospects: bigintNumber,
});

function toAdvocate(row: z.output<typeof advocateRow>): Advocate {
  return {
    accountId: row.account_id,
    account: row.account,
    owner: row.owner,
    tier: row.tier,
    valueMinor: row.value_minor,
    worthMinor: row.worth_minor,
    firstOn: row.first_won_on,
    industry: row.industry,
    region: row.region,
    survey:
      row.score === undefined || row.scored_on === undefined
        ? undefined
        : { score: row.score, on: row.scored_on },
    askedOn: row.asked_on,
    prospects: { total: row.prospects, first: row.first_prospects },
  };
}
