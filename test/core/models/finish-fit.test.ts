import { expect, test } from "vitest";
import { finishFit } from "../../../src/core/models/finish-fit.ts";
import { createNbdLikelihood } from "../../../src/core/models/likelihoods.ts";
import { maximise } from "../../../src/core/models/maximise.ts";
import { historiesFrom } from "../../helpers/cdnow.ts";

const histories = historiesFrom([
  { history: { frequency: 0, recency: 0, age: 30 }, customers: 12 },
  { history: { frequency: 2, recency: 20, age: 30 }, customers: 5 },
  { history: { frequency: 9, recency: 28, age: 30 }, customers: 3 },
]);
const likelihood = createNbdLikelihood(histories);

function fitIn(maxIterations: number) {
  const climb = maximise({ start: [50, 0.01], valueAndGradient: likelihood, maxIterations });
  return finishFit({
    ...{ model: "nbd", histories, climb: { ...climb, likelihood }, boundary: undefined },
    parametersOf: ([r = 0, alpha = 0]) => ({ r, alpha }),
  });
}

test("a search that was cut short says so, and gives finite parameters without errors", () => {
  const { outcome, standardErrors, parameters, logLikelihood } = fitIn(3);
  expect(outcome).toEqual({
    kind: "did-not-converge",
    reason: "The likelihood was still rising after 3 steps.",
  });
  expect(standardErrors).toBeUndefined();
  expect([logLikelihood, ...Object.values(parameters ?? {})].every(Number.isFinite)).toBe(true);
});

test("the same search with time enough converges, and is likelier", () => {
  const [short, whole] = [fitIn(3), fitIn(300)];
  expect(whole.outcome).toEqual({ kind: "converged" });
  expect(whole.standardErrors).toBeDefined();
  expect(whole.logLikelihood).toBeGreaterThan(short.logLikelihood ?? 0);
});
