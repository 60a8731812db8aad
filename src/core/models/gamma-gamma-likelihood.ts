import type { ValueAndGradient } from "./maximise.ts";
import { digamma, logBeta } from "./special-functions.ts";

/** What customers spent when they bought again, one entry each or equal ones as one; all lists run in step. */
export interface Spends {
  /** Repeat purchases. */
  readonly frequency: Float64Array;
  /** The mean of their amounts, in any unit of money. */
  readonly meanAmount: Float64Array;
  /** How many customers are alike. */
  readonly customers: Float64Array;
}

/** The customers of one frequency. */
interface Group {
  readonly frequency: number;
  /** What each spent in all. */
  readonly spent: Float64Array;
  readonly customers: Float64Array;
  /** Sum of `customers`. */
  readonly total: number;
  /** Sums at the last `v`: of ln(1 + spent/v) and of spent/(v + spent). */
  logarithms: number;
  shares: number;
}

/** A logarithm is taken of products up to this: of many factors at once instead of each. */
const largeProduct = 1e200;

/**
 * The log-likelihood of `p`, `q` and `v`, in this order, and its derivatives. With `x` purchases for `spent` in all, that
 * of a customer is -ln B(px, q) + px ln(spent/v) - (px + q) ln(1 + spent/v) - ln(mean). So only sums at `v` run over
 * all customers, and everything else over frequencies.
 *
 * @param spends all above 0.
 */
export function gammaGammaLikelihood(spends: Spends): ValueAndGradient {
  const groups = groupsOf(spends);
  const { purchases, logSpent, logMean } = totalsOf(spends);
  let summedAt = 0;
  return (at, gradient) => {
    const [p, q, v] = [at[0] ?? 0, at[1] ?? 0, at[2] ?? 0];
    if (v !== summedAt) for (const group of groups) sum(group, v);
    summedAt = v;
    const relative = logSpent - purchases * Math.log(v);
    let [value, byP, byQ, byV] = [p * relative - logMean, relative, 0, -p * purchases];
    const atQ = digamma(q);
    for (const { frequency, total, logarithms, shares } of groups) {
      const shape = p * frequency;
      const atBoth = digamma(shape + q);
      value -= total * logBeta(shape, q) + (shape + q) * logarithms;
      byP += frequency * (total * (atBoth - digamma(shape)) - logarithms);
      byQ += total * (atBoth - atQ) - logarithms;
      byV += (shape + q) * shares;
    }
    gradient[0] = byP;
    gradient[1] = byQ;
    gradient[2] = byV / v;
    return value;
  };
}

function sum(group: Group, v: number): void {
  const { spent, customers } = group;
  const scale = 1 / v;
  let [product, logarithms, shares] = [1, 0, 0];
  for (let i = 0; i < spent.length; i += 1) {
    const count = customers[i] ?? 0;
    const factor = 1 + (spent[i] ?? 0) * scale;
    shares += count * (1 - 1 / factor);
    if (count !== 1) logarithms += count * Math.log(factor);
    else product *= factor;
    if (product > largeProduct) {
      logarithms += Math.log(product);
      product = 1;
    }
  }
  group.logarithms = logarithms + Math.log(product);
  group.shares = shares;
}

function groupsOf({ frequency, meanAmount, customers }: Spends): readonly Group[] {
  const sizes = new Map<number, number>();
  for (let i = 0; i < frequency.length; i += 1) {
    const own = frequency[i] ?? 0;
    sizes.set(own, (sizes.get(own) ?? 0) + 1);
  }
  const rooms = new Map(
    [...sizes].map(([own, size]) => [
      own,
      { spent: new Float64Array(size), customers: new Float64Array(size), filled: 0 },
    ]),
  );
  for (let i = 0; i < frequency.length; i += 1) {
    const room = rooms.get(frequency[i] ?? 0);
    if (!room) continue;
    room.spent[room.filled] = (frequency[i] ?? 0) * (meanAmount[i] ?? 0);
    room.customers[room.filled] = customers[i] ?? 0;
    room.filled += 1;
  }
  return [...rooms].map(([own, { spent, customers: counts }]) => ({
    ...{ frequency: own, spent, customers: counts, total: counts.reduce((total, count) => total + count, 0) },
    ...{ logarithms: 0, shares: 0 },
  }));
}

/** Sums over all customers: of purchases, of ln(spent) for each purchase and of ln(mean). */
function totalsOf({ frequency, meanAmount, customers }: Spends) {
  let [purchases, logSpent, logMean] = [0, 0, 0];
  for (let i = 0; i < frequency.length; i += 1) {
    const [count, own] = [customers[i] ?? 0, frequency[i] ?? 0];
    const logarithm = Math.log(meanAmount[i] ?? 0);
    purchases += count * own;
    logSpent += count * own * (Math.log(own) + logarithm);
    logMean += count * logarithm;
  }
  return { purchases, logSpent, logMean };
}
