import type { Action, Context, Line, Reply } from "../command.ts";
import type { ActionStep } from "../core/actions/action.ts";
import { dayIn } from "../core/calendar.ts";
import { accountLine } from "../find-account.ts";
import { requireSnapshot } from "../list-accounts.ts";
import { resolveWorker } from "../offers/resolve-worker.ts";
import type { Query } from "../query.ts";
import type { OpenAction } from "../store/actions.ts";
import type { Snapshot } from "../store/reads.ts";
import { stampOf } from "../wording.ts";
import { actionData } from "./action-data.ts";
import { actionEntry, entryTerms, openAccount } from "./action-entry.ts";
import { type ActionVerb, actionLine } from "./action-lines.ts";
import { wordAction } from "./action-words.ts";
import { answerHeadline, whatComesNext } from "./answer-words.ts";
import { requireAction, requireAnswered } from "./find-action.ts";
import { nextOfReader } from "./next-action.ts";
import { readAnswer, type TypedStep } from "./step-words.ts";

/** Does what was typed about one action, and says what happens next. */
export async function takeStep(
  verb: ActionVerb,
  words: readonly string[],
  query: Query,
  context: Context,
): Promise<Reply> {
  const { access, now, decisions } = context;
  const today = dayIn(now, access.timeZone);
  const { step, ...typed } = readAnswer(verb, words, today);
  const snapshot = await requireSnapshot(context, query);
  if (step.kind === "reopen") return reopen({ ...typed, verb }, snapshot, context);
  const found = await requireAction({ ...typed, verb }, snapshot, today, context);
  const given = await stepOf(step, context);
  const { kind, action } = await decisions.answerAction(found.id, given, now);
  const isChanged = kind === "answered";
  const about = { today, coolDownDays: access.settings.actions.coolDownDays };
  return {
    headline: answerHeadline(action, given, isChanged),
    lines: whatComesNext(action, given, about),
    ...(await withNext(snapshot, context)),
    actions: [
      takeBack(action),
      ...closing(action, given),
      { kind: "run", label: "My actions", line: "actions mine" },
      openAccount(action),
    ],
    snapshot: stampOf(snapshot),
    data: { ...actionData(action, { currency: snapshot.currency, today }), changed: isChanged, step: given },
  };
}

async function reopen(
  typed: Parameters<typeof requireAnswered>[0],
  snapshot: Snapshot,
  context: Context,
): Promise<Reply> {
  const { store, decisions, now } = context;
  const id = await requireAnswered(typed, context);
  const isChanged = await decisions.reopenAction(id, now);
  const terms = entryTerms(snapshot, context);
  const action = await store.action(snapshot, id, terms.today);
  const name = action ? wordAction(action) : "this action";
  return {
    headline: isChanged ? `Taken back: ${name}` : `Nothing changes: nobody answered ${name}`,
    lines: action || !isChanged ? [] : [["The newest data does not propose it any more."]],
    ...(action && { entries: [actionEntry(action, terms, "Open again: ")] }),
    actions: [{ kind: "run", label: "My actions", line: "actions mine" }],
    snapshot: stampOf(snapshot),
    data: { ...(action ? actionData(action, terms) : { id }), changed: isChanged },
  };
}

async function stepOf(typed: Exclude<TypedStep, { kind: "reopen" }>, context: Context): Promise<ActionStep> {
  if (typed.kind !== "reassign") return typed;
  const { to, ...step } = typed;
  return { ...step, holder: await resolveWorker(to, context) };
}

async function withNext(snapshot: Snapshot, context: Context): Promise<Pick<Reply, "entries">> {
  const next = await nextOfReader(snapshot, context);
  const nothing: Line = ["Nothing else is open for you."];
  return { entries: [next?.entry ?? { lines: [nothing] }] };
}

function takeBack({ id }: OpenAction): Action {
  return { kind: "run", label: "Take back", line: actionLine("reopen", id), style: "danger" };
}

/** A complaint that was settled still keeps its account out of offers until somebody says that it no longer does. */
function closing({ kind, accountId }: OpenAction, step: ActionStep): readonly Action[] {
  if (kind !== "complaint" || step.kind !== "done") return [];
  return [
    {
      kind: "run",
      label: "Close the complaint",
      line: `${accountLine("hold", accountId)} complaint none`,
      style: "primary",
    },
  ];
}
