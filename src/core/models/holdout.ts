import type { CustomerHistories } from "./histories.ts";
import type { History } from "./model.ts";

/** A customer, or several alike: what a model was shown, and how often they bought afterwards. */
export interface HeldOut {
  readonly history: History;
  /** Purchases of each of them in the holdout, one a day at most. */
  readonly actual: number;
  readonly customers: number;
}

/** The customers of a holdout; equal ones come as one, since a model takes its time for each. */
export function heldOutOf({
  frequency,
  recency,
  age,
  heldOut,
}: Pick<CustomerHistories, "frequency" | "recency" | "age" | "heldOut">): Iterable<HeldOut> {
  const columns = [age, recency, frequency, heldOut];
  const difference = (left: number, right: number) => {
    for (const column of columns) {
      const between = (column[left] ?? 0) - (column[right] ?? 0);
      if (between !== 0) return between;
    }
    return 0;
  };
  const order = Uint32Array.from(frequency, (_, customer) => customer).sort(difference);
  return {
    *[Symbol.iterator]() {
      let begin = 0;
      for (let end = 1; end <= order.length; end += 1) {
        const [first = 0, next = 0] = [order[begin], order[end]];
        if (end < order.length && difference(first, next) === 0) continue;
        yield {
          history: { frequency: frequency[first] ?? 0, recency: recency[first] ?? 0, age: age[first] ?? 0 },
          ...{ actual: heldOut[first] ?? 0, customers: end - begin },
        };
        begin = end;
      }
    },
  };
}

/** How far predictions were from what came, in purchases. */
export interface Accuracy {
  /** Mean absolute error per customer. */
  readonly mae: number;
  /** Root of the mean squared error per customer: large misses weigh more. */
  readonly rmse: number;
  /** Totals over all customers. */
  readonly predicted: number;
  readonly actual: number;
}

/** What was foretold of a customer, or of several alike, and what came. */
interface Prediction {
  readonly predicted: number;
  readonly actual: number;
  readonly customers: number;
}

/** Undefined without customers, and where a prediction is not finite: such a model must not be seen. */
export function scoreHoldout(
  heldOut: Iterable<HeldOut>,
  predict: (history: History) => number,
): Accuracy | undefined {
  return scorePredictions(function* () {
    for (const { history, ...each } of heldOut) yield { ...each, predicted: predict(history) };
  });
}

/** The same of anything else that can be foretold. */
export function scorePredictions(predictions: () => Iterable<Prediction>): Accuracy | undefined {
  let [total, absolute, squared, predicted, actual] = [0, 0, 0, 0, 0];
  for (const each of predictions()) {
    const error = each.predicted - each.actual;
    total += each.customers;
    absolute += each.customers * Math.abs(error);
    squared += each.customers * error * error;
    predicted += each.customers * each.predicted;
    actual += each.customers * each.actual;
  }
  if (total === 0 || !Number.isFinite(squared)) return undefined;
  return { mae: absolute / total, rmse: Math.sqrt(squared / total), predicted, actual };
}

interface Contender<Name extends string> extends Pick<Accuracy, "mae" | "rmse"> {
  readonly name: Name;
}

/**
 * What people should see: the model with the smallest mean absolute error, of equal ones the first; or the guess that tells
 * customers apart ("same as calibration", "constant retention"), where no model contends or the guess errs less by both
 * measures. By the absolute error alone a guess that foretells too little wins wherever most buy nothing, as the median
 * is what it favours. For the same reason nobody may choose that nobody buys again, nor that everybody buys the mean.
 */
export function chooseByErrors<Name extends string>(
  models: readonly Contender<Name>[],
  guess: Contender<Name> | undefined,
): Name | undefined {
  const [best] = [...models].sort((left, right) => left.mae - right.mae);
  if (!best || (guess && guess.mae < best.mae && guess.rmse < best.rmse)) return guess?.name;
  return best.name;
}
