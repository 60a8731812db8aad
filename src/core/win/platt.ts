import { createDesign } from "./design.ts";
import { fitLogistic } from "./logistic.ts";
import { awayFromCertain } from "./measures.ts";

export function logOddsOf(probability: number): number {
  const certain = awayFromCertain(probability);
  return Math.log(certain / (1 - certain));
}

/**
 * The line in log-odds that fits the outcomes best (Platt 1999), each taken a little short of certain as he does: won counts
 * as (won + 1) ÷ (won + 2), lost as 1 ÷ (lost + 2). A line that does not rise would turn the order round or level it: then
 * log-odds are only moved, all by the same. Undefined where even that does not come to an end.
 */
export function fitPlatt(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
): { readonly slope: number; readonly intercept: number } | undefined {
  const logOdds = Float64Array.from(probabilities, logOddsOf);
  const targets = smoothed(outcomes);
  const line = fitLogistic(createDesign(logOdds.length, [logOdds], []), targets, { penalty: 0 });
  const [intercept = 0, slope = 0] = line.weights;
  if (line.outcome.kind === "converged" && slope > 0) return { slope, intercept };
  const moved = fitLogistic(createDesign(logOdds.length, [], []), targets, {
    penalty: 0,
    offsets: logOdds,
  });
  return moved.outcome.kind === "converged" ? { slope: 1, intercept: moved.weights[0] ?? 0 } : undefined;
}

function smoothed(outcomes: ArrayLike<number>): Float64Array {
  let won = 0;
  for (let row = 0; row < outcomes.length; row += 1) if (outcomes[row] === 1) won += 1;
  const lost = outcomes.length - won;
  return Float64Array.from(outcomes, (outcome) => (outcome === 1 ? (won + 1) / (won + 2) : 1 / (lost + 2)));
}
