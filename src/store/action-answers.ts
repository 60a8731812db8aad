import { z } from "zod";
import type { ActionStep } from "../core/actions/action.ts";
import { opennessOf } from "../core/actions/suppress.ts";
import { type Day, dayIn, isDay } from "../core/calendar.ts";
import type { Worker } from "../core/offers/offer.ts";
import type { Access } from "./access.ts";
import { holdersOf, seesAccountsOf } from "./action-holders.ts";
import { answerColumns, answerRow } from "./action-rows.ts";
import type { ActionDecisions, OpenAction } from "./actions.ts";
import type { Database } from "./connect.ts";
import { lockAccount } from "./lock-account.ts";
import { readActions } from "./read-actions.ts";
import { readSnapshots } from "./read-snapshots.ts";
import type { Snapshot } from "./reads.ts";
import { Refused } from "./refused.ts";
import { requireMember } from "./roles.ts";
import { type Executor, optional, rowsOf, sql } from "./sql.ts";

const [LONGEST_REASON, MOST_MINUTES] = [500, 6_000];

/** What is noted of an answer, beside the proposal. */
interface Note {
  readonly answer: "done" | "snoozed" | "reassigned" | "not-relevant";
  readonly until?: Day | undefined;
  readonly holder?: Worker | undefined;
  readonly reason?: string | undefined;
  readonly minutes?: number | undefined;
}

/** What people do about proposals, for one access. */
export function createActionDecisions(database: Database, access: Access): ActionDecisions {
  const { workspaceId, signature } = access;

  async function look(id: string, today: Day): Promise<{ snapshot: Snapshot; action: OpenAction }> {
    const snapshot = await readSnapshots(database, access).snapshot();
    const action = snapshot && (await readActions(database, access).action(snapshot, id, today));
    if (!snapshot || !action)
      throw new Refused(
        "This is no longer proposed, or not among what you may see. `actions` lists what is open.",
      );
    return { snapshot, action };
  }

  /** The answer to a proposal that nothing has ended. */
  async function standingAnswer(on: Executor, id: string) {
    const [row] = await rowsOf(
      on,
      answerRow,
      sql`SELECT ${answerColumns} FROM action_answer x JOIN account a ON a.workspace_id = x.workspace_id AND a.id = x.account_id
          WHERE x.workspace_id = ${workspaceId} AND x.action_id = ${id}::uuid AND x.ended_at IS NULL`,
    );
    return row;
  }

  async function write(on: Executor, snapshot: Snapshot, action: OpenAction, note: Note, now: Date) {
    const { id, accountId, kind, subject, valueMinor, dueOn, effortMinutes, reasons } = action;
    await on.$executeRaw(
      sql`UPDATE action_answer SET ended_at = ${now}, ended_by = ${signature}
          WHERE workspace_id = ${workspaceId} AND action_id = ${id}::uuid AND ended_at IS NULL`,
    );
    const minutes = note.answer === "done" ? (note.minutes ?? effortMinutes) : undefined;
    await on.$executeRaw(
      sql`INSERT INTO action_answer (workspace_id, action_id, account_id, kind, subject, answer, at, by, until, holder_key,
            holder_name, reason, minutes, minutes_known, value_minor, currency, effort_minutes, due_on, reasons, snapshot_id)
          VALUES (${workspaceId}, ${id}::uuid, ${accountId}::uuid, ${kind}, ${subject}, ${note.answer}::action_answer_kind,
            ${now}, ${signature}, ${note.until ?? null}::date, ${note.holder?.key ?? null}, ${note.holder?.name ?? null},
            ${note.reason ?? null}, ${minutes ?? null}::int, ${note.minutes !== undefined}, ${valueMinor}::bigint,
            ${snapshot.currency}, ${effortMinutes}::int, ${dueOn}::date, ${JSON.stringify(reasons)}::jsonb, ${snapshot.id}::int)`,
    );
  }

  return {
    answerAction: async (id, step, now) => {
      requireMember(access);
      requireId(id);
      const today = dayIn(now, access.timeZone);
      const { snapshot, action } = await look(id, today);
      const note = checked(step, today);
      const holder = note.holder && (await requireSeeing(database, access, action, note.holder));
      const kind = await database.$transaction(async (on) => {
        await lockAccount(on, access, action.accountId);
        const before = await standingAnswer(on, id);
        if (before && holdsOn(before, access, today) && isSame(before, { ...note, holder }))
          return "unchanged";
        // Who puts off what was given to them still holds it afterwards.
        const isPutOff = note.answer === "snoozed" && before?.holder_key !== undefined;
        const given = isPutOff ? { key: before.holder_key ?? "", name: before.holder_name ?? "" } : holder;
        await write(on, snapshot, action, { ...note, holder: given }, now);
        return "answered";
      });
      return { kind, action: (await look(id, today)).action };
    },

    reopenAction: async (id, now) => {
      requireMember(access);
      requireId(id);
      const snapshot = await readSnapshots(database, access).snapshot();
      const reads = readActions(database, access);
      const action = snapshot && (await reads.action(snapshot, id, dayIn(now, access.timeZone)));
      const [answered] = (await reads.actionAnswers({ actionIds: [id] }, { offset: 0, limit: 1 })).rows;
      const about = action ?? answered;
      if (!about) return false;
      return database.$transaction(async (on) => {
        await lockAccount(on, access, about.accountId);
        const ended = await on.$executeRaw(
          sql`UPDATE action_answer SET ended_at = ${now}, ended_by = ${signature}
              WHERE workspace_id = ${workspaceId} AND account_id = ${about.accountId}::uuid AND ended_at IS NULL
                AND (action_id = ${id}::uuid
                     OR answer = 'not-relevant' AND kind = ${about.kind} AND kind <> 'complaint')`,
        );
        return ended > 0;
      });
    },
  };
}

