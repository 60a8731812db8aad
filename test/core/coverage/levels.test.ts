import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type CoverageLevel,
  coverageLevels,
  coverageTerms,
  levelFor,
  levelNamed,
  levelOfHours,
  meansCoverage,
  stakeOf,
} from "../../../src/core/coverage/levels.ts";
import { planCoverage } from "../../../src/core/coverage/plan.ts";
import { neededRoles, roleOfColumn } from "../../../src/core/coverage/raci.ts";
import { defaultSettings, settingsSchema } from "../../../src/core/settings.ts";

const terms = coverageTerms(defaultSettings.coverage, "EUR");

test("levels cost what their hours do, and are worth it from the stake on of which that is the share allowed", () => {
  // 120 h at 100, 40 at 80, 10 at 50, 1 at 20; 15 % of the stake at most.
  expect(terms.levels.map(({ cost }) => cost)).toEqual([1_200_000, 320_000, 50_000, 2_000]);
  expect(terms.levels.map(({ from }) => from)).toEqual([8_000_000, 2_133_334, 333_334, 0]);
  expect(coverageTerms(defaultSettings.coverage, "JPY").levels[0]).toMatchObject({
    cost: 12_000,
    from: 80_000,
  });
});

test.each<[number, CoverageLevel]>([
  [8_000_000, "strategic"],
  [7_999_999, "field"],
  [2_133_333, "inside"],
  [333_333, "self-serve"],
  [-5, "self-serve"],
])("%d at stake is worth %s", (stake, level) => expect(levelFor(stake, terms)).toBe(level));

test("at stake is today's margin and the winnable part of what is beyond, or a prospect's weighted potential", () => {
  expect(stakeOf({ margin: 1_000, potential: 6_000, weighted: undefined }, terms)).toBe(2_000);
  expect(stakeOf({ margin: 1_000, potential: 400, weighted: undefined }, terms)).toBe(1_000);
  expect(stakeOf({ margin: -300, potential: 500, weighted: undefined }, terms)).toBe(100);
  expect(stakeOf({ margin: 0, potential: 5_000, weighted: 700 }, terms)).toBe(700);
});

test("whatever the settings, more at stake is never worth a less intensive level that costs more", () => {
  const someSettings = fc
    .record({
      hoursStrategic: fc.integer({ min: 0, max: 2_000 }),
      hoursField: fc.integer({ min: 0, max: 2_000 }),
      hoursInside: fc.integer({ min: 0, max: 2_000 }),
      costStrategic: fc.integer({ min: 0, max: 10_000 }),
      costInside: fc.integer({ min: 0, max: 10_000 }),
      mostPercent: fc.integer({ min: 1, max: 100 }),
    })
    .map((coverage) => coverageTerms(settingsSchema.parse({ coverage }).coverage, "EUR"));
  fc.assert(
    fc.property(someSettings, fc.nat(10_000_000), fc.nat(10_000_000), (own, stake, more) => {
      const [before, after] = [levelFor(stake, own), levelFor(stake + more, own)];
      const placeOf = (level: CoverageLevel) => coverageLevels.indexOf(level);
      expect(placeOf(after)).toBeLessThanOrEqual(placeOf(before));
    }),
  );
});

test.each<[number, CoverageLevel]>([
  [60, "strategic"],
  [59.9, "field"],
  [5, "inside"],
  [4.9, "self-serve"],
  [0, "self-serve"],
])("%d hours of a year amount to %s", (hours, level) => expect(levelOfHours(hours, terms)).toBe(level));

test.each<[string, CoverageLevel | undefined]>([
  ["Strategic", "strategic"],
  ["Key account", "strategic"],
  ["KEY_ACCOUNT", "strategic"],
  ["field sales", "field"],
  ["Inside Sales", "inside"],
  ["tele-sales", "inside"],
  ["Self-Serve", "self-serve"],
  ["no coverage", "self-serve"],
  ["Gold", undefined],
  ["", undefined],
])("the imported value %j names %s", (value, level) => expect(levelNamed(value)).toBe(level));

test("columns are known by their names", () => {
  expect(["Coverage", "coverage_level", "CoverageModel", "Service Level"].every(meansCoverage)).toBe(true);
  expect(["Coverage end", "Insurance coverage sum", "Level", "Service"].filter(meansCoverage)).toEqual([
    "Service",
  ]);
  expect(roleOfColumn("Customer_Success_Manager")).toBe("service");
  expect(roleOfColumn("CSM")).toBe("service");
  expect(roleOfColumn("Executive Sponsor")).toBe("sponsor");
  expect(roleOfColumn("Sponsored events")).toBeUndefined();
});

test("the plan adds up accounts by level, and gaps by what is known", () => {
  const cell = { prospects: 0, unowned: 0, moved: 0, stake: 10_000 };
  const plan = planCoverage(
    [
      { ...cell, level: "strategic", actual: undefined, accounts: 2, unowned: 1 },
      { ...cell, level: "strategic", actual: "inside", accounts: 3, moved: 1 },
      { ...cell, level: "inside", actual: "field", accounts: 4, prospects: 4 },
      { ...cell, level: "self-serve", actual: "self-serve", accounts: 5, unowned: 5 },
    ],
    terms,
  );
  expect(plan).toMatchObject({
    accounts: 14,
    hours: 5 * 120 + 4 * 10 + 5,
    unowned: 1,
    moved: 1,
    stake: 40_000,
  });
  expect(plan.people).toBeCloseTo(645 / 1_200);
  expect(plan.cost).toBe(5 * 1_200_000 + 4 * 50_000 + 5 * 2_000);
  expect(plan.under).toEqual({ accounts: 3, hours: 330, cost: 3 * 1_150_000 });
  expect(plan.over).toEqual({ accounts: 4, hours: 120, cost: 4 * 270_000 });
  expect(plan.known).toEqual({ accounts: 12, hours: 30 + 160 + 5, cost: 3 * 50_000 + 4 * 320_000 + 10_000 });
});

test("better customers need more people", () => {
  expect(neededRoles("A")).toEqual(["owner", "manager", "service", "sponsor"]);
  expect(neededRoles("D")).toEqual(["owner", "service"]);
  expect(neededRoles("prospect")).toEqual(["owner", "manager"]);
});
