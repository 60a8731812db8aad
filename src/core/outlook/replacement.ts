import type { Outlook } from "./outlook.ts";
import type { Range } from "./ranges.ts";

/** Whether as many accounts are won as revenue needs to stand still. */
export interface Replacement {
  readonly kind: "below" | "perhaps-below" | "enough";
  /** In the last twelve months. */
  readonly won: number;
  /** Each year, so that the third one brings as much as the last twelve months did. */
  readonly needed: Range;
}

/**
 * Acquisition runs below replacement where fewer were won than are needed in nine of ten cases, and perhaps below where it is
 * one of two. Three years count and not one: after an uncommonly good year most portfolios would fall short of it at once.
 */
export function replacementOf({ in36Months }: Pick<Outlook, "in36Months">, won: number): Replacement {
  const { needed } = in36Months;
  if (won < Math.ceil(needed.low)) return { kind: "below", won, needed };
  return { kind: won < Math.ceil(needed.mid) ? "perhaps-below" : "enough", won, needed };
}
