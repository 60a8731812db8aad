import { beforeAll, describe, expect, test } from "vitest";
import { daysBetween } from "../../src/core/calendar.ts";
import { createRandom } from "../../src/core/random.ts";
import { chanceOfSpread, plainSkills, type Trials } from "../helpers/plain-skill.ts";
import { boardOf, dealsOf, isWon, sixAlike, sixNames, sixReps, sumOf } from "../helpers/rep-boards.ts";
import { openRepWorld, type RepWorld, type WorldDeal } from "../helpers/rep-world.ts";

let world: RepWorld;
beforeAll(async () => {
  world = await openRepWorld(sixReps, 60, "leaderboard");
});

const trialsOf = (of: RepWorld, name: string): Trials =>
  dealsOf(of, name).map((deal) => ({ expected: deal.expected, isWon: isWon(deal) }));

describe("every figure is what the deals say", () => {
  test("by deals won", async () => {
    const { rows } = await boardOf(world, "leaderboard by wins");
    expect(rows.map(({ rep }) => rep).toSorted()).toEqual(sixNames);
    for (const { rep, n, won, observed, expected, ratio, difference } of rows) {
      const own = dealsOf(world, rep);
      const [wins, chances] = [own.filter(isWon).length, sumOf(own, (deal) => deal.expected)];
      expect({ n, won, observed }).toEqual({ n: own.length, won: wins, observed: wins });
      expect(expected).toBeCloseTo(chances, 9);
      expect(ratio).toBeCloseTo(wins / chances, 9);
      expect(difference).toBeCloseTo(wins - chances, 9);
    }
  });

  test("by margin, of which 40 % of what is sold is", async () => {
    for (const { rep, observed, expected, difference } of (await boardOf(world, "leaderboard")).rows) {
      const own = dealsOf(world, rep);
      const margin = 0.4 * sumOf(own.filter(isWon), ({ amount }) => amount);
      const usual = 0.4 * sumOf(own, ({ expectedMinor }) => expectedMinor);
      expect([observed, expected, difference]).toEqual(
        [margin, usual, margin - usual].map((amount) => ({ amount: Math.round(amount), currency: "EUR" })),
      );
    }
  });

  test("by win rate, of deals that are old enough", async () => {
    const { rows, createdBy } = await boardOf(world, "leaderboard by win-rate");
    expect(createdBy).not.toBeNull();
    for (const { rep, n, observed, expected } of rows) {
      const own = dealsOf(world, rep).filter(({ created }) => created <= (createdBy ?? ""));
      expect(n).toBe(own.length);
      expect(observed).toBeCloseTo(own.filter(isWon).length / own.length, 9);
      expect(expected).toBeCloseTo(sumOf(own, (deal) => deal.expected) / own.length, 9);
    }
  });

  test("by cycle, as the geometric mean of days against those to be expected", async () => {
    for (const { rep, n, ratio, observed } of (await boardOf(world, "leaderboard by cycle")).rows) {
      const own = dealsOf(world, rep).filter(isWon);
      const logs = sumOf(own, ({ created, closed }) => Math.log(Math.max(1, daysBetween(created, closed))));
      expect(n).toBe(own.length);
      expect(observed).toBeCloseTo(Math.exp(logs / own.length), 9);
      expect(ratio).toBeCloseTo(Math.exp(logs / own.length) / 22, 9);
    }
  });

  test("filters narrow what counts, and quarter ends are counted apart", async () => {
    const { rows, quarterEnd } = await boardOf(world, "leaderboard by wins product:Pump industry:retailers");
    const pumps = world.deals.filter(({ product, industry }) => product === "Pump" && industry === "Retail");
    expect(rows.map(({ rep, n }) => [rep, n]).toSorted()).toEqual(
      sixNames.map((name) => [name, dealsOf({ ...world, deals: pumps }, name).length]),
    );
    const isLast = ({ closed }: WorldDeal) => Number(closed.slice(5, 7)) % 3 === 0;
    const counted = (deals: readonly WorldDeal[]) => ({
      closed: deals.length,
      won: deals.filter(isWon).length,
    });
    expect(quarterEnd).toEqual({
      last: counted(pumps.filter(isLast)),
      others: counted(pumps.filter((deal) => !isLast(deal))),
    });
  });

  test("and the table shows them as they are", async () => {
    const { table } = await world.reply("ada", "leaderboard by wins");
    const { rows } = await boardOf(world, "leaderboard by wins");
    const [whole, sign] = [
      (share: number) => Math.round(share * 100),
      (value: number) => (value < 0 ? "−" : "+"),
    ];
    expect(table?.rows.map((cells) => cells.map(({ text }) => text))).toEqual(
      rows.map(({ place, rep, adjusted, low, high, difference, won, n }) => [
        ...[String(place), rep, `${whole(adjusted)} % (${whole(low)}–${whole(high)})`],
        ...[`${sign(Number(difference))}${Math.abs(Number(difference)).toFixed(1)} of ${n}`],
        ...[String(won), String(n)],
      ]),
    );
  });
});

test("reps who differ are ranked by what is believed of their skill, deal by deal", async () => {
  const { rows, outcome } = await boardOf(world, "leaderboard by wins");
  expect(outcome).toBe("ranked");
  expect(rows.map(({ place }) => place)).toEqual([1, 2, 3, 4, 5, 6]);
  const believed = plainSkills(rows.map(({ rep }) => trialsOf(world, rep)));
  for (const [at, { adjusted, low, high }] of rows.entries()) {
    const plain = believed[at];
    expect(Math.abs(adjusted - (plain?.ratio ?? 0))).toBeLessThan(0.02);
    expect(Math.abs(low - (plain?.low ?? 0))).toBeLessThan(0.03);
    expect(Math.abs(high - (plain?.high ?? 0))).toBeLessThan(0.03);
  }
  expect(believed.map(({ ratio }) => ratio)).toEqual(
    believed.map(({ ratio }) => ratio).toSorted((one, other) => other - one),
  );
});

test("raw results have their own order", async () => {
  const { rows } = await boardOf(world, "leaderboard raw by wins");
  expect(rows.map(({ won }) => won)).toEqual(
    sixNames.map((name) => dealsOf(world, name).filter(isWon).length).toSorted((one, other) => other - one),
  );
});

test("reps whom chance alone tells apart have no place, and stand by their names", async () => {
  for (const seed of ["even", "alike 3"]) {
    const alike = await openRepWorld(sixAlike, 40, seed);
    const { headline, data, lines = [] } = await alike.reply("ada", "leaderboard by wins explain");
    const { rows, outcome } = data as Awaited<ReturnType<typeof boardOf>>;
    expect(outcome).toBe("tied");
    expect(headline).toBe(
      "6 reps cannot be told apart by deals won: chance alone brings differences like these",
    );
    expect(rows.map(({ rep, place }) => [rep, place])).toEqual(sixNames.map((name) => [name, null]));
    const [, said] = /p = (\.\d{3})/.exec(lines.flat().join(" ")) ?? [];
    const trials = sixNames.map((name) => trialsOf(alike, name));
    expect(Number(said)).toBeCloseTo(chanceOfSpread(trials, createRandom(seed), 10_000), 1);
  }
});
