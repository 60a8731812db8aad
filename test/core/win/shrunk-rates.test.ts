import { expect, test } from "vitest";
import { fitShrunkRates, rateSteps, ratesOf } from "../../../src/core/win/shrunk-rates.ts";
import type { WinTable } from "../../../src/core/win/win-table.ts";
import { simulateDeals } from "../../helpers/simulated-deals.ts";

/** Deals of each source, so many of which were won. */
function dealsBy(counts: readonly (readonly [level: string, deals: number, won: number])[]) {
  const cells = counts.flatMap(([, deals, won], code) =>
    Array.from({ length: deals }, (_, at) => ({ code, won: Number(at < won) })),
  );
  const codes = Int32Array.from(cells, ({ code }) => code);
  const levels = counts.map(([level]) => level);
  const table: WinTable = {
    rows: cells.length,
    features: [{ kind: "category", name: "source", levels, codes }],
  };
  return { table, won: Uint8Array.from(cells, ({ won }) => won) };
}

const chanceOf = (logOdds: number | undefined) => 1 / (1 + Math.exp(-(logOdds ?? Number.NaN)));

const sources = dealsBy([
  ["partner", 200, 160],
  ["website", 200, 60],
  ["event", 10, 10],
  ["mail", 200, 80],
]);

test("a rate is drawn to that of all by the strength that makes outcomes most likely", () => {
  const rates = fitShrunkRates(sources.table, sources.won);
  const { logOdds, variances } = ratesOf(rates, sources.table);
  const [strength = 0, all] = [rates.levels[0]?.strength, 310.5 / 611];
  const expected = [
    [0, 160, 200],
    [200, 60, 200],
    [400, 10, 10],
    [410, 80, 200],
  ] as const;
  for (const [row, won, deals] of expected)
    expect(chanceOf(logOdds[row])).toBeCloseTo((won + strength * all) / (deals + strength), 9);
  // Of few deals less is known.
  expect(variances[400]).toBeGreaterThan(3 * (variances[0] ?? 0));
});

test("a level that nobody has seen has the rate of all, and is less known than any", () => {
  const rates = fitShrunkRates(sources.table, sources.won);
  const other = dealsBy([["fair", 1, 0]]);
  const { logOdds, variances } = ratesOf(rates, other.table);
  expect(chanceOf(logOdds[0])).toBeCloseTo(310.5 / 611, 9);
  expect(variances[0]).toBeGreaterThan(Math.max(...ratesOf(rates, sources.table).variances));
});

test("columns that tell nothing are not used", () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const { table, outcomes } = simulateDeals(`rates ${seed}`, { rows: 500, effect: 0 });
    const { levels } = fitShrunkRates(table, outcomes.won);
    expect(levels.length).toBeLessThanOrEqual(1);
    if (levels.length > 0) expect(levels[0]?.strength).toBeGreaterThanOrEqual(20);
  }
});

test("steps lead from the average deal to the deal", () => {
  const { table, outcomes } = simulateDeals("steps", { rows: 2_000, effect: 0.8 });
  const rates = fitShrunkRates(table, outcomes.won);
  expect(rates.levels.length).toBeGreaterThan(1);
  const own = {
    rows: 1,
    features: table.features.map((feature) =>
      feature.kind === "number"
        ? { ...feature, values: feature.values.slice(0, 1) }
        : { ...feature, codes: feature.codes.slice(0, 1) },
    ),
  };
  const steps = rateSteps(rates, own).reduce((sum, { points }) => sum + points, rates.all[0]);
  expect(steps).toBeCloseTo(ratesOf(rates, own).logOdds[0] ?? 0, 9);
});

test("no deals are told by a half", () => {
  const none = { rows: 0, features: [] };
  expect(chanceOf(fitShrunkRates(none, new Uint8Array()).all[0])).toBe(0.5);
});
