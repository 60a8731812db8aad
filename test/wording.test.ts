import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, daysUntil, monthsUntil, periodOf } from "../src/core/calendar.ts";
import type { Reason } from "../src/core/reasons.ts";
import {
  countOf,
  formatChange,
  formatCount,
  formatDay,
  formatShare,
  formatWindow,
  wordReason,
} from "../src/wording.ts";

test.each([
  ["2017-12-31", "31 Dec 2017"],
  ["2024-02-29", "29 Feb 2024"],
  ["2025-01-01", "1 Jan 2025"],
  ["2025-09-05", "5 Sep 2025"],
])("the day %s reads %s", (day, expected) => {
  expect(formatDay(day)).toBe(expected);
});

describe("shares", () => {
  test.each([
    [0, "0.0 %"],
    [1, "100.0 %"],
    [0.123_4, "12.3 %"],
    [0.207_5, "20.8 %"],
    [0.000_5, "0.1 %"],
    [0.000_499, "<0.1 %"],
    [1e-12, "<0.1 %"],
    [-0.05, "-5.0 %"],
    [2.5, "250.0 %"],
  ])("%d reads %s", (share, expected) => {
    expect(formatShare(share)).toBe(expected);
  });

  test("only nothing reads as nothing, and the text is within half a digit of the figure", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        const text = formatShare(share);
        expect(text === "0.0 %").toBe(share === 0);
        if (!text.startsWith("<"))
          expect(Math.abs(Number.parseFloat(text) - share * 100)).toBeLessThanOrEqual(0.05 + 1e-9);
      }),
    );
  });
});

test("counts", () => {
  expect(formatCount(1_234_567)).toBe("1,234,567");
  expect(countOf(1, "account")).toBe("1 account");
  expect(countOf(0, "account")).toBe("0 accounts");
  expect(countOf(1_200, "account")).toBe("1,200 accounts");
  expect(countOf(2, "opportunity", "opportunities")).toBe("2 opportunities");
  expect(countOf(1, "opportunity", "opportunities")).toBe("1 opportunity");
});

test.each([
  [0, "EUR", "–"],
  [150, "EUR", "+€1.50"],
  [-150, "EUR", "−€1.50"],
  [-1_234_500, "USD", "−$12,345"],
  [12, "JPY", "+¥12"],
])("a change by %i minor units of %s reads %s", (amount, currency, expected) => {
  expect(formatChange(amount, currency)).toBe(expected);
});

test.each<[Reason, string]>([
  [{ code: "dominant", share: 0.25 }, "25.0 % of spend hangs on it"],
  [{ code: "rose", from: "C" }, "rose from C"],
  [{ code: "fell", from: "A" }, "fell from A"],
  [{ code: "new", firstWonOn: "2017-11-05" }, "new, first bought 5 Nov 2017"],
  [{ code: "inactive", lastWonOn: "2014-06-30" }, "bought nothing in the window, last 30 Jun 2014"],
  [{ code: "negative" }, "credits exceed purchases"],
  [{ code: "quiet", lastWonOn: "2014-12-31" }, "quiet for 1,096 days"],
  [{ code: "grew", from: 100, to: 150 }, "grew by 50.0 % in 90 days"],
  [{ code: "shrank", from: 100, to: 25 }, "shrank by 75.0 % in 90 days"],
  [{ code: "bought", wins: 1, lastWonOn: "2017-12-01" }, "1 purchase, last 1 Dec 2017"],
  [{ code: "bought", wins: 1_200, lastWonOn: "2017-12-01" }, "1,200 purchases, last 1 Dec 2017"],
])("the reason %j reads %s", (reason, expected) => {
  expect(wordReason(reason, { asOf: "2017-12-31", previousUntil: "2017-10-02" })).toBe(expected);
});

describe("windows", () => {
  const fiscal = (text: string) => {
    const period = periodOf(text);
    if (!period) throw new Error(`${text} is no period`);
    return { after: addDays(period.first, -1), until: period.last };
  };
  test.each([
    [monthsUntil("2017-12-31", 24), "in the 24 months to 31 Dec 2017"],
    [monthsUntil("2024-02-29", 12), "in the 12 months to 29 Feb 2024"],
    [daysUntil("2017-12-31", 1), "in the 1 day to 31 Dec 2017"],
    [daysUntil("2017-12-31", 90), "in the 90 days to 31 Dec 2017"],
    [daysUntil("2017-12-31", 180), "in the 180 days to 31 Dec 2017"],
    // 92 days before the end of December is the end of September.
    [daysUntil("2017-12-31", 92), "in the 3 months to 31 Dec 2017"],
    [daysUntil("2017-12-31", 200), "from 15 Jun 2017 to 31 Dec 2017"],
    [fiscal("2016"), "in the 12 months to 31 Dec 2016"],
    [fiscal("2025Q1"), "in the 3 months to 31 Mar 2025"],
    [fiscal("2025Q2"), "in the 91 days to 30 Jun 2025"],
  ])("%j reads %s", (window, expected) => {
    expect(formatWindow(window)).toBe(expected);
  });
});
