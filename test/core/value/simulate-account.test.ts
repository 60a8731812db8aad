import { expect, test } from "vitest";
import { createRandom, drawBeta, drawExponential, drawGamma, type Random } from "../../../src/core/random.ts";
import { fitPortfolio } from "../../../src/core/value/fit-portfolio.ts";
import { createPurchaseDraws } from "../../../src/core/value/purchase-draws.ts";
import { rangeOf, simulateAccount, simulatePurchases } from "../../../src/core/value/simulate-account.ts";
import { createValuer } from "../../../src/core/value/value-accounts.ts";
import type { PredictorName } from "../../../src/core/value/value-fit.ts";
import { type Bought, cdnowPortfolio, portfolioOf } from "./portfolios.ts";

const terms = { margin: 400, discountPercent: 10, horizonMonths: 36 };
const asOf = "1998-06-30";
const fit = fitPortfolio(cdnowPortfolio());
const accounts = {
  regular: { purchaseDays: 20, firstOn: "1997-01-01", lastOn: "1998-06-20", repeatMinor: 90_000 },
  quiet: { purchaseDays: 6, firstOn: "1997-01-01", lastOn: "1997-10-02", repeatMinor: 9_470 },
  once: { purchaseDays: 1, firstOn: "1997-03-01", lastOn: "1997-03-01", repeatMinor: 0 },
};
const cases = (["bg-nbd", "mbg-nbd", "pareto-nbd", "nbd", "same-as-calibration"] as const).flatMap(
  (predictor) => (["regular", "quiet", "once"] as const).map((account) => ({ predictor, account })),
);

// Oracle: what is expected in closed form is the mean of what is drawn.
test.each(cases)(
  "draws of a $account account by $predictor have its worth as their mean",
  ({ predictor, account }) => {
    const shown = { ...fit, predictor };
    const history = accounts[account];
    const { expected, worthMinor } = createValuer(shown, terms, asOf).value(history);
    const random = createRandom(`${predictor} ${account}`);
    const worths = simulateAccount(shown, terms, asOf, history, random, 4_000);
    expect(Math.abs(meanOf(worths) - worthMinor)).toBeLessThan(5 * errorOf(worths) + 1);
    expect(worths).toEqual(worths.toSorted());
    const draw = createPurchaseDraws(shown, asOf)(history);
    const purchases = Float64Array.from({ length: 4_000 }, () => draw(365 / 7, random).purchases);
    expect(Math.abs(meanOf(purchases) - expected)).toBeLessThan(5 * errorOf(purchases) + 1e-9);
  },
);

test("whoever is there now may have left by the end, and the more so the later that is", () => {
  const { alive = 0 } = createValuer(fit, terms, asOf).value(accounts.quiet);
  const random = createRandom("alive");
  const thereAfter = (weeks: number) => {
    const draw = createPurchaseDraws(fit, asOf)(accounts.quiet);
    return (
      Array.from({ length: 4_000 }, () => draw(weeks, random)).filter(({ isAlive }) => isAlive).length / 4_000
    );
  };
  expect(Math.abs(thereAfter(0) - alive)).toBeLessThan(0.04);
  // Oracle: of the Pareto/NBD, a share of ((β + T) ÷ (β + T + t))^s stays for t.
  const { parameters } = fit.models[2]?.fit ?? {};
  if (!parameters || !("s" in parameters)) throw new Error("no parameters");
  const known = parameters.beta + 545 / 7;
  const year = alive * (known / (known + 52)) ** parameters.s;
  expect(Math.abs(thereAfter(52) - year)).toBeLessThan(0.04);
});

test("where the predictor cannot say who leaves, the teller does", () => {
  const { alive = 0 } = createValuer(fit, terms, asOf).value(accounts.quiet);
  for (const predictor of ["nbd", "same-as-calibration"] as const) {
    const random = createRandom(predictor);
    const draw = createPurchaseDraws({ ...fit, predictor }, asOf)(accounts.quiet);
    const there = Array.from({ length: 4_000 }, () => draw(1e-6, random)).filter(
      ({ isAlive }) => isAlive,
    ).length;
    expect(Math.abs(there / 4_000 - alive)).toBeLessThan(0.04);
    const nobodyTells = { ...fit, predictor, teller: undefined };
    expect(simulatePurchases(nobodyTells, asOf, accounts.quiet, 500, random).isAlive).toBe(true);
  }
});

test("the same seed draws the same", () => {
  const draw = () => simulateAccount(fit, terms, asOf, accounts.regular, createRandom("same"), 100);
  expect(draw()).toEqual(draw());
  const one = () => simulatePurchases(fit, asOf, accounts.regular, 26, createRandom("same"));
  expect(one()).toEqual(one());
});

