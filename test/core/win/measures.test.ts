import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { auc, brier, calibrationBins, lift10, logLoss, losses } from "../../../src/core/win/measures.ts";

interface Told {
  readonly score: number;
  readonly outcome: number;
}

/** Few different scores, so that many tie. */
const told = fc.array(
  fc.record({
    score: fc.integer({ min: 0, max: 12 }).map((each) => each / 12),
    outcome: fc.constantFrom(0, 1),
  }),
  { minLength: 1, maxLength: 60 },
);

const scoresOf = (rows: readonly Told[]) => Float64Array.from(rows, ({ score }) => score);
const outcomesOf = (rows: readonly Told[]) => Uint8Array.from(rows, ({ outcome }) => outcome);

test("losses are those of the probability of what came", () => {
  const [probabilities, outcomes] = [
    [0.5, 0.25, 0.8],
    [1, 0, 0],
  ];
  expect([...losses(probabilities, outcomes)]).toEqual([0.5, 0.75, 1 - 0.8].map((each) => -Math.log(each)));
  expect(logLoss(probabilities, outcomes)).toBeCloseTo(-Math.log(0.5 * 0.75 * 0.2) / 3, 12);
  expect(brier(probabilities, outcomes)).toBeCloseTo((0.25 + 0.0625 + 0.64) / 3, 12);
});

test("what was said to be impossible and came costs much, not everything", () => {
  expect(logLoss([0, 1], [1, 0])).toBeCloseTo(-Math.log(1e-6), 9);
  expect(logLoss([0, 1], [0, 1])).toBeCloseTo(1e-6, 9);
});

// Oracle: the definition, pair by pair (Hanley & McNeil 1982).
test("the AUC is the share of pairs in the right order, ties half", () => {
  fc.assert(
    fc.property(told, (rows) => {
      const [won, lost] = [1, 0].map((end) => rows.filter(({ outcome }) => outcome === end));
      let right = 0;
      for (const one of won ?? []) {
        for (const other of lost ?? []) right += (Math.sign(one.score - other.score) + 1) / 2;
      }
      const pairs = (won?.length ?? 0) * (lost?.length ?? 0);
      const measured = auc(scoresOf(rows), outcomesOf(rows));
      if (pairs === 0) expect(measured).toBeUndefined();
      else expect(measured).toBeCloseTo(right / pairs, 12);
    }),
    { seed: 8, numRuns: 300 },
  );
});

test("the AUC knows the order only", () => {
  fc.assert(
    fc.property(told, (rows) => {
      const scores = scoresOf(rows);
      const outcomes = outcomesOf(rows);
      expect(
        auc(
          scores.map((score) => Math.exp(9 * score) - 40),
          outcomes,
        ),
      ).toBe(auc(scores, outcomes));
      const turned = auc(
        scores.map((score) => -score),
        outcomes,
      );
      const straight = auc(scores, outcomes);
      if (turned !== undefined && straight !== undefined) expect(turned + straight).toBeCloseTo(1, 12);
    }),
    { seed: 8 },
  );
});

test("the lift compares the highest tenth with all", () => {
  const outcomes = Array.from({ length: 40 }, (_, row) => Number(row < 4 ? row < 3 : row < 10));
  const scores = outcomes.map((_, row) => 1 / (1 + row));
  expect(lift10(scores, outcomes)).toBeCloseTo(3 / 4 / (9 / 40), 12);
  expect(lift10([0.5, 0.1], [0, 0])).toBeUndefined();
  expect(lift10([0.5, 0.1, 0.1], [1, 0, 0]), "the best of three").toBeCloseTo(3, 12);
});

// Oracle: the mean over every order of rows that tie, by many shuffles.
test("rows that tie at the edge of the tenth count in proportion", () => {
  const rows = Array.from({ length: 30 }, (_, row) => ({
    score: row < 1 ? 0.9 : row < 9 ? 0.5 : 0.1,
    outcome: Number(row === 0 || (row >= 3 && row < 6) || row === 20),
  }));
  const random = createRandom(8);
  let won = 0;
  for (let run = 0; run < 4_000; run += 1) {
    const order = rows
      .map((row) => ({ ...row, by: random() }))
      .sort((one, other) => other.score - one.score || one.by - other.by);
    won += order.slice(0, 3).reduce((sum, { outcome }) => sum + outcome, 0);
  }
  expect(lift10(scoresOf(rows), outcomesOf(rows))).toBeCloseTo(won / 4_000 / 3 / (5 / 30), 1);
});

test("with nothing known, everything is as the base rate is", () => {
  const outcomes = [1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
  const scores = outcomes.map(() => 0.2);
  expect(auc(scores, outcomes)).toBe(0.5);
  expect(lift10(scores, outcomes)).toBeCloseTo(1, 12);
  const [bin, ...others] = calibrationBins(scores, outcomes);
  expect(others).toEqual([]);
  expect(bin?.rows).toBe(12);
  expect(bin?.foretold).toBeCloseTo(0.2, 12);
  expect(bin?.came).toBeCloseTo(1 / 6, 12);
});

test("bins hold all rows once, rise, and keep equal probabilities together", () => {
  fc.assert(
    fc.property(told, fc.integer({ min: 1, max: 12 }), (rows, most) => {
      const [scores, outcomes] = [scoresOf(rows), outcomesOf(rows)];
      const bins = calibrationBins(scores, outcomes, most);
      expect(bins.length).toBeLessThanOrEqual(Math.min(most, new Set(scores).size));
      const sorted = [...rows].sort((one, other) => one.score - other.score);
      let from = 0;
      for (const bin of bins) {
        const own = sorted.slice(from, from + bin.rows);
        from += bin.rows;
        expect(sorted[from]?.score).not.toBe(own.at(-1)?.score);
        expect(bin.foretold).toBeCloseTo(own.reduce((sum, { score }) => sum + score, 0) / bin.rows, 9);
        expect(bin.came).toBeCloseTo(own.reduce((sum, { outcome }) => sum + outcome, 0) / bin.rows, 9);
      }
      expect(from).toBe(rows.length);
    }),
    { seed: 8, numRuns: 300 },
  );
});

test("of different probabilities, ten bins are a tenth each", () => {
  const scores = Float64Array.from({ length: 1_003 }, (_, row) => ((row * 7) % 1_003) / 1_003);
  const sizes = calibrationBins(scores, new Uint8Array(1_003)).map(({ rows }) => rows);
  expect(sizes).toHaveLength(10);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(100);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(101);
});

test("many rows are measured as their distribution has it", () => {
  const random = createRandom(8);
  const scores = Float64Array.from({ length: 200_000 }, () => random());
  // Won as often as the score says: the AUC of a uniform score is then 5/6, the lift 1.9.
  const outcomes = Uint8Array.from(scores, (score) => Number(random() < score));
  expect(auc(scores, outcomes)).toBeCloseTo(5 / 6, 2);
  expect(lift10(scores, outcomes)).toBeCloseTo(1.9, 2);
  expect(brier(scores, outcomes)).toBeCloseTo(1 / 6, 2);
  expect(logLoss(scores, outcomes)).toBeCloseTo(0.5, 2);
  for (const { foretold, came } of calibrationBins(scores, outcomes)) expect(came).toBeCloseTo(foretold, 1);
});
