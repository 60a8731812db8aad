import type { BaselineName } from "./baselines.ts";
import type { CustomerHistories } from "./histories.ts";
import type { History, ModelName } from "./model.ts";

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

/** Undefined without customers, and where a prediction is not finite: such a model must not be seen. */
export function scoreHoldout(
  heldOut: Iterable<HeldOut>,
  predict: (history: History) => number,
): Accuracy | undefined {
  let [total, absolute, squared, predicted, actual] = [0, 0, 0, 0, 0];
  for (const each of heldOut) {
    const prediction = predict(each.history);
    const error = prediction - each.actual;
    total += each.customers;
    absolute += each.customers * Math.abs(error);
    squared += each.customers * error * error;
    predicted += each.customers * prediction;
    actual += each.customers * each.actual;
  }
  if (total === 0 || !Number.isFinite(squared)) return undefined;
  return { mae: absolute / total, rmse: Math.sqrt(squared / total), predicted, actual };
}

interface Contender {
  readonly name: ModelName | BaselineName;
  readonly mae: number;
}

/** What people should see. */
export interface Choice {
  readonly name: ModelName | BaselineName;
  /** By how much the mean absolute error of the next best one is larger; 0 where nothing else was compared. */
  readonly margin: number;
}

/**
 * The contender with the smallest mean absolute error; of equal ones the first. A model that no guess is worse than has not
 * earned its place, so baselines contend too. Undefined without contenders.
 */
export function chooseByError(contenders: readonly Contender[]): Choice | undefined {
  const [best, next] = [...contenders].sort((left, right) => left.mae - right.mae);
  return best && { name: best.name, margin: (next ?? best).mae - best.mae };
}
