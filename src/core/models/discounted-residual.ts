import { eightPoints } from "./dropout-integrals.ts";
import type { History, TransactionModel } from "./model.ts";

/** The first piece of time, as a share of the time in which a discount takes effect; each one after it is longer by half. */
const [firstPiece, growth] = [1e-4, 1.5];
/** Where what may still come is less than this share of what has, it is left out. */
const negligible = 1e-10;
/** In units of that time: e^-60 is left of whatever comes later. */
const farthest = 60;

/**
 * How many purchases are still to come of a customer, each discounted to now from when it comes, without a horizon: the
 * discounted expected residual transactions of Fader, Hardie & Lee (2005), "RFM and CLV", for any model. It is
 * the integral of δ e^(-δt) E[X(t)] over all time, where δ is the logarithm of 1 plus the rate: no derivative is
 * needed, and nothing but expectations. What is left out at the end is bounded: customers never come to buy faster.
 *
 * @param discountRate of one unit of time of the model, above 0: 0.001 is 0.1 %.
 */
export function discountedResidualPurchases(
  model: TransactionModel,
  history: History,
  discountRate: number,
): number {
  const force = Math.log1p(discountRate);
  const upTo = (time: number) => model.expectedIfAlive(history, time / force);
  let [sum, start, width] = [0, 0, firstPiece];
  while (start < farthest) {
    sum += piece(upTo, start, width);
    start += width;
    width *= growth;
    // At the mean pace so far, which is more than that to come, so much is still missing.
    const rest = Math.exp(-start) * upTo(start) * (1 + 1 / start);
    if (rest < negligible * sum) break;
    width = Math.min(width, 1);
  }
  return model.alive(history) * sum;
}

function piece(upTo: (time: number) => number, start: number, width: number): number {
  const half = width / 2;
  const { points, weights } = eightPoints;
  return points.reduce((sum, point, index) => {
    const [early, late] = [start + half * (1 - point), start + half * (1 + point)];
    const both = Math.exp(-early) * upTo(early) + Math.exp(-late) * upTo(late);
    return sum + half * (weights[index] ?? 0) * both;
  }, 0);
}
