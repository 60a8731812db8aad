import { actionKinds } from "../core/actions/action.ts";
import type { Feedback } from "../core/actions/feedback.ts";
import { withoutDay } from "../core/actions/proposal.ts";
import { urgencySteps } from "../core/actions/rank.ts";
import { answerDays, doneForGood, neverCooling } from "../core/actions/suppress.ts";
import { type Day, endOfMonth } from "../core/calendar.ts";
import type { Access } from "./access.ts";
import { repIdsOf } from "./action-holders.ts";
import type { ActionHolder, ActionSelection } from "./actions.ts";
import { type BulkColumn, rowsAsTable } from "./bulk.ts";
import { type LiveAction, liveTable } from "./live-actions.ts";
import { soldProducts } from "./read-names.ts";
import type { Snapshot } from "./reads.ts";
import { conditionsOf } from "./selection.ts";
import { allOf, empty, join, type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";
import { visibleAccounts } from "./visibility.ts";

/** What is judged, and by what. */
export interface Judging {
  readonly snapshot: Snapshot;
  readonly live: readonly LiveAction[];
  readonly selection: Omit<ActionSelection, "holderKeys">;
  /** A condition on `account a`: see `heldBySome`. */
  readonly accounts: Sql;
  readonly today: Day;
  readonly coolDownDays: number;
  readonly feedback: Feedback;
  /** Rows as `seenByHolders` has them. */
  readonly seen: Sql | undefined;
}

/**
 * Tables, each after the one before, that say of proposals what `core/actions` says of them one by one:
 *
 * - `proposing`: the `id` of the snapshot whose proposals are looked at: the one that is asked about, or while it has none,
 *   the newest before it that has and counts in the same currency.
 * - `live`: those that no snapshot knows.
 * - `candidate`: what is looked at, `answer`: what was answered to it and its accounts.
 * - `judged`: with `holder_key`, the `weight` that it is ordered by, whether an answer to it holds (`is_answered`), and
 *   `held_back`: by an `answer`, a `cool-down`, or null for what is open.
 * - `placed`: with `of_account`, the place among what is open for its account.
 */
export function judgedTables(access: Access, judging: Judging): Sql {
  const { workspaceId, timeZone } = access;
  const { snapshot, live, today, coolDownDays, feedback, seen } = judging;
  const isGiven = seen
    ? sql`EXISTS (SELECT FROM seen WHERE seen.holder_key = own.holder_key
            AND (seen.owner_id IS NULL OR seen.owner_id = c.owner_record_id))`
    : sql`TRUE`;
  return sql`
    proposing AS MATERIALIZED (
      SELECT id FROM snapshot
      WHERE workspace_id = ${workspaceId} AND status = 'ready' AND id <= ${snapshot.id} AND currency = ${snapshot.currency}
        AND proposed_by IS NOT NULL ORDER BY id DESC LIMIT 1),
    live AS MATERIALIZED (${liveTable(live)}),
    seen AS MATERIALIZED (${seen ?? sql`SELECT NULL::text AS holder_key, NULL::uuid AS owner_id WHERE FALSE`}),
    candidate AS MATERIALIZED (${candidates(access, judging)}),
    answer AS MATERIALIZED (
      SELECT x.action_id, x.account_id, x.kind, x.answer, x.until, x.holder_key, (x.at AT TIME ZONE ${timeZone})::date AS on_day
      FROM action_answer x
      WHERE x.workspace_id = ${workspaceId} AND x.ended_at IS NULL AND x.account_id IN (SELECT account_id FROM candidate)),
    refused AS (
      SELECT account_id, kind, MAX(on_day) + ${answerDays["not-relevant"]}::int AS reopens_on FROM answer
      WHERE answer = 'not-relevant' AND kind <> 'complaint' GROUP BY 1, 2),
    cooling AS (
      SELECT account_id, MAX(on_day) + ${coolDownDays}::int AS reopens_on FROM answer WHERE answer = 'done' GROUP BY 1),
    kind AS (SELECT * FROM ${rowsAsTable(factorsOf(feedback), factorColumns)}),
    own_factor AS (SELECT * FROM ${rowsAsTable(feedback.byHolder, ownFactorColumns)}),
    timed AS (
      SELECT c.*, COALESCE(CASE WHEN ${isGiven} THEN own.holder_key END, c.held_by, 'rep:' || c.owner_record_id) AS holder_key,
             own.answer AS own_answer, refused.reopens_on AS refused_until,
             CASE own.answer
               WHEN 'done' THEN CASE WHEN c.kind = ANY(${doneForGood}::text[]) THEN 'infinity' ELSE own.on_day + ${answerDays.done}::int END
               WHEN 'snoozed' THEN COALESCE(own.until, own.on_day) + 1
               WHEN 'not-relevant' THEN own.on_day + ${answerDays["not-relevant"]}::int
             END AS own_until,
             CASE WHEN c.kind <> ALL(${neverCooling}::text[]) THEN cooling.reopens_on END AS cooling_until
      FROM candidate c
      LEFT JOIN answer own ON own.action_id = c.id
      LEFT JOIN refused ON refused.account_id = c.account_id AND refused.kind = c.kind
      LEFT JOIN cooling ON cooling.account_id = c.account_id),
    judged AS MATERIALIZED (
      SELECT t.id, t.account_id, t.kind, t.value_minor, t.due_on, t.score, t.holder_key, kind.place AS kind_place,
             t.score * COALESCE(own_factor.factor, kind.factor) * (CASE ${urgency(today)} ELSE 1::float8 END) AS weight,
             COALESCE(t.own_answer = 'reassigned' OR t.own_until > ${today}::date, FALSE) AS is_answered,
             CASE WHEN GREATEST(t.own_until, t.refused_until, t.cooling_until) > ${today}::date
                  THEN CASE WHEN GREATEST(t.own_until, t.refused_until) > COALESCE(t.cooling_until, '-infinity')
                            THEN 'answer' ELSE 'cool-down' END
             END AS held_back
      FROM timed t JOIN kind ON kind.kind = t.kind
      LEFT JOIN own_factor ON own_factor.kind = t.kind AND own_factor.holder_key = t.holder_key),
    placed AS MATERIALIZED (
      SELECT j.*, ROW_NUMBER() OVER (PARTITION BY account_id, held_back IS NULL ORDER BY ${complaintsFirst}) AS of_account
      FROM judged j)`;
}

/** The heaviest first, as `rankActions` has it. */
export const bestFirst = sql`weight DESC, due_on, kind_place, id`;
const complaintsFirst = sql`(kind = 'complaint') DESC, ${bestFirst}`;

/**
 * More tables, after those: `told`, what is asked about by `person`, with `is_best` of its account and `is_shown`, as
 * `capActions` has it.
 *
 * @param holders whoever is asked about; without them, everybody, each under the key that they hold it by.
 * @param hasCaps whether only the best of an account and so many of a person are shown.
 */
export function toldTables(
  holders: readonly ActionHolder[] | undefined,
  perHolder: number,
  hasCaps = true,
): Sql {
  const rows = holders?.flatMap(({ key, keys }) => keys.map((own) => ({ person: key, key: own })));
  return sql`
    asked AS (
      SELECT p.*, ${rows ? sql`h.person` : sql`p.holder_key AS person`},
             p.held_back IS NULL AND ${hasCaps ? sql`(p.kind = 'complaint' OR p.of_account = 1)` : sql`TRUE`} AS is_best
      FROM placed p ${
        rows
          ? sql`JOIN (SELECT DISTINCT * FROM ${rowsAsTable(rows, personColumns)}) h ON h.holder_key = p.holder_key`
          : empty
      }),
    told AS MATERIALIZED (
      SELECT c.*, is_best AND ${hasCaps ? sql`(kind = 'complaint' OR person IS NULL OR of_person <= ${perHolder}::int)` : sql`TRUE`} AS is_shown
      FROM (SELECT a.*, ROW_NUMBER() OVER (PARTITION BY person, is_best ORDER BY ${complaintsFirst}) AS of_person
            FROM asked a) c)`;
}

/** Accounts that may have something for one of these keys, as a condition on `account a`: their own, and what was given or claimed. */
export function heldBySome({ workspaceId }: Access, keys: readonly string[]): Sql {
  return sql`a.id IN (
    SELECT own.id FROM account own
    WHERE own.workspace_id = ${workspaceId} AND own.owner_record_id = ANY(${repIdsOf(keys)}::uuid[])
    UNION SELECT x.account_id FROM action_answer x
    WHERE x.workspace_id = ${workspaceId} AND x.ended_at IS NULL AND x.holder_key = ANY(${keys}::text[])
    UNION SELECT m.account_id FROM offer_account m
    WHERE m.workspace_id = ${workspaceId} AND m.status = 'held' AND m.holder_key = ANY(${keys}::text[]))`;
}

/** Proposals of accounts that the viewer sees and that are selected, with the key of whoever claimed it and the account's owner. */
function candidates(access: Access, { snapshot, selection, accounts, today }: Judging): Sql {
  const { workspaceId } = access;
  const { kinds, accountId, ...others } = selection;
  const conditions = allOf([
    visibleAccounts(access),
    ...conditionsOf(access, snapshot, others, snapshot.window),
    ...(accountId === undefined ? [] : [sql`a.id = ${accountId}::uuid`]),
    ...(kinds === undefined ? [] : [sql`p.kind = ANY(${kinds}::text[])`]),
    accounts,
  ]);
  const from = (proposals: Sql, dueOn: Sql, claimed: Sql) => sql`
    SELECT p.id, p.account_id, p.kind, p.value_minor, ${dueOn} AS due_on, p.score, ${claimed} AS held_by, a.owner_record_id
    FROM ${proposals} JOIN account a ON a.workspace_id = ${workspaceId} AND a.id = p.account_id
    ${
      asksStanding(others)
        ? sql`LEFT JOIN account_standing s ON s.workspace_id = a.workspace_id AND s.account_id = a.id
                AND ${heldAt(sql`s`, snapshot.id)}`
        : empty
    }
    WHERE ${conditions}`;
  const stored = sql`${from(sql`action_proposal p`, dueFrom(today), sql`NULL::text`)}
    AND p.workspace_id = ${workspaceId} AND p.snapshot_id = (SELECT id FROM proposing) AND ${isKnownProduct(access)}`;
  return sql`${stored} UNION ALL ${from(sql`live p`, sql`p.due_on`, sql`p.holder_key`)}`;
}

/** As `dueFrom` of the core has it. */
function dueFrom(today: Day): Sql {
  return sql`CASE WHEN p.kind = ANY(${withoutDay}::text[]) OR p.kind = 'thank-you' AND p.reasons -> 0 ->> 'code' = 'no-thanks'
    THEN GREATEST(p.due_on, ${endOfMonth(today)}::date) ELSE p.due_on END`;
}

function asksStanding({ tier, from, direction, cohort, quietSince }: ActionSelection): boolean {
  return [tier, from, direction, cohort, quietSince].some((filter) => filter !== undefined);
}

/** Who sees only a part is not told of a product that nothing but other accounts' purchases names. */
function isKnownProduct(access: Access): Sql {
  if (access.owners === "all") return sql`TRUE`;
  return sql`(p.kind <> 'cross-sell' OR p.subject IN (
    SELECT x.source_record_id::text FROM current_product_record x
    WHERE x.workspace_id = ${access.workspaceId}
      AND (x.described OR x.source_record_id IN (${soldProducts(access)}))))`;
}

function urgency(today: Day): Sql {
  const steps = urgencySteps.map(
    ({ upToDays, factor }) => sql`WHEN t.due_on - ${today}::date <= ${upToDays}::int THEN ${factor}::float8`,
  );
  return join(steps, " ");
}

function factorsOf({ byKind }: Feedback) {
  return actionKinds.map((kind, place) => ({ kind, place, factor: byKind[kind] }));
}

const factorColumns: readonly BulkColumn<ReturnType<typeof factorsOf>[number]>[] = [
  { name: "kind", type: "text", of: ({ kind }) => kind },
  { name: "place", type: "int", of: ({ place }) => place },
  { name: "factor", type: "float8", of: ({ factor }) => factor },
];

const ownFactorColumns: readonly BulkColumn<Feedback["byHolder"][number]>[] = [
  { name: "holder_key", type: "text", of: ({ holderKey }) => holderKey },
  { name: "kind", type: "text", of: ({ kind }) => kind },
  { name: "factor", type: "float8", of: ({ factor }) => factor },
];

const personColumns: readonly BulkColumn<{ readonly person: string; readonly key: string }>[] = [
  { name: "person", type: "text", of: ({ person }) => person },
  { name: "holder_key", type: "text", of: ({ key }) => key },
];
