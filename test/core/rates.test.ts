import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../../src/core/calendar.ts";
import { effectiveRates, type QuotedRate, type RateSpan } from "../../src/core/rates.ts";

const always = { first: "0001-01-01", last: "9999-12-30" };

function spanOn(spans: readonly RateSpan[], currency: string, day: string): RateSpan | undefined {
  const holding = spans.filter((span) => span.currency === currency && span.from <= day && day < span.before);
  expect(holding.length).toBeLessThanOrEqual(1);
  return holding[0];
}

/** Multiply and divide as they hold on a day, such as `108/100`. */
function rateOn(quoted: readonly QuotedRate[], from: string, to: string, day: string): string | undefined {
  const span = spanOn(effectiveRates(quoted, to, [{ currency: from, ...always }]), from, day);
  return span && `${span.multiply}/${span.divide}`;
}

describe("by hand", () => {
  const quoted: readonly QuotedRate[] = [
    { base: "EUR", quote: "USD", onDay: "2026-01-01", rate: "1.25" },
    { base: "EUR", quote: "GBP", onDay: "2026-01-01", rate: "0.8" },
    { base: "EUR", quote: "JPY", onDay: "2026-01-01", rate: "160" },
    { base: "EUR", quote: "KWD", onDay: "2026-01-01", rate: "0.4" },
    { base: "EUR", quote: "USD", onDay: "2026-03-01", rate: "1.200000000000" },
    { base: "USD", quote: "GBP", onDay: "2026-02-01", rate: "0.7" },
  ];

  test.each([
    ["EUR", "USD", "2026-02-28", "5/4"],
    ["EUR", "USD", "2026-03-01", "6/5"],
    ["USD", "EUR", "2030-01-01", "5/6"],
    // No rate is known before the first one.
    ["USD", "EUR", "2025-12-31", undefined],
    // Crossed over EUR until there is a direct one, and again once the cross is newer on both sides: it never is.
    ["USD", "GBP", "2026-01-31", "16/25"],
    ["USD", "GBP", "2026-03-01", "7/10"],
    // A yen has no minor unit, a dinar three digits of it: 1 EUR cent is 1.6 JPY, 100 JPY are 62.5 EUR cents.
    ["EUR", "JPY", "2026-01-01", "8/5"],
    ["JPY", "EUR", "2026-01-01", "5/8"],
    ["KWD", "EUR", "2026-01-01", "1/4"],
    ["USD", "CHF", "2026-01-01", undefined],
  ])("%s to %s on %s", (from, to, day, expected) => {
    expect(rateOn(quoted, from, to, day)).toBe(expected);
  });

  test("of two rates for a day the last one given counts", () => {
    const twice = [...quoted, { base: "EUR", quote: "USD", onDay: "2026-03-01", rate: "1.5" }];
    expect(rateOn(twice, "EUR", "USD", "2026-03-01")).toBe("3/2");
  });

  test("a rate that stays the same is one span", () => {
    const daily = [1, 2, 3].map((day) => ({
      ...{ base: "EUR", quote: "USD", onDay: `2026-01-0${day}`, rate: day === 3 ? "1.1" : "1.0" },
    }));
    expect(effectiveRates(daily, "EUR", [{ currency: "USD", ...always }])).toEqual([
      { currency: "USD", from: "2026-01-01", before: "2026-01-03", multiply: "1", divide: "1" },
      { currency: "USD", from: "2026-01-03", before: "9999-12-31", multiply: "10", divide: "11" },
    ]);
  });

  test("only the days that are needed are listed", () => {
    const spans = effectiveRates(quoted, "USD", [
      { currency: "EUR", first: "2026-01-15", last: "2026-02-15" },
      { currency: "GBP", first: "2020-01-01", last: "2020-02-01" },
    ]);
    expect(spans.map(({ currency, from }) => [currency, from])).toEqual([["EUR", "2026-01-01"]]);
  });
});

const someCurrency = fc.constantFrom("EUR", "USD", "GBP", "JPY", "KWD");
const someDay = fc.nat(60).map((days) => addDays("2026-01-01", days));
const someQuote = fc.record({
  base: someCurrency,
  quote: someCurrency,
  onDay: someDay,
  rate: fc.integer({ min: 1, max: 10_000_000 }).map((rate) => (rate / 10_000).toFixed(4)),
});
const someQuotes = fc.array(someQuote, { maxLength: 40 });

test("there and back again is one", () => {
  fc.assert(
    fc.property(someQuotes, someCurrency, someCurrency, someDay, (quoted, from, to, day) => {
      fc.pre(from !== to);
      const there = rateOn(quoted, from, to, day)?.split("/");
      const back = rateOn(quoted, to, from, day)?.split("/");
      expect(back).toEqual(there?.toReversed());
    }),
    { seed: 1 },
  );
});

test("a day's rate is the newest on or before it, and nothing that comes later changes it", () => {
  fc.assert(
    fc.property(someQuotes, someCurrency, someCurrency, someDay, (quoted, from, to, day) => {
      fc.pre(from !== to);
      const known = quoted.filter(({ onDay }) => onDay <= day);
      expect(rateOn(quoted, from, to, day)).toBe(rateOn(known, from, to, day));
      const direct = known
        .filter(({ base, quote }) => (base === from && quote === to) || (base === to && quote === from))
        .sort((left, right) => (left.onDay < right.onDay ? -1 : left.onDay > right.onDay ? 1 : 0))
        .at(-1);
      const others = known.filter((one) => one !== direct && one.onDay >= (direct?.onDay ?? ""));
      if (!direct || others.length > 0) return;
      const [multiply = "", divide = ""] = rateOn(quoted, from, to, day)?.split("/") ?? [];
      const digits: Readonly<Record<string, number>> = { JPY: 0, KWD: 3 };
      const minor = 10 ** ((digits[to] ?? 2) - (digits[from] ?? 2));
      const rate = direct.base === from ? Number(direct.rate) : 1 / Number(direct.rate);
      expect(Number(multiply) / Number(divide)).toBeCloseTo(rate * minor, 6);
    }),
    { seed: 2, numRuns: 1_000 },
  );
});
