import { describe, expect, it } from "vitest";
import { createRandom, drawNormal } from "../../../src/core/random.ts";
import { findChampions } from "../../../src/core/reps/champions.ts";
import { chanceOfFigures } from "../../../src/core/reps/chance-of-figures.ts";
import { type Examined, findCoaching } from "../../../src/core/reps/coach-findings.ts";
import { drawFunnel } from "../../../src/core/reps/funnel.ts";
import type { RepSums } from "../../../src/core/reps/standardise.ts";
import { findTrainingNeeds } from "../../../src/core/reps/training-needs.ts";

const count = (value: string, observed: number, n = 50, chance = 0.4): Examined => ({
  ...{ dimension: "product", value },
  figures: { kind: "count", n, observed, expected: n * chance, variance: n * chance * (1 - chance) },
});

describe("findCoaching", () => {
  it("names what is beyond chance, with one suggestion each", () => {
    const discount: Examined = {
      ...{ dimension: "discount", value: "" },
      figures: { kind: "mean", n: 40, observed: 0.2, expected: 0.1, deviation: 0.1, isLessBetter: true },
    };
    const found = findCoaching([count("a", 36), count("b", 20), count("c", 5), discount, count("d", 0, 5)]);
    expect(found.examined).toBe(4);
    expect(found.strengths).toMatchObject([
      { value: "a", direction: "beats", ratio: 1.8, suggestion: "share-how" },
    ]);
    expect(found.lags).toMatchObject([
      { dimension: "discount", direction: "lags", suggestion: "hold-price" },
      { value: "c", ratio: 0.25, suggestion: "train-product" },
    ]);
  });

  it("names nothing in nine of ten where all is chance", () => {
    const random = createRandom("noise");
    const draw = (n: number, chance: number) =>
      Array.from({ length: n }, () => Number(random() < chance)).reduce((sum, each) => sum + each, 0);
    let named = 0;
    const runs = 400;
    for (let run = 0; run < runs; run += 1) {
      const counts = Array.from({ length: 20 }, (_, at) => {
        const [n, chance] = [12 + 5 * at, 0.15 + 0.03 * at];
        return count(String(at), draw(n, chance), n, Math.max(chance, 0.01));
      });
      const means = Array.from({ length: 4 }, (_, at): Examined => {
        const values = Array.from({ length: 12 }, () => drawNormal(random));
        const mean = values.reduce((sum, value) => sum + value, 0) / 12;
        const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 11;
        const figures = {
          kind: "mean",
          n: 12,
          observed: mean,
          expected: 0,
          deviation: Math.sqrt(square),
        } as const;
        return { dimension: "cycle", value: String(at), figures: { ...figures, isLessBetter: true } };
      });
      const { strengths, lags } = findCoaching([...counts, ...means]);
      if (strengths.length + lags.length > 0) named += 1;
    }
    expect(named / runs).toBeLessThanOrEqual(0.1);
  });
});

describe("chanceOfFigures", () => {
  it("is twice the smaller tail of the binomial distribution where chances are alike", () => {
    // P(X ≥ 9 of 10 at .5) = 11 / 1024.
    const figures = { kind: "count", n: 10, observed: 9, expected: 5, variance: 2.5 } as const;
    expect(chanceOfFigures(figures)).toBeCloseTo(22 / 1024, 9);
    expect(chanceOfFigures({ ...figures, observed: 1 })).toBeCloseTo(22 / 1024, 9);
    expect(chanceOfFigures({ ...figures, observed: 5 })).toBe(1);
    expect(chanceOfFigures({ ...figures, doubt: 0.2 })).toBeGreaterThan(30 / 1024);
  });
});

const rep = (name: string, won: number): RepSums => ({
  ...{ repId: name, name, deals: 80, won, expected: 40, variance: 20 },
});

it("finds champions where reps differ beyond chance, over all groups looked at", () => {
  const found = findChampions(
    [
      { value: "clear", sums: [rep("Al", 64), rep("Bo", 38), rep("Cy", 22)] },
      { value: "chance", sums: [rep("Al", 43), rep("Bo", 39), rep("Cy", 38)] },
      { value: "few", sums: [rep("Al", 70)] },
    ],
    "win-rate",
  );
  expect(
    found.map(({ value, outcome, champions }) => [value, outcome, champions.map(({ name }) => name)]),
  ).toEqual([
    ["clear", "ranked", ["Al"]],
    ["chance", "tied", []],
    ["few", "too-few", []],
  ]);
});

it("draws limits that are narrower the more is expected", () => {
  const { points, limits } = drawFunnel(
    [rep("Al", 50), { ...rep("Bo", 4), deals: 10, expected: 5, variance: 2.5 }],
    "wins",
  );
  expect(points).toEqual([
    { repId: "Al", name: "Al", expected: 40, ratio: 1.25 },
    { repId: "Bo", name: "Bo", expected: 5, ratio: 0.8 },
  ]);
  const [first, last] = [limits[0], limits.at(-1)];
  expect(first?.expected).toBe(5);
  // Half the variance of a count: 1 ± 1.96 · √(.5 ÷ 40).
  expect(last?.expected).toBe(40);
  expect(last?.high95).toBeCloseTo(1 + 1.96 * Math.sqrt(0.5 / 40), 4);
  expect(last?.low998).toBeCloseTo(1 - 3.0902 * Math.sqrt(0.5 / 40), 4);
  expect(first?.high95).toBeGreaterThan(last?.high95 ?? 9);
  expect(drawFunnel([], "wins")).toEqual({ points: [], limits: [] });
});

it("says what the team finds hard where most reps do", () => {
  const cell = (value: string, won: number, repsBelow: number) => ({
    ...{ dimension: "product" as const, value, deals: 100, won, reps: 5, repsBelow },
  });
  const needs = findTrainingNeeds([
    cell("hard", 20, 4),
    cell("one rep's", 21, 1),
    cell("easy", 60, 0),
    cell("usual", 50, 2),
  ]);
  expect(needs).toMatchObject([{ value: "hard", rate: 0.2, elsewhere: 131 / 300 }]);
});
