import { beforeAll, describe, expect, test } from "vitest";
import { dealsOf, isWon, sixAlike, sumOf } from "../helpers/rep-boards.ts";
import { fullName, openRepWorld, type RepWorld, type WorldDeal } from "../helpers/rep-world.ts";

const ended = (deal: WorldDeal, wins: boolean): WorldDeal => ({
  ...deal,
  ...{ status: wins ? "won" : "lost", amount: wins ? Math.max(deal.amount, deal.list) : 0 },
});

let world: RepWorld;
beforeAll(async () => {
  // Ann wins nearly all deals in Steel, and Bob few.
  world = await openRepWorld(sixAlike, 96, "champions", (deal, index) => {
    const wins = { ann: index % 10 !== 3, bob: index % 10 === 3 }[deal.rep];
    return deal.industry === "Steel" && wins !== undefined ? ended(deal, wins) : deal;
  });
});

interface Champions {
  readonly compared: number;
  readonly rows: readonly {
    readonly dimension: "product" | "industry";
    readonly value: string;
    readonly rep: string;
    readonly closed: number;
    readonly won: number;
    readonly expected: number;
    readonly low: number;
  }[];
}

describe("champions", () => {
  test("are who wins more than expected where reps differ beyond chance, with what their deals say", async () => {
    const { rows, compared } = (await world.reply("eve", "leaderboard champions")).data as Champions;
    // Two products and two industries, in each of which all six have enough deals.
    expect(compared).toBe(4);
    expect(rows.map(({ value, rep }) => [value, rep])).toContainEqual(["Steel", fullName("ann")]);
    expect(rows.map(({ rep }) => rep)).not.toContain(fullName("bob"));
    expect(rows.map(({ value }) => value)).not.toContain("Retail");
    for (const { dimension, value, rep, closed, won, expected, low } of rows) {
      const own = dealsOf(world, rep).filter((deal) => deal[dimension] === value);
      expect([closed, won]).toEqual([own.length, own.filter(isWon).length]);
      expect(expected).toBeCloseTo(
        sumOf(own, (deal) => deal.expected),
        9,
      );
      expect(low).toBeGreaterThan(1);
    }
  });

  test("a question in words is answered by the board of that industry", async () => {
    const { headline, notes = [] } = await world.reply("eve", "who sells best to steelers?");
    expect(headline).toMatch(
      /^Ann Archer leads 6 reps by margin: \d+ % of what was to be expected \(industry:/,
    );
    expect(notes[0]).toBe("I read this as `leaderboard industry:steelers`.");
    expect((await world.reply("eve", "who are our champions?")).headline).toMatch(/^\d champions?: /);
  });

  test("are none where reps cannot be told apart", async () => {
    const alike = await openRepWorld(sixAlike, 60, "even");
    const { headline, table } = await alike.reply("mia", "leaderboard champions");
    expect(headline).toBe("No champions: reps cannot be told apart within any product or industry");
    expect(table).toBeUndefined();
    expect(await alike.refused("mia", "leaderboard champions industry:Steel")).toContain(
      "leave the filters out",
    );
  });
});

describe("incentives", () => {
  test("are for managers, and suggest to pay more for what lags lately", async () => {
    expect(await world.refused("ann", "leaderboard incentives")).toBe(
      "What to pay for is suggested to managers and admins alone.",
    );
    // Hardly any pump was sold lately.
    const slow = await openRepWorld(sixAlike, 96, "slow pumps", (deal, index) =>
      deal.product === "Pump" && deal.closed > "2026-01-01" ? ended(deal, index % 12 === 0) : deal,
    );
    const { data, entries = [] } = await slow.reply("mia", "leaderboard incentives");
    const lately = slow.deals.filter(({ product, closed }) => product === "Pump" && closed > "2026-01-01");
    expect((data as { rows: readonly object[] }).rows).toEqual([
      {
        ...{ kind: "accelerator", product: "Pump", deals: lately.length, won: lately.filter(isWon).length },
        expected: expect.closeTo(
          sumOf(lately, ({ expected }) => expected),
          9,
        ),
      },
    ]);
    expect(JSON.stringify(entries)).toContain("an accelerator");
  });

  test("and a sum for the first sale of what few customers have", async () => {
    const few = await openRepWorld(sixAlike, 96, "few buyers", (deal, index) => {
      const isFirst = deal.account === "Account 1";
      return { ...ended(deal, isFirst || index % 2 === 0), product: isFirst ? "Pump" : "Valve" };
    });
    const pumps = few.deals.filter(({ product }) => product === "Pump");
    const buyersOf = (deals: readonly WorldDeal[]) =>
      new Set(deals.filter(isWon).map(({ account }) => account));
    const { data } = await few.reply("mia", "leaderboard incentives");
    expect((data as { rows: readonly object[] }).rows).toContainEqual({
      ...{ kind: "first-sale", product: "Pump", buyers: 1, customers: buyersOf(few.deals).size },
      ...{ won: pumps.filter(isWon).length, deals: pumps.length },
    });
  });
});
