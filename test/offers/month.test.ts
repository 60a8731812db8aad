import { afterAll, beforeAll, expect, test } from "vitest";
import { createDesk } from "../../src/create-desk.ts";
import type { Desk } from "../../src/desk.ts";
import { loadCommands } from "../../src/load-commands.ts";
import type { Message } from "../../src/playground/server.ts";
import { company, deal, openWorkspace, user } from "../helpers/workspace.ts";
import { type Bench, CHANNEL, startBench } from "../slack/slack-bench.ts";

// A month of one offer, typed and pressed in the local Slack by three reps and their manager. The test keeps books of its
// own and works every figure out again from them.

const people = {
  ann: { id: "U0ANN", name: "Ann Archer", email: "ann@example.com" },
  bob: { id: "U0BOB", name: "Bob Baker", email: "bob@example.com" },
  cem: { id: "U0CEM", name: "Cem Celik", email: "cem@example.com" },
  mia: { id: "U0MIA", name: "Mia Moser", email: "mia@example.com" },
} as const;
type Who = keyof typeof people;
const owners: Readonly<Record<string, Who>> = { a: "ann", b: "bob", c: "cem" };

/** Five large, eight middling and twelve small customers; every fourth belongs to nobody. */
const customers = [
  ...["Alder a", "Birch a", "Cedar b", "Dogwood -", "Elm c"].map((each) => `${each} A`),
  ...["Fir a", "Ginkgo b", "Hazel c", "Iris -", "Juniper a", "Koa b", "Larch c", "Maple -"].map(
    (each) => `${each} B`,
  ),
  ...["Nutmeg a", "Oak b", "Pine c", "Quince -", "Rowan a", "Spruce b", "Teak c", "Ulmo -"].map(
    (each) => `${each} C`,
  ),
  ...["Viburnum a", "Willow b", "Yew c", "Zelkova -"].map((each) => `${each} C`),
].map((line) => {
  const [name = "", owner = "", tier = ""] = line.split(" ");
  return { name, owner: owners[owner], tier };
});
const others = ["Walnut", "Yarrow", "Zinnia", "Acacia"].map((name) => ({
  name,
  owner: undefined,
  tier: "D",
}));
/** A: 80 % of all, B: 15 %, C: 4 %, D: 1 %. */
const spendOf: Readonly<Record<string, number>> = { A: 48_000, B: 5_625, C: 1_000, D: 750 };

let clock = new Date("2026-11-02T09:00:00Z");
let desk: Desk;
let workspaceId: string;
let slack: Bench;

beforeAll(async () => {
  const workspace = await openWorkspace();
  workspaceId = workspace.id;
  await workspace.import(
    {
      companies: [...customers, ...others].map(({ name, owner }, index) =>
        company(String(index + 1), name, {
          ...(owner && { "Company owner": people[owner].name }),
          Industry: "Retail",
        }),
      ),
      users: (["ann", "bob", "cem"] as const).map((who) =>
        user(people[who].name, people[who].email, "North"),
      ),
      deals: [...customers, ...others].map(({ tier }, index) =>
        deal(String(index + 1), String(index + 1), `${spendOf[tier]}.00`, "2026-09-15"),
      ),
    },
    "EUR",
  );
  const commands = await loadCommands(new URL("../../commands/", import.meta.url));
  desk = createDesk({ store: workspace.store, commands, now: () => clock });
  await operator("settings person mia@example.com manager");
  slack = await startBench({
    desk,
    workspaceId,
    users: Object.values(people).map(({ id, name, email }) => ({
      id,
      name: email.split("@")[0] ?? name,
      realName: name,
      email,
    })),
  });
});
afterAll(() => slack.stop());

async function operator(line: string) {
  const answer = await desk.answer({ viewer: { workspaceId, standing: "operator" }, line, rows: "all" });
  if (!answer.ok) throw new Error(`${line}: ${answer.message}`);
  return answer.reply;
}

/** Types a line and resolves with the private answer. */
async function type(who: Who, text: string): Promise<Message> {
  const userId = people[who].id;
  const before = new Set(seenBy(who).map(({ ts }) => ts));
  expect(await slack.slash({ userId, channelId: CHANNEL, text })).toMatchObject({ ok: true });
  return slack.waitFor(() => seenBy(who).find(({ ts }) => !before.has(ts)));
}

const seenBy = (who: Who) => slack.messages({ channelId: CHANNEL, viewerId: people[who].id });

