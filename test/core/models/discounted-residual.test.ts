import fc from "fast-check";
import { expect, test } from "vitest";
import { bgNbd } from "../../../src/core/models/bg-nbd.ts";
import { discountedResidualPurchases } from "../../../src/core/models/discounted-residual.ts";
import { mbgNbd } from "../../../src/core/models/mbg-nbd.ts";
import { nbd } from "../../../src/core/models/nbd.ts";
import { paretoNbd } from "../../../src/core/models/pareto-nbd.ts";

/** Of CDNOW, as published. */
const cdnow = { r: 0.5534, alpha: 10.58, s: 0.6061, beta: 11.656 };
const histories = fc
  .record({
    frequency: fc.nat(40),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    age: fc.integer({ min: 1, max: 200 }),
  })
  .map(({ frequency, share, age }) => ({ frequency, recency: frequency === 0 ? 0 : share * age, age }));

/** Tricomi's confluent hypergeometric function of the second kind, by its integral, with `t` as e^u. */
function tricomi(a: number, b: number, z: number): number {
  const step = 1e-3;
  let integral = 0;
  for (let u = -60; u < 12; u += step) {
    const t = Math.exp(u);
    integral += step * Math.exp(-z * t + a * u + (b - a - 1) * Math.log1p(t));
  }
  return integral / gamma(a);
}

/** For arguments from 0 to 2, Lanczos's approximation. */
function gamma(x: number): number {
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const sum = coefficients.reduce((total, each, index) => total + each / (x + index), 0.9999999999998099);
  const base = x + 6.5;
  return Math.sqrt(2 * Math.PI) * base ** (x - 0.5) * Math.exp(-base) * sum;
}

// Oracle: Fader, Hardie & Lee (2005), "RFM and CLV", the equation of DET: of who is alive, (r + x) (β + T)^s δ^(s-1)
// Ψ(s, s; δ(β + T)) ÷ (α + T), with Tricomi's Ψ.
test.each([
  { frequency: 0, recency: 0, age: 38.86 },
  { frequency: 2, recency: 30.43, age: 38.86 },
  { frequency: 26, recency: 30.86, age: 31 },
])("of the Pareto/NBD it is what the paper has", (history) => {
  const { r, alpha, s, beta } = cdnow;
  // Of a year, 15 %, as in the paper.
  const force = Math.log(1.15) / 52;
  const model = paretoNbd(cdnow);
  const known = beta + history.age;
  const published =
    (model.alive(history) *
      (r + history.frequency) *
      known ** s *
      force ** (s - 1) *
      tricomi(s, s, force * known)) /
    (alpha + history.age);
  expect(discountedResidualPurchases(model, history, Math.expm1(force)) / published).toBeCloseTo(1, 7);
});

// Oracle: purchases at a constant rate for ever are worth the rate by the force of interest.
test("of the NBD it is a perpetuity", () => {
  const history = { frequency: 3, recency: 20, age: 30 };
  const perpetuity = (0.4 + 3) / (12 + 30) / Math.log1p(0.002);
  expect(discountedResidualPurchases(nbd({ r: 0.4, alpha: 12 }), history, 0.002)).toBeCloseTo(perpetuity, 8);
});

// Oracle: the sum over short periods, discounted at their middle.
test.each([
  { name: "BG/NBD", model: bgNbd({ r: 0.2426, alpha: 4.4136, a: 0.7929, b: 2.4259 }) },
  { name: "MBG/NBD", model: mbgNbd({ r: 0.5248, alpha: 6.1831, a: 0.8914, b: 1.614 }) },
])("of the $name it is the sum over all that is to come", ({ model }) => {
  const history = { frequency: 4, recency: 33, age: 38 };
  const [period, rate] = [0.25, 0.01];
  let [sum, before] = [0, 0];
  for (let time = period; time < 2_500; time += period) {
    const now = model.expected(history, time);
    sum += (now - before) * (1 + rate) ** -(time - period / 2);
    before = now;
  }
  expect(discountedResidualPurchases(model, history, rate) / sum).toBeCloseTo(1, 5);
});

test("it is finite, falls as the discount rises and is no more than all purchases for ever", () => {
  fc.assert(
    fc.property(histories, fc.double({ min: 1e-4, max: 0.5, noNaN: true }), (history, rate) => {
      const model = paretoNbd(cdnow);
      const [some, less] = [rate, 2 * rate].map((each) => discountedResidualPurchases(model, history, each));
      expect(some).toBeGreaterThan(0);
      expect(less).toBeLessThan(some ?? 0);
      expect(some).toBeLessThan(
        (cdnow.r + history.frequency) / (cdnow.alpha + history.age) / Math.log1p(rate),
      );
    }),
    { seed: 6, numRuns: 50 },
  );
});
