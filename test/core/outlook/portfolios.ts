import { addDays, type Day } from "../../../src/core/calendar.ts";
import type { ParetoNbdParameters } from "../../../src/core/models/dropout-integrals.ts";
import type { LeavingParameters } from "../../../src/core/models/purchase-counts.ts";
import type { OutlookAccount, OutlookInput } from "../../../src/core/outlook/outlook-input.ts";
import { type SimulatedOutlook, simulateOutlook } from "../../../src/core/outlook/simulate-outlook.ts";
import { createRandom, drawBeta, drawExponential, drawGamma, type Random } from "../../../src/core/random.ts";
import type { PurchaseFit, ValueFit } from "../../../src/core/value/value-fit.ts";

export const today: Day = "2026-06-30";
/** Weeks. */
export const truth: LeavingParameters = { r: 1.2, alpha: 14, a: 0.9, b: 5 };
const spend = { p: 4, q: 4, v: 30_000 };

const known = {
  ...{ standardErrors: undefined, logLikelihood: undefined, customers: 300 },
  outcome: { kind: "converged" as const },
};

export const paretoTruth: ParetoNbdParameters = { r: 1.2, alpha: 14, s: 0.9, beta: 60 };

export const paretoFit: PurchaseFit = {
  model: "pareto-nbd",
  parameters: paretoTruth,
  ...known,
};

/** A fit as it would be, were the parameters known. */
export function fitOf(more: Partial<ValueFit> = {}): ValueFit {
  return {
    ...{ definitions: 1, firstDay: "2020-01-01", asOf: today, holdoutAfter: undefined, customers: 300 },
    models: [{ fit: { model: "mbg-nbd", parameters: truth, ...known }, holdout: undefined, gaveWay: false }],
    ...{ baselines: [], predictor: "mbg-nbd", because: { kind: "no-holdout" }, teller: "mbg-nbd" },
    spend: {
      model: "gamma-gamma",
      parameters: spend,
      ...known,
    },
    meanPurchase: 40_000,
    seen: { span: 300, purchases: 900, customers: 300 },
    ...more,
  };
}

/** One customer's purchases after the first one: days since it, and what was bought on each. */
interface Bought {
  readonly day: number;
  readonly minor: number;
}

/** A customer by the model itself, one purchase after the other, for so many days. */
function drawCustomer(random: Random, days: number) {
  const rate = drawGamma(random, truth.r) / truth.alpha;
  const chance = drawBeta(random, truth.a, truth.b);
  const mean = spend.p / (drawGamma(random, spend.q) / spend.v);
  const bought: Bought[] = [];
  let week = 0;
  let leftOn = random() < chance ? 0 : Number.POSITIVE_INFINITY;
  while (leftOn === Number.POSITIVE_INFINITY) {
    week += drawExponential(random) / rate;
    if (week * 7 > days) break;
    bought.push({ day: week * 7, minor: (mean * drawGamma(random, spend.p)) / spend.p });
    if (random() < chance) leftOn = week * 7;
  }
  return { bought, leftOn };
}

/** A customer who came so many days ago, as the data would have it, and what comes in the year ahead. */
function drawAccount(random: Random, accountId: string, daysAgo: number) {
  const { bought, leftOn } = drawCustomer(random, daysAgo + 365);
  const before = bought.filter(({ day }) => day <= daysAgo);
  const sum = (some: readonly Bought[]) => Math.round(some.reduce((all, { minor }) => all + minor, 0));
  const firstOn = addDays(today, -daysAgo);
  const account: OutlookAccount = {
    accountId,
    weight: 1,
    purchaseDays: 1 + before.length,
    firstOn,
    lastOn: addDays(firstOn, Math.floor(before.at(-1)?.day ?? 0)),
    repeatMinor: sum(before),
    yearMinor: sum(before.filter(({ day }) => day > daysAgo - 365)),
  };
  return {
    account,
    leavesInYear: leftOn > daysAgo && leftOn <= daysAgo + 365,
    isThere: leftOn > daysAgo,
    yearAhead: sum(bought.filter(({ day }) => day > daysAgo)),
  };
}

export function portfolioOf(seed: string, customers: number) {
  const random = createRandom(seed);
  return Array.from({ length: customers }, (_, at) =>
    drawAccount(random, `account ${at}`, 30 + Math.floor(random() * 1_000)),
  );
}

export function inputOf(
  accounts: readonly OutlookAccount[],
  known: Partial<OutlookInput> = {},
): OutlookInput {
  return {
    asOf: today,
    fit: fitOf(),
    accounts,
    totals: {
      customers: accounts.reduce((sum, { weight }) => sum + weight, 0),
      yearMinor: accounts.reduce((sum, { weight, yearMinor }) => sum + weight * yearMinor, 0),
      ...{ boughtBefore: 100, boughtAgain: 70, won: 40, wonYearMinor: 40 * 60_000 },
    },
    firstPurchases: [20_000, 40_000, 60_000],
    seed: "test",
    ...known,
  };
}

/** A simulation that has what it needs. */
export function simulated(input: OutlookInput): SimulatedOutlook {
  const found = simulatedOrNot(input);
  if (found === undefined) throw new RangeError("nothing tells who leaves");
  return found;
}

export function simulatedOrNot(input: OutlookInput): SimulatedOutlook | undefined {
  return resultOf(simulateOutlook(input));
}

/** What comes of work that lets others have their turn. */
export function resultOf<Result>(work: Generator<void, Result, void>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
