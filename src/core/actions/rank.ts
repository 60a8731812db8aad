import { type Day, daysBetween } from "../calendar.ts";
import { actionKinds, type ProposedAction } from "./action.ts";
import { type Feedback, feedbackFactor } from "./feedback.ts";

/** A proposal and whoever is to do it. */
export interface HeldAction extends ProposedAction {
  /** Undefined where nobody owns the account. */
  readonly holderKey?: string | undefined;
}

/** How much a proposal rises by the days until it is due, the first row that reaches them; overdue ones have fewer than 0. */
export const urgencySteps = [
  { upToDays: -1, factor: 2 },
  { upToDays: 7, factor: 1.5 },
  { upToDays: 30, factor: 1.2 },
] as const;

export function urgencyOf(dueOn: Day, today: Day): number {
  const days = daysBetween(today, dueOn);
  return urgencySteps.find(({ upToDays }) => days <= upToDays)?.factor ?? 1;
}

/** What proposals are ordered by: margin for an hour × what answers so far say of its kind × how soon it is due. */
export function weightOf(
  { score, kind, holderKey, dueOn }: Pick<HeldAction, "score" | "kind" | "holderKey" | "dueOn">,
  feedback: Feedback,
  today: Day,
): number {
  return score * feedbackFactor(feedback, kind, holderKey) * urgencyOf(dueOn, today);
}

/** The heaviest first; of equal ones what is due first, then by kind as in `actionKinds`, then by id. */
export function rankActions<Action extends HeldAction>(
  actions: readonly Action[],
  feedback: Feedback,
  today: Day,
): readonly Action[] {
  return actions
    .map((action) => ({ action, weight: weightOf(action, feedback, today) }))
    .sort(
      ({ action: one, weight: own }, { action: other, weight: others }) =>
        others - own ||
        compare(one.dueOn, other.dueOn) ||
        actionKinds.indexOf(one.kind) - actionKinds.indexOf(other.kind) ||
        compare(one.id, other.id),
    )
    .map(({ action }) => action);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
