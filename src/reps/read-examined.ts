import type { Context } from "../command.ts";
import type { Window } from "../core/calendar.ts";
import type { Examined } from "../core/reps/coach-findings.ts";
import type { Snapshot } from "../store/reads.ts";
import type { RepHabits, RepResult, RepSlice } from "../store/rep-results.ts";

/** Others' open deals in a stage, to say what is usual there. */
const FEWEST_OPEN = 10;

/** What is looked at of one person's deals that closed in a window, and their results over all. */
export interface ExaminedRep {
  readonly total: RepResult | undefined;
  readonly examined: readonly Examined[];
}

export async function readExamined(
  snapshot: Snapshot,
  repIds: readonly string[],
  window: Window,
  { store }: Pick<Context, "store">,
): Promise<ExaminedRep> {
  const [results, slices, habits] = await Promise.all([
    store.repResults(snapshot, { deals: {}, window, isMature: false }),
    store.repSlices(snapshot, repIds, window),
    store.repHabits(snapshot, repIds, window),
  ]);
  const total = results.rows.find(({ repId }) => repIds.includes(repId));
  const doubt = total?.doubt?.own;
  // Where all deals are of one product or region, it says no more than the total.
  const parts = slices.filter(({ deals }) => deals < (total?.deals ?? 0));
  return {
    total,
    examined: [...parts.map((slice) => ofSlice(slice, doubt)), ...ofHabits(habits), ...ofStages(habits)],
  };
}

/** Wins beside those that were expected of the same deals. */
function ofSlice(
  { dimension, value, deals, won, expected, variance }: RepSlice,
  doubt: number | undefined,
): Examined {
  return {
    ...{ dimension, value },
    figures: {
      kind: "count",
      ...{ n: deals, observed: won, expected, variance },
      ...(doubt !== undefined && { doubt }),
    },
  };
}

/** Days to win as logarithms, since few take very long, and shares below list prices. */
function ofHabits({ cycle, discount }: RepHabits): readonly Examined[] {
  const means = [
    { dimension: "cycle" as const, ...cycle, observed: cycle.logs, expected: cycle.expectedLogs },
    { dimension: "discount" as const, ...discount, observed: discount.sum, expected: discount.expectedSum },
  ];
  return means.flatMap(({ dimension, deals, observed, expected, squares }): readonly Examined[] => {
    if (deals < 2) return [];
    const away = (observed - expected) / deals;
    const deviation = Math.sqrt(Math.max(0, squares - deals * away ** 2) / (deals - 1));
    return [
      {
        ...{ dimension, value: "" },
        figures: {
          kind: "mean",
          ...{
            n: deals,
            observed: observed / deals,
            expected: expected / deals,
            deviation,
            isLessBetter: true,
          },
        },
      },
    ];
  });
}

/** Open deals that are no older than nine of ten won ones ever got, beside those of the others in the same stage. */
function ofStages({ stages }: RepHabits): readonly Examined[] {
  return stages.flatMap(({ stage, open, moving, othersOpen, othersMoving }): readonly Examined[] => {
    if (othersOpen < FEWEST_OPEN) return [];
    // One more of each, so that no share is none or all.
    const share = (othersMoving + 1) / (othersOpen + 2);
    return [
      {
        dimension: "stage",
        value: stage,
        figures: {
          kind: "count",
          ...{ n: open, observed: moving, expected: open * share, variance: open * share * (1 - share) },
        },
      },
    ];
  });
}
