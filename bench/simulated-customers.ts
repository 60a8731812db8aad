import type { ParetoNbdParameters } from "../src/core/models/dropout-integrals.ts";
import type { GammaGammaParameters } from "../src/core/models/gamma-gamma.ts";
import type { Spends } from "../src/core/models/gamma-gamma-likelihood.ts";
import type { Histories } from "../src/core/models/model.ts";
import type { LeavingParameters, NbdParameters } from "../src/core/models/purchase-counts.ts";
import type { PurchaseLists } from "../src/core/models/purchase-lists.ts";
import type { Renewals } from "../src/core/models/renewals.ts";
import type { SbgParameters } from "../src/core/models/sbg.ts";
import { drawBeta, drawExponential, drawGamma, type Random } from "../src/core/random.ts";

/** Draws when a customer of some age bought again, in continuous time, until they left or looking ended. */
type Behaviour = (age: number) => readonly number[];

/** As the NBD has it: everybody buys at a rate of their own for ever. */
export function neverLeaving(random: Random, { r, alpha }: NbdParameters): Behaviour {
  return (age) => buying(random, drawGamma(random, r) / alpha, age, () => false);
}

/**
 * As the BG/NBD and the MBG/NBD have it: customers may leave at a purchase.
 *
 * @param firstLeaves how many chances to leave the first purchase brings: 0 in the BG/NBD, 1 in the MBG/NBD.
 */
export function leavingAtPurchases(
  random: Random,
  { r, alpha, a, b }: LeavingParameters,
  firstLeaves: 0 | 1,
): Behaviour {
  return (age) => {
    const [rate, chance] = [drawGamma(random, r) / alpha, drawBeta(random, a, b)];
    const leaves = () => random() < chance;
    return firstLeaves === 1 && leaves() ? [] : buying(random, rate, age, leaves);
  };
}

/** As the Pareto/NBD has it: customers leave at any time. */
export function leavingAnyTime(random: Random, { r, alpha, s, beta }: ParetoNbdParameters): Behaviour {
  return (age) => {
    const rate = drawGamma(random, r) / alpha;
    const stay = (drawExponential(random) * beta) / drawGamma(random, s);
    return buying(random, rate, Math.min(age, stay), () => false);
  };
}

function buying(random: Random, rate: number, age: number, leaves: () => boolean): readonly number[] {
  const times: number[] = [];
  for (let time = drawExponential(random) / rate; time < age; time += drawExponential(random) / rate) {
    times.push(time);
    if (leaves()) break;
  }
  return times;
}

interface Population {
  readonly customers: number;
  /** Ages are even between these. */
  readonly youngest: number;
  readonly oldest: number;
}

/** One row for each customer, in any order: nothing is collapsed. */
export function simulateHistories(
  random: Random,
  behaviour: Behaviour,
  { customers, youngest, oldest }: Population,
): Histories {
  const [frequency, recency, age] = [zeros(customers), zeros(customers), zeros(customers)];
  for (let customer = 0; customer < customers; customer += 1) {
    const own = youngest + random() * (oldest - youngest);
    const times = behaviour(own);
    age[customer] = own;
    frequency[customer] = times.length;
    recency[customer] = times.at(-1) ?? 0;
  }
  return { frequency, recency, age, customers: zeros(customers).fill(1), total: customers };
}

/**
 * The purchases themselves on whole days, the first one of each customer with them; those on one day stay apart. Ages and
 * behaviour in weeks; looking ends on the last day of the oldest.
 */
export function simulatePurchases(
  random: Random,
  behaviour: Behaviour,
  { customers, youngest, oldest }: Population,
): PurchaseLists {
  const [who, days]: [number[], number[]] = [[], []];
  const ids = Array.from({ length: customers }, (_, customer) => `C${customer}`);
  for (let customer = 0; customer < customers; customer += 1) {
    const age = Math.floor(7 * (youngest + random() * (oldest - youngest)));
    for (const time of [0, ...behaviour(age / 7)]) {
      who.push(customer);
      days.push(7 * oldest - age + Math.ceil(7 * time));
    }
  }
  const amounts = Float64Array.from(days, () => 500 + Math.round(drawGamma(random, 4) * 600));
  return { ids, customers: Uint32Array.from(who), days: Int32Array.from(days), amounts };
}

/** As the Gamma-Gamma model has it, customers with 1, 2, … repeat purchases by turns. */
export function simulateSpends(
  random: Random,
  { p, q, v }: GammaGammaParameters,
  customers: number,
  mostPurchases: number,
): Spends {
  const frequency = zeros(customers).map((_, customer) => 1 + (customer % mostPurchases));
  const meanAmount = frequency.map((own) => (drawGamma(random, p * own) * v) / drawGamma(random, q) / own);
  return { frequency, meanAmount, customers: zeros(customers).fill(1) };
}

/** How the renewals of customers who began together went, as the shifted-beta-geometric model has it. */
export function simulateRenewals(
  random: Random,
  { alpha, beta }: SbgParameters,
  customers: number,
  periods: number,
): readonly Renewals[] {
  const left = new Array<number>(periods + 1).fill(0);
  for (let customer = 0; customer < customers; customer += 1) {
    const chance = drawBeta(random, alpha, beta);
    let stayed = 0;
    while (stayed < periods && random() >= chance) stayed += 1;
    left[stayed] = (left[stayed] ?? 0) + 1;
  }
  let due = customers;
  return left.slice(0, periods).map((gone) => {
    const renewals = { due, renewed: due - gone };
    due = renewals.renewed;
    return renewals;
  });
}

function zeros(size: number): Float64Array {
  return new Float64Array(size);
}
