import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { expectAmounts } from "../../../src/core/reps/expect-amounts.ts";
import { expectDays } from "../../../src/core/reps/expect-days.ts";
import { expectWins } from "../../../src/core/reps/mix-model.ts";
import { groupReps } from "../../../src/core/reps/rep-groups.ts";
import { simulateTeam, usualTeam } from "./simulate-team.ts";

describe("expectWins", () => {
  it("expects as many wins as there are, each rep's told by others' deals", () => {
    const { table, won, reps } = simulateTeam("sum", { ...usualTeam, reps: 8, deals: 60 });
    const { expected, doubts } = expectWins(table, won, reps);
    const wins = won.reduce((sum, each) => sum + each, 0);
    expect(expected.reduce((sum, each) => sum + each, 0)).toBeCloseTo(wins, 6);
    expect(doubts).toHaveLength(8);
    // What a rep wins or loses has a say in what is expected of others, and for themselves in the common step only.
    const turned = won.map((each, row) => (reps[row] === 0 ? 1 - each : each));
    const other = expectWins(table, turned, reps).expected;
    const odds = (chance = 0.5) => Math.log(chance / (1 - chance));
    const own = [...expected.keys()].filter((row) => reps[row] === 0);
    const steps = own.map((row) => odds(other[row]) - odds(expected[row]));
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(0.5);
  });

  it("without features expects the others' rate, moved alike for all", () => {
    const won = Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 1, 1, 0);
    const reps = Int32Array.of(0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
    const { expected } = expectWins({ rows: 10, features: [] }, won, reps);
    // Both have 3 and 2 of 5: each is told by the other, and 5 are won in all.
    expect(expected[0]).toBeCloseTo(0.4, 6);
    expect(expected[9]).toBeCloseTo(0.6, 6);
  });

  it("doubts a comparison with a single colleague, and one with nobody most", () => {
    const random = createRandom("doubt");
    const rows = 600;
    const reps = Int32Array.from({ length: rows }, (_, row) => row % 6);
    // Reps 0 and 1 share a region, 2 has one alone, the rest share one.
    const codes = reps.map((rep) => [0, 0, 1, 2, 2, 2][rep] ?? 0);
    const won = Uint8Array.from(codes, (code) => Number(random() < ([0.15, 0.5, 0.8][code] ?? 0.5)));
    const region = { kind: "category", name: "region", levels: ["x", "y", "z"], codes } as const;
    const { doubts } = expectWins({ rows, features: [region] }, won, reps);
    expect(doubts[0]?.others).toBeGreaterThan(0.8);
    expect(doubts[3]?.others).toBeLessThan(0.6);
    expect(doubts[2]?.own).toBeGreaterThan(4 * (doubts[0]?.own ?? 1));
  });

  it("holds for nothing, one rep, one outcome, and deals that nobody has the credit for", () => {
    expect(expectWins({ rows: 0, features: [] }, new Uint8Array(0), new Int32Array(0)).doubts).toEqual([]);
    for (const won of [Uint8Array.of(1, 1, 1), Uint8Array.of(0, 0, 0), Uint8Array.of(1, 0, 1)])
      for (const reps of [Int32Array.of(0, 0, 0), Int32Array.of(-1, -1, -1), Int32Array.of(0, 1, -1)]) {
        const { expected, doubts } = expectWins({ rows: 3, features: [] }, won, reps);
        expect([...expected].every((chance) => chance > 0 && chance < 1)).toBe(true);
        expect(doubts.every(({ own, others }) => Number.isFinite(own) && Number.isFinite(others))).toBe(true);
      }
  });
});

it("leaves reps out one by one, many of them a twentieth at a time", () => {
  expect(groupReps(Int32Array.of(0, 2, 2), 3)).toEqual([new Set([2]), new Set([0])]);
  const many = groupReps(
    Int32Array.from({ length: 1_000 }, (_, row) => row % 100),
    100,
  );
  expect(many).toHaveLength(20);
  expect(many.every((group) => group.size === 5)).toBe(true);
  expect(new Set(many.flatMap((group) => [...group])).size).toBe(100);
});

describe("expectAmounts", () => {
  it("is the chance times what others win the product at, in all what was won", () => {
    const deals = 40;
    const products = Int32Array.from({ length: deals }, (_, deal) => deal % 2);
    const amounts = Float64Array.from(products, (product, deal) => (product === 0 ? 100 : 9_000) + deal);
    const won = new Uint8Array(deals).fill(1);
    const reps = Int32Array.from({ length: deals }, (_, deal) => Math.floor(deal / 10));
    const expected = expectAmounts({
      ...{ won, amounts, products, reps, tiers: new Int32Array(deals), isSize: false },
      chances: new Float64Array(deals).fill(0.5),
    });
    const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
    expect(sum(expected)).toBeCloseTo(sum(amounts), 3);
    expect(expected[0]).toBeGreaterThan(100);
    expect(expected[0]).toBeLessThan(200);
    expect(expected[1]).toBeGreaterThan(8_900);
  });

  it("is the chance times the deal's own size, where lost ones have one too", () => {
    const expected = expectAmounts({
      ...{ won: Uint8Array.of(1, 0, 1, 0), amounts: Float64Array.of(100, 100, 900, 900), isSize: true },
      ...{ reps: Int32Array.of(0, 0, 1, 1), products: new Int32Array(4), tiers: new Int32Array(4) },
      chances: Float64Array.of(0.5, 0.5, 0.5, 0.5),
    });
    expect([...expected]).toEqual([50, 50, 450, 450]);
  });

  it("else expects more of larger accounts, which whoever has them did not make", () => {
    const deals = 80;
    const tiers = Int32Array.from({ length: deals }, (_, deal) => deal % 2);
    const won = Uint8Array.from({ length: deals }, (_, deal) => Number(deal % 4 < 2));
    const expected = expectAmounts({
      ...{ won, tiers, products: new Int32Array(deals), isSize: false },
      amounts: Float64Array.from(tiers, (tier, deal) =>
        won[deal] ? (tier === 0 ? 1_000 : 100) : Number.NaN,
      ),
      // The first rep has most of the large ones, the second most of the others.
      reps: Int32Array.from(tiers, (tier, deal) => (deal % 16 < 4 ? 1 - tier : tier)),
      chances: new Float64Array(deals).fill(0.5),
    });
    for (const [deal, amount] of expected.entries()) expect(amount).toBeCloseTo(deal % 2 === 0 ? 500 : 50, 6);
  });

  it("says nothing where nobody has won anything with an amount", () => {
    const nothing = expectAmounts({
      ...{ chances: Float64Array.of(0.5, 0.5), won: Uint8Array.of(0, 1), products: Int32Array.of(0, 0) },
      ...{ amounts: Float64Array.of(5, Number.NaN), reps: Int32Array.of(0, 1) },
      ...{ tiers: Int32Array.of(0, 0), isSize: false },
    });
    expect([...nothing]).toEqual([Number.NaN, Number.NaN]);
  });
});

it("expectDays is the geometric mean of the days in which others win, a day at least", () => {
  const days = expectDays({
    won: Uint8Array.of(1, 1, 1, 0),
    days: Float64Array.of(0, 10, 1_000, 5),
    products: Int32Array.of(-1, -1, -1, -1),
    tiers: Int32Array.of(-1, -1, -1, -1),
    reps: Int32Array.of(0, 1, 2, 1),
  });
  expect(days[0]).toBeCloseTo(100);
  expect(days[1]).toBeCloseTo(Math.sqrt(1_000));
  expect(days[3]).toBeCloseTo(Math.sqrt(1_000));
});
