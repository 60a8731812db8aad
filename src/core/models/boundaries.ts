import type { FitOutcome } from "./model.ts";
import type { LeavingParameters, NbdParameters } from "./purchase-counts.ts";

/** From here on, and below its inverse, a distribution over customers is as good as a point or as two points. */
const extreme = 1e4;
/** A chance to leave that gains less log-likelihood than this over none has not been seen. */
const leastGain = 0.05;

type Boundary = Extract<FitOutcome, { readonly kind: "boundary" }>;

/** Where the likelihood rises towards equal rates for all, or to a few who buy without end. */
export function nbdBoundary({ r }: NbdParameters): Boundary | undefined {
  if (r > extreme) return boundary("r", "every customer buys at the same rate");
  if (r < 1 / extreme) return boundary("r", "almost no customer ever buys again");
  return undefined;
}

/**
 * Besides the above, where the chance to leave goes to an edge.
 *
 * @param gain log-likelihood over that of the NBD, in which nobody leaves.
 */
export function leavingBoundary(parameters: LeavingParameters, gain: number): Boundary | undefined {
  const { a, b } = parameters;
  if (gain < leastGain || a / (a + b) < 1 / extreme) return boundary("a", "no customer ever leaves");
  if (a + b < 1 / extreme) return boundary("a + b", "customers leave at the first chance or never");
  if (b / (a + b) < 1 / extreme) return boundary("b", "every customer leaves at the first chance");
  if (a + b > extreme)
    return boundary("a + b", "every customer leaves with the same chance at each purchase");
  return nbdBoundary(parameters);
}

function boundary(parameter: string, meaning: string): Boundary {
  return { kind: "boundary", parameter, meaning };
}
