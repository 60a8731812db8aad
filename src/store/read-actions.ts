import { z } from "zod";
import { actionKinds } from "../core/actions/action.ts";
import { type AnswerCounts, type Feedback, learnFeedback } from "../core/actions/feedback.ts";
import { addDays, type Day } from "../core/calendar.ts";
import type { Access } from "./access.ts";
import { seenByHolders } from "./action-holders.ts";
import { actionRow, actionsInFull, answerColumns, answerRow, toAction, toAnswer } from "./action-rows.ts";
import type {
  ActionHolder,
  ActionReads,
  ActionSelection,
  AnswerSelection,
  MovedKind,
  OpenActions,
  ProposalBasis,
} from "./actions.ts";
import { liveActions } from "./live-actions.ts";
import { bestFirst, heldBySome, type Judging, judgedTables, toldTables } from "./open-actions.ts";
import { rowsOfPage } from "./page-of.ts";
import type { Snapshot } from "./reads.ts";
import { allOf, bigintNumber, type Executor, optional, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { visibleAccounts } from "./visibility.ts";

/** Days that answers are learned from, and those that begin with today and count as this week. */
const [LEARNED_DAYS, WEEK_DAYS] = [365, 7];

/** Next best actions. */
export function readActions(on: Executor, access: Access): ActionReads {
  const { workspaceId } = access;

  /** What everything is judged by, for accounts that a condition on `account a` names. */
  async function judgingOf(
    snapshot: Snapshot,
    selection: Omit<ActionSelection, "holderKeys">,
    accounts: Sql,
    today: Day,
  ) {
    const { accountId } = selection;
    const isChosen = accountId === undefined ? accounts : sql`${accounts} AND a.id = ${accountId}::uuid`;
    const [live, counts, seen] = await Promise.all([
      liveActions(on, access, { snapshot, today, accounts: isChosen }),
      answerCounts(on, access, today),
      seenByHolders(on, access),
    ]);
    const feedback = learnFeedback(counts);
    const { perHolder, coolDownDays } = access.settings.actions;
    const judging: Judging = {
      ...{ snapshot, live, selection, accounts, today, coolDownDays, feedback, seen },
    };
    return { judging, perHolder, moved: movedKinds(feedback, counts) };
  }

  return {
    async actions(snapshot, { holderKeys, ...selection }, today, page) {
      const accounts = holderKeys === undefined ? sql`TRUE` : heldBySome(access, holderKeys);
      const { judging, perHolder, moved } = await judgingOf(snapshot, selection, accounts, today);
      const holders = holderKeys && [{ key: "", keys: holderKeys }];
      const { rows, told } = await rowOf(
        on,
        pageRow,
        sql`WITH ${judgedTables(access, judging)}, ${toldTables(holders, perHolder, selection.accountId === undefined)},
              page AS (SELECT * FROM told WHERE is_shown ORDER BY ${bestFirst} ${rowsOfPage(page)})
            SELECT (${actionsInFull(access, snapshot.id, sql`page`, bestOfAll)}) AS rows,
                   (SELECT to_jsonb(t) FROM (SELECT ${countsUntil(today)} FROM told) t) AS told`,
      );
      return { rows: rows.map((row) => toAction(row, access)), ...toTotals(told), moved };
    },

    async actionsByHolder(snapshot, holders, today, most) {
      const keys = [...new Set(holders.flatMap((holder) => holder.keys))];
      const { judging, perHolder, moved } = await judgingOf(
        ...[snapshot, {}, heldBySome(access, keys), today],
      );
      const { rows, told } = await rowOf(
        on,
        z.object({
          rows: z.array(actionRow.extend({ person: z.string() })),
          told: z.array(toldRow.extend({ person: z.string() })),
        }),
        sql`WITH ${judgedTables(access, judging)}, ${toldTables(holders, perHolder)},
              page AS (SELECT * FROM (
                SELECT t.*, ROW_NUMBER() OVER (PARTITION BY person ORDER BY ${bestFirst}) AS place FROM told t WHERE is_shown) t
                WHERE place <= ${most}::int)
            SELECT (${actionsInFull(access, snapshot.id, sql`page`, sql`p.place`)}) AS rows,
                   (SELECT COALESCE(jsonb_agg(t), '[]') FROM (SELECT person, ${countsUntil(today)} FROM told GROUP BY person) t) AS told`,
      );
      return byPerson(holders, rows, told, moved, access);
    },

    async action(snapshot, id, today) {
      const [found] = await rowsOf(
        on,
        z.object({ account_id: z.string() }),
        sql`SELECT a.id AS account_id FROM account a WHERE ${visibleAccounts(access)} AND a.id IN (${accountsOf(workspaceId, id)})`,
      );
      const isIts = found === undefined ? notStored(workspaceId) : sql`a.id = ${found.account_id}::uuid`;
      const { judging } = await judgingOf(snapshot, {}, isIts, today);
      const { rows } = await rowOf(
        on,
        z.object({ rows: z.array(actionRow) }),
        sql`WITH ${judgedTables(access, judging)},
              page AS (SELECT * FROM placed WHERE id = ${id}::uuid)
            SELECT (${actionsInFull(access, snapshot.id, sql`page`, sql`p.id`)}) AS rows`,
      );
      const [row] = rows;
      return row && toAction(row, access);
    },

    async actionAnswers(which, page) {
      const chosen = sql`FROM action_answer x JOIN account a ON a.workspace_id = x.workspace_id AND a.id = x.account_id
        WHERE ${visibleAccounts(access)} AND ${allOf(answersOf(which))}`;
      const rows = await rowsOf(
        on,
        answerRow,
        sql`SELECT ${answerColumns} ${chosen} ORDER BY x.at DESC, x.id DESC ${rowsOfPage(page)}`,
      );
      const { total } = await rowOf(
        on,
        z.object({ total: bigintNumber }),
        sql`SELECT COUNT(*) AS total ${chosen}`,
      );
      return { rows: rows.map((row) => toAnswer(row, access)), total };
    },

    async proposalBasis({ id }) {
      const { basis } = await rowOf(
        on,
        z.object({ basis: optional(z.custom<ProposalBasis>()) }),
        sql`SELECT (SELECT proposed_by FROM snapshot WHERE workspace_id = ${workspaceId} AND id = ${id}) AS basis`,
      );
      return basis;
    },
  };
}

const bestOfAll = sql`p.weight DESC, p.due_on, p.kind_place, p.id`;

/** The account that a proposal is about, as far as a snapshot or an answer knows it. */
function accountsOf(workspaceId: string, id: string): Sql {
  return sql`
    SELECT p.account_id FROM action_proposal p WHERE p.workspace_id = ${workspaceId} AND p.id = ${id}::uuid
      AND p.snapshot_id IN (SELECT newest.id FROM snapshot newest WHERE newest.workspace_id = ${workspaceId} AND newest.proposed_by IS NOT NULL)
    UNION SELECT x.account_id FROM action_answer x WHERE x.workspace_id = ${workspaceId} AND x.action_id = ${id}::uuid`;
}

/** Accounts with something that no snapshot knows, as a condition on `account a`. */
function notStored(workspaceId: string): Sql {
  return sql`a.id IN (
    SELECT h.account_id FROM account_hold h
    WHERE h.workspace_id = ${workspaceId} AND h.kind = 'complaint' AND h.ended_at IS NULL
    UNION SELECT m.account_id FROM offer_account m WHERE m.workspace_id = ${workspaceId} AND m.status = 'held')`;
}

/** How often kinds were answered about accounts that the viewer sees: by everybody, and by each holder. */
async function answerCounts(
  on: Executor,
  access: Access,
  today: Day,
): Promise<readonly (AnswerCounts & { readonly holderKey: string | undefined })[]> {
  return rowsOf(
    on,
    countRow,
    sql`SELECT kind, holder AS "holderKey", COUNT(*) FILTER (WHERE answer = 'done')::int AS done,
               COUNT(*) FILTER (WHERE answer = 'not-relevant')::int AS "notRelevant"
        FROM (SELECT x.kind, x.answer, COALESCE(x.holder_key, 'rep:' || a.owner_record_id, '') AS holder
              FROM action_answer x JOIN account a ON a.workspace_id = x.workspace_id AND a.id = x.account_id
              WHERE ${visibleAccounts(access)} AND x.ended_at IS NULL AND x.answer IN ('done', 'not-relevant')
                AND x.at >= ${addDays(today, -LEARNED_DAYS)}::date) answered
        GROUP BY GROUPING SETS ((kind), (kind, holder)) HAVING holder IS DISTINCT FROM '' ORDER BY 1, 2`,
  );
}

const countRow = z.object({
  kind: z.enum(actionKinds),
  holderKey: optional(z.string()),
  done: z.number(),
  notRelevant: z.number(),
});

function movedKinds({ byKind }: Feedback, counts: readonly AnswerCounts[]): readonly MovedKind[] {
  return counts.flatMap(({ kind, holderKey, done, notRelevant }) =>
    holderKey === undefined && byKind[kind] !== 1 ? [{ kind, factor: byKind[kind], done, notRelevant }] : [],
  );
}

/** Of `told`, what is shown and what is not. */
function countsUntil(today: Day): Sql {
  const isSoon = sql`due_on < ${addDays(today, WEEK_DAYS)}::date`;
  const count = (condition: Sql) => sql`(COUNT(*) FILTER (WHERE ${condition}))::int`;
  return sql`${count(sql`is_shown`)} AS total, COALESCE(SUM(value_minor) FILTER (WHERE is_shown), 0)::bigint AS value,
    ${count(sql`is_shown AND ${isSoon}`)} AS soon, ${count(sql`is_best AND NOT is_shown`)} AS by_cap,
    ${count(sql`held_back IS NULL AND NOT is_best`)} AS by_account,
    ${count(sql`held_back = 'cool-down'`)} AS by_cool_down, ${count(sql`held_back = 'answer'`)} AS by_answer`;
}

const toldRow = z.object({
  total: z.number(),
  value: bigintNumber,
  soon: z.number(),
  by_cap: z.number(),
  by_account: z.number(),
  by_cool_down: z.number(),
  by_answer: z.number(),
});

/** Actions in full, and how many there are. */
const pageRow = z.object({ rows: z.array(actionRow), told: toldRow });

function toTotals(told: z.output<typeof toldRow>): Omit<OpenActions, "rows" | "moved"> {
  return {
    total: told.total,
    valueMinor: told.value,
    dueThisWeek: told.soon,
    heldBack: {
      byCap: told.by_cap,
      byAccount: told.by_account,
      byCoolDown: told.by_cool_down,
      byAnswer: told.by_answer,
    },
  };
}

const nothing = toTotals({
  ...{ total: 0, value: 0, soon: 0, by_cap: 0, by_account: 0, by_cool_down: 0, by_answer: 0 },
});

/** Rows come in their order. */
function byPerson(
  holders: readonly ActionHolder[],
  rows: readonly (z.output<typeof actionRow> & { readonly person: string })[],
  told: readonly (z.output<typeof toldRow> & { readonly person: string })[],
  moved: readonly MovedKind[],
  access: Access,
): ReadonlyMap<string, OpenActions> {
  const rowsByPerson = new Map<string, z.output<typeof actionRow>[]>();
  for (const row of rows) {
    const own = rowsByPerson.get(row.person);
    if (own) own.push(row);
    else rowsByPerson.set(row.person, [row]);
  }
  const totals = new Map(told.map(({ person, ...own }) => [person, toTotals(own)]));
  return new Map(
    holders.map(({ key }) => {
      const own = rowsByPerson.get(key) ?? [];
      const shown = own.map((row) => toAction(row, access));
      return [key, { rows: shown, ...(totals.get(key) ?? nothing), moved }];
    }),
  );
}

function answersOf({ accountId, actionIds, since, by }: AnswerSelection): readonly Sql[] {
  return [
    ...(accountId === undefined ? [] : [sql`x.account_id = ${accountId}::uuid`]),
    ...(actionIds === undefined ? [] : [sql`x.action_id = ANY(${actionIds}::uuid[])`]),
    ...(since === undefined ? [] : [sql`x.at >= ${since}`]),
    ...(by === undefined ? [] : [sql`x.by = ${by}`]),
  ];
}
