import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom, drawNormal } from "../../../src/core/random.ts";
import {
  type Calibration,
  calibrate,
  calibrationSchema,
  fitCalibration,
} from "../../../src/core/win/calibrate.ts";
import { chanceOf } from "../../../src/core/win/design.ts";
import { logLoss } from "../../../src/core/win/measures.ts";

/** Outcomes by true log-odds, told as another function of them. */
function simulate(seed: number, rows: number, told: (logOdds: number) => number, mean = 0) {
  const random = createRandom(seed);
  const logOdds = Float64Array.from({ length: rows }, () => mean + 1.2 * drawNormal(random));
  return {
    truth: logOdds.map(chanceOf),
    probabilities: logOdds.map((each) => chanceOf(told(each))),
    outcomes: Uint8Array.from(logOdds, (each) => Number(random() < chanceOf(each))),
  };
}

/** Twice as sure as it should be, and too hopeful. */
const overconfident = (logOdds: number) => 2 * logOdds + 0.6;

test("with few outcomes a line in log-odds brings back what was bent", () => {
  const { probabilities, outcomes } = simulate(8, 1_800, overconfident);
  const calibration = fitCalibration(probabilities, outcomes);
  if (calibration.kind !== "platt") throw new Error(`Got ${calibration.kind}.`);
  // The inverse of the bend.
  expect(calibration.slope).toBeCloseTo(0.5, 1);
  expect(calibration.intercept).toBeCloseTo(-0.3, 1);
});

test("with many, any rising shape is brought back", () => {
  const { truth, probabilities, outcomes } = simulate(8, 20_000, (logOdds) => logOdds ** 3 / 4 - 1);
  const calibration = fitCalibration(probabilities, outcomes);
  expect(calibration.kind).toBe("isotonic");
  const calibrated = calibrate(calibration, probabilities);
  const off = calibrated.reduce((sum, each, row) => sum + Math.abs(each - (truth[row] ?? 0)), 0) / 20_000;
  expect(off).toBeLessThan(0.02);
  expect(logLoss(calibrated, outcomes)).toBeLessThan(logLoss(probabilities, outcomes) - 0.1);
});

test("the rule is 1,000 outcomes of the rarer kind", () => {
  const outcomes = Uint8Array.from({ length: 4_000 }, (_, row) => Number(row < 1_000));
  const probabilities = Float64Array.from(outcomes, (outcome, row) => (outcome ? 0.7 : 0.4) + (row % 7) / 50);
  expect(fitCalibration(probabilities, outcomes).kind).toBe("isotonic");
  expect(fitCalibration(probabilities.subarray(1), outcomes.subarray(1)).kind).toBe("platt");
  const turned = outcomes.map((outcome) => 1 - outcome);
  const against = probabilities.map((each) => 1 - each);
  expect(fitCalibration(against, turned).kind).toBe("isotonic");
  expect(fitCalibration(against.subarray(1), turned.subarray(1)).kind).toBe("platt");
});

test("a line that would turn the order round moves all alike instead", () => {
  // 400 rows, of which 100 are won, and rather those with a low probability.
  const outcomes = Uint8Array.from({ length: 400 }, (_, row) => Number(row % 4 === 0));
  const probabilities = Float64Array.from(outcomes, (outcome, row) => 0.8 - 0.05 * outcome + (row % 5) / 100);
  const calibration = fitCalibration(probabilities, outcomes);
  if (calibration.kind !== "platt") throw new Error(`Got ${calibration.kind}.`);
  expect(calibration.slope).toBe(1);
  const calibrated = calibrate(calibration, probabilities);
  expect(calibrated.reduce((sum, each) => sum + each) / 400).toBeCloseTo(0.25, 2);
});

describe("nothing is made worse", () => {
  test.each([
    { name: "all won", probabilities: [0.2, 0.9, 0.5], outcomes: [1, 1, 1] },
    { name: "none won", probabilities: [0.2, 0.9, 0.5], outcomes: [0, 0, 0] },
    { name: "no rows", probabilities: [], outcomes: [] },
    { name: "two rows", probabilities: [0.3, 0.7], outcomes: [0, 1] },
    { name: "the base rate for every row", probabilities: [0.5, 0.5, 0.5, 0.5], outcomes: [0, 1, 0, 1] },
  ])("$name: probabilities stay", ({ probabilities, outcomes }) => {
    expect(fitCalibration(probabilities, outcomes)).toEqual({ kind: "none" });
  });

  // Oracle: rows that it was not learned from, whose probabilities are the true ones: nothing can be gained there, and a line
  // that is always learned costs its two weights, 1 ÷ rows (Akaike 1974).
  test.each([
    { rows: 300, most: 1 / 300 },
    { rows: 6_000, most: 1 / 2_000 },
  ])("of $rows rows that are right already", ({ rows, most }) => {
    let lost = 0;
    for (let seed = 0; seed < 40; seed += 1) {
      const learned = simulate(seed, rows, (logOdds) => logOdds);
      const calibration = fitCalibration(learned.probabilities, learned.outcomes);
      const fresh = simulate(1_000 + seed, 4_000, (logOdds) => logOdds);
      const calibrated = calibrate(calibration, fresh.probabilities);
      lost += logLoss(calibrated, fresh.outcomes) - logLoss(fresh.probabilities, fresh.outcomes);
    }
    expect(lost / 40).toBeLessThan(most);
  });
});

const calibrations: fc.Arbitrary<Calibration> = fc
  .record({
    rows: fc.integer({ min: 2, max: 2_500 }),
    seed: fc.nat(1_000),
    slope: fc.constantFrom(-1, 0, 0.3, 3),
    levels: fc.constantFrom(3, 1_000_000),
  })
  .map(({ rows, seed, slope, levels }) => {
    const { probabilities, outcomes } = simulate(seed, rows, (logOdds) => slope * logOdds);
    return fitCalibration(
      probabilities.map((each) => Math.round(each * levels) / levels),
      outcomes,
    );
  });

test("chances rise with probabilities, are never certain, and survive being stored", () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(calibrations, (calibration) => {
      kinds.add(calibration.kind);
      const probabilities = Float64Array.from({ length: 201 }, (_, place) => place / 200);
      const calibrated = calibrate(calibration, probabilities);
      expect(
        calibrate(calibrationSchema.parse(JSON.parse(JSON.stringify(calibration))), probabilities),
      ).toEqual(calibrated);
      for (const [place, chance] of calibrated.entries()) {
        if (calibration.kind === "none") expect(chance).toBe(probabilities[place]);
        else {
          expect(chance).toBeGreaterThan(0);
          expect(chance).toBeLessThan(1);
          expect(chance).toBeGreaterThanOrEqual(calibrated[place - 1] ?? 0);
        }
      }
    }),
    { seed: 8, numRuns: 60 },
  );
  expect([...kinds].sort()).toEqual(["isotonic", "none", "platt"]);
});

test("between two points chances lie on a line, beyond the ends they are level", () => {
  const calibration: Calibration = { kind: "isotonic", at: [0.2, 0.4, 0.8], to: [0.1, 0.3, 0.5] };
  const calibrated = calibrate(calibration, [0, 0.2, 0.3, 0.4, 0.7, 0.8, 1]);
  for (const [place, chance] of [0.1, 0.1, 0.2, 0.3, 0.45, 0.5, 0.5].entries()) {
    expect(calibrated[place]).toBeCloseTo(chance, 12);
  }
  expect([...calibrate({ kind: "isotonic", at: [0.5], to: [0.3] }, [0, 0.5, 1])]).toEqual([0.3, 0.3, 0.3]);
});
