import type { SettledAction } from "../store/digest-reads.ts";
import type { ShownActions } from "../store/digests.ts";

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** A digest of a week ago is a week old, also when a clock was put forward since. */
const SLACK_MS = DAY_MS / 2;
const WEEKS = 4;
/** Below this share a digest comes too often. */
const LEAST_RATE = 0.2;

/** Of the actions that digests of the four weeks before the last one showed, those that were done within a week. */
export interface ActionRate {
  readonly shown: number;
  readonly done: number;
  /** Whether each of the four weeks had actions, and fewer than a fifth of them were done. */
  readonly isLow: boolean;
  /** Digests with actions in those weeks. */
  readonly digests: number;
}

/** How much of what a schedule's digests showed was done. A week that is not over says nothing yet. */
export function actionRate(
  shown: readonly ShownActions[],
  settled: readonly SettledAction[],
  now: Date,
): ActionRate {
  const weeks = Array.from({ length: WEEKS }, (_, week) =>
    shown.filter(
      ({ at, actions }) => actions.length > 0 && weeksOver(Date.parse(at), now.getTime()) === week,
    ),
  );
  const tallies = weeks.map((digests) => tallyOf(digests, settled));
  const sum = (of: (tally: (typeof tallies)[number]) => number) =>
    tallies.reduce((total, tally) => total + of(tally), 0);
  return {
    shown: sum((tally) => tally.shown),
    done: sum((tally) => tally.done),
    isLow: tallies.every((tally) => tally.shown > 0 && tally.done < LEAST_RATE * tally.shown),
    digests: weeks.flat().length,
  };
}

/** How many whole weeks ago the week of a digest was over; below 0 where it is not. */
function weeksOver(at: number, now: number): number {
  return Math.floor((now - at + SLACK_MS) / WEEK_MS) - 1;
}

function tallyOf(digests: readonly ShownActions[], settled: readonly SettledAction[]) {
  const perAction = digests.flatMap(({ at, actions }) =>
    actions.map(({ id }) => {
      const from = Date.parse(at);
      return settled.some(
        (each) =>
          each.actionId === id &&
          each.how === "done" &&
          each.at.getTime() > from &&
          each.at.getTime() <= from + WEEK_MS,
      );
    }),
  );
  return { shown: perAction.length, done: perAction.filter(Boolean).length };
}
