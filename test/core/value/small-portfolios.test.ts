import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "../../../src/core/calendar.ts";
import { createRandom } from "../../../src/core/random.ts";
import { fitPortfolio } from "../../../src/core/value/fit-portfolio.ts";
import { rangeOf, simulateAccount } from "../../../src/core/value/simulate-account.ts";
import { createValuer } from "../../../src/core/value/value-accounts.ts";
import { type Bought, portfolioOf } from "./portfolios.ts";

const asOf = "2026-06-30";
const terms = { margin: 400, discountPercent: 10, horizonMonths: 36 };
const start = Date.parse("2024-01-01T00:00:00Z") / 86_400_000;

/** Nothing, credit notes, equal amounts, and a giant. */
const minor = fc.oneof(
  fc.constantFrom(0, 10_000, 10_000, -5_000),
  fc.integer({ min: -20_000, max: 500_000 }),
  fc.constant(5_000_000_000),
);
const bought: fc.Arbitrary<Bought> = fc.oneof(
  fc.array(fc.record({ day: fc.nat(900).map((day) => start + day), minor }), { minLength: 1, maxLength: 3 }),
  fc.array(fc.record({ day: fc.nat(900).map((day) => start + day), minor }), { minLength: 1, maxLength: 40 }),
  fc.record({ every: fc.integer({ min: 1, max: 90 }), minor }).map(({ every, minor }) =>
    Array.from({ length: Math.min(60, Math.floor(900 / every)) }, (_, at) => ({
      day: start + at * every,
      minor,
    })),
  ),
);

test("any few accounts are valued: finite, in order and with a reason", () => {
  fc.assert(
    fc.property(fc.array(bought, { maxLength: 30 }), (accounts) => {
      const portfolio = portfolioOf(accounts, asOf);
      const fit = fitPortfolio(portfolio);
      // What is not finite would be written as null.
      expect(JSON.stringify(fit)).not.toContain("null");
      expect(fit.models).toHaveLength(4);
      if (fit.because.kind === "no-signal") expect(fit.because.reason).toMatch(/^[A-Z].*\.$/);
      const later = addDays(asOf, 20);
      const valuer = createValuer(fit, terms, later);
      for (const history of portfolio.histories.slice(0, 3)) {
        const value = valuer.value(history);
        expect(value.alive ?? 0.5).toBeGreaterThanOrEqual(0);
        expect(value.alive ?? 0.5).toBeLessThanOrEqual(1);
        expect(value.expected).toBeGreaterThanOrEqual(0);
        expect(value.expected).toBeLessThanOrEqual(365);
        expect(Number.isSafeInteger(value.worthMinor) && value.worthMinor >= 0).toBe(true);
        const draws = simulateAccount(fit, terms, later, history, createRandom(1), 50);
        expect(draws.every(Number.isSafeInteger)).toBe(true);
        const { low, high } = rangeOf(draws, value.worthMinor);
        expect(low).toBeLessThanOrEqual(value.worthMinor);
        expect(high).toBeGreaterThanOrEqual(value.worthMinor);
        expect(low).toBeGreaterThanOrEqual(0);
      }
    }),
    { seed: 6, numRuns: process.env.PROVE ? 1_000 : 60 },
  );
});
