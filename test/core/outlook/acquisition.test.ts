import { expect, test } from "vitest";
import { acquisitionOf, acquisitionSpan } from "../../../src/core/outlook/acquisition.ts";
import { compareOutlook, outlookOf } from "../../../src/core/outlook/outlook.ts";
import { isNeededKnown } from "../../../src/core/outlook/replacement.ts";
import { fitOf, inputOf, portfolioOf, simulated, today } from "./portfolios.ts";

const portfolio = portfolioOf("acquisition", 30).map(({ account }) => account);
const begun = (firstDay: string) => simulated(inputOf(portfolio, { fit: fitOf({ firstDay }) }));

test.each([
  ["2015-01-01", "2025-06-30", 1],
  ["2024-07-01", "2025-06-30", 1],
  ["2024-07-02", "2025-07-01", 364 / 365],
  ["2024-12-30", "2025-12-29", 183 / 365],
  ["2025-03-31", "2026-03-30", 92 / 365],
])("data from %s on tell who is new after %s", (firstDay, after, years) => {
  expect(acquisitionSpan(firstDay, today)).toEqual({ after, years: expect.closeTo(years, 10) });
});

test.each(["2025-04-02", "2025-07-01", "2026-06-30"])(
  "data from %s on do not tell who is new",
  (firstDay) => {
    expect(acquisitionSpan(firstDay, today)).toBeUndefined();
  },
);

test("who came in a part of the year is scaled to all of it", () => {
  expect(acquisitionOf({ after: "2025-12-30", years: 0.5 }, 20)).toMatchObject({ won: 20, perYear: 40 });
  const whole = outlookOf(begun("2020-01-01")).in12Months.won;
  const { years } = acquisitionSpan("2024-12-30", today) ?? { years: 0 };
  const part = outlookOf(begun("2024-12-30")).in12Months.won;
  expect(part.mean / (whole.mean / years)).toBeCloseTo(1, 1);
});

test("where nobody can be told to be new nobody comes, customers of today go on as ever, and a model says how many are needed", () => {
  const [known, unknown] = [begun("2020-01-01"), begun("2025-06-01")];
  expect(unknown.acquisition).toBeUndefined();
  const [outlook, whole] = [outlookOf(unknown), outlookOf(known)];
  expect(outlook.in36Months.won.high).toBe(0);
  expect(outlook.in36Months.allMinor).toEqual(outlook.in36Months.todayMinor);
  expect(outlook.in36Months.left).toEqual(whole.in36Months.left);
  expect(isNeededKnown(unknown)).toBe(true);
  expect(outlook.in36Months.needed.mid).toBeGreaterThan(0);
  expect(compareOutlook(unknown, { pace: 2 }).change.in36Months.allMinor.high).toBe(0);
  const plain = simulated(
    inputOf(portfolio, { fit: fitOf({ firstDay: "2025-06-01", teller: undefined, models: [] }) }),
  );
  expect(isNeededKnown(plain)).toBe(false);
});
