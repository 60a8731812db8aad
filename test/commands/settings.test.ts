import { beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "../../src/store/viewer.ts";
import { renderTerminal } from "../../src/terminal.ts";
import { type Asked, openAsked, openSmallPortfolio } from "../helpers/small-portfolio.ts";

const root = "root@example.com";
const ann = "ann@example.com";

let portfolio: Asked;
/** A full member of the workspace with an address. */
const member = (email: string, { id } = portfolio): { viewer: Viewer } => ({
  viewer: { workspaceId: id, email, standing: "member" },
});
beforeAll(async () => {
  portfolio = await openSmallPortfolio();
  await portfolio.reply(`settings person ${root} admin`);
});
const asAdmin = (line: string) => portfolio.reply(line, member(root));
const wrong = async (line: string) => (await portfolio.mistake(line, member(root))).message;
const factsOf = async (line: string, email: string) =>
  Object.fromEntries(
    ((await portfolio.reply(line, member(email))).facts ?? []).map(({ label, value }) => [label, value]),
  );

describe("settings", () => {
  test("show an admin every value, who changed it last, and what to type", async () => {
    await asAdmin("settings compare 60");
    const { table, actions, notes } = await asAdmin("settings");
    const rows = new Map(
      table?.rows.map(([label, ...cells]) => [label?.text, cells.map(({ text }) => text)]),
    );
    expect(rows.get("Window")).toEqual(["24 months", "settings window 24", ""]);
    expect(rows.get("Moves compare with")).toEqual([
      "60 days earlier",
      "settings compare 90",
      expect.stringMatching(/^root@example\.com, \d/),
    ]);
    expect(rows.get("Revenue")?.[1]).toBe("settings revenue net|gross");
    expect((await factsOf("settings", root)).People).toBe("1 admin");
    expect(notes).toEqual(["Most sales are in EUR."]);
    expect(actions).toContainEqual(expect.objectContaining({ kind: "form", form: "settings" }));
    expect(renderTerminal(await asAdmin("settings"))).toContain("Change settings: settings <name> <value>");
  });

  test("show a rep what concerns the figures they see, and who to ask; nothing else", async () => {
    const reply = await portfolio.reply("settings", member(ann));
    expect(Object.keys(await factsOf("settings", ann))).toEqual([
      "Currency",
      "Time zone",
      "Fiscal year begins in",
      "Window",
      "Moves compare with",
      "Tier cuts",
      "Who sees which accounts",
    ]);
    expect(reply.notes).toEqual([
      "Most sales are in EUR.",
      "Only an admin changes settings. Ask root@example.com.",
    ]);
    expect(reply.actions ?? []).toEqual([]);
    expect(JSON.stringify(reply.data)).not.toContain("people");
  });

  test.each([
    "settings window 12",
    "settings history",
    "settings people",
    "settings person ann@example.com admin",
  ])("%s is refused to a rep, with who may", async (line) => {
    const { message } = await portfolio.mistake(line, member(ann));
    expect(message).toBe("Only an admin changes settings. Ask root@example.com.");
  });

  test("show a guest nothing", async () => {
    const { message } = await portfolio.mistake("settings", { viewer: { workspaceId: portfolio.id } });
    expect(message).toContain("full members of this workspace only");
  });
});

describe("a change", () => {
  test.each([
    ["settings currency usd", "Currency: that of most sales → USD"],
    ["settings currency none", "Currency: USD → that of most sales"],
    ["settings time-zone berlin", "Time zone: UTC → Europe/Berlin"],
    ["settings fiscal-year apr", "Fiscal year begins in: January → April"],
    ["settings fiscal-year 2", "Fiscal year begins in: April → February"],
    ["settings window 12 months", "Window: 24 months → 12 months"],
    ["settings cuts 75/90/97.5", "Tier cuts: 80/95/99 % → 75/90/97.5 %"],
    ["settings cuts 80 95 99", "Tier cuts: 75/90/97.5 % → 80/95/99 %"],
    ["settings revenue GROSS", "Revenue: net → gross"],
    ["settings basis-days 30d", "One sale within: 92 days → 30 days"],
    ["settings visibility team", "Who sees which accounts: everybody sees all → their own and their team's"],
    ["settings visibility all", "Who sees which accounts: their own and their team's → everybody sees all"],
  ])("%s", async (line, change) => {
    const { headline, data } = await asAdmin(line);
    expect(headline).toBe(`Changed ${change}`);
    expect(data).toMatchObject({ changes: [change] });
    expect((await asAdmin(line)).headline).toBe("Nothing changes: the settings are like that already");
  });

  test("says what it does: some things are computed anew", async () => {
    const { id } = await portfolio.snapshot();
    expect((await asAdmin("settings window 18")).notes).toEqual([
      `Tiers are computed anew: answers use the next snapshot, the one after ${id}.`,
    ]);
    expect((await asAdmin("settings time-zone UTC")).notes).toEqual(["It holds from the next answer on."]);
  });

  test.each([
    ["settings currency XYZ", /^"XYZ" is no currency: use a code such as EUR\./],
    ["settings currency EURO", /^"EURO" is no currency.* Did you mean EUR\b/],
    ["settings time-zone Europe/Berln", /^"Europe\/Berln" is no time zone.* Did you mean Europe\/Berlin\?$/],
    ["settings fiscal-year Brumaire", /^"Brumaire" is no month: use one such as April\./],
    ["settings window soon", /^"soon" must be a whole number from 1 to 120\.$/],
    ["settings cuts 99/95/80", /^"99\/95\/80" must be three rising percentages such as 80\/95\/99\.$/],
    ["settings cuts 80/95", /^"80\/95" must be three rising percentages/],
    ["settings visibility everyone", /^"everyone" must be all, team or own\.$/],
    ["settings measure profit", /^"profit" must be spend/],
    ["settings curency EUR", /^There is no setting "curency"\. Did you mean one of these\?$/],
    ["settings person ann admin", /^"ann" is no e-mail address\.$/],
    ["settings person ann@example.com boss", /^"boss" is no role: use admin, manager or rep\.$/],
    ["settings person ann@example.com", /^Say who and what/],
    [
      "settings person ann@example.com manager manages:Nowhere",
      /^There is no team "Nowhere"\. There is North, South\./,
    ],
    ["settings person ann@example.com rep manages:North", /only a manager manages teams/],
    [
      "settings quota ann@example.com 2026Q5 100 EUR",
      /^"2026Q5" is no quarter such as 2026Q1 and no year\.$/,
    ],
    ["settings quota ann@example.com 2026Q1 lots EUR", /^"lots" is no amount/],
    ["settings quota ann@example.com 2026Q1 1.5 JPY", /^"1\.5" is no amount/],
    ["settings quota ann@example.com", /^Say whose, for when and how much/],
    ["settings rate USD EUR 0 2025-01-01", /^"0" is no rate/],
    ["settings rate USD EUR 0.92", /^Say what one is worth/],
    ["settings rate USD EUR 0.92 2025-02-30", /^"2025-02-30" is no day/],
    ["settings rate USD USD 1 2025-01-01", /^One USD is always one USD\.$/],
  ])("%s is refused with what would be right", async (line, sentence) => {
    const before = await portfolio.dump();
    expect(await wrong(line)).toMatch(sentence);
    expect(await portfolio.dump()).toEqual(before);
  });

  test("of a mistyped name is offered with its value", async () => {
    const { suggestions } = await portfolio.mistake("settings curency EUR", member(root));
    expect(suggestions[0]).toEqual({ label: "settings currency EUR", line: "settings currency EUR" });
  });
});

describe("people", () => {
  test("get roles and teams; what is left out stays", async () => {
    const mia = "mia@example.com";
    const people = async () =>
      (await asAdmin("settings people")).table?.rows.map((row) => row.map(({ text }) => text));
    await asAdmin(`settings person ${mia} manager team:north "manages:south, North"`);
    expect(await people()).toContainEqual([mia, "manager", "North", "South, North"]);
    await asAdmin(`settings person ${mia} team:West`);
    expect(await people()).toContainEqual([mia, "manager", "West", "South, North"]);
    await asAdmin(`settings person ${mia} rep`);
    expect(await people()).toContainEqual([mia, "rep", "West", ""]);
    const { headline } = await asAdmin(`settings person ${mia} remove`);
    expect(headline).toBe("Changed mia@example.com: rep · team West → removed");
    expect(await people()).not.toContainEqual(expect.arrayContaining([mia]));
  });

  test("can be mentioned", async () => {
    const { headline } = await portfolio.reply("settings person <@U1|zoe> manager", {
      ...member(root),
      people: async () => ({ name: "Zoe", email: "Zoe@Example.com" }),
    });
    expect(headline).toBe("Changed zoe@example.com: nothing → manager");
    await asAdmin("settings person zoe@example.com remove");
  });

  test("the last admin cannot leave while there are others, but may alone", async () => {
    const asked = await openAsked();
    const as = (email: string) => member(email, asked);
    const { notes } = await asked.reply(`settings person ${root} admin`);
    expect(notes?.join(" ")).toContain("only the admins named here");
    await asked.reply("settings person bob@example.com rep", as(root));
    for (const end of ["remove", "rep", "manager"]) {
      const { message } = await asked.mistake(`settings person ${root} ${end}`, as(root));
      expect(message).toContain("Make somebody else admin first");
    }
    await asked.reply("settings person bob@example.com admin", as(root));
    await asked.reply(`settings person ${root} remove`, as(root));
    expect((await asked.mistake("settings window 12", as(root))).message).toContain("Ask bob@example.com");
    await asked.reply("settings person bob@example.com remove", as("bob@example.com"));
    expect((await asked.mistake("settings window 12", as(root))).message).toContain(
      "administer the Slack workspace",
    );
  });
});

describe("quotas and rates", () => {
  test("a quota is exact, replaced and removed", async () => {
    const line = `settings quota ${ann} 2026-q1`;
    expect((await asAdmin(`${line} 250,000.50 EUR`)).headline).toBe(
      "Changed Quota of ann@example.com for 2026Q1: nothing → €250,001",
    );
    expect((await asAdmin("settings quotas")).data).toMatchObject({
      quotas: [{ email: ann, period: "2026Q1", amountMinor: 25_000_050, currency: "EUR" }],
    });
    expect((await factsOf("settings", ann))["Your quota for 2026Q1"]).toBe("€250,001");
    await asAdmin(`${line} 300000`);
    expect((await asAdmin("settings quotas")).table?.rows).toHaveLength(1);
    await asAdmin(`${line} remove`);
    expect((await asAdmin("settings quotas")).headline).toBe("No quotas are set yet");
  });

  test("a rate by hand is listed with who entered it", async () => {
    const line = "settings rate usd eur 0.92 2025-01-01";
    expect((await asAdmin(line)).headline).toBe("One USD is 0.92 EUR from 2025-01-01 on");
    expect((await asAdmin(line)).headline).toMatch(/^Nothing changes/);
    const [row] = (await asAdmin("settings rates")).table?.rows ?? [];
    expect(row?.map(({ text }) => text).slice(0, 4)).toEqual(["1 Jan 2025", "USD", "0.92 EUR", root]);
  });
});

test("history tells what changed from what to what, by whom, in the workspace's zone", async () => {
  const asked = await openAsked();
  await asked.reply("settings time-zone Asia/Tokyo");
  await asked.reply("settings window 12", { viewer: { workspaceId: asked.id, standing: "operator" } });
  const { table, notes } = await asked.reply("settings history");
  expect(table?.rows.map((row) => row.slice(0, 3).map(({ text }) => text))).toEqual([
    ["2", "Window: 24 months → 12 months", "the terminal"],
    ["1", "Time zone: UTC → Asia/Tokyo", "the terminal"],
  ]);
  expect(notes).toEqual(["Times in Asia/Tokyo."]);
  expect((await asked.reply("settings history")).headline).toBe("2 versions of the settings");
});

test("a setting by its name alone says what it is", async () => {
  const { headline, lines } = await portfolio.reply("settings cuts", member(ann));
  expect(headline).toBe("Tier cuts: 80/95/99 %");
  expect(JSON.stringify(lines)).toContain("settings cuts 80/95/99");
});

test("fiscal years and teams are those that the settings name", async () => {
  const own = await openSmallPortfolio();
  await own.reply("settings fiscal-year April");
  await own.reply("settings person bob@example.com rep team:Harbour");
  await own.store.refresh(await own.store.ensureWorkspace(own.id), { now: new Date() });
  const { data } = await own.reply("top fy:2026Q1");
  expect(data).toMatchObject({ window: { after: "2025-03-31", until: "2025-06-30" } });
  const { headline } = await own.reply("top team:Harbour");
  expect(headline).toContain("(team:Harbour)");
  await expect(own.reply("top team:South")).rejects.toThrow("There is North, Harbour.");
});

test("changes are told over the days that the settings compare", async () => {
  const own = await openSmallPortfolio();
  await own.reply("settings compare 30");
  await own.store.refresh(await own.store.ensureWorkspace(own.id), { now: new Date() });
  const { table } = await own.reply("top A");
  expect(table?.columns.map(({ title }) => title)).toContain("30 days");
  const { facts } = await own.reply("account Cedar");
  expect(facts?.find(({ label }) => label === "Spend")?.value).toContain("+€1,200 in 30 days");
});
