import fc from "fast-check";
import { expect, test } from "vitest";
import { isTimed, splitBack, splitByTime, splitInFolds } from "../../../src/core/win/splits.ts";

const outcomes = fc
  .array(
    fc.record({
      won: fc.integer({ min: 0, max: 1 }),
      at: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(Number.NaN)),
    }),
    {
      minLength: 1,
      maxLength: 80,
    },
  )
  .map((each) => ({
    rows: Int32Array.from(each.keys()),
    own: { won: Uint8Array.from(each, ({ won }) => won), at: Float64Array.from(each, ({ at }) => at) },
  }));

test("no deal is told by later ones or by those of its own time", () => {
  fc.assert(
    fc.property(outcomes, ({ rows, own }) => {
      const split = splitByTime(own, rows, 0.3);
      if (split === undefined) return;
      const last = Math.max(...Array.from(split.train, (row) => own.at[row] ?? 0).filter(Number.isFinite));
      for (const row of split.test) expect(own.at[row]).toBeGreaterThan(last);
      expect([...split.train, ...split.test].toSorted((one, other) => one - other)).toEqual([...rows]);
    }),
    { seed: 3 },
  );
});

test("going back in time, each share is told by what came before it", () => {
  const at = Float64Array.of(5, 1, 4, 2, 3, 10, 8, 7, 9, 6);
  const own = { won: new Uint8Array(10), at };
  const splits = splitBack(own, Int32Array.from(at.keys()), [1 / 5, 1 / 4, 1 / 3]);
  const times = (rows: Int32Array) => Array.from(rows, (row) => at[row] ?? 0).toSorted((a, b) => a - b);
  expect(splits.map(({ train, test: some }) => [times(train), times(some)])).toEqual([
    [
      [1, 2, 3, 4, 5, 6, 7, 8],
      [9, 10],
    ],
    [
      [1, 2, 3, 4, 5, 6],
      [7, 8],
    ],
    [
      [1, 2, 3, 4],
      [5, 6],
    ],
  ]);
  expect(splitBack({ ...own, at: new Float64Array(10) }, Int32Array.from(at.keys()), [0.2])).toEqual([]);
});

test("each deal is told once, by folds with about the same share of won deals", () => {
  fc.assert(
    fc.property(outcomes, ({ rows, own }) => {
      const folds = splitInFolds(own, rows, 5);
      const tested = folds.flatMap(({ test: some }) => Array.from(some));
      if (rows.length > 1) expect(tested.toSorted((one, other) => one - other)).toEqual([...rows]);
      for (const { train, test: some } of folds) {
        expect(train.length + some.length).toBe(rows.length);
        const wonOf = (part: Int32Array) => part.reduce((sum, row) => sum + (own.won[row] ?? 0), 0);
        const all = wonOf(rows);
        expect(Math.abs(wonOf(some) - all / 5)).toBeLessThan(1);
      }
    }),
    { seed: 4 },
  );
});

test("the latest three tenths are told by the rest", () => {
  const at = Float64Array.from({ length: 10 }, (_, row) => 9 - row);
  const split = splitByTime({ won: new Uint8Array(10), at }, Int32Array.from(at.keys()), 0.3);
  expect([...(split?.test ?? [])]).toEqual([0, 1, 2]);
});

test("one time for all is none", () => {
  const own = { won: new Uint8Array(10), at: new Float64Array(10).fill(3) };
  expect(splitByTime(own, Int32Array.from(own.at.keys()), 0.3)).toBeUndefined();
});

test("time orders deals where nearly all have one", () => {
  const at = new Float64Array(100).map((_, row) => (row < 5 ? Number.NaN : row));
  const rows = Int32Array.from(at.keys());
  expect(isTimed({ won: new Uint8Array(100), at }, rows)).toBe(true);
  expect(isTimed({ won: new Uint8Array(100), at: at.fill(Number.NaN, 0, 6) }, rows)).toBe(false);
  expect(isTimed({ won: new Uint8Array(100) }, rows)).toBe(false);
});
