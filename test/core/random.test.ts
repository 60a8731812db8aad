import { expect, test } from "vitest";
import {
  createRandom,
  drawBeta,
  drawExponential,
  drawGamma,
  drawPoisson,
  type Random,
} from "../../src/core/random.ts";

const draws = 40_000;

function momentsOf(draw: (random: Random) => number) {
  const random = createRandom("moments");
  const values = Array.from({ length: draws }, () => draw(random));
  const mean = values.reduce((sum, each) => sum + each, 0) / draws;
  return { mean, variance: values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / draws };
}

test("the same seed gives the same numbers, another one others, from 0 to below 1", () => {
  const take = (seed: string | number) => {
    const random = createRandom(seed);
    return Array.from({ length: 50 }, () => random());
  };
  expect(take("acme")).toEqual(take("acme"));
  expect(take(7)).toEqual(take(7));
  expect(take("acme")).not.toEqual(take("acmf"));
  expect(take(7)).not.toEqual(take(8));
  const many = take("range");
  expect(Math.min(...many)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...many)).toBeLessThan(1);
  expect(new Set(many).size).toBe(50);
});

// Oracle: mean and variance of each distribution in closed form, within five standard errors of the mean.
test.each([
  { name: "exponential", draw: drawExponential, mean: 1, variance: 1 },
  { name: "gamma below 1", draw: (random: Random) => drawGamma(random, 0.3), mean: 0.3, variance: 0.3 },
  { name: "gamma", draw: (random: Random) => drawGamma(random, 7.5), mean: 7.5, variance: 7.5 },
  {
    name: "beta",
    draw: (random: Random) => drawBeta(random, 0.8, 2.4),
    mean: 0.25,
    variance: (0.8 * 2.4) / (3.2 ** 2 * 4.2),
  },
  { name: "few events", draw: (random: Random) => drawPoisson(random, 0.4), mean: 0.4, variance: 0.4 },
  { name: "some events", draw: (random: Random) => drawPoisson(random, 11), mean: 11, variance: 11 },
  { name: "many events", draw: (random: Random) => drawPoisson(random, 250), mean: 250, variance: 250 },
])("$name has its mean and its variance", ({ draw, mean, variance }) => {
  const seen = momentsOf(draw);
  expect(Math.abs(seen.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / draws));
  expect(Math.abs(seen.variance / variance - 1)).toBeLessThan(0.1);
});

test("many events are spread as their chances say", () => {
  const random = createRandom("spread");
  const within = Array.from({ length: draws }, () => drawPoisson(random, 40)).filter((count) => count <= 40);
  // Oracle: the chance of at most 40 events with a mean of 40 is .5419.
  expect(within.length / draws).toBeCloseTo(0.5419, 1.8);
});

test("extremes are drawn without failing", () => {
  const random = createRandom("extremes");
  expect(drawGamma(random, 0)).toBe(0);
  expect(drawPoisson(random, 0)).toBe(0);
  expect(drawPoisson(random, 1e9) / 1e9).toBeCloseTo(1, 3);
  for (let round = 0; round < 200; round += 1) {
    expect([0, 1]).toContain(Math.round(drawBeta(random, 1e-6, 1e-6)));
    expect(drawGamma(random, 1e-6)).toBeGreaterThanOrEqual(0);
  }
});
