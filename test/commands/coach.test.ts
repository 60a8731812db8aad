import { beforeAll, describe, expect, test } from "vitest";
import { daysBetween } from "../../src/core/calendar.ts";
import { createRandom } from "../../src/core/random.ts";
import { plainTails } from "../helpers/plain-tails.ts";
import { isWon, sixAlike, sumOf } from "../helpers/rep-boards.ts";
import { openRepWorld, type RepWorld, type WorldDeal } from "../helpers/rep-world.ts";

interface Found {
  readonly rep: string;
  readonly total: object;
  readonly examined: number;
  readonly rows: readonly {
    readonly dimension: string;
    readonly value: string;
    readonly direction: "beats" | "lags";
    readonly n: number;
    readonly observed: number;
    readonly expected: number;
    readonly chance: number;
    readonly suggestion: string;
  }[];
}

/** Bob wins fewer of the deals in Steel, gives more away than others, and has open deals that are old; Ann is twice as fast. */
function change(deal: WorldDeal, index: number): WorldDeal {
  const random = createRandom(`${deal.rep} ${index}`);
  if (index >= 80)
    return {
      ...deal,
      ...{ status: "open", stage: "Quote", amount: 0, closed: "2026-12-31" },
      created: deal.rep === "bob" ? "2024-09-01" : "2026-06-20",
    };
  const isSteel = deal.industry === "Steel";
  const won = deal.rep === "bob" && isSteel ? random() < 0.12 : isWon(deal);
  const discount = deal.rep === "bob" ? 0.35 + 0.1 * random() : 0.05 + 0.1 * random();
  return {
    ...deal,
    ...{ status: won ? "won" : "lost", stage: won ? "won" : "lost" },
    amount: won ? Math.round(deal.list * (1 - discount)) : 0,
    created: deal.rep === "ann" ? daysBefore(deal.closed, 5 + Math.floor(8 * random())) : deal.created,
  };
}

const daysBefore = (day: string, days: number) =>
  new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);

let world: RepWorld;
beforeAll(async () => {
  const even = { skill: 0.5, team: "North" };
  world = await openRepWorld({ ann: even, bob: even, cleo: even, dan: even }, 95, "coach", change);
});

const coachOf = async (who: string, line: string) => (await world.reply(who, line)).data as Found;
const closedOf = (rep: string) => world.deals.filter((deal) => deal.rep === rep && deal.status !== "open");

describe("every figure is what the deals say", () => {
  test("of all of them", async () => {
    const own = closedOf("bob");
    expect((await coachOf("mia", "coach bob")).total).toEqual({
      ...{ closed: own.length, won: own.filter(isWon).length },
      expected: expect.closeTo(
        sumOf(own, ({ expected }) => expected),
        9,
      ),
      variance: expect.closeTo(
        sumOf(own, ({ expected }) => expected * (1 - expected)),
        9,
      ),
    });
  });

  test("wins of an industry, with how likely chance brings so few", async () => {
    const own = closedOf("bob").filter(({ industry }) => industry === "Steel");
    const found = await coachOf("mia", "coach bob");
    const steel = found.rows.find(({ value }) => value === "Steel");
    const won = own.filter(isWon).length;
    expect(steel).toMatchObject({
      ...{ dimension: "industry", direction: "lags", n: own.length, observed: won },
      expected: expect.closeTo(
        sumOf(own, ({ expected }) => expected),
        9,
      ),
    });
    const { below } = plainTails(
      own.map(({ expected }) => expected),
      won,
    );
    // By a binomial distribution of the same mean and variance: a tenth off in the exponent at most.
    expect(Math.log(steel?.chance ?? 1) / Math.log(2 * below)).toBeCloseTo(1, 1);
    expect(found.rows.some(({ value }) => value === "Retail")).toBe(false);
  });

  test("what is given away, beside what others give on the same products", async () => {
    const sold = world.deals
      .filter(isWon)
      .map((deal) => ({ ...deal, discount: 1 - deal.amount / deal.list }));
    const meanOf = (deals: typeof sold) =>
      deals.reduce((sum, { discount }) => sum + discount, 0) / deals.length;
    const own = sold.filter(({ rep }) => rep === "bob");
    const usual = own.map(({ product }) =>
      meanOf(sold.filter((deal) => deal.product === product && deal.rep !== "bob")),
    );
    const { rows } = await coachOf("mia", "coach bob");
    expect(rows.find(({ dimension }) => dimension === "discount")).toMatchObject({
      ...{ direction: "lags", n: own.length, suggestion: "hold-price" },
      observed: expect.closeTo(meanOf(own), 9),
      expected: expect.closeTo(usual.reduce((sum, each) => sum + each, 0) / usual.length, 9),
    });
  });

  test("days to win, as their geometric mean", async () => {
    const own = closedOf("ann").filter(isWon);
    const logs = own.map(({ created, closed }) => Math.log(daysBetween(created, closed)));
    const { rows } = await coachOf("ann", "coach");
    expect(rows.find(({ dimension }) => dimension === "cycle")).toMatchObject({
      ...{ direction: "beats", n: own.length, suggestion: "share-how" },
      observed: expect.closeTo(Math.exp(logs.reduce((sum, each) => sum + each, 0) / own.length), 9),
      expected: expect.closeTo(22, 9),
    });
  });

  test("open deals that are older than won ones ever get, by stage", async () => {
    const { rows } = await coachOf("mia", "coach bob");
    // None of Bob's fifteen moves, all 45 of the others do: a share of 46 in 47 with one more of each.
    expect(rows.find(({ dimension }) => dimension === "stage")).toMatchObject({
      ...{ value: "Quote", direction: "lags", n: 15, observed: 0, suggestion: "qualify-earlier" },
      expected: expect.closeTo((15 * 46) / 47, 9),
    });
  });
});

test("each finding has its evidence and one suggestion", async () => {
  const { entries = [], headline } = await world.reply("mia", "coach bob");
  const { rows } = await coachOf("mia", "coach bob");
  expect(headline).toBe(`Bob Archer lags what was to be expected in ${rows.length} things`);
  expect(entries).toHaveLength(Math.min(4, rows.length));
  for (const { lines } of entries) expect(JSON.stringify(lines).match(/Suggestion: /g)).toHaveLength(1);
});

test("where nothing stands out, it says so, and how many things were looked at", async () => {
  const alike = await openRepWorld(sixAlike, 60, "even");
  const { headline, lines = [], data } = await alike.reply("cleo", "coach");
  expect(headline).toBe("You sell as was to be expected, as far as can be told");
  expect(lines.flat().join()).toContain(
    `Of ${(data as Found).examined} things looked at none is further from what was to be expected than chance brings.`,
  );
});
