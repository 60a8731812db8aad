import { beforeAll, describe, expect, test } from "vitest";
import { idOf, type OfferPortfolio, openOfferPortfolio } from "../helpers/offer-portfolio.ts";

let portfolio: OfferPortfolio;
beforeAll(async () => {
  portfolio = await openOfferPortfolio();
});

const numberOf = (data: unknown) => (data as { rewardId: number }).rewardId;
const factsOf = async () => {
  const { facts = [] } = await portfolio.say("ann", "rewards");
  return facts.map(({ label, value }) => `${label}: ${value}`);
};

describe("a thank-you", () => {
  test("is planned, given and noted once, and the budget goes by it", async () => {
    const line = "rewards plan acorn gift on 2026-12-20 cost 60.50 because we are up since 2020 industry:x";
    const done = await portfolio.say("ann", line);
    expect(done.headline).toBe("Planned: gift for Acorn on 20 Dec 2026, €60.50");
    expect(done.lines).toEqual([["For: ", "we are up since 2020 industry:x"]]);
    const id = numberOf(done.data);
    expect((await portfolio.say("bob", line)).headline).toBe(
      `Nothing changes: a gift for Acorn on 20 Dec 2026 is planned or given already, as number ${id}`,
    );
    expect(await factsOf()).toEqual([
      "Budget of fiscal year 2026: €1,000",
      ...["Planned: €60.50", "Given: €0", "Left: €940"],
    ]);
    const { data } = await portfolio.say("ann", "rewards");
    expect(data).toMatchObject({ left: { amount: 93_950, currency: "EUR" }, total: 1 });

    const given = await portfolio.say("bob", `rewards give ${id} on yesterday`);
    expect(given.headline).toBe("The gift for Acorn is given on 30 Oct 2026");
    expect((await portfolio.say("ann", `rewards give ${id}`)).headline).toMatch(/^Nothing changes/);
    expect((await portfolio.say("ann", "log acorn")).data).toMatchObject({
      rows: [
        {
          kind: "gift",
          onDay: "2026-10-30",
          note: "gift: we are up since 2020 industry:x",
          hoursKnown: false,
        },
      ],
    });
    // The gift and the thank-you are one thing that happened.
    expect((await portfolio.say("ann", "timeline acorn")).data).toMatchObject({
      total: 2,
      rows: [
        { kind: "reward", status: "given", on: "2026-10-30", by: "bob@example.com", hours: 0.25 },
        { kind: "deal" },
      ],
    });
    expect((await portfolio.say("ann", `rewards cancel ${id}`)).notes).toEqual([
      "€60.50 may be planned again. The gift is no longer in the timeline.",
    ]);
    expect((await portfolio.say("ann", "log acorn")).headline).toBe(
      "Nothing was logged with Acorn in 90 days",
    );
    expect(await portfolio.refused("ann", `rewards give ${id}`)).toMatch(/^This thank-you was cancelled/);
    expect(await factsOf()).toContain("Left: €1,000");
  });

  test("beyond the budget of its fiscal year is refused, with what is left", async () => {
    await portfolio.say("ann", "rewards plan almond event cost 900 because ten years");
    expect(await portfolio.refused("ann", "rewards plan apple event because five years")).toBe(
      "This costs €150, and €100 of €1,000 is left for thank-yous in the fiscal year 2026. Cancel another one, or ask an admin for more: settings reward-budget.",
    );
    expect(
      (await portfolio.say("ann", "rewards plan apple event on 2027-01-01 because five years")).headline,
    ).toBe("Planned: event for Apple on 1 Jan 2027, €150 (usual)");
    // By another beginning of the fiscal year, both are of one.
    await portfolio.reply("settings fiscal-year July");
    expect(await portfolio.refused("ann", "rewards plan ash card because x")).toMatch(
      /^This costs €5, and €0 of €1,000 is left for thank-yous in the fiscal year 2027\./,
    );
    await portfolio.reply("settings fiscal-year January");
  });
});

test("whom to thank next are the best without one, on their next anniversary", async () => {
  await portfolio.say("ann", "log ash gift because they moved");
  await portfolio.say("ann", "log aspen complaint");
  const { entries = [], data } = await portfolio.say("ann", "rewards mine");
  const next = (data as { next: { account: string; anniversary: object }[] }).next;
  // Ann's four A accounts but Almond and Apple, for whom something is planned.
  expect(next.map(({ account }) => account).sort()).toEqual(["Acorn", "Apricot"]);
  expect(next[0]?.anniversary).toEqual({ on: "2027-10-01", years: 1 });
  const everybodys = (await portfolio.say("ann", "rewards")).data as typeof data & {
    next: { account: string }[];
  };
  expect(everybodys.next.map(({ account }) => account)).not.toContain("Ash");
  expect(everybodys.next.map(({ account }) => account)).not.toContain("Aspen");
  const plan = entries.flatMap(({ actions = [] }) => actions).find(({ label }) => label === "Plan a card");
  expect(plan?.kind === "run" && (await portfolio.say("ann", plan.line)).headline).toMatch(
    /^Planned: card for (Acorn|Apricot) on 1 Oct 2027, €5 \(usual\)$/,
  );
});

test("what they return is not said of few", async () => {
  const { lines, data } = await portfolio.say("ann", "rewards");
  expect(lines?.[0]?.[0]).toMatch(
    /^What thank-yous return: too early to say\. No account got one 180 days ago or more/,
  );
  expect(data).toMatchObject({ returned: { kind: "too-early", pairs: [] } });
});

test.each([
  ["rewards plan acorn car because x", /^Say for which account, and what/],
  ["rewards plan acorn card", /^Say why, so that others understand it/],
  ["rewards plan acorn card on 2026-10-30 because x", /^2026-10-30 is over/],
  ["rewards plan acorn card cost 1.234 because x", /^"1\.234" is no amount/],
  ["rewards plan zzz card because x", /^No account is called "zzz"/],
  ["rewards give 999999", /^There is no thank-you 999999 among those that you may see/],
  ["rewards cancel 999999", /^There is no thank-you 999999/],
  ["rewards give acorn", /^Say which one by its number/],
  ["rewards something", /^I do not understand "something" here/],
])("%s is refused with what would be right", async (line, sentence) => {
  const before = await portfolio.dump();
  expect(await portfolio.refused("ann", line)).toMatch(sentence);
  expect(await portfolio.dump()).toEqual(before);
});

test("whoever sees a part is not told what others planned, and does not plan for what they do not see", async () => {
  await portfolio.reply("settings visibility own");
  await portfolio.reply("settings person ann@example.com rep");
  const { data, facts } = await portfolio.say("bob", "rewards");
  expect(data).toMatchObject({ planned: { amount: 0 }, left: null, rows: [] });
  expect(facts).toContainEqual({
    label: "Left",
    value: "what others planned for accounts that you do not see counts too",
  });
  expect(await portfolio.refused("bob", `rewards plan ${idOf("Acorn")} card because x`)).toMatch(
    /is not among those that you may see/,
  );
  await portfolio.reply("settings visibility all");
});
