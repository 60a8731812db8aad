import type { ValueAndGradient } from "./maximise.ts";
import type { Histories } from "./model.ts";
import { createTimeTable, customersByFrequency } from "./time-tables.ts";

/**
 * The log-likelihood of `[r, alpha]` where nobody leaves, without what no parameter changes, as in the papers. It is that
 * of the models below at a = 0.
 */
export function createNbdLikelihood({ frequency, age, customers }: Histories): ValueAndGradient {
  const ages = createTimeTable(age);
  const byFrequency = customersByFrequency(frequency, customers);
  return ([r = 0, alpha = 0], gradient) => {
    ages.fill(alpha);
    let [value, byR, byAlpha] = [0, 0, 0];
    for (let row = 0; row < frequency.length; row += 1) {
      const place = ages.place[row] ?? 0;
      const weight = customers[row] ?? 0;
      const shape = r + (frequency[row] ?? 0);
      value -= weight * shape * (ages.log[place] ?? 0);
      byR -= weight * (ages.log[place] ?? 0);
      byAlpha += weight * shape * (ages.slope[place] ?? 0);
    }
    const counts = sumCounts(byFrequency, r, alpha);
    gradient[0] = byR + counts.byR;
    gradient[1] = byAlpha - counts.purchases / alpha;
    return value + counts.value;
  };
}

/**
 * The log-likelihood of `[r, alpha, a, b]` where customers may leave at a purchase. Logarithms are taken once per distinct
 * time and sums over purchases once per frequency, which leaves one exponential per row.
 *
 * @param firstLeaves how many chances to leave the first purchase brings: 0 in the BG/NBD, 1 in the MBG/NBD.
 */
export function createLeavingLikelihood(histories: Histories, firstLeaves: 0 | 1): ValueAndGradient {
  const { frequency, customers } = histories;
  const [ages, recencies] = [createTimeTable(histories.age), createTimeTable(histories.recency)];
  const byFrequency = customersByFrequency(frequency, customers);
  return ([r = 0, alpha = 0, a = 0, b = 0], gradient) => {
    ages.fill(alpha);
    recencies.fill(alpha);
    const counts = sumCounts(byFrequency, r, alpha);
    const stays = sumStays(byFrequency, firstLeaves, a, b);
    let [value, byR, byAlpha, byA, byB] = [0, 0, 0, 0, 0];
    let [seen, logShare, perB] = [-1, 0, 0];
    for (let row = 0; row < frequency.length; row += 1) {
      const own = frequency[row] ?? 0;
      const weight = customers[row] ?? 0;
      const atAge = ages.place[row] ?? 0;
      const atRecency = recencies.place[row] ?? 0;
      const logAge = ages.log[atAge] ?? 0;
      const logRecency = recencies.log[atRecency] ?? 0;
      const chances = own + firstLeaves;
      const shape = r + own;
      let left = 0;
      if (chances > 0) {
        if (own !== seen) {
          seen = own;
          perB = 1 / (b + chances - 1);
          logShare = Math.log(a * perB);
        }
        // The odds that the customer left at the last purchase.
        const logOdds = logShare + shape * (logAge - logRecency);
        const small = Math.exp(-Math.abs(logOdds));
        left = (logOdds > 0 ? 1 : small) / (1 + small);
        value += weight * (Math.max(0, logOdds) + Math.log1p(small));
        byA += weight * left;
        byB -= weight * left * perB;
      }
      value -= weight * shape * logAge;
      byR -= weight * (logAge + left * (logRecency - logAge));
      const ageSlope = ages.slope[atAge] ?? 0;
      const recencySlope = recencies.slope[atRecency] ?? 0;
      byAlpha += weight * shape * (ageSlope + left * (recencySlope - ageSlope));
    }
    gradient[0] = byR + counts.byR;
    gradient[1] = byAlpha - counts.purchases / alpha;
    gradient[2] = byA / a + stays.byA;
    gradient[3] = byB + stays.byB;
    return value + counts.value + stays.value;
  };
}

/** Over all customers, `ln Γ(r + x) − ln Γ(r) − x ln alpha`. */
function sumCounts(byFrequency: Float64Array, r: number, alpha: number) {
  let [value, byR, purchases] = [0, 0, 0];
  let [own, ownByR] = [0, 0];
  for (let count = 0; count < byFrequency.length; count += 1) {
    const weight = byFrequency[count] ?? 0;
    value += weight * own;
    byR += weight * ownByR;
    purchases += weight * count;
    own += Math.log((r + count) / alpha);
    ownByR += 1 / (r + count);
  }
  return { value, byR, purchases };
}

/** Over all customers, the logarithm of the mean chance to have stayed at every purchase. */
function sumStays(byFrequency: Float64Array, firstLeaves: 0 | 1, a: number, b: number) {
  let [value, byA, byB] = [0, 0, 0];
  let [own, ownByA, ownByB] = [0, 0, 0];
  for (let chances = 0; chances < byFrequency.length + firstLeaves; chances += 1) {
    const weight = byFrequency[chances - firstLeaves] ?? 0;
    value += weight * own;
    byA += weight * ownByA;
    byB += weight * ownByB;
    own -= Math.log1p(a / (b + chances));
    ownByA -= 1 / (a + b + chances);
    ownByB += a / ((b + chances) * (a + b + chances));
  }
  return { value, byA, byB };
}
