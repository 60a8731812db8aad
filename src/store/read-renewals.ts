import { z } from "zod";
import { addDays, type Day } from "../core/calendar.ts";
import { contractGraceDays, rhythms } from "../core/recurring.ts";
import type { Access } from "./access.ts";
import { accountsWithValues } from "./cross-accounts.ts";
import { rowsOfPage } from "./page-of.ts";
import { boughtOnDays, currentSeries } from "./purchase-series.ts";
import type { Snapshot } from "./reads.ts";
import { decidedRenewals, recurringTables } from "./recurring-series.ts";
import { countDates, renewalDates } from "./renewal-dates.ts";
import type { DueRenewal, RenewalReads } from "./renewals.ts";
import { type Executor, optional, rowOf, type Sql, sql } from "./sql.ts";
import { joinOwner, ownerName } from "./visibility.ts";

/** What is due to be renewed. */
export function readRenewals(on: Executor, access: Access): RenewalReads {
  return {
    async renewals(snapshot, selection, { columns, until }, page) {
      const { asOf } = snapshot;
      const accounts = accountsWithValues(access, { snapshot, criteria: [], selection, window: undefined });
      const chosen = sql`SELECT account_id FROM chosen`;
      const series = await currentSeries(on, access, snapshot, chosen);
      const last = columns.length === 0 ? neverBought : lastBought(access, snapshot, until);
      const due = sql`NOT is_overdue`;
      const told = await rowOf(
        on,
        toldRow,
        sql`WITH chosen AS MATERIALIZED (SELECT account_id FROM (${accounts}) asked),
              ${renewalDates(access, columns, sql`chosen`)},
              ${recurringTables(series)},
              listed AS MATERIALIZED (
                SELECT *, due_on < ${asOf}::date AS is_overdue
                FROM (${expected(asOf, last)}) expected WHERE due_on <= ${until}::date),
              page AS (
                SELECT l.*, a.name AS account, ${ownerName(access)} AS owner
                FROM (SELECT * FROM listed ORDER BY due_on, value DESC, account_id, product ${rowsOfPage(page)}) l
                JOIN account a ON a.workspace_id = ${access.workspaceId} AND a.id = l.account_id ${joinOwner})
            SELECT (SELECT COALESCE(jsonb_agg(p ORDER BY due_on, value DESC, account_id, product), '[]') FROM page p) AS rows,
                   ${sumOf(sql`is_overdue`)} AS overdue, ${sumOf(due)} AS due,
                   (SELECT COALESCE(jsonb_agg(k), '[]') FROM (
                      SELECT renewals, SUM(value) AS value FROM listed WHERE ${due} AND renewals IS NOT NULL
                      GROUP BY renewals ORDER BY renewals) k) AS by_renewals,
                   (SELECT COALESCE(jsonb_agg(d), '[]') FROM (${decidedRenewals(asOf)}) d) AS decided,
                   (SELECT to_jsonb(c) FROM (
                      SELECT (SELECT COUNT(*) FROM series) AS candidates, (SELECT COUNT(*) FROM judged) AS regular,
                             COUNT(*) AS recurring, COUNT(*) FILTER (WHERE lost_after < ${asOf}::date) AS ended
                      FROM recurring) c) AS series,
                   (SELECT to_jsonb(n) FROM (${countDates(sql`chosen`)}) n) AS dates,
                   (SELECT COUNT(*)::int FROM dated WHERE day < ${addDays(asOf, -contractGraceDays)}::date) AS past`,
      );
      return {
        rows: told.rows.map(toRenewal),
        overdue: told.overdue,
        due: told.due,
        dueByRenewals: told.by_renewals,
        decided: told.decided.map(({ is_recent, ...counts }) => ({ ...counts, isRecent: is_recent })),
        series: told.series,
        dates: { ...told.dates, past: told.past },
      };
    },
  };
}

/**
 * Days that columns name and days on which purchases are expected again, as far as they are not lost; after `renewalDates`
 * and `recurringTables`.
 *
 * @param last rows as `lastBought` has them.
 */
export function expected(asOf: Day, last: Sql): Sql {
  return sql`
    SELECT d.account_id, d.day AS due_on, d.column_name, NULL::text AS product, NULL::text AS rhythm, NULL::int AS renewals,
           COALESCE(last.value, 0)::bigint AS value, last.on_day AS last_on
    FROM dated d LEFT JOIN (${last}) last ON last.account_id = d.account_id
    WHERE d.day >= ${addDays(asOf, -contractGraceDays)}::date
    UNION ALL
    SELECT c.account_id, c.due_on, NULL, c.product, c.rhythm, c.run::int, c.value_minor, c.last_on
    FROM recurring c
    WHERE c.lost_after >= ${asOf}::date AND NOT EXISTS (SELECT FROM dated d WHERE d.account_id = c.account_id)`;
}

/** The last day on which accounts bought that are due on a day of a column, and for how much. */
export function lastBought(access: Access, snapshot: Snapshot, until: Day): Sql {
  const isDue = sql`m.account_id IN (SELECT account_id FROM dated
    WHERE day BETWEEN ${addDays(snapshot.asOf, -contractGraceDays)}::date AND ${until}::date)`;
  return sql`SELECT DISTINCT ON (account_id) account_id, on_day, value
    FROM (SELECT account_id, on_day, SUM(value) AS value FROM (${boughtOnDays(access, snapshot, isDue)}) bought
          GROUP BY account_id, on_day) daily
    ORDER BY account_id, on_day DESC`;
}

export const neverBought = sql`SELECT NULL::uuid AS account_id, NULL::date AS on_day, 0 AS value WHERE FALSE`;

function sumOf(condition: Sql): Sql {
  return sql`(SELECT jsonb_build_object('count', COUNT(*), 'value', COALESCE(SUM(value), 0)) FROM listed WHERE ${condition})`;
}

const safe = z.number().int();
const summed = z.object({ count: safe, value: safe });
const rhythmName = z.enum(rhythms.map(({ name }) => name));

const dueRow = z.object({
  account_id: z.string(),
  account: z.string(),
  owner: optional(z.string()),
  due_on: z.string(),
  column_name: optional(z.string()),
  product: optional(z.string()),
  rhythm: optional(rhythmName),
  renewals: optional(safe),
  value: safe,
  last_on: optional(z.string()),
});

const toldRow = z.object({
  rows: z.array(dueRow),
  overdue: summed,
  due: summed,
  by_renewals: z.array(z.object({ renewals: safe, value: safe })),
  decided: z.array(z.object({ number: safe, is_recent: z.boolean(), due: safe, renewed: safe })),
  series: z.object({ candidates: safe, regular: safe, recurring: safe, ended: safe }),
  dates: z.object({ given: safe, unreadable: safe }),
  past: safe,
});

function toRenewal(row: z.output<typeof dueRow>): DueRenewal {
  const { account_id, account, owner, column_name, product, rhythm, renewals, value, last_on, due_on } = row;
  const shared = { accountId: account_id, account, owner, value, lastOn: last_on, dueOn: due_on };
  return rhythm === undefined || renewals === undefined
    ? { ...shared, source: { kind: "date", column: column_name ?? "" } }
    : { ...shared, source: { kind: "recurring", product, rhythm, renewals } };
}
