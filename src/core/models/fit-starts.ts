import { type Maximum, maximise, type Summit, type ValueAndGradient } from "./maximise.ts";
import type { Histories } from "./model.ts";

/** Of more rows, starts are tried on a sample of customers. */
const sampleSize = 5_000;
const maxIterations = 300;

export interface Climb extends Maximum {
  /** What was climbed, of all histories. */
  readonly likelihood: ValueAndGradient;
}

/**
 * The highest maximum that any of the starts leads to. With many customers the starts race on every n-th of them, and the
 * best one goes on with all: the rest of its way is short, and as curved as what lies behind it.
 */
export function fitFromStarts(
  histories: Histories,
  starts: readonly (readonly number[])[],
  createLikelihood: (histories: Histories) => ValueAndGradient,
): Climb {
  const likelihood = createLikelihood(histories);
  if (histories.frequency.length <= sampleSize) return { ...highest(starts, likelihood), likelihood };
  const { x, inverse } = highest(starts, createLikelihood(sample(histories)));
  const fewer = sampleSize / histories.total;
  const whole = maximise({
    ...{ start: [...x], valueAndGradient: likelihood, maxIterations },
    inverse: inverse.map((each) => each * fewer),
  });
  return { ...whole, likelihood };
}

function highest(starts: readonly (readonly number[])[], valueAndGradient: ValueAndGradient): Summit {
  return starts
    .map((start) => maximise({ start, valueAndGradient, maxIterations }))
    .reduce((best, each) => (each.value > best.value ? each : best));
}

/** Customers at even distances; rows that none falls on are left out. */
function sample({ frequency, recency, age, customers, total }: Histories): Histories {
  const distance = total / sampleSize;
  const picked = new Float64Array(customers.length);
  let passed = 0;
  for (let row = 0; row < customers.length; row += 1) {
    const before = Math.round(passed / distance);
    passed += customers[row] ?? 0;
    picked[row] = Math.round(passed / distance) - before;
  }
  const isPicked = (_: number, row: number) => (picked[row] ?? 0) > 0;
  return {
    frequency: frequency.filter(isPicked),
    recency: recency.filter(isPicked),
    age: age.filter(isPicked),
    customers: picked.filter((each) => each > 0),
    total: sampleSize,
  };
}
