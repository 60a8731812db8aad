import { expect, test } from "vitest";
import { maximise, type ValueAndGradient } from "../../../src/core/models/maximise.ts";
import { standardErrors } from "../../../src/core/models/standard-errors.ts";

/** Rosenbrock's bent valley, upside down, with its top at 3 and 9. */
const valley: ValueAndGradient = ([x = 0, y = 0], gradient) => {
  gradient[0] = -2 * (x - 3) - 400 * x * (x * x - y);
  gradient[1] = 200 * (x * x - y);
  return -((x - 3) ** 2) - 100 * (x * x - y) ** 2;
};

/** 250 events in 100 units of time: the rate is 2.5, with a standard error of √250 ÷ 100. */
const events: ValueAndGradient = ([rate = 0], gradient) => {
  gradient[0] = 250 / rate - 100;
  return 250 * Math.log(rate) - 100 * rate;
};

test.each([
  [1, 1],
  [100, 0.001],
])("climbs a bent valley from %d and %d", (...start) => {
  const { x, isConverged } = maximise({ start, valueAndGradient: valley, maxIterations: 300 });
  expect(isConverged).toBe(true);
  expect(x[0]).toBeCloseTo(3, 5);
  expect(x[1]).toBeCloseTo(9, 4);
});

test("the same twice, to the last digit", () => {
  const climb = () => maximise({ start: [100, 0.001], valueAndGradient: valley, maxIterations: 300 });
  expect(climb()).toEqual(climb());
});

test("too few iterations are not called a maximum", () => {
  const { isConverged, iterations } = maximise({
    ...{ start: [100, 0.001], valueAndGradient: valley, maxIterations: 5 },
  });
  expect([isConverged, iterations]).toEqual([false, 5]);
});

test("what rises for ever ends at a finite parameter", () => {
  const rising: ValueAndGradient = ([x = 0], gradient) => {
    gradient[0] = 1;
    return x;
  };
  const { x, value } = maximise({ start: [1], valueAndGradient: rising, maxIterations: 300 });
  expect(Math.log(x[0] ?? 0)).toBeCloseTo(27.6, 8);
  expect(value).toBe(x[0]);
});

test("points without a value are avoided, and a start without one is no maximum", () => {
  const fenced: ValueAndGradient = (x, gradient) => ((x[0] ?? 0) > 4 ? Number.NaN : events(x, gradient));
  const { x } = maximise({ start: [0.001], valueAndGradient: fenced, maxIterations: 300 });
  expect(x[0]).toBeCloseTo(2.5, 6);
  const lost = maximise({ start: [5], valueAndGradient: fenced, maxIterations: 300 });
  expect([lost.isConverged, lost.x[0]]).toEqual([false, 5]);
});

test("the standard error of a rate", () => {
  const { x } = maximise({ start: [1], valueAndGradient: events, maxIterations: 300 });
  expect(standardErrors(x, events)?.[0]).toBeCloseTo(Math.sqrt(250) / 100, 6);
});

test("standard errors of parameters that go together", () => {
  // A normal log-density of the logarithms with variances 0.04 and 0.09 and correlation 0.5.
  const correlated: ValueAndGradient = ([x = 0, y = 0], gradient) => {
    const [u, v] = [Math.log(x / 2) / 0.2, Math.log(y / 5) / 0.3];
    gradient[0] = -(u - 0.5 * v) / 0.75 / (0.2 * x);
    gradient[1] = -(v - 0.5 * u) / 0.75 / (0.3 * y);
    return -(u * u - u * v + v * v) / 1.5;
  };
  const errors = standardErrors(Float64Array.of(2, 5), correlated);
  expect(errors?.[0]).toBeCloseTo(2 * 0.2, 6);
  expect(errors?.[1]).toBeCloseTo(5 * 0.3, 6);
});

test("there are none on a ridge", () => {
  const ridge: ValueAndGradient = ([x = 0, y = 0], gradient) => {
    const fall = -2 * Math.log(x * y);
    gradient[0] = fall / x;
    gradient[1] = fall / y;
    return -(Math.log(x * y) ** 2);
  };
  expect(standardErrors(Float64Array.of(2, 0.5), ridge)).toBeUndefined();
});
