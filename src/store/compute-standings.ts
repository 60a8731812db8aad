import type { Day, Window } from "../core/calendar.ts";
import { dominantShare, notableChange, quietAfterDays } from "../core/reasons.ts";
import type { TierCuts } from "../core/tiers.ts";
import { join, type Sql, sql } from "./sql.ts";

/** What standings are computed by. */
export interface StandingRules {
  readonly cuts: TierCuts;
  readonly window: Window;
  /** The last day of the earlier window. */
  readonly previousUntil: Day;
}

/**
 * Standings as the core computes them (`computePortfolio`, which tests hold against this), where the rows are: no
 * number of accounts is too many for the process that asks.
 *
 * Rows: `account_id`, `tier`, `computed_tier`, `value_minor`, `previous_tier`, `previous_value_minor`, `wins`,
 * `first_won_on`, `last_won_on`, `reasons`, `purchase_days`, `repeat_minor`, `year_minor`, `year_before_minor`.
 *
 * @param spend rows as `spendWithHistory` has them; named more than once, so it should be a name and no query.
 * @param overrides rows `account_id`, `tier`, `until` of the tiers that people set.
 */
export function standingsOf(spend: Sql, { cuts, window, previousUntil }: StandingRules, overrides: Sql): Sql {
  return sql`
    WITH whole AS (
           SELECT COALESCE(SUM(GREATEST(value, 0)), 0) AS now,
                  COALESCE(SUM(GREATEST(previous_value, 0)) FILTER (WHERE first_won_on <= ${previousUntil}::date), 0) AS before
           FROM ${spend}),
         limits AS (SELECT now, ${limitsOf(sql`now`, sql`now`, cuts)}, ${limitsOf(sql`before`, sql`before`, cuts)} FROM whole),
         placed AS (
           SELECT *, first_won_on <= ${previousUntil}::date AS was_there, ${aboveOf(sql`value`)} AS above,
                  ${aboveOf(sql`previous_value`, sql`PARTITION BY first_won_on <= ${previousUntil}::date`)} AS above_before
           FROM ${spend}),
         cut AS (
           SELECT p.*, ${tierOf(sql`p.value`, sql`p.above`, sql`now`)} AS by_figures,
                  CASE WHEN p.was_there THEN ${tierOf(sql`p.previous_value`, sql`p.above_before`, sql`before`)} END AS previous_tier,
                  CASE WHEN l.now = 0 THEN 0 ELSE p.value::float8 / l.now::float8 END AS share
           FROM placed p, limits l)
    SELECT c.account_id, COALESCE(o.tier, c.by_figures) AS tier,
           CASE WHEN o.tier <> c.by_figures THEN c.by_figures END AS computed_tier, c.value AS value_minor,
           c.previous_tier, c.previous_value AS previous_value_minor, c.wins, c.first_won_on, c.last_won_on,
           ${reasonsAsJson(window.until)} AS reasons, c.purchase_days, c.repeat_minor, c.year_minor, c.year_before_minor
    FROM cut c LEFT JOIN ${overrides} o ON o.account_id = c.account_id`;
}

/**
 * Accounts cut into tiers by their values alone.
 *
 * @param spend rows `account_id`, `value`; named more than once, so it should be a name and no query.
 */
export function tiersOf(spend: Sql, cuts: TierCuts): Sql {
  return sql`
    WITH whole AS (SELECT COALESCE(SUM(GREATEST(value, 0)), 0) AS now FROM ${spend}),
         limits AS (SELECT ${limitsOf(sql`now`, sql`now`, cuts)} FROM whole),
         placed AS (SELECT account_id, value, ${aboveOf(sql`value`)} AS above FROM ${spend})
    SELECT p.account_id, p.value, ${tierOf(sql`p.value`, sql`p.above`, sql`now`)} AS tier FROM placed p, limits l`;
}

/** The sum of the positive values before a row, in the order of ranks. */
function aboveOf(value: Sql, partition: Sql = sql``): Sql {
  return sql`SUM(GREATEST(${value}, 0)) OVER (${partition} ORDER BY ${value} DESC, account_id ROWS UNBOUNDED PRECEDING)
    - GREATEST(${value}, 0)`;
}

/** The cumulative values at which tiers end, as columns `a_…`, `b_…` and `c_…`. */
function limitsOf(total: Sql, name: Sql, { A, B, C }: TierCuts): Sql {
  const limit = (thousandths: number, letter: Sql) =>
    sql`div(${total} * ${thousandths}::int + 999, 1000) AS ${letter}_${name}`;
  return join([limit(A, sql`a`), limit(B, sql`b`), limit(C, sql`c`)]);
}

function tierOf(value: Sql, above: Sql, limits: Sql): Sql {
  return sql`(CASE WHEN ${value} <= 0 THEN 'D' WHEN ${above} < l.a_${limits} THEN 'A' WHEN ${above} < l.b_${limits} THEN 'B'
                   WHEN ${above} < l.c_${limits} THEN 'C' ELSE 'D' END)::tier`;
}

/** `reasonsFor`, and before them the tier that a person set, of a row `c` with its override `o`. */
function reasonsAsJson(until: Day): Sql {
  const hadMuch = sql`c.previous_tier IS NOT NULL AND c.previous_value > 0`;
  const changed = (code: Sql) =>
    sql`'{"code":"${code}","from":' || c.previous_value || ',"to":' || c.value || '}'`;
  const reasons = [
    sql`CASE WHEN o.tier <> c.by_figures THEN '{"code":"override","from":"' || c.by_figures || '"'
          || COALESCE(',"until":"' || o.until || '"', '') || '}' END`,
    sql`CASE WHEN c.share >= ${dominantShare} THEN '{"code":"dominant","share":' || c.share || '}' END`,
    sql`CASE WHEN c.previous_tier IS NULL THEN '{"code":"new","firstWonOn":"' || c.first_won_on || '"}'
             WHEN c.by_figures < c.previous_tier THEN '{"code":"rose","from":"' || c.previous_tier || '"}'
             WHEN c.by_figures > c.previous_tier THEN '{"code":"fell","from":"' || c.previous_tier || '"}' END`,
    sql`CASE WHEN c.value < 0 THEN '{"code":"negative"}'
             WHEN c.value = 0 AND c.wins = 0 THEN '{"code":"inactive","lastWonOn":"' || c.last_won_on || '"}'
             WHEN ${until}::date - c.last_won_on >= ${quietAfterDays} THEN '{"code":"quiet","lastWonOn":"' || c.last_won_on || '"}' END`,
    sql`CASE WHEN ${hadMuch} AND c.value::float8 > c.previous_value::float8 * ${1 + notableChange}::float8 THEN ${changed(sql`grew`)} END`,
    sql`CASE WHEN ${hadMuch} AND c.value::float8 < c.previous_value::float8 * ${1 - notableChange}::float8 THEN ${changed(sql`shrank`)} END`,
    sql`CASE WHEN c.wins > 0 THEN '{"code":"bought","wins":' || c.wins || ',"lastWonOn":"' || c.last_won_on || '"}' END`,
  ];
  return sql`('[' || concat_ws(',', ${join(reasons)}) || ']')::jsonb`;
}