/** @throws Refused for somebody who is not there, or does not see the account. */
async function requireSeeing(
  on: Executor,
  { workspaceId }: Access,
  { accountId, account }: OpenAction,
  wanted: Worker,
): Promise<Worker> {
  const found = (await holdersOf(on, workspaceId, [wanted.key])).get(wanted.key);
  const [owned] = await rowsOf(
    on,
    z.object({ owner: optional(z.string()) }),
    sql`SELECT a.owner_record_id AS owner FROM account a WHERE a.workspace_id = ${workspaceId} AND a.id = ${accountId}::uuid`,
  );
  if (!found || !seesAccountsOf(found, owned?.owner))
    throw new Refused(
      `${wanted.name} does not see ${account}, so it cannot be theirs to do. Give it to somebody who does, or ask an admin to let them see it.`,
    );
  return { key: found.key, name: found.key.startsWith("mail:") ? wanted.name : found.name };
}

/** @throws Refused for what cannot be. */
function checked(step: ActionStep, today: Day): Note {
  switch (step.kind) {
    case "done":
      if (step.minutes !== undefined && !isSpan(step.minutes))
        throw new Refused("Hours are more than 0 and at most 100.");
      return { answer: "done", minutes: step.minutes, reason: said(step.note) };
    case "snooze":
      if (!isDay(step.until) || step.until < today)
        throw new Refused(`${step.until} is over: it can be put off until a day to come.`);
      return { answer: "snoozed", until: step.until, reason: said(step.reason) };
    case "reassign":
      return { answer: "reassigned", holder: step.holder, reason: said(step.reason) };
    case "not-relevant": {
      const reason = said(step.reason);
      if (reason === undefined)
        throw new Refused("Say why it is not relevant: that is what the next proposals learn from.");
      return { answer: "not-relevant", reason };
    }
  }
}

function isSpan(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes > 0 && minutes <= MOST_MINUTES;
}

function said(text: string | undefined): string | undefined {
  const reason = text?.trim();
  if (reason !== undefined && reason.length > LONGEST_REASON)
    throw new Refused(`Say it in at most ${LONGEST_REASON} characters.`);
  return reason === "" ? undefined : reason;
}

function requireId(id: string): void {
  if (!z.guid().safeParse(id).success)
    throw new Refused("That is not the id of something that was proposed.");
}

/** Whether an answer that nothing has ended still says something of what it was given to. */
function holdsOn(answer: z.output<typeof answerRow>, { timeZone }: Access, today: Day): boolean {
  const { action_id: actionId, account_id: accountId, kind, subject, until } = answer;
  const given = { actionId, accountId, kind, subject, until, answer: answer.answer, isEnded: false };
  const terms = { today, coolDownDays: 0 };
  const proposal = { id: actionId, accountId, kind };
  return (
    answer.answer === "reassigned" ||
    opennessOf(proposal, [{ ...given, on: dayIn(answer.at, timeZone) }], terms).kind !== "open"
  );
}

/** Nothing new is said; what was said before and is left out now stays as it is. */
function isSame(
  before: z.output<typeof answerRow>,
  { answer, until, holder, reason, minutes }: Note,
): boolean {
  const known = before.minutes_known ? before.minutes : undefined;
  return (
    before.answer === answer &&
    (before.until ?? undefined) === until &&
    (answer !== "reassigned" || before.holder_key === holder?.key) &&
    (reason === undefined || before.reason === reason) &&
    (minutes === undefined || known === minutes)
  );
}
