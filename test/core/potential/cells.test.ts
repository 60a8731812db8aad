import { expect, test } from "vitest";
import { fitCells, nest, peersOf, usualLog } from "../../../src/core/potential/cells.ts";
import type { Trait } from "../../../src/core/potential/potential-table.ts";
import { createRandom, drawNormal } from "../../../src/core/random.ts";

const random = createRandom("cells");
const rows = 200;
const pick = (name: string, count: number): Trait => ({
  name,
  count,
  codes: Int32Array.from({ length: rows }, () => Math.floor(random() * count)),
});
const traits = [pick("industry", 5), pick("region", 4)];
const logs = Float64Array.from(
  { length: rows },
  (_, row) =>
    5 + 0.7 * (traits[0]?.codes[row] ?? 0) + 0.3 * (traits[1]?.codes[row] ?? 0) + drawNormal(random),
);
const learned = Int32Array.from({ length: 180 }, (_, row) => row);
const nesting = nest(traits, rows);
const cells = fitCells(nesting, learned, logs);

/** The same by maps and sums over texts, as somebody else would write it from the comment of `fitCells`. */
function recomputed(): readonly number[] {
  const mean = [...learned].reduce((sum, row) => sum + (logs[row] ?? 0), 0) / learned.length;
  let around = new Map<number, number>([...logs.keys()].map((row) => [row, mean]));
  let keys = new Map<number, string>([...logs.keys()].map((row) => [row, ""]));
  for (const { codes } of traits) {
    keys = new Map([...keys].map(([row, key]) => [row, `${key}/${codes[row]}`]));
    const groups = new Map<string, number[]>();
    for (const row of learned) {
      const key = keys.get(row) ?? "";
      groups.set(key, [...(groups.get(key) ?? []), (logs[row] ?? 0) - (around.get(row) ?? 0)]);
    }
    const means = new Map(
      [...groups].map(([key, all]) => [key, all.reduce((a, b) => a + b, 0) / all.length]),
    );
    let [within, between] = [0, 0];
    for (const [key, all] of groups) {
      const own = means.get(key) ?? 0;
      within += all.reduce((sum, each) => sum + (each - own) ** 2, 0);
      between += all.length * own ** 2;
    }
    within /= learned.length - groups.size;
    between = (between - groups.size * within) / learned.length;
    around = new Map(
      [...around].map(([row, parent]) => {
        const key = keys.get(row) ?? "";
        const n = groups.get(key)?.length ?? 0;
        return [
          row,
          n === 0 || between <= 0 ? parent : parent + ((means.get(key) ?? 0) * n) / (n + within / between),
        ];
      }),
    );
  }
  return [...logs.keys()].map((row) => around.get(row) ?? 0);
}

test("what is usual in a cell is as its comment says", () => {
  const told = recomputed();
  for (let row = 0; row < rows; row += 1)
    expect(usualLog(cells, nesting, row)).toBeCloseTo(told[row] ?? 0, 9);
});

test("a cell that no customer is in is as the cell around it", () => {
  const [industry, region] = [
    { ...pick("industry", 3), codes: Int32Array.of(0, 0, 1, 1, 2) },
    { ...pick("region", 2), codes: Int32Array.of(0, 0, 0, 0, 1) },
  ];
  const own = nest([industry, region], 5);
  const fitted = fitCells(own, Int32Array.of(0, 1, 2, 3), Float64Array.of(1, 2, 5, 6, 0));
  expect(usualLog(fitted, own, 4)).toBe(3.5);
  expect(peersOf(fitted, own, 4, 1)).toBeUndefined();
  expect(peersOf(fitted, own, 0, 2)).toEqual({ levels: 2, customers: 2 });
});

test("cells that do not differ beyond chance are all as the whole", () => {
  const same = { ...pick("industry", 2), codes: Int32Array.of(0, 1, 0, 1, 0, 1) };
  const own = nest([same], 6);
  const fitted = fitCells(own, Int32Array.of(0, 1, 2, 3, 4, 5), Float64Array.of(1, 1, 2, 2, 3, 3));
  expect(fitted.levels[0]?.prior).toBe(Number.POSITIVE_INFINITY);
  expect([0, 1, 2].map((row) => usualLog(fitted, own, row))).toEqual([2, 2, 2]);
});
