import { beforeAll, describe, expect, test } from "vitest";
import { renderReply } from "../../src/slack/render-blocks.ts";
import { boardOf, dealsOf, isWon, sixAlike, sixNames, sixReps, sumOf } from "../helpers/rep-boards.ts";
import { fullName, openRepWorld, type RepWorld } from "../helpers/rep-world.ts";

let world: RepWorld;
beforeAll(async () => {
  world = await openRepWorld(sixReps, 60, "leaderboard");
});

const readers = (...names: readonly string[]) => ({
  place: "#sales",
  members: names.map((name) => ({
    workspaceId: world.workspace.id,
    standing: "member" as const,
    email: `${name}@reps.example`,
  })),
});
const namesIn = ({ rows }: { readonly rows: readonly { readonly rep: string }[] }) =>
  rows.map(({ rep }) => rep);

describe("a rep sees the first three and their own row", () => {
  test("managers and admins everybody", async () => {
    const all = namesIn(await boardOf(world, "leaderboard by wins"));
    const last = all.at(-1) ?? "";
    const own = last.split(" ")[0]?.toLowerCase() ?? "";
    expect(namesIn(await boardOf(world, "leaderboard by wins", own))).toEqual([...all.slice(0, 3), last]);
    expect(namesIn(await boardOf(world, "leaderboard by wins", "a stranger"))).toEqual(all.slice(0, 3));
    expect(namesIn(await boardOf(world, "leaderboard by wins", "mia"))).toEqual(all);
  });

  test("whatever they ask for, and in pictures, too", async () => {
    const [all, bob] = [namesIn(await boardOf(world, "leaderboard")), fullName("bob")];
    expect(all.indexOf(bob)).toBeGreaterThan(2);
    for (const line of ["leaderboard owner:bob", "leaderboard team:North", "leaderboard explain"])
      expect(JSON.stringify(await world.reply("ann", line, { rows: "all" }))).not.toContain(bob);
    for (const line of ["leaderboard chart", "leaderboard funnel"]) {
      const { charts = [] } = await world.reply("ann", line);
      expect(charts[0]?.categories.toSorted()).toEqual(all.slice(0, 3).toSorted());
    }
    expect((await world.reply("ann", "leaderboard owner:bob")).notes).toContain(
      "You see the first 3 and your own row.",
    );
  });

  test("what a manager shares is what a rep may see", async () => {
    const shared = await world.reply("mia", "leaderboard by wins", { audience: readers("ann", "fay") });
    expect(shared.table?.rows).toHaveLength(3);
    await world.workspace.settings({ visibility: "own" });
    const hidden = JSON.stringify(
      await world.ask("ann", "leaderboard by wins", { audience: readers("ann", "fay") }),
    );
    for (const name of sixNames.filter((each) => each !== fullName("ann")))
      expect(hidden).not.toContain(name);
    await world.workspace.settings({ visibility: "all" });
  });

  test("nobody is among the first where nobody has a place", async () => {
    const alike = await openRepWorld(sixAlike, 40, "even");
    expect(namesIn(await boardOf(alike, "leaderboard by wins", "cleo"))).toEqual([fullName("cleo")]);
  });
});

test("of a rep with few deals it is too early to say anything", async () => {
  await world.reply("ada", "settings leaderboard-least-deals 100");
  const { headline, table } = await world.reply("ada", "leaderboard by wins");
  const { rows, outcome } = await boardOf(world, "leaderboard by wins");
  expect(outcome).toBe("too-few");
  expect(headline).toBe("Too early to compare reps by deals won: none has enough closed deals");
  expect(rows.map(({ standing, place, adjusted }) => [standing, place, adjusted])).toEqual(
    sixNames.map(() => ["too-early", null, null]),
  );
  expect(table?.rows.map((cells) => cells[1]?.text)).toEqual(sixNames.map(() => "too early"));
  await world.reply("ada", "settings leaderboard-least-deals 20");
});

