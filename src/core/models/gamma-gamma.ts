import { convergenceOf, withoutSignal } from "./finish-fit.ts";
import { gammaGammaLikelihood, type Spends } from "./gamma-gamma-likelihood.ts";
import { searchGammaGamma } from "./gamma-gamma-search.ts";
import type { Maximum } from "./maximise.ts";
import type { Fit, FitOutcome } from "./model.ts";
import { standardErrors } from "./standard-errors.ts";

/**
 * A customer's purchases are gamma distributed with shape `p` around a mean that differs between customers, whose rate has
 * shape `q` and rate `v`; `v` in the unit of the amounts.
 */
export interface GammaGammaParameters {
  readonly p: number;
  readonly q: number;
  readonly v: number;
}

/** A gamma distribution of a shape above this is hardly wider than a point: a deviation of 1 % of its mean. */
const mostShape = 1e4;

/**
 * The Gamma-Gamma model of Fader, Hardie and Lee (2005), "RFM and CLV", by maximum likelihood: what customers spend on
 * average, apart from how often. Entries without a repeat purchase or an amount above 0 say nothing and are left out.
 */
export function fitGammaGamma(spends: Spends): Fit<GammaGammaParameters> {
  const { scaled, unit, customers } = scale(spends);
  const model = "gamma-gamma";
  const reason = missingSignal(scaled, customers);
  if (reason !== undefined) {
    return withoutSignal(model, { total: customers }, { kind: "no-signal", reason });
  }
  const likelihood = gammaGammaLikelihood(scaled);
  const best = searchGammaGamma(scaled, likelihood);
  const parameters = toParameters(best.x, unit);
  const outcome = outcomeOf(best, parameters);
  const errors = outcome.kind === "converged" ? standardErrors(best.x, likelihood) : undefined;
  return {
    model,
    parameters,
    standardErrors: errors && toParameters(errors, unit),
    logLikelihood: best.value - customers * Math.log(unit),
    customers,
    outcome,
  };
}

/**
 * What a customer is expected to spend per purchase, in the unit of the amounts: the own mean, drawn to that of all the
 * more the fewer repeat purchases it rests on. Undefined where it does not exist: without purchases, for `q` up to 1.
 *
 * @example
 * expectedSpend({ p: 6, q: 4, v: 15 }, 0, 0); // => 30, the mean of all: 6 · 15 ÷ (4 - 1)
 */
export function expectedSpend(
  { p, q, v }: GammaGammaParameters,
  frequency: number,
  meanAmount: number,
): number | undefined {
  const known = p * frequency + q - 1;
  return known > 0 ? (p * (v + frequency * meanAmount)) / known : undefined;
}

/**
 * Amounts with a geometric mean of 1, so that searches begin alike in cents and in thousands, and no few large amounts
 * make all others tiny; without entries that say nothing.
 */
function scale({ frequency, meanAmount, customers }: Spends) {
  const size = frequency.length;
  const scaled = {
    frequency: new Float64Array(size),
    meanAmount: new Float64Array(size),
    customers: new Float64Array(size),
  };
  let [told, total, logarithms] = [0, 0, 0];
  for (let i = 0; i < size; i += 1) {
    const [own, amount, count] = [frequency[i] ?? 0, meanAmount[i] ?? 0, customers[i] ?? 0];
    if (!(own > 0 && amount > 0 && count > 0)) continue;
    scaled.frequency[told] = own;
    scaled.meanAmount[told] = amount;
    scaled.customers[told] = count;
    told += 1;
    total += count;
    logarithms += count * Math.log(amount);
  }
  const unit = Math.exp(logarithms / Math.max(1, total));
  for (let i = 0; i < told; i += 1) scaled.meanAmount[i] = (scaled.meanAmount[i] ?? 0) / unit;
  const cut = (values: Float64Array) => values.subarray(0, told);
  return {
    scaled: {
      frequency: cut(scaled.frequency),
      meanAmount: cut(scaled.meanAmount),
      customers: cut(scaled.customers),
    },
    unit,
    customers: total,
  };
}

function missingSignal({ meanAmount }: Spends, customers: number): string | undefined {
  if (customers < 2) return "Fewer than two customers bought again for an amount above 0.";
  const [first = 1] = meanAmount;
  return meanAmount.some((amount) => Math.abs(amount - first) > 1e-9 * first)
    ? undefined
    : "All customers spent the same on average.";
}

function outcomeOf(best: Maximum, { p, q }: GammaGammaParameters): FitOutcome {
  const edge = edgeOf(p, q);
  if (edge) return { kind: "boundary", ...edge };
  return convergenceOf(best);
}

function edgeOf(p: number, q: number) {
  if (q <= 1) {
    return {
      parameter: "q",
      meaning: "customers differ so widely that the mean spend of all of them does not exist",
    };
  }
  if (p > mostShape) return { parameter: "p", meaning: "each customer spends the same every time" };
  return q > mostShape ? { parameter: "q", meaning: "all customers spend the same on average" } : undefined;
}

function toParameters(values: Float64Array, unit: number): GammaGammaParameters {
  return { p: values[0] ?? 0, q: values[1] ?? 0, v: (values[2] ?? 0) * unit };
}
