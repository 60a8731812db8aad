import { expect, test } from "vitest";
import { holdoutAfter } from "../../../src/core/value/holdout-day.ts";

test.each([
  { what: "a quarter of two years", firstDay: "2024-01-01", asOf: "2025-12-31", after: "2025-07-01" },
  { what: "at most a year of ten", firstDay: "2016-01-01", asOf: "2025-12-31", after: "2024-12-31" },
  { what: "a month of sixteen weeks", firstDay: "2025-01-01", asOf: "2025-04-23", after: "2025-03-26" },
  { what: "nothing of less", firstDay: "2025-01-01", asOf: "2025-04-22", after: undefined },
  { what: "nothing of a day", firstDay: "2025-01-01", asOf: "2025-01-01", after: undefined },
])("$what is held out", ({ firstDay, asOf, after }) => {
  expect(holdoutAfter(firstDay, asOf)).toBe(after);
});
