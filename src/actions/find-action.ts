import type { Context } from "../command.ts";
import type { Day } from "../core/calendar.ts";
import { findAccount } from "../find-account.ts";
import { formatQuery } from "../query.ts";
import type { ActionAnswer, OpenAction } from "../store/actions.ts";
import type { Snapshot } from "../store/reads.ts";
import { UsageError } from "../usage-error.ts";
import { type ActionVerb, actionLineWith } from "./action-lines.ts";
import { wordAction, wordDueOn } from "./action-words.ts";
import { kindNames } from "./kind-words.ts";
import type { TypedAnswer } from "./step-words.ts";
import type { ActionTarget } from "./target-words.ts";

/** What is typed about an action: which, and what comes behind it. */
interface Typed extends Pick<TypedAnswer, "target" | "tail"> {
  readonly verb: ActionVerb;
}

const myActions = { label: "My actions", line: "actions mine" };

/**
 * The proposal that is meant, an answered one too: of an account and a kind only where there is one, the open before the
 * answered.
 *
 * @throws UsageError naming those that it could be.
 */
export async function requireAction(
  typed: Typed,
  snapshot: Snapshot,
  today: Day,
  context: Context,
): Promise<OpenAction> {
  const { target } = typed;
  if (target.by === "id") return actionOf(target.id, snapshot, today, context);
  const account = await accountOf(typed, target, context);
  const kinds = target.kind === undefined ? {} : { kinds: [target.kind] };
  const { rows } = await context.store.actions(snapshot, { accountId: account.id, ...kinds }, today, {
    offset: 0,
  });
  const [first, ...others] = rows;
  if (first && others.length === 0) return first;
  if (first)
    throw new UsageError(
      `${account.name} has ${rows.length} ${wordKinds(target)} open. Which one?`,
      rows.map((action) => ({
        label: `${wordAction(action)}, ${wordDueOn(action.dueOn, today)}`,
        line: actionLineWith(typed.verb, `id:${action.id}`, ...typed.tail),
      })),
    );
  const [answered, ...more] = await answersInForce(account.id, target, context);
  if (answered && more.length === 0) return actionOf(answered.actionId, snapshot, today, context);
  throw new UsageError(
    target.kind === undefined
      ? `Nothing is open for ${account.name}.`
      : `No ${kindNames[target.kind][0]} is open for ${account.name}.`,
    [{ label: account.name, line: actionLineOfAccount(account.id) }, myActions],
  );
}

/**
 * The id of the answered action that is meant; of one that is no longer proposed, too.
 *
 * @throws UsageError naming those that it could be.
 */
export async function requireAnswered(typed: Typed, context: Context): Promise<string> {
  const { target } = typed;
  if (target.by === "id") return target.id;
  const account = await accountOf(typed, target, context);
  const answers = await answersInForce(account.id, target, context);
  const [first, ...others] = answers;
  if (first && others.length === 0) return first.actionId;
  if (!first)
    throw new UsageError(
      `Nobody answered ${target.kind === undefined ? "anything" : `a ${kindNames[target.kind][0]}`} for ${account.name}: there is nothing to reopen.`,
      [{ label: account.name, line: actionLineOfAccount(account.id) }],
    );
  throw new UsageError(
    `${account.name} has ${answers.length} answered ${wordKinds(target)}. Which one?`,
    answers.map(({ actionId, kind, answer }) => ({
      label: `${kindNames[kind][0]}, ${answer}`,
      line: actionLineWith("reopen", `id:${actionId}`),
    })),
  );
}

/** What is open for one account. */
function actionLineOfAccount(accountId: string): string {
  return formatQuery("actions", { words: [`id:${accountId}`], filters: {}, page: 1 });
}

async function actionOf(id: string, snapshot: Snapshot, today: Day, { store }: Context): Promise<OpenAction> {
  const action = await store.action(snapshot, id, today);
  if (action) return action;
  throw new UsageError("This is not proposed any more, or it is not among what you may see.", [myActions]);
}

/** The account, or the nearest ones with the same words behind each. */
async function accountOf(
  { verb, tail }: Typed,
  { account, kind }: Extract<ActionTarget, { by: "account" }>,
  context: Context,
) {
  try {
    return await findAccount(account, `actions ${verb}`, context);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const words = [...(kind === undefined ? [] : [kind]), ...tail];
    const behind = formatQuery("", { words, filters: {}, page: 1 });
    throw new UsageError(
      error.message,
      error.suggestions.map(({ label, line }) => ({ label, line: `${line}${behind}`.trimEnd() })),
    );
  }
}

/** Answers that nobody took back: one to an action at most. */
async function answersInForce(
  accountId: string,
  { kind }: Extract<ActionTarget, { by: "account" }>,
  { store }: Context,
): Promise<readonly ActionAnswer[]> {
  const { rows } = await store.actionAnswers({ accountId }, { offset: 0 });
  return rows.filter((row) => row.ended === undefined && (kind === undefined || row.kind === kind));
}

function wordKinds({ kind }: Extract<ActionTarget, { by: "account" }>): string {
  return kind === undefined ? "actions" : kindNames[kind][1];
}