test("quotas stand beside results, for those who may know them", async () => {
  const quota = { period: "2026Q2", amountMinor: 40_000_00, currency: "EUR" };
  const emails = ["ann", "dan"].map((name) => `${name}@reps.example`);
  await world.workspace.settings({ quotas: emails.map((email) => ({ email, ...quota })) });
  const shareOf = (name: string) => {
    const won = dealsOf(world, name).filter((deal) => isWon(deal) && deal.closed >= "2026-04-01");
    return sumOf(won, ({ amount }) => amount) / quota.amountMinor;
  };
  const known = { ada: ["ann", "dan"], mia: ["ann"], max: ["dan"], ann: ["ann"], eve: [] };
  for (const [who, whose] of Object.entries(known)) {
    const { rows, quotaPeriod } = await boardOf(world, "leaderboard", who);
    expect(quotaPeriod).toBe(whose.length > 0 ? "2026Q2" : null);
    for (const { rep, quotaShare } of rows) {
      if (whose.map(fullName).includes(rep)) expect(quotaShare).toBeCloseTo(shareOf(rep), 9);
      else expect(quotaShare).toBeNull();
    }
  }
});

describe("charts", () => {
  test("bars are what is shown beside them", async () => {
    const { rows } = await boardOf(world, "leaderboard by wins");
    const bars = (await world.reply("ada", "leaderboard by wins chart")).charts?.[0];
    expect(bars?.kind).toBe("bar");
    expect(bars?.categories).toEqual(rows.map(({ rep }) => rep));
    expect(bars?.series.map(({ values }) => values)).toEqual([rows.map(({ adjusted }) => adjusted)]);
  });

  test("a funnel's limits are those of chance at what was expected of each", async () => {
    const funnel = (await world.reply("ada", "leaderboard by wins funnel")).charts?.[0];
    const { categories = [], series = [], along } = funnel ?? {};
    expect(funnel?.kind).toBe("funnel");
    const variance = sumOf(world.deals, ({ expected }) => expected * (1 - expected));
    const unit = variance / sumOf(world.deals, ({ expected }) => expected);
    const outside: string[] = [];
    for (const [at, name] of categories.entries()) {
      const own = dealsOf(world, name);
      const expected = sumOf(own, (deal) => deal.expected);
      const ratio = own.filter(isWon).length / expected;
      const values = series.map((one) => one.values[at] ?? Number.NaN);
      expect(along?.values[at]).toBeCloseTo(expected, 9);
      const limits = [-1.96, 1.96, -3.09, 3.09].map((z) => 1 + z * Math.sqrt(unit / expected));
      for (const [place, value] of [ratio, ...limits].entries()) expect(values[place]).toBeCloseTo(value, 3);
      if (ratio < (limits[0] ?? 0) || ratio > (limits[1] ?? 0)) outside.push(name);
    }
    expect(categories.toSorted()).toEqual(sixNames);
    expect(along?.named?.map((place) => categories[place]).toSorted()).toEqual(outside.toSorted());
  });
});

test("an admin turns it off, and everything of it is answered so", async () => {
  expect(await world.refused("ann", "settings leaderboard off")).toContain("admin");
  await world.reply("ada", "settings leaderboard off");
  const lines = ["leaderboard", "leaderboard champions", "leaderboard incentives", "who sells best?"];
  for (const line of [...lines, "coach bob", "coach team"])
    expect(await world.refused("mia", line)).toContain(
      "Reps are not compared here: the leaderboard and coaching are turned off.",
    );
  expect(JSON.stringify(await world.reply("ann", "help leaderboard"))).toContain("turned off by an admin");
  await world.reply("ada", "settings leaderboard on");
  expect((await boardOf(world, "leaderboard by wins", "ann")).rows.length).toBeGreaterThan(0);
});

test("nobody is mentioned, whatever a rep is called", async () => {
  const pinging = "<@U0SVEN> *<!channel>*";
  await world.workspace.database.repRecord.updateMany({
    where: { workspaceId: world.workspace.id, name: fullName("ann") },
    data: { name: pinging },
  });
  for (const line of ["leaderboard", "leaderboard chart", "leaderboard champions"]) {
    const reply = await world.reply("ada", line);
    const { text, blocks } = renderReply(reply, { line });
    expect(JSON.stringify(blocks)).toContain("U0SVEN");
    expect(text).not.toMatch(/<@|<!/);
    // Where Slack reads markup there is none of it, and nobody is mentioned by an element of their own.
    expect(JSON.stringify(blocks)).not.toMatch(/"type":"(?:mrkdwn|user|usergroup|broadcast)"/);
  }
});
