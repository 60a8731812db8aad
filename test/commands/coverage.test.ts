import { beforeAll, expect, test } from "vitest";
import { type Asked, openAsked } from "../helpers/small-portfolio.ts";
import { company, deal, user } from "../helpers/workspace.ts";

interface Row {
  readonly account: string;
  readonly level: string;
  readonly actual: string | null;
  readonly owner: string | null;
  readonly tier: string | null;
  readonly stake: { readonly amount: number };
  readonly potential: { readonly amount: number };
  readonly margin: { readonly amount: number };
}

interface Prospect {
  readonly weighted: { readonly amount: number };
}

/** What each bought in the last twelve months, in whole euros. */
const bought = { Alpha: 500_000, Beta: 90_000, Gamma: 20_000, Delta: 3_000 };

let asked: Asked;
beforeAll(async () => {
  asked = await openAsked();
  await asked.import({
    companies: Object.keys(bought)
      .concat("Poppy")
      .map((name, index) =>
        company(String(index + 1), name, {
          Industry: "Retail",
          ...(name !== "Beta" && name !== "Poppy" && { "Company owner": "Ann Archer" }),
          "Coverage level": name === "Gamma" ? "Key account" : name === "Delta" ? "inside sales" : "",
          CSM: name === "Alpha" ? "Cora" : "",
        }),
      ),
    users: [user("Ann Archer", "ann@example.com", "North")],
    deals: Object.values(bought).map((amount, index) =>
      deal(String(index + 1), String(index + 1), `${amount}.00`, "2026-10-01"),
    ),
  });
  // What is at stake is today's margin alone, so that it can be worked out by heart.
  await asked.reply("settings coverage-winnable 0");
  await asked.reply("log alpha visit on 2026-10-20 hours 24 because plan");
});

const rowsOf = async (line: string) =>
  ((await asked.reply(line, { rows: "all" })).data as { rows: readonly Row[] }).rows;

test("every account has the most intensive level that costs at most 15 % of the margin at stake", async () => {
  const { data, headline, notes } = await asked.reply("coverage");
  // 40 % margin: 200,000, 36,000, 8,000 and 1,200; from 80,000, 21,333.34 and 3,333.34 on. Of the prospect, its weighted potential.
  expect(data).toMatchObject({
    rows: [
      { level: "strategic", accounts: 1, hours: 120, cost: { amount: 1_200_000 } },
      { level: "field", accounts: 1, hours: 40, unowned: 1 },
      { level: "inside", accounts: 2 },
      { level: "self-serve", accounts: 1, hours: 1 },
    ],
    accounts: 5,
    unowned: 2,
    withHours: 1,
    withKnownHours: 1,
  });
  expect(headline).toMatch(/^1 strategic, 1 field, 2 inside, 1 self-serve: 0\.2 people, /);
  expect(notes?.[0]).toMatch(
    /^How accounts are served now is known for 3 of 5: the column "Coverage level" says so/,
  );
});

test("gaps are what is served otherwise, or by nobody, with most at stake first", async () => {
  const rows = await rowsOf("coverage gaps");
  expect(rows.map(({ account, level, actual, owner }) => [account, level, actual, owner])).toEqual([
    ["Alpha", "strategic", "field", "Ann Archer"],
    ["Beta", "field", null, null],
    ["Gamma", "inside", "strategic", "Ann Archer"],
    ["Poppy", "inside", null, null],
    ["Delta", "self-serve", "inside", "Ann Archer"],
  ]);
  const prospect = ((await asked.reply("prospects", { rows: "all" })).data as { rows: readonly Prospect[] })
    .rows[0];
  for (const { account, stake, margin } of rows)
    expect(stake.amount).toBe(account === "Poppy" ? prospect?.weighted.amount : margin.amount);
  expect((await asked.reply("coverage gaps tier:A")).headline).toMatch(
    /^1 account to serve otherwise: 1 served too little/,
  );
  // 24 noted hours are half of what a strategic account takes up to 48.
  await asked.reply("settings coverage-hours-strategic 48");
  expect((await rowsOf("coverage gaps")).map(({ account }) => account)).not.toContain("Alpha");
  await asked.reply("settings coverage-hours-strategic 120");
});

test("the winnable part of a potential is at stake, too", async () => {
  const potentials = await rowsOf("coverage gaps");
  await asked.reply("settings coverage-winnable 50");
  const rows = await rowsOf("coverage gaps");
  for (const { account, margin, potential, stake, tier } of rows)
    if (tier !== null)
      expect([account, stake.amount]).toEqual([
        account,
        margin.amount + Math.round((potential.amount - margin.amount) / 2),
      ]);
  expect(rows.length).toBeGreaterThanOrEqual(potentials.length - 1);
  await asked.reply("settings coverage-winnable 0");
});

test("capacity is hours by owner against what one person has", async () => {
  const { headline, data } = await asked.reply("coverage capacity");
  expect(headline).toBe("Everybody has the hours that their accounts take");
  expect(data).toMatchObject({
    rows: [
      {
        owner: "Ann Archer",
        strategic: 1,
        field: 0,
        inside: 1,
        "self-serve": 1,
        hours: 131,
        share: 131 / 1_200,
      },
      { owner: null, field: 1, inside: 1, hours: 50 },
    ],
  });
  await asked.reply("settings coverage-person-hours 100");
  expect((await asked.reply("coverage capacity")).headline).toBe("1 of 1 owner has more accounts than hours");
  await asked.reply("settings coverage-person-hours 1200");
});

test("who does what names the roles that nobody has", async () => {
  const { data, table, notes } = await asked.reply("coverage raci");
  const { rows } = data as {
    rows: readonly { segment: string; role: string; missing: number; accounts: number }[];
  };
  expect(rows).toContainEqual({ segment: "prospect", role: "owner", missing: 1, accounts: 1 });
  expect(rows).toContainEqual({ segment: "A", role: "sponsor", missing: 1, accounts: 1 });
  expect(rows.filter(({ segment, role }) => segment === "A" && role === "service")).toEqual([]);
  expect(table?.rows[0]?.[1]?.text).toBe(
    "R owner · A sales manager · C customer service · I executive sponsor",
  );
  expect(notes?.join(" ")).toMatch(
    /customer service by the column "CSM".*import a column "Executive sponsor"/,
  );
});

test("one account says what is recommended and who is missing on it", async () => {
  const { headline, data } = await asked.reply("coverage alpha");
  expect(headline).toBe("Alpha: strategic coverage is recommended, it has field");
  expect(data).toMatchObject({ hours: 24, missing: ["manager", "sponsor"] });
  expect((await asked.mistake("coverage alpa beta")).message).toMatch(
    /^No (single )?account is called "alpa beta"/,
  );
});

test("the rules say every number", async () => {
  const { lines = [] } = await asked.reply("coverage explain");
  expect(lines.flat().join(" ")).toMatch(
    /strategic from €80,000 on \(120 hours, €12,000\); field from €21,333 on/,
  );
});
