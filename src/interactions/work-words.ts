import { formatEffort } from "../actions/action-words.ts";
import { formatHours } from "../offers/figure-words.ts";
import type { Interactions } from "../store/interactions.ts";
import { formatCount } from "../wording.ts";

/** "1.5 h", "10 min (usual)". */
export function wordMinutes(work: { readonly minutes: number; readonly minutesKnown: boolean }): string {
  return `${formatEffort(work.minutes)}${work.minutesKnown ? "" : " (usual)"}`;
}

/** "3.5 h (hours known for 2 of 4)". */
export function wordHours({ minutes, known, total }: Omit<Interactions, "rows">): string {
  return `${formatHours(minutes)} (hours known for ${formatCount(known)} of ${formatCount(total)})`;
}
