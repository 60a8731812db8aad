import { mapFigures, type OutlookFigures } from "./outlook-figures.ts";
import { outlookRuns, type WhatIf } from "./outlook-runs.ts";
import { type Range, rangeOf } from "./ranges.ts";
import type { SimulatedOutlook } from "./simulate-outlook.ts";

export type Outlook = OutlookFigures<Range>;

/** An outlook as it would be, and how much more that is in each run than as it is: the same purchases come in both. */
export interface ComparedOutlook {
  readonly outlook: Outlook;
  readonly change: Outlook;
}

export function outlookOf(simulated: SimulatedOutlook): Outlook {
  return mapFigures(outlookRuns(simulated, {}), rangeOf);
}

export function compareOutlook(simulated: SimulatedOutlook, whatIf: WhatIf): ComparedOutlook {
  const other = outlookRuns(simulated, whatIf);
  const before: Float64Array[] = [];
  mapFigures(outlookRuns(simulated, {}), (figure) => before.push(figure));
  const inOrder = before.values();
  return {
    outlook: mapFigures(other, rangeOf),
    change: mapFigures(other, (after) => {
      const base = inOrder.next().value;
      return rangeOf(after.map((value, run) => value - (base?.[run] ?? 0)));
    }),
  };
}
