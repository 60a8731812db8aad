import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  dayIn,
  daysBetween,
  daysUntil,
  isDay,
  monthsUntil,
  periodOf,
  quarterOf,
} from "../../src/core/calendar.ts";

const DAY_MS = 86_400_000;
/** Any day of the years 1000 to 9999, made without the code under test. */
const day = fc
  .integer({ min: Date.UTC(1000, 0, 1) / DAY_MS, max: Date.UTC(9999, 11, 31) / DAY_MS })
  .map((days) => new Date(days * DAY_MS).toISOString().slice(0, 10));

// Oracle: counting back on a wall calendar; a month without that date ends on its last day.
test.each([
  ["2017-12-31", 24, "2015-12-31"],
  ["2017-12-31", 3, "2017-09-30"],
  ["2025-03-31", 1, "2025-02-28"],
  ["2024-03-31", 1, "2024-02-29"],
  ["2024-02-29", 12, "2023-02-28"],
  ["2024-02-29", 48, "2020-02-29"],
  ["2100-03-31", 1, "2100-02-28"],
  ["2025-01-15", 1, "2024-12-15"],
])("the months until %s, %i of them, start after %s", (until, months, after) => {
  expect(monthsUntil(until, months)).toEqual({ after, until });
});

// Oracle: days as multiples of 86,400 seconds in UTC, by the engine's own Date.
test("days are added and counted as on any calendar, leap years included", () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -40_000, max: 40_000 }), (from, days) => {
      const expected = new Date(Date.parse(from) + days * DAY_MS).toISOString();
      fc.pre(/^[1-9]\d{3}-/.test(expected));
      expect(addDays(from, days)).toBe(expected.slice(0, 10));
      expect(daysBetween(from, addDays(from, days))).toBe(days);
      expect(daysUntil(from, days).until).toBe(from);
      expect(daysBetween(daysUntil(from, days).after, from)).toBe(days);
    }),
  );
});

test("days sort as their texts do", () => {
  fc.assert(
    fc.property(day, day, (left, right) => {
      expect(Math.sign(daysBetween(left, right))).toBe(left < right ? 1 : left > right ? -1 : 0);
    }),
  );
});

describe("the day an instant falls on", () => {
  test.each([
    ["2025-01-01T02:00:00Z", "America/New_York", "2024-12-31"],
    ["2024-12-31T23:30:00Z", "Europe/Berlin", "2025-01-01"],
    ["2024-02-29T12:00:00Z", "UTC", "2024-02-29"],
    // The night the clocks go forward in Berlin: the day still changes at local midnight.
    ["2025-03-29T22:59:59Z", "Europe/Berlin", "2025-03-29"],
    ["2025-03-29T23:00:00Z", "Europe/Berlin", "2025-03-30"],
    ["2025-03-30T22:00:00Z", "Europe/Berlin", "2025-03-31"],
    // A zone fourteen hours ahead, and one with a quarter of an hour.
    ["2025-06-30T10:00:00Z", "Pacific/Kiritimati", "2025-07-01"],
    ["2025-06-30T18:15:00Z", "Asia/Kathmandu", "2025-07-01"],
  ])("%s in %s is %s", (instant, zone, expected) => {
    expect(dayIn(new Date(instant), zone)).toBe(expected);
  });
});

describe("what is a day", () => {
  test.each(["2024-02-29", "2000-02-29", "1999-12-31", "2025-01-01"])("%s is one", (text) => {
    expect(isDay(text)).toBe(true);
  });
  test.each([
    "2023-02-29",
    "1900-02-29",
    "2023-02-30",
    "2023-04-31",
    "2023-13-01",
    "2023-00-10",
    "2023-01-00",
    "2023-1-1",
    "20230101",
    "2023-01-01T00:00",
    "2023-01-01\n",
    " 2023-01-01",
    "+002023-01-01",
    "٢٠٢٣-٠١-٠١",
    "",
  ])("%j is none", (text) => {
    expect(isDay(text)).toBe(false);
  });
  test("every day there is is one, and any other text is refused without an error", () => {
    fc.assert(fc.property(day, (text) => isDay(text)));
    fc.assert(fc.property(fc.string(), (text) => typeof isDay(text) === "boolean"));
  });
});

describe("periods", () => {
  test.each([
    ["2025Q1", "2025-01-01", "2025-03-31"],
    ["2025Q2", "2025-04-01", "2025-06-30"],
    ["2025Q3", "2025-07-01", "2025-09-30"],
    ["2025Q4", "2025-10-01", "2025-12-31"],
    ["2025q1", "2025-01-01", "2025-03-31"],
    ["2025-Q1", "2025-01-01", "2025-03-31"],
    ["2024Q1", "2024-01-01", "2024-03-31"],
    ["2024", "2024-01-01", "2024-12-31"],
  ])("%s runs from %s to %s", (text, first, last) => {
    expect(periodOf(text)).toEqual({ first, last });
  });
  // Oracle: the fiscal years of the United Kingdom's companies (April) and the United States (October).
  test.each([
    ["2026", 4, "2025-04-01", "2026-03-31"],
    ["2026Q1", 4, "2025-04-01", "2025-06-30"],
    ["2026Q4", 4, "2026-01-01", "2026-03-31"],
    ["2024Q2", 10, "2024-01-01", "2024-03-31"],
    ["2025", 10, "2024-10-01", "2025-09-30"],
  ])("%s of fiscal years that begin in month %s", (text, month, first, last) => {
    expect(periodOf(text, month)).toEqual({ first, last });
  });
  test.each(["2025Q5", "2025Q0", "Q1", "25Q1", "2025 Q1", "2025Q1 ", "2025-01", ""])("%j is none", (text) => {
    expect(periodOf(text)).toBeUndefined();
  });
  test.each([
    ["2025-01-01", "2025Q1"],
    ["2025-03-31", "2025Q1"],
    ["2025-04-01", "2025Q2"],
    ["2024-06-30", "2024Q2"],
    ["2025-09-30", "2025Q3"],
    ["2025-10-01", "2025Q4"],
    ["2025-12-31", "2025Q4"],
  ])("%s lies in %s", (text, quarter) => {
    expect(quarterOf(text)).toBe(quarter);
  });
  test("every day lies within its own quarter, and the quarter's neighbours do not hold it", () => {
    fc.assert(
      fc.property(day, (text) => {
        const period = periodOf(quarterOf(text));
        if (!period) throw new Error(`${quarterOf(text)} is no period`);
        expect(period.first <= text && text <= period.last).toBe(true);
        expect(quarterOf(addDays(period.first, -1))).not.toBe(quarterOf(text));
      }),
    );
  });
});
