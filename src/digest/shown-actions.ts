import type { OpenAction } from "../store/actions.ts";
import type { SettledAction } from "../store/digest-reads.ts";
import type { ShownActions } from "../store/digests.ts";

const MOST_ACTIONS = 3;
/** So often an action is shown before it gives way to the next one, if nobody answers. */
const MOST_TIMES = 3;

const DAY_MS = 86_400_000;
/** Four weeks that are over, and the one that is not. */
const KEPT_DAYS = 35;
/** Of digests that come once a month or less often. */
const LEAST_KEPT = 4;
const MOST_KEPT = 40;

export interface ChosenAction {
  readonly action: OpenAction;
  /** Whether a digest showed it before, and nobody answered. */
  readonly isAgain: boolean;
}

/** At most three, the best first; what was shown three times without an answer gives way. */
export function chooseActions(
  candidates: readonly OpenAction[],
  shown: readonly ShownActions[],
  settled: readonly SettledAction[],
): readonly ChosenAction[] {
  return candidates
    .map((action) => ({ action, times: timesShown(action.id, shown, settled) }))
    .filter(({ times }) => times < MOST_TIMES)
    .slice(0, MOST_ACTIONS)
    .map(({ action, times }) => ({ action, isAgain: times > 0 }));
}

/** Candidates that a digest needs, so that enough are left when others gave way. */
export function candidatesNeeded(shown: readonly ShownActions[] = []): number {
  const times = new Map<string, number>();
  for (const { id } of shown.flatMap(({ actions }) => actions)) times.set(id, (times.get(id) ?? 0) + 1);
  return MOST_ACTIONS + [...times.values()].filter((count) => count >= MOST_TIMES).length;
}

/** How often an action was shown since somebody last answered it: one that was snoozed begins anew. */
function timesShown(id: string, shown: readonly ShownActions[], settled: readonly SettledAction[]): number {
  const answers = settled.filter(({ actionId }) => actionId === id).map(({ at }) => at.getTime());
  const answeredAt = Math.max(Number.NEGATIVE_INFINITY, ...answers);
  return shown.filter(
    ({ at, actions }) => Date.parse(at) > answeredAt && actions.some((action) => action.id === id),
  ).length;
}

/** What is carried on to the next digest: five weeks, or four digests where they are rarer. */
export function keepShown(shown: readonly ShownActions[], now: Date): readonly ShownActions[] {
  const isYoung = ({ at }: ShownActions) => now.getTime() - Date.parse(at) < KEPT_DAYS * DAY_MS;
  return shown.filter((one, index) => isYoung(one) || index >= shown.length - LEAST_KEPT).slice(-MOST_KEPT);
}
