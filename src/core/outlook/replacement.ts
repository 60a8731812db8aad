import type { Acquisition } from "./acquisition.ts";
import type { Outlook } from "./outlook.ts";
import type { Range } from "./ranges.ts";
import type { SimulatedOutlook } from "./simulate-outlook.ts";

/** Whether as many accounts are won as revenue needs to stand still. */
export type Replacement =
  /** It cannot be told who is new. */
  | { readonly kind: "unknown" }
  | {
      readonly kind: "below" | "perhaps-below" | "enough";
      readonly acquisition: Acquisition;
      /** Each year, so that the third one brings as much as the last twelve months did. */
      readonly needed: Range;
    };

/**
 * Acquisition runs below replacement where fewer are won a year than are needed in nine of ten cases, and perhaps below where
 * it is one of two. Three years count and not one: after an uncommonly good year most portfolios would fall short of it at once.
 */
export function replacementOf(
  { in36Months }: Pick<Outlook, "in36Months">,
  acquisition: Acquisition | undefined,
): Replacement {
  if (!acquisition) return { kind: "unknown" };
  const { needed } = in36Months;
  const { perYear } = acquisition;
  if (perYear < Math.ceil(needed.low)) return { kind: "below", acquisition, needed };
  return { kind: perYear < Math.ceil(needed.mid) ? "perhaps-below" : "enough", acquisition, needed };
}

/**
 * Whether it is known what a new account brings: by a model, or as those brought who came. Where nobody can be told to be
 * new and there is no model, how many are needed is not known either.
 */
export function isNeededKnown({
  method,
  acquisition,
}: Pick<SimulatedOutlook, "method" | "acquisition">): boolean {
  return method.kind === "model" || acquisition !== undefined;
}
