import { expect, test } from "vitest";
import { encodeTable, featureOfColumns, learnEncoding } from "../../../src/core/win/encode.ts";
import type { CategoryFeature, Feature, NumberFeature } from "../../../src/core/win/win-table.ts";

const rows = 100;
const every = Int32Array.from({ length: rows }, (_, row) => row);
const won = Uint8Array.from(every, (row) => row % 2);

const number = (of: (row: number) => number): NumberFeature => ({
  ...{ kind: "number", name: "size" },
  values: Float64Array.from(every, of),
});
const category = (levels: readonly string[], of: (row: number) => number): CategoryFeature => ({
  ...{ kind: "category", name: "source", levels },
  codes: Int32Array.from(every, of),
});

function encode(feature: Feature, learnFrom = every) {
  const table = { rows, features: [feature] };
  const encoding = learnEncoding(table, won, learnFrom);
  return { encoding, design: encodeTable(encoding, table) };
}

test("numbers have mean 0 and deviation 1; one that is not known is as the mean, with a column of its own", () => {
  const { design } = encode(number((row) => (row < 20 ? Number.NaN : 3 * row)));
  const known = design.numbers.slice(20);
  expect(known.reduce((sum, each) => sum + each, 0)).toBeCloseTo(0, 9);
  expect(known.reduce((sum, each) => sum + each ** 2, 0) / 80).toBeCloseTo(1, 9);
  expect([...design.numbers.slice(0, 20)]).toEqual(new Array(20).fill(0));
  expect([...design.levels]).toEqual(Array.from(every, (row) => (row < 20 ? 2 : -1)));
});

test("a single number far beyond all others is held near them", () => {
  const { design } = encode(number((row) => (row === 7 ? 1e12 : row)));
  expect(Math.max(...design.numbers)).toBeLessThan(5);
});

test("amounts that lean far to one side are taken by their logarithms", () => {
  const { encoding, design } = encode(number((row) => Math.exp(row / 8)));
  expect(encoding[0]?.number?.logFrom).toBeGreaterThan(0);
  const mirrored = encode(number((row) => -Math.exp(row / 8))).design;
  expect(mirrored.numbers[10]).toBeCloseTo(-(design.numbers[10] ?? 0), 9);
});

test("levels of ten rows or more have a column, the others share one, and so do those not known", () => {
  const { encoding, design } = encode(
    category(["many", "ten", "nine", "few"], (row) =>
      row < 60 ? 0 : row < 70 ? 1 : row < 79 ? 2 : row < 84 ? 3 : -1,
    ),
  );
  expect(encoding[0]?.coding).toMatchObject({ levels: ["many", "ten"] });
  expect([0, 60, 70, 80, 90].map((row) => design.levels[row])).toEqual([1, 2, 3, 3, 4]);
  expect(featureOfColumns(encoding)).toEqual([-1, 0, 0, 0, 0]);
});

test("only the rows that are learned from have a say", () => {
  const feature = number((row) => (row < 50 ? row : 1e6));
  const { encoding } = encode(feature, every.slice(0, 50));
  expect(encoding[0]?.number?.mean).toBeCloseTo(24.5, 9);
  const half = encode(
    category(["a", "b"], (row) => (row < 50 ? row % 2 : -1)),
    every.slice(0, 50),
  );
  // What is not known did not occur: it has no column.
  expect(half.design.levels[60]).toBe(-1);
});

test("columns that are the same in every row, or empty, are left out", () => {
  for (const feature of [
    number(() => 4),
    number(() => Number.NaN),
    category(["one"], () => 0),
    category(["one"], () => -1),
    category([], () => 0),
  ])
    expect(encode(feature).encoding).toEqual([]);
});
