import { z } from "zod";
import { rowsAsTable } from "./bulk.ts";
import { type CountedState, changedRates, factsOf } from "./counted-state.ts";
import { bigintNumber, type Executor, empty, rowOf, type Sql, sql } from "./sql.ts";

/**
 * The accounts whose days may be others than when they were counted, as a query of `account_id`: those of facts that
 * imports since then brought or replaced, that lie between the two days, or that have another rate, and of records that
 * moved. Undefined where that cannot be told, and everybody has to be counted.
 *
 * Facts change in no other way: an import's status is all that makes them count or not (`imports`). Days of a later as-of
 * day alone are told; what an undone import had is gone.
 */
export async function changedAccounts(
  on: Executor,
  workspaceId: string,
  then: CountedState,
  now: CountedState,
): Promise<Sql | undefined> {
  const visible = new Set(now.imports);
  const countsAlike =
    then.currency === now.currency &&
    then.revenue === now.revenue &&
    then.basisDays === now.basisDays &&
    then.asOf <= now.asOf &&
    then.imports.every((id) => visible.has(id));
  if (!countsAlike || !(await toldByTime(on, workspaceId, then.memberships))) return undefined;
  if ((await factsOf(on, workspaceId, then.imports)) !== then.facts) return undefined;

  const known = new Set(then.imports);
  const added = now.imports.filter((id) => !known.has(id));
  const accountsOf = (table: Sql, day: Sql) => sql`
    SELECT m.account_id FROM ${table} o
    JOIN membership m ON m.workspace_id = o.workspace_id AND m.source_record_id = o.account_record_id AND m.valid_to IS NULL
    WHERE o.workspace_id = ${workspaceId} AND (o.import_id = ANY(${added}) OR o.superseded_by = ANY(${added})
      OR (${day} > ${then.asOf}::date AND ${day} <= ${now.asOf}::date) ${ratedOtherwise(then, now, day)})`;
  return sql`${accountsOf(sql`ledger_entry`, sql`o.on_day`)}
             UNION ${accountsOf(sql`opportunity`, sql`o.close_on`)}
             UNION SELECT account_id FROM membership WHERE workspace_id = ${workspaceId} AND ${isLater(then.memberships)}`;
}

function ratedOtherwise(then: CountedState, now: CountedState, day: Sql): Sql {
  const spans = changedRates(then.rates, now.rates);
  if (spans.length === 0) return empty;
  return sql`OR EXISTS (
    SELECT FROM ${rowsAsTable(spans, [
      { name: "currency", type: "text", of: ({ currency }) => currency },
      { name: "from_day", type: "date", of: ({ from }) => from },
      { name: "before_day", type: "date", of: ({ before }) => before },
    ])} WHERE d.currency = o.currency AND d.from_day <= ${day} AND ${day} < d.before_day)`;
}

/** Memberships only ever begin and end: if as many as then did so by then, those that did so later are all that changed. */
async function toldByTime(
  on: Executor,
  workspaceId: string,
  then: CountedState["memberships"],
): Promise<boolean> {
  const { begun, ended } = await rowOf(
    on,
    z.object({ begun: bigintNumber, ended: bigintNumber }),
    sql`SELECT COUNT(*) FILTER (WHERE valid_from <= ${then.changedAt ?? "-infinity"}::timestamptz) AS begun,
               COUNT(*) FILTER (WHERE valid_to <= ${then.changedAt ?? "-infinity"}::timestamptz) AS ended
        FROM membership WHERE workspace_id = ${workspaceId}`,
  );
  return begun === then.begun && ended === then.ended;
}

function isLater({ changedAt = "-infinity" }: CountedState["memberships"]): Sql {
  return sql`(valid_from > ${changedAt}::timestamptz OR valid_to > ${changedAt}::timestamptz)`;
}
