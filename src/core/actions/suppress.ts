import { addDays, type Day } from "../calendar.ts";
import type { ActionKind, ProposedAction } from "./action.ts";

/** What somebody answered to a proposal; days in the workspace's zone. */
export interface GivenAnswer extends Pick<ProposedAction, "accountId" | "kind" | "subject"> {
  readonly actionId: string;
  readonly answer: "done" | "snoozed" | "reassigned" | "not-relevant";
  readonly on: Day;
  /** The last day of a snooze. */
  readonly until?: Day | undefined;
  /** Whether a later answer or a reopening took its place: it says nothing then. */
  readonly isEnded: boolean;
}

/** Whether a proposal is to be shown, and what holds it back. */
export type Openness =
  | { readonly kind: "open" }
  | {
      /** `not-relevant` may have been said of another proposal of its kind, `cool-down` follows from another that was done. */
      readonly kind: "done" | "snoozed" | "not-relevant" | "cool-down";
      /** The first day on which it is open again if nobody answers anything else; undefined where it never is. */
      readonly reopensOn: Day | undefined;
    };

export interface SuppressionTerms {
  readonly today: Day;
  /** `settings.actions.coolDownDays`. */
  readonly coolDownDays: number;
}

/** For how long an answer holds, in days. */
export const answerDays = { done: 90, "not-relevant": 180 } as const;

/**
 * Kinds whose subject is one event, a complaint or a renewal on a day: what was done about it stays done, since the next
 * one is another proposal.
 */
export const doneForGood: readonly ActionKind[] = ["complaint", "renewal"];

/** Kinds that do not wait until an account has cooled down. */
export const neverCooling: readonly ActionKind[] = ["complaint", "renewal", "offer"];

/**
 * Whether a proposal is open, by the answers to it and to its account; answers to others may be among them. Of the answers
 * to one proposal only the newest counts, of several of one day the one that holds longest, and what is ended counts never.
 *
 * - done: that proposal, for 90 days, `doneForGood` for ever.
 * - not relevant: its kind for that account, for 180 days; a complaint alone, since the next one is something new.
 * - snoozed: that proposal, up to its day.
 * - cool-down: everything but `neverCooling` of an account with which something was done.
 *
 * Of several that hold it back the one that holds longest is told.
 */
export function opennessOf(
  proposal: Pick<ProposedAction, "id" | "accountId" | "kind">,
  answers: readonly GivenAnswer[],
  { today, coolDownDays }: SuppressionTerms,
): Openness {
  const holding = newestOf(answers.filter(({ accountId }) => accountId === proposal.accountId))
    .flatMap((answer) => effectsOn(proposal, answer, coolDownDays))
    .filter(({ reopensOn }) => reopensOn === undefined || reopensOn > today);
  return holding.reduce<Openness>(
    (longest, each) => (longest.kind === "open" || isLonger(each, longest) ? each : longest),
    { kind: "open" },
  );
}

type HeldBack = Exclude<Openness, { readonly kind: "open" }>;

/** What one answer says of a proposal of its account. */
function effectsOn(
  { id, kind }: Pick<ProposedAction, "id" | "kind">,
  answer: GivenAnswer,
  coolDownDays: number,
): readonly HeldBack[] {
  const isOwn = answer.actionId === id;
  if (answer.answer === "snoozed")
    return isOwn ? [{ kind: "snoozed", reopensOn: addDays(answer.until ?? answer.on, 1) }] : [];
  if (answer.answer === "not-relevant")
    return isOwn || (answer.kind === kind && kind !== "complaint")
      ? [{ kind: "not-relevant", reopensOn: addDays(answer.on, answerDays["not-relevant"]) }]
      : [];
  if (answer.answer === "reassigned") return [];
  return [
    ...(isOwn ? [{ kind: "done", reopensOn: doneUntil(answer) } as const] : []),
    ...(neverCooling.includes(kind)
      ? []
      : [{ kind: "cool-down", reopensOn: addDays(answer.on, coolDownDays) } as const]),
  ];
}

function doneUntil({ kind, on }: GivenAnswer): Day | undefined {
  return doneForGood.includes(kind) ? undefined : addDays(on, answerDays.done);
}

/** All answers of the newest day of each proposal that are not ended. */
function newestOf(answers: readonly GivenAnswer[]): readonly GivenAnswer[] {
  const newest = new Map<string, Day>();
  const standing = answers.filter(({ isEnded }) => !isEnded);
  for (const { actionId, on } of standing) if (on > (newest.get(actionId) ?? "")) newest.set(actionId, on);
  return standing.filter(({ actionId, on }) => newest.get(actionId) === on);
}

/** Longer, or as long and told before: the order of answers must not matter. */
function isLonger(one: HeldBack, other: HeldBack): boolean {
  const [own, others] = [one.reopensOn ?? "forever", other.reopensOn ?? "forever"];
  return own === others ? one.kind < other.kind : own > others;
}