function buttonOf(message: Message, label: string) {
  const found = message.blocks
    .flatMap((block) =>
      block.type === "actions" ? (block.elements as { action_id: string; text?: { text: string } }[]) : [],
    )
    .find(({ text, action_id }) => text?.text === label || action_id.startsWith(label));
  if (!found) throw new Error(`no ${label} in ${JSON.stringify(message.blocks)}`);
  return found;
}

/** Presses a button and resolves with what the message shows then. */
async function press(who: Who, message: Message, label: string): Promise<Message> {
  const actionId = buttonOf(message, label).action_id;
  await slack.press({ userId: people[who].id, messageTs: message.ts, actionId });
  return slack.waitFor(() =>
    seenBy(who).find(({ ts, ...now }) => ts === message.ts && now.text !== message.text),
  );
}

async function openForm(who: Who, message: Message, label: string): Promise<string> {
  const actionId = buttonOf(message, label).action_id;
  await slack.press({ userId: people[who].id, messageTs: message.ts, actionId });
  return (await slack.waitFor(() => slack.frontModal(people[who].id))).id;
}

const textOf = (message: Message) => `${message.text} ${JSON.stringify(message.blocks)}`;
const on = (day: string) => {
  clock = new Date(`${day}T09:00:00Z`);
};

const OFFER = '"Spring bundle"';
const MARGIN = 0.4;

interface Book {
  outcome: "won" | "lost" | "no-reply" | "skipped";
  amount: number;
  minutes: number;
  isTyped: boolean;
}
/** What really happened, by account; amounts in cents. */
const books = new Map<string, Book>();
const usualMinutes: Readonly<Record<string, number>> = { A: 120, B: 90, C: 60 };
const tierOf = (name: string) => customers.find((each) => each.name === name)?.tier ?? "";

/** Types an outcome and writes it down. */
async function ends(
  who: Who,
  name: string,
  outcome: "won" | "lost" | "no-reply",
  more: { readonly amount?: number; readonly hours?: number; readonly because?: string } = {},
): Promise<Message> {
  const { amount, hours, because } = more;
  const said = await type(
    who,
    [
      `offer ${OFFER} outcome ${name} ${outcome}`,
      ...(amount === undefined ? [] : [`amount ${amount}`]),
      ...(hours === undefined ? [] : [`hours ${hours}`]),
      ...(because === undefined ? [] : [`because ${because}`]),
    ].join(" "),
  );
  const tier = tierOf(name);
  books.set(name, {
    outcome,
    amount: outcome === "won" ? (amount ?? spendOf[tier] ?? 0) * 100 : 0,
    minutes: hours === undefined ? (usualMinutes[tier] ?? 0) : hours * 60,
    isTyped: hours !== undefined,
  });
  return said;
}

async function skips(who: Who, name: string, why: string): Promise<void> {
  await type(who, `offer ${OFFER} skip ${name} because ${why}`);
  books.set(name, { outcome: "skipped", amount: 0, minutes: 0, isTyped: false });
}

/** The chance that a win rate is below another, from its density in small steps: Beta(1 + wins, losses + half-life). */
function chanceBelow(rate: number, wins: number, outcomes: number): number {
  const [alpha, beta] = [1 + wins, Math.log(0.5) / Math.log(1 - rate) + outcomes - wins];
  const steps = 200_000;
  let [below, whole] = [0, 0];
  for (let step = 0; step < steps; step += 1) {
    const at = (step + 0.5) / steps;
    const density = at ** (alpha - 1) * (1 - at) ** (beta - 1);
    whole += density;
    if (at < rate) below += density;
  }
  return below / whole;
}

interface WaveFigures {
  readonly wave: string;
  readonly status: string;
  readonly accounts: number;
  readonly won: number;
  readonly lost: number;
  readonly noReply: number;
  readonly skipped: number;
  readonly resolved: number;
  readonly revenue: { readonly amount: number };
  readonly margin: { readonly amount: number };
  readonly hours: number;
  readonly marginPerHour: { readonly amount: number } | null;
  readonly hoursKnownShare: number | null;
  readonly expected: { readonly margin: { readonly amount: number }; readonly hours: number };
  readonly judgement: { readonly probabilityBelowFloor: number; readonly verdict: string };
}

const waves = async (): Promise<readonly WaveFigures[]> =>
  ((await operator(`offer ${OFFER}`)).data as { waves: readonly WaveFigures[] }).waves;
const statusOf = async () =>
  Object.fromEntries(
    (await waves()).filter(({ accounts }) => accounts > 0).map(({ wave, status }) => [wave, status]),
  );

