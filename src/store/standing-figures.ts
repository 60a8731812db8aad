import { z } from "zod";
import { type Concentration, concentrationOf } from "../core/concentration.ts";
import { dominantShare } from "../core/reasons.ts";
import { tiers } from "../core/tiers.ts";
import type { SelectionFigures } from "./reads.ts";
import { bigintNumber, type Executor, rowOf, type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";

/** So many accounts are told one by one; more of them in so many groups of one size. */
const MOST_SINGLE = 40;
const GROUPS = 20;

/**
 * Totals as the core has them (`totalsOf`), computed where the rows are.
 *
 * @param chosen rows `account_id`, `value`, `tier`.
 */
export async function figuresOf(on: Executor, chosen: Sql): Promise<SelectionFigures> {
  const row = await rowOf(
    on,
    figuresRow,
    sql`WITH chosen AS MATERIALIZED (${chosen}),
             whole AS (SELECT COUNT(*) AS accounts, COALESCE(SUM(value), 0) AS value,
                              COALESCE(SUM(GREATEST(value, 0)), 0) AS positive,
                              COUNT(*) FILTER (WHERE value > 0) AS buyers FROM chosen),
             ordered AS MATERIALIZED (
               SELECT account_id, value, ROW_NUMBER() OVER place AS place, SUM(GREATEST(value, 0)) OVER place AS through
               FROM chosen WINDOW place AS (ORDER BY value DESC, account_id ROWS UNBOUNDED PRECEDING))
        SELECT whole.accounts, whole.value::bigint, whole.positive::bigint, whole.buyers,
               (SELECT COALESCE(jsonb_agg(t), '[]') FROM (
                  SELECT tier, COUNT(*) AS accounts, SUM(value) AS value, SUM(GREATEST(value, 0)) AS positive, MIN(value) AS smallest
                  FROM chosen GROUP BY tier) t) AS tiers,
               (SELECT COALESCE(jsonb_agg(g ORDER BY g.first), '[]') FROM (
                  SELECT MIN(o.place) AS first, COUNT(*) AS accounts, SUM(GREATEST(o.value, 0)) AS value,
                         CASE WHEN whole.accounts <= ${MOST_SINGLE} THEN MIN(o.account_id::text) END AS account
                  FROM ordered o
                  GROUP BY CASE WHEN whole.accounts <= ${MOST_SINGLE} THEN o.place
                                ELSE (o.place - 1) * ${GROUPS} / whole.accounts END) g) AS groups,
               (SELECT COALESCE(jsonb_agg(d ORDER BY d.place), '[]') FROM (
                  SELECT o.account_id AS account, o.value, o.place FROM ordered o
                  WHERE whole.positive > 0 AND o.value::float8 / whole.positive::float8 >= ${dominantShare}) d) AS dominant,
               sums.*
        FROM whole, LATERAL (
          SELECT COALESCE(SUM((whole.buyers + 1 - 2 * place)::numeric * value) FILTER (WHERE value > 0), 0)::text AS weighted,
                 COALESCE(SUM(value::numeric * value) FILTER (WHERE value > 0), 0)::text AS squares,
                 ${topOf(sql`1`)} AS top1, ${topOf(sql`3`)} AS top3, ${topOf(sql`10`)} AS top10,
                 ${topOf(sql`GREATEST(1, (2 * whole.buyers + 5) / 10)`)} AS top20,
                 ${accountsFor(80)} AS for80, ${accountsFor(95)} AS for95, ${accountsFor(99)} AS for99
          FROM ordered) sums`,
  );
  const shareOf = (part: number) => (row.positive === 0 ? 0 : part / row.positive);
  const byTier = new Map(row.tiers.map((own) => [own.tier, own]));
  return {
    accounts: row.accounts,
    value: row.value,
    positiveValue: row.positive,
    tiers: tiers.map((tier) => {
      const { accounts, value, positive, smallest } = byTier.get(tier) ?? emptyTier;
      return { tier, accounts, value, share: shareOf(positive), smallest };
    }),
    concentration: concentrationOfRow(row),
    dominant: row.dominant.map(({ account, value }) => ({ accountId: account, share: shareOf(value) })),
    groups: row.groups.map(({ account, accounts, value }) => ({
      ...(account !== null && { accountId: account }),
      accounts,
      value,
    })),
  };
}

function topOf(accounts: Sql): Sql {
  return sql`COALESCE(MAX(through) FILTER (WHERE place <= ${accounts}), 0)::bigint`;
}

function accountsFor(percent: number): Sql {
  return sql`COALESCE(MIN(place) FILTER (WHERE through * 100 >= whole.positive * ${percent}::int), 0)`;
}

const emptyTier = { accounts: 0, value: 0, positive: 0, smallest: undefined };

const safe = z.number().int();

const figuresRow = z.object({
  accounts: bigintNumber,
  value: bigintNumber,
  positive: bigintNumber,
  buyers: bigintNumber,
  tiers: z.array(
    z.object({ tier: z.enum(tiers), accounts: safe, value: safe, positive: safe, smallest: safe }),
  ),
  groups: z.array(z.object({ account: z.string().nullable(), accounts: safe, value: safe })),
  dominant: z.array(z.object({ account: z.string(), value: safe })),
  weighted: z.string().transform(BigInt),
  squares: z.string().transform(BigInt),
  top1: bigintNumber,
  top3: bigintNumber,
  top10: bigintNumber,
  top20: bigintNumber,
  for80: bigintNumber,
  for95: bigintNumber,
  for99: bigintNumber,
});

function concentrationOfRow(row: z.output<typeof figuresRow>): Concentration | undefined {
  return concentrationOf({
    ...{ buyers: row.buyers, total: row.positive, weighted: row.weighted, squares: row.squares },
    ...{ top1: row.top1, top3: row.top3, top10: row.top10, top20Percent: row.top20 },
    ...{ accountsFor80Percent: row.for80, accountsFor95Percent: row.for95, accountsFor99Percent: row.for99 },
  });
}

/** Adds up a snapshot's standings by what they have in common. */
export async function addUpStandings(on: Executor, workspaceId: string, snapshotId: number): Promise<void> {
  await on.$executeRaw(
    sql`INSERT INTO standing_figure (workspace_id, snapshot_id, kind, value, tier, accounts, value_minor, rose, fell, came)
        SELECT ${workspaceId}, ${snapshotId}::int, * FROM (
          SELECT CASE WHEN GROUPING(s.previous_tier) = 0 THEN 'previous' WHEN GROUPING(s.first_won_on) = 0 THEN 'first'
                      WHEN GROUPING(s.last_won_on) = 0 THEN 'last' WHEN GROUPING(a.owner_record_id) = 0 THEN 'owner'
                      WHEN GROUPING(a.industry) = 0 THEN 'industry' WHEN GROUPING(a.region) = 0 THEN 'region'
                      ELSE 'tier' END AS kind,
                 CASE WHEN GROUPING(s.previous_tier) = 0 THEN COALESCE(s.previous_tier::text, '')
                      WHEN GROUPING(s.first_won_on) = 0 THEN s.first_won_on::text
                      WHEN GROUPING(s.last_won_on) = 0 THEN s.last_won_on::text
                      WHEN GROUPING(a.owner_record_id) = 0 THEN a.owner_record_id::text
                      WHEN GROUPING(a.industry) = 0 THEN a.industry WHEN GROUPING(a.region) = 0 THEN a.region
                      ELSE '' END AS value,
                 s.tier, COUNT(*), SUM(s.value_minor)::bigint,
                 COUNT(*) FILTER (WHERE s.tier < s.previous_tier), COUNT(*) FILTER (WHERE s.tier > s.previous_tier),
                 COUNT(*) FILTER (WHERE s.previous_tier IS NULL)
          FROM account_standing s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
          WHERE s.workspace_id = ${workspaceId} AND ${heldAt(sql`s`, snapshotId)}
          GROUP BY GROUPING SETS ((s.tier), (s.tier, s.previous_tier), (s.tier, s.first_won_on), (s.tier, s.last_won_on),
                                  (s.tier, a.owner_record_id), (s.tier, a.industry), (s.tier, a.region))) figure
        WHERE value IS NOT NULL`,
  );
}
