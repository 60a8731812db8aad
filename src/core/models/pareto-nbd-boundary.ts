import { nbdBoundary } from "./boundaries.ts";
import type { ParetoNbdParameters } from "./dropout-integrals.ts";
import type { FitOutcome } from "./model.ts";

/** A gain in log-likelihood below this over the NBD, or a share of customers who leave: leaving has not been seen. */
const least = { gain: 0.05, leaving: 1e-4 };
/** A gamma distribution of a shape above this is as good as a point. */
const mostShape = 1e4;
/** Who leaves within this share of the longest age leaves at once. */
const atOnce = 1e-6;

type Boundary = Extract<FitOutcome, { readonly kind: "boundary" }>;

/**
 * The simpler model that parameters have come down to, if any. Nobody leaves where `s` goes to 0, and where `beta` goes to
 * infinity; which of the two it is says no more than where the search began, so that both are called `s`.
 *
 * @param longest age of all customers.
 * @param gain log-likelihood over that of the NBD, in which nobody leaves.
 */
export function paretoNbdBoundary(
  parameters: ParetoNbdParameters,
  longest: number,
  gain: number,
): Boundary | undefined {
  const { s, beta } = parameters;
  const leaving = -Math.expm1(-s * Math.log1p(longest / beta));
  if (gain < least.gain || leaving < least.leaving) return boundary("s", "no customer ever leaves");
  if (s > mostShape) return boundary("s", "every customer leaves at the same rate");
  if (beta < atOnce * longest) {
    return boundary("beta", "customers leave right after their first purchase or never");
  }
  return nbdBoundary(parameters);
}

function boundary(parameter: keyof ParetoNbdParameters, meaning: string): Boundary {
  return { kind: "boundary", parameter, meaning };
}