interface PlannedRow {
  readonly account: string;
  readonly expectedMargin: { readonly amount: number };
  readonly effortHours: number;
  readonly excluded?: string;
}
const plan = async () =>
  (await operator(`pitch ${OFFER}`)).data as {
    waves: readonly {
      wave: string;
      accounts: number;
      expectedMargin: { amount: number };
      effortHours: number;
      rows: readonly PlannedRow[];
    }[];
  };

/** Every figure of every wave, from the test's own books. */
async function expectBooksToAgree(): Promise<void> {
  const planned = await plan();
  for (const figures of (await waves()).filter(({ accounts }) => accounts > 0)) {
    const rows = planned.waves.find(({ wave }) => wave === figures.wave)?.rows ?? [];
    const own = rows.flatMap(({ account }) => books.get(account) ?? []);
    const count = (outcome: Book["outcome"]) => own.filter((each) => each.outcome === outcome).length;
    const pitched = own.filter(({ outcome }) => outcome !== "skipped");
    const revenue = own.reduce((sum, { amount }) => sum + amount, 0);
    const minutes = pitched.reduce((sum, each) => sum + each.minutes, 0);
    expect(figures, figures.wave).toMatchObject({
      won: count("won"),
      lost: count("lost"),
      noReply: count("no-reply"),
      skipped: count("skipped"),
      resolved: own.length,
      revenue: { amount: revenue },
      margin: { amount: Math.round(revenue * MARGIN) },
      hours: minutes / 60,
      marginPerHour: minutes === 0 ? null : { amount: Math.round((revenue * MARGIN * 60) / minutes) },
      hoursKnownShare:
        pitched.length === 0 ? null : pitched.filter(({ isTyped }) => isTyped).length / pitched.length,
    });
    const counted = rows.filter(({ excluded }) => excluded === undefined);
    expect(figures.expected.margin.amount).toBe(
      counted.reduce((sum, { expectedMargin }) => sum + expectedMargin.amount, 0),
    );
    expect(figures.expected.hours).toBeCloseTo(
      counted.reduce((sum, { effortHours }) => sum + effortHours, 0),
      9,
    );
  }
}

