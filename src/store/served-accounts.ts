import { z } from "zod";
import { type Day, monthsUntil } from "../core/calendar.ts";
import { type CoverageLevel, coverageLevels, type LevelTerms, levelNamed } from "../core/coverage/levels.ts";
import type { Access } from "./access.ts";
import type { CoverageBasis, ServedAccount } from "./coverage.ts";
import type { Selection, Snapshot } from "./reads.ts";
import { conditionsOf } from "./selection.ts";
import { allOf, bigintNumber, type Executor, join, optional, rowsOf, type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";
import { joinOwner, ownerName, visibleAccounts } from "./visibility.ts";

/** More ways to write a level than this are no levels. */
const MOST_CALLINGS = 200;

/** Selected accounts `a`, prospects among them, each with its standing `s` and owner `r`, and the condition that selects them. */
export function selectedAccounts(access: Access, snapshot: Snapshot, selection: Selection) {
  return {
    from: sql`account a
      LEFT JOIN account_standing s
        ON s.workspace_id = a.workspace_id AND s.account_id = a.id AND ${heldAt(sql`s`, snapshot.id)}
      ${joinOwner}`,
    where: allOf([visibleAccounts(access), ...conditionsOf(access, snapshot, selection, snapshot.window)]),
  };
}

/**
 * Selected accounts with what is at stake, as `core/coverage/levels.ts` says it, the level that is recommended (`level`), and
 * the one that is the case (`actual`): by the imported column, else by the hours that were noted.
 */
export async function servedAccounts(
  on: Executor,
  access: Access,
  snapshot: Snapshot,
  { from, where }: ReturnType<typeof selectedAccounts>,
  { terms, margin, column, today }: CoverageBasis,
): Promise<Sql> {
  const actual = await statedLevel(on, access, column);
  const byHours = levelWhere(terms.levels, ({ hours }) => sql`n.minutes * 2 >= ${hours * 60}::bigint`);
  const byStake = levelWhere(terms.levels, ({ from: least }) => sql`v.stake >= ${least}::bigint`);
  return sql`(
    SELECT v.*, ${byStake} AS level FROM (
      SELECT u.*, COALESCE(u.weighted, u.margin
               + ROUND((u.potential - u.margin) * ${terms.winnablePercent}::numeric / 100)::bigint) AS stake
      FROM (
        SELECT a.id AS account_id, a.name AS account, a.owner_record_id AS owner_id, ${ownerName(access)} AS owner,
               s.tier::text, s.previous_tier::text, own.margin, p.weighted_minor AS weighted,
               GREATEST(COALESCE(p.potential_minor, 0), own.margin) AS potential,
               COALESCE(${actual}, CASE WHEN n.minutes IS NOT NULL THEN ${byHours} END) AS actual,
               n.minutes::float / 60 AS hours, n.is_known
        FROM ${from}
        CROSS JOIN LATERAL (
          SELECT GREATEST(0, ROUND(COALESCE(s.year_minor, 0) * ${margin}::numeric / 1000))::bigint AS margin) own
        LEFT JOIN account_potential p
          ON p.workspace_id = a.workspace_id AND p.snapshot_id = ${snapshot.id} AND p.account_id = a.id
        LEFT JOIN (${notedMinutes(access, today)}) n ON n.account_id = a.id
        WHERE ${where}) u) v)`;
}

/** Minutes that were noted with accounts in the year to a day, and whether somebody typed all of them. */
function notedMinutes({ workspaceId, timeZone }: Access, today: Day): Sql {
  const { after, until } = monthsUntil(today, 12);
  const inYear = (day: Sql) => sql`${day} > ${after}::date AND ${day} <= ${until}::date`;
  const dayOf = (moment: Sql) => sql`(${moment} AT TIME ZONE ${timeZone})::date`;
  return sql`SELECT account_id, SUM(minutes) AS minutes, bool_and(is_known) AS is_known FROM (
      SELECT i.account_id, i.minutes, i.minutes_known AS is_known FROM interaction i
      WHERE i.workspace_id = ${workspaceId} AND i.taken_back_at IS NULL AND ${inYear(sql`i.on_day`)}
      UNION ALL
      SELECT p.account_id, p.minutes, p.minutes_known FROM offer_account p
      WHERE p.workspace_id = ${workspaceId} AND p.minutes IS NOT NULL AND ${inYear(dayOf(sql`p.resolved_at`))}
      UNION ALL
      SELECT x.account_id, x.minutes, x.minutes_known FROM action_answer x
      WHERE x.workspace_id = ${workspaceId} AND x.minutes IS NOT NULL AND x.ended_at IS NULL AND ${inYear(dayOf(sql`x.at`))}
    ) note GROUP BY account_id`;
}

/** The level that an imported column names for `account a`; NULL where it names none. */
async function statedLevel(on: Executor, access: Access, column: string | undefined): Promise<Sql> {
  if (column === undefined) return sql`NULL::text`;
  const rows = await rowsOf(
    on,
    z.object({ value: z.string() }),
    sql`SELECT DISTINCT a.custom ->> ${column} AS value FROM account a
        WHERE ${visibleAccounts(access)} AND a.custom ->> ${column} <> '' LIMIT ${MOST_CALLINGS}`,
  );
  const named = rows.flatMap(({ value }) => {
    const level = levelNamed(value);
    return level ? [{ value, level }] : [];
  });
  return sql`(SELECT m.level
      FROM unnest(${named.map(({ value }) => value)}::text[], ${named.map(({ level }) => level)}::text[]) AS m(value, level)
      WHERE m.value = a.custom ->> ${column})`;
}

/** The first level of which a condition is true, else the least intensive. */
function levelWhere(levels: readonly LevelTerms[], condition: (terms: LevelTerms) => Sql): Sql {
  const cases = levels
    .filter(({ level }) => level !== "self-serve")
    .map((terms) => sql`WHEN ${condition(terms)} THEN ${terms.level}`);
  return sql`CASE ${join(cases, " ")} ELSE 'self-serve' END`;
}

export const level = z.enum(coverageLevels);
const tier = z.enum(["A", "B", "C", "D"]);

/** What `toServed` reads of `servedAccounts`. */
export const servedColumns = sql`v.account_id, v.account, v.owner, v.tier, v.previous_tier, v.margin, v.potential, v.stake,
  v.level, v.actual, v.hours`;

export const servedRow = z.object({
  account_id: z.string(),
  account: z.string(),
  owner: optional(z.string()),
  tier: optional(tier),
  previous_tier: optional(tier),
  margin: bigintNumber,
  potential: bigintNumber,
  stake: bigintNumber,
  level,
  actual: optional(level),
  hours: optional(z.number()),
});

export function toServed({
  account_id: accountId,
  previous_tier: previousTier,
  ...row
}: z.output<typeof servedRow>): ServedAccount {
  return {
    ...row,
    accountId,
    previousTier,
    owner: row.owner,
    tier: row.tier,
    actual: row.actual,
    hours: row.hours,
  };
}

/** Where a level stands among all, the most intensive first. */
export function placeOf(named: Sql): Sql {
  return sql`array_position(${[...coverageLevels] satisfies CoverageLevel[]}::text[], ${named})`;
}
