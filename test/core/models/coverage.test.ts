import { expect, test } from "vitest";
import {
  leavingAnyTime,
  leavingAtPurchases,
  neverLeaving,
  simulateHistories,
  simulateRenewals,
  simulateSpends,
} from "../../../bench/simulated-customers.ts";
import { fitBgNbd } from "../../../src/core/models/bg-nbd.ts";
import { fitGammaGamma } from "../../../src/core/models/gamma-gamma.ts";
import { gammaGammaLikelihood } from "../../../src/core/models/gamma-gamma-likelihood.ts";
import { createLeavingLikelihood, createNbdLikelihood } from "../../../src/core/models/likelihoods.ts";
import type { ValueAndGradient } from "../../../src/core/models/maximise.ts";
import { fitMbgNbd } from "../../../src/core/models/mbg-nbd.ts";
import type { Fit } from "../../../src/core/models/model.ts";
import { fitNbd } from "../../../src/core/models/nbd.ts";
import { fitParetoNbd } from "../../../src/core/models/pareto-nbd.ts";
import { paretoNbdLikelihood } from "../../../src/core/models/pareto-nbd-likelihood.ts";
import { fitSbg, retentionOf } from "../../../src/core/models/sbg.ts";
import { createRandom, type Random } from "../../../src/core/random.ts";

// If a likelihood, its maximum and the simulation are all right, 2 (LL(fit) − LL(truth)) has a chi-square distribution
// with as many degrees of freedom as there are parameters (Wilks 1938): 95 % of all regions of 95 % hold the truth.

const proving = Boolean(process.env.PROVE);
const runs = proving ? 1_000 : 25;

/** Quantiles of the chi-square distribution by its degrees of freedom: the middle, and what 95 % lie below. */
const quantiles = {
  2: { half: 1.3863, most: 5.9915 },
  3: { half: 2.366, most: 7.8147 },
  4: { half: 3.3567, most: 9.4877 },
} as const;

// Long enough that some have left, and enough customers that maxima are as normal as theory has them.
const population = { customers: 1_500, youngest: 50, oldest: 104 };
const leaving = { r: 0.6, alpha: 5, a: 0.9, b: 2.5 };
const anyTime = { r: 0.7, alpha: 6, s: 0.8, beta: 15 };
const rates = { r: 0.5, alpha: 8 };
const spending = { p: 6.25, q: 3.74, v: 15.44 };
const renewing = { alpha: 0.6681, beta: 3.8061 };

interface Fitted {
  readonly fit: Fit<object>;
  /** The log-likelihood of the parameters that the data were drawn from. */
  readonly truth: number;
}

function valueAt(likelihood: ValueAndGradient, parameters: object): number {
  const at = Float64Array.from(Object.values(parameters));
  return likelihood(at, new Float64Array(at.length));
}

function fitLeaving(random: Random, firstLeaves: 0 | 1): Fitted {
  const histories = simulateHistories(random, leavingAtPurchases(random, leaving, firstLeaves), population);
  const fit = firstLeaves === 0 ? fitBgNbd(histories) : fitMbgNbd(histories);
  return { fit, truth: valueAt(createLeavingLikelihood(histories, firstLeaves), leaving) };
}

const models = [
  { name: "NBD", freedom: 2, fitDrawn: fitNbdDrawn },
  { name: "BG/NBD", freedom: 4, fitDrawn: (random: Random) => fitLeaving(random, 0) },
  { name: "MBG/NBD", freedom: 4, fitDrawn: (random: Random) => fitLeaving(random, 1) },
  { name: "Pareto/NBD", freedom: 4, fitDrawn: fitParetoDrawn },
  { name: "Gamma-Gamma", freedom: 3, fitDrawn: fitGammaGammaDrawn },
  { name: "sBG", freedom: 2, fitDrawn: fitSbgDrawn },
] as const;

function fitNbdDrawn(random: Random): Fitted {
  const histories = simulateHistories(random, neverLeaving(random, rates), population);
  return { fit: fitNbd(histories), truth: valueAt(createNbdLikelihood(histories), rates) };
}

function fitParetoDrawn(random: Random): Fitted {
  const histories = simulateHistories(random, leavingAnyTime(random, anyTime), population);
  return { fit: fitParetoNbd(histories), truth: valueAt(paretoNbdLikelihood(histories), anyTime) };
}

function fitGammaGammaDrawn(random: Random): Fitted {
  const spends = simulateSpends(random, spending, population.customers, 8);
  return { fit: fitGammaGamma(spends), truth: valueAt(gammaGammaLikelihood(spends), spending) };
}

function fitSbgDrawn(random: Random): Fitted {
  const renewals = simulateRenewals(random, renewing, population.customers, 7);
  const truth = renewals.reduce((sum, { due, renewed }, index) => {
    const stays = retentionOf(renewing, index + 1);
    return sum + renewed * Math.log(stays) + (due - renewed) * Math.log(1 - stays);
  }, 0);
  return { fit: fitSbg(renewals), truth };
}

test.each(models)(
  "$name: regions hold the truth as often as they say",
  ({ name, freedom, fitDrawn }) => {
    const random = createRandom(20_261_122);
    const { half, most } = quantiles[freedom];
    let [inHalf, inMost, converged] = [0, 0, 0];
    for (let run = 0; run < runs; run += 1) {
      const { fit, truth } = fitDrawn(random);
      const ratio = 2 * ((fit.logLikelihood ?? Number.NaN) - truth);
      // The fit is at least as likely as the truth, but for rounding.
      expect(ratio, name).toBeGreaterThan(-1e-6);
      if (fit.outcome.kind === "converged") converged += 1;
      if (ratio <= half) inHalf += 1;
      if (ratio <= most) inMost += 1;
    }
    const share = inMost / runs;
    if (proving) {
      process.stdout.write(
        `${name}: ${inMost} of ${runs} in 95 %, ${inHalf} in 50 %, ${converged} converged\n`,
      );
      expect(share).toBeGreaterThanOrEqual(0.93);
      expect(share).toBeLessThanOrEqual(0.97);
    }
    // Four standard deviations of a binomial distribution.
    expect(Math.abs(share - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / runs));
    expect(Math.abs(inHalf / runs - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / runs));
    expect(converged).toBeGreaterThanOrEqual(0.9 * runs);
  },
  600_000,
);