test("from the offer to the stop rule and past it", { timeout: 180_000 }, async () => {
  const offer = (words: string) => `offer ${OFFER} ${words}`;
  const told = async (who: Who, words: string) => textOf(await type(who, offer(words)));

  // The second of November: a rep sees what it would be, the manager makes it.
  expect(textOf(await type("ann", `pitch ${OFFER}`))).toContain("manager");
  expect(((await operator("offers")).data as { rows: unknown[] }).rows).toEqual([]);
  expect((await type("mia", `pitch ${OFFER}`)).text).toContain("Spring bundle");
  expect((await plan()).waves.map(({ wave, accounts }) => [wave, accounts]).slice(0, 3)).toEqual([
    ["A", 5],
    ["B", 8],
    ["C", 12],
  ]);
  expect(await statusOf()).toEqual({ A: "open", B: "planned", C: "planned" });

  // Wave A. Dogwood belongs to nobody: who claims it first has it.
  await told("bob", "claim Dogwood");
  expect(await told("cem", "claim Dogwood")).toContain("Bob Baker holds Dogwood");
  await ends("ann", "Alder", "won", { amount: 50_000, hours: 3 });
  await ends("ann", "Birch", "lost");
  // The same once more changes nothing; another's account is left alone.
  await ends("ann", "Birch", "lost");
  expect(await told("bob", "outcome Alder lost")).toContain("Ann Archer");
  await skips("cem", "Elm", "they are being merged");
  expect(await told("ann", "claim Iris")).toContain("not open yet");
  await told("bob", `hand-over Cedar to <@${people.cem.id}>`);
  expect(await told("bob", "outcome Cedar won")).toContain("Cem Celik");
  expect(await statusOf()).toMatchObject({ A: "open", B: "planned" });
  // With Cedar, four of five are resolved: that is 80 %.
  await ends("cem", "Cedar", "no-reply", { hours: 0.5 });
  expect(await statusOf()).toEqual({ A: "open", B: "open", C: "planned" });
  await ends("bob", "Dogwood", "won", { hours: 2.5 });
  await expectBooksToAgree();

  // Wave B. A claim ends by itself after three days; a manager gives an account to anybody.
  on("2026-11-09");
  await told("bob", "claim Iris");
  expect(await told("cem", "claim Iris")).toContain("Bob Baker holds Iris");
  on("2026-11-13");
  await told("cem", "claim Iris");
  expect(await told("bob", "outcome Iris won")).toContain("Cem Celik");
  await told("mia", `assign Maple to <@${people.ann.id}>`);
  await ends("ann", "Fir", "won", { amount: 6_000, hours: 1 });
  await ends("ann", "Juniper", "lost");
  await ends("ann", "Maple", "lost", { hours: 2, because: "no budget before spring" });
  await ends("bob", "Ginkgo", "won");
  await ends("bob", "Koa", "no-reply");
  await ends("cem", "Hazel", "lost");
  expect(await statusOf()).toMatchObject({ B: "open", C: "planned" });
  await skips("cem", "Larch", "asked us to come back next year");
  expect(await statusOf()).toMatchObject({ B: "open", C: "open" });
  await expectBooksToAgree();

  // Wave C: a win brings 400 and a pitch takes an hour, so that the floor of 100 an hour needs one win in four.
  on("2026-11-16");
  await type("cem", "hold Ulmo complaint because two deliveries came late");
  expect(await told("cem", "claim Ulmo")).toContain("two deliveries came late");
  for (const [who, name] of [
    ["ann", "Nutmeg"],
    ["bob", "Oak"],
    ["cem", "Pine"],
    ["ann", "Rowan"],
    ["bob", "Spruce"],
  ] as const)
    await ends(who, name, "lost");
  expect(chanceBelow(0.25, 0, 5)).toBeLessThan(0.9);
  expect(await statusOf()).toMatchObject({ C: "open" });
  const paused = await ends("cem", "Teak", "lost");
  expect(chanceBelow(0.25, 0, 6)).toBeGreaterThan(0.9);
  expect(textOf(paused)).toContain("paused");
  expect(await statusOf()).toMatchObject({ C: "paused" });
  const atPause = (await waves()).find(({ wave }) => wave === "C");
  expect(atPause?.judgement.verdict).toBe("below-floor");
  expect(atPause?.judgement.probabilityBelowFloor).toBeCloseTo(chanceBelow(0.25, 0, 6), 4);
  expect(await told("ann", "claim Quince")).toContain("paused");
  expect(await told("ann", "resume C because I believe in it")).toContain("manager");

  // The manager goes on against the rule, and says why.
  on("2026-11-23");
  await told("mia", "resume C because the trade fair is next week");
  expect(await statusOf()).toMatchObject({ C: "open" });
  // With the mouse this time: claimed on its card, and the outcome in the form, twice.
  const card = await press("ann", await type("ann", offer("account Quince")), "Claim");
  expect(textOf(card)).toContain("Ann Archer");
  for (let time = 0; time < 2; time += 1) {
    const form = await openForm("ann", await type("ann", offer("account Quince")), "fill-outcome");
    const entered = { outcome: "won", amount: "1500", hours: "1.5", reason: "met at the fair" };
    expect(
      await slack.submitView({
        userId: people.ann.id,
        viewId: form,
        values: Object.fromEntries(Object.entries(entered).map(([field, value]) => [`fill-${field}`, value])),
      }),
    ).toEqual({ kind: "closed" });
    await slack.waitFor(() =>
      seenBy("ann").some((message) => message.text.includes("Quince") && /won/i.test(message.text)),
    );
  }
  books.set("Quince", { outcome: "won", amount: 150_000, minutes: 90, isTyped: true });
  await expectBooksToAgree();

  // Corrections: an amount by whoever typed it, a skip that is taken back.
  expect(await told("bob", "outcome Alder won amount 1")).toContain("Ann Archer");
  await ends("ann", "Alder", "won", { amount: 40_000, hours: 3, because: "the invoice was lower" });
  await told("cem", "reopen Elm because the merger is off");
  await ends("cem", "Elm", "lost", { hours: 1 });
  await expectBooksToAgree();

  // The whole month is in the log, in the order in which it happened.
  const { rows: events } = (await operator(offer("log"))).data as {
    rows: readonly { kind: string; by: string; account: string | null }[];
  };
  const kinds = events.toReversed().map(({ kind }) => kind);
  expect(kinds[0]).toBe("created");
  const count = (kind: string) => kinds.filter((each) => each === kind).length;
  expect({
    claims: count("claim"),
    assigned: count("assign"),
    skipped: count("skip"),
    outcomes: count("outcome"),
    corrections: count("correction"),
    reopened: count("reopen"),
    opened: count("wave-opened"),
    paused: count("wave-paused"),
    overridden: count("override"),
  }).toEqual({
    claims: 4,
    assigned: 2,
    skipped: 2,
    outcomes: 18,
    corrections: 1,
    reopened: 1,
    opened: 3,
    paused: 1,
    overridden: 1,
  });
  expect(slack.violations).toEqual([]);
  expect(slack.logged).toEqual([]);
});