test("a range is the middle 80 %, and holds the worth even where that is above most of what can happen", () => {
  const hundred = Float64Array.from({ length: 100 }, (_, at) => at);
  expect(rangeOf(hundred, 50)).toEqual({ low: 10, high: 90 });
  expect(rangeOf(new Float64Array(100), 7)).toEqual({ low: 0, high: 7 });
  expect(rangeOf(hundred, 3)).toEqual({ low: 3, high: 90 });
  expect(rangeOf(new Float64Array(0), 5)).toEqual({ low: 5, high: 5 });
});

/** When an account buys after its first day, in days; up to a last one. */
type Behaviour = (random: Random, last: number) => readonly number[];

const paretoBehaviour: Behaviour = (random, last) => {
  const rate = drawGamma(random, 0.9) / 40;
  return arrivals(random, rate, Math.min(last, (drawExponential(random) * 200) / drawGamma(random, 0.8)), 0);
};
const mbgBehaviour: Behaviour = (random, last) => {
  const [rate, leaves] = [drawGamma(random, 0.9) / 40, drawBeta(random, 0.8, 3)];
  return random() < leaves ? [] : arrivals(random, rate, last, leaves);
};
const nbdBehaviour: Behaviour = (random, last) => arrivals(random, drawGamma(random, 0.9) / 60, last, 0);

function arrivals(random: Random, rate: number, last: number, leaves: number): readonly number[] {
  const days: number[] = [];
  for (let day = drawExponential(random) / rate; day < last; day += drawExponential(random) / rate) {
    days.push(Math.ceil(day));
    if (random() < leaves) break;
  }
  return days;
}

/** Portfolios that are drawn for each of three models. */
const rounds = process.env.PROVE ? 334 : 4;

// Of portfolios of 150 accounts, fitted to the first 500 days, with a year to come.
test.each<{ name: string; behaviour: Behaviour; predictor: PredictorName }>([
  { name: "Pareto/NBD", behaviour: paretoBehaviour, predictor: "pareto-nbd" },
  { name: "MBG/NBD", behaviour: mbgBehaviour, predictor: "mbg-nbd" },
  { name: "NBD", behaviour: nbdBehaviour, predictor: "nbd" },
])(
  "ranges of $name cover at least 80 % of what came, in purchases and in money",
  ({ behaviour, predictor }) => {
    const random = createRandom(predictor);
    const covered = { purchases: 0, money: 0, all: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const whole = Array.from({ length: 150 }, () => lifeOf(random, behaviour));
      const seen = whole.map((bought) => bought.filter(({ day }) => day <= 500));
      const portfolio = portfolioOf(seen, "1971-05-16");
      const shown = { ...fitPortfolio(portfolio), predictor };
      const purse = { margin: 1000, discountPercent: 0, horizonMonths: 12 };
      const valuer = createValuer(shown, purse, portfolio.asOf);
      const known = whole.filter((_, account) => (seen[account]?.length ?? 0) > 0);
      for (const [account, history] of portfolio.histories.entries()) {
        const coming = known[account]?.filter(({ day }) => day > 500) ?? [];
        const worths = simulateAccount(shown, purse, portfolio.asOf, history, random, 200);
        const range = rangeOf(worths, valuer.value(history).worthMinor);
        const money = coming.reduce((sum, { minor }) => sum + minor, 0);
        const draw = createPurchaseDraws(shown, portfolio.asOf)(history);
        const counts = Float64Array.from({ length: 200 }, () => draw(365 / 7, random).purchases).sort();
        const bought = new Set(coming.map(({ day }) => day)).size;
        covered.all += 1;
        covered.purchases += Number(bought >= (counts[20] ?? 0) && bought <= (counts[180] ?? 0));
        covered.money += Number(money >= range.low && money <= range.high);
      }
    }
    expect(covered.purchases / covered.all).toBeGreaterThanOrEqual(0.8);
    expect(covered.money / covered.all).toBeGreaterThanOrEqual(0.8);
  },
  3_600_000,
);

function lifeOf(random: Random, behaviour: Behaviour): Bought {
  const first = Math.floor(random() * 400);
  const rate = drawGamma(random, 4) / 15_000;
  const days = [0, ...behaviour(random, 865 - first)];
  return days.map((day) => ({ day: first + day, minor: Math.round(drawGamma(random, 5) / rate) }));
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

/** The standard error of the mean. */
function errorOf(values: Float64Array): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0)) / values.length;
}
