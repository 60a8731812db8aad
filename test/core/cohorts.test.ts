import fc from "fast-check";
import { expect, test } from "vitest";
import { type CohortFigure, cohortsOf } from "../../src/core/cohorts.ts";

const figure = (cohort: string, quarter: number, accounts: number, value: number): CohortFigure => ({
  ...{ cohort, quarter, accounts, value },
});

const two = [
  figure("2024-04-01", 0, 10, 1000),
  figure("2024-04-01", 2, 4, 300),
  figure("2024-04-01", 4, 5, 600),
  figure("2024-10-01", 0, 4, 0),
  figure("2024-10-01", 2, 1, -50),
];

test("shares are of the cohort's customers, and of what they spent in their first quarter", () => {
  const { rows, quarters, customers, yearLater } = cohortsOf(two, "2025-06-30", 8);
  expect(quarters).toEqual(rows);
  expect(customers).toBe(14);
  expect(rows.map(({ label, cells }) => [label, cells.map((cell) => cell?.boughtShare)])).toEqual([
    ["2024Q2", [1, 0, 0.4, 0, 0.5]],
    ["2024Q4", [1, 0, 0.25]],
  ]);
  expect(rows[0]?.cells.map((cell) => cell?.valueShare)).toEqual([1, 0, 0.3, 0, 0.6]);
  // Nothing was spent in the first quarter, so nothing is a share of it.
  expect(rows[1]?.cells.map((cell) => cell?.valueShare)).toEqual([undefined, undefined, undefined]);
  expect(yearLater).toMatchObject({ customers: 10, bought: 5, isRunning: false });
});

test("a quarter that is not over is marked, and says nothing of a year later", () => {
  const { rows, yearLater } = cohortsOf(two, "2025-06-29", 8);
  expect(rows.map(({ cells }) => cells.map((cell) => cell?.isRunning))).toEqual([
    [false, false, false, false, true],
    [false, false, true],
  ]);
  expect(yearLater).toBeUndefined();
});

test("older cohorts are shown by years, over those for which a quarter is over", () => {
  const starts = [2021, 2022, 2023, 2024].flatMap((year) =>
    ["01", "04", "07", "10"].map((month) => `${year}-${month}-01`),
  );
  const figures = starts.flatMap((cohort, index) => [
    figure(cohort, 0, 10, 100),
    figure(cohort, 1, index, index),
  ]);
  const { rows } = cohortsOf(figures, "2024-12-15", 10);
  expect(rows.map(({ label, customers }) => [label, customers])).toEqual([
    ...["2021", "2022"].map((year) => [year, 40]),
    ...["2023Q1", "2023Q2", "2023Q3", "2023Q4", "2024Q1", "2024Q2", "2024Q3", "2024Q4"].map((label) => [
      label,
      10,
    ]),
  ]);
  expect(rows[0]?.cells[1]).toMatchObject({
    customers: 40,
    bought: 6,
    boughtShare: 0.15,
    value: 6,
    firstValue: 400,
  });
  // Of 2021 only its first quarter has come so far: the others have not, or are not over.
  expect(rows[0]?.cells[14]?.customers).toBe(10);
  expect(rows[0]?.cells[15]).toBeUndefined();
});

test("many years become one row", () => {
  const figures = Array.from({ length: 40 }, (_, year) => figure(`${1985 + year}-01-01`, 0, 1, 1));
  const { rows, quarters } = cohortsOf(figures, "2024-12-31", 6);
  expect(quarters).toHaveLength(40);
  expect(rows.map(({ label }) => label)).toEqual([
    "to 2019",
    "2020Q1",
    "2021Q1",
    "2022Q1",
    "2023Q1",
    "2024Q1",
  ]);
  expect(rows[0]?.customers).toBe(35);
});

test("nobody has no cohort", () => {
  expect(cohortsOf([], "2024-12-31", 8)).toEqual({
    quarters: [],
    rows: [],
    customers: 0,
    yearLater: undefined,
  });
});

const cohort = fc.record({
  year: fc.integer({ min: 2005, max: 2024 }),
  quarter: fc.integer({ min: 0, max: 3 }),
  customers: fc.integer({ min: 1, max: 50 }),
  bought: fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 20 }),
});

test("whatever is merged, no customer is lost and none counts twice", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(cohort, { selector: ({ year, quarter }) => year * 4 + quarter, maxLength: 30 }),
      fc.integer({ min: 5, max: 12 }),
      (given, most) => {
        const figures = given.flatMap(({ year, quarter, customers, bought }) => {
          const start = `${year}-${String(quarter * 3 + 1).padStart(2, "0")}-01`;
          const since = bought.map((count, index) =>
            figure(start, index + 1, Math.min(count, customers), count * 10),
          );
          return [figure(start, 0, customers, customers * 100), ...since];
        });
        const { rows, quarters, customers } = cohortsOf(figures, "2024-11-15", most);
        const sum = (of: typeof rows) => of.reduce((total, row) => total + row.customers, 0);
        expect(rows.length).toBeLessThanOrEqual(most);
        expect([sum(rows), sum(quarters)]).toEqual([customers, customers]);
        for (const { customers: size, cells } of rows)
          for (const cell of cells) {
            if (!cell) continue;
            expect(cell.customers).toBeLessThanOrEqual(size);
            expect(cell.boughtShare).toBeGreaterThanOrEqual(0);
            expect(cell.boughtShare).toBeLessThanOrEqual(1);
          }
      },
    ),
    { seed: 20_302 },
  );
});
