import { beforeAll, describe, expect, test } from "vitest";
import { accessOf, sharedAccessOf } from "../../src/store/access.ts";
import { createReads } from "../../src/store/create-reads.ts";
import { createDecisions } from "../../src/store/decisions.ts";
import type { StoreReads } from "../../src/store/reads.ts";
import { Refused } from "../../src/store/refused.ts";
import type { RawWorkspace } from "../helpers/facts.ts";
import { askingIn } from "../helpers/leak-asking.ts";
import { isSeen, modes, peopleSettings, seenBy, viewerIn } from "../helpers/leak-people.ts";
import { leaksIn, secretsOf } from "../helpers/leak-secrets.ts";
import { openLeakWorld, worldAccounts, worldReps } from "../helpers/leak-world.ts";
import { installRowSecurity, underRowSecurity } from "../helpers/row-security.ts";

// Everybody asks the store for everything that was noted, given and planned, by numbers that they cannot know, and tries to
// change what is not theirs. PostgreSQL, which hides the rows itself, gives the same answers.

const now = new Date("2026-10-31T12:00:00Z");
const today = "2026-10-31";
const everything = { offset: 0 };
const fiscalYear = { label: "2026", first: "2026-01-01", last: "2026-12-31" };
const terms = {
  ...{ today, customerBy: "2026-06-30", askedBefore: "2025-10-31", leastScore: 9 },
  gone: { quietSince: "2020-01-01" },
};

let world: RawWorkspace;
let noted: readonly number[];
let thanked: readonly number[];
beforeAll(async () => {
  world = await openLeakWorld();
  await world.settings({ people: peopleSettings });
  await installRowSecurity();
  const access = await accessFor("operator");
  const [reads, decisions] = [createReads(world.database, access), createDecisions(world.database, access)];
  const snapshot = await snapshotOf(reads);
  const { rows } = await reads.rewards(snapshot, {}, fiscalYear, everything);
  thanked = rows.map(({ id }) => id);
  for (const id of thanked.filter((_, index) => index % 3 === 0))
    await decisions.settleReward(id, { status: "given", onDay: "2025-01-01" }, now);
  const all = await eachOf(worldAccounts, ({ id }) => reads.interactions(id, everything));
  noted = all.flatMap(({ rows: each }) => each.map(({ id }) => id));
});

const accessFor = (name: string) => accessOf(world.database, viewerIn(world, name));

async function snapshotOf(reads: StoreReads) {
  const snapshot = await reads.snapshot();
  if (!snapshot) throw new RangeError("no snapshot");
  return snapshot;
}

/** One after the other: whoever reads under row security begins a transaction for each. */
async function eachOf<Item, Answer>(items: readonly Item[], read: (item: Item) => Promise<Answer>) {
  const answers: Answer[] = [];
  for (const item of items) answers.push(await read(item));
  return answers;
}

/** An account of each rep, and one of nobody. */
const oneOfEach = worldAccounts.filter(
  ({ owner }, index) => worldAccounts.findIndex((other) => other.owner === owner) === index,
);

async function everyAnswer(reads: StoreReads) {
  const snapshot = await snapshotOf(reads);
  return [
    await eachOf(oneOfEach, ({ id }) => reads.interactions(id, everything, "2026-01-01")),
    await eachOf(noted.slice(0, 6), reads.interaction),
    await reads.rewards(snapshot, {}, fiscalYear, everything),
    await reads.rewards(snapshot, { tier: "A" }, fiscalYear, everything),
    await eachOf(thanked.slice(0, 6), reads.reward),
    await reads.rewardReturns(snapshot, 180),
    await reads.unthanked(snapshot, {}, { today: "2028-01-01", since: "2027-01-01" }, 100),
    await reads.advocates(snapshot, {}, terms, everything),
    await eachOf(oneOfEach, ({ id }) => reads.timeline(snapshot, id, everything)),
  ];
}

test("there is something to see", async () => {
  const reads = createReads(world.database, await accessFor("operator"));
  const snapshot = await snapshotOf(reads);
  // Every account has a note, and every third a gift as well.
  expect([noted.length, thanked.length]).toEqual([worldAccounts.length + 5, worldAccounts.length]);
  expect((await reads.advocates(snapshot, {}, terms, everything)).known).toEqual({
    surveys: worldAccounts.length,
    prospects: 1,
  });
  expect((await reads.rewardReturns(snapshot, 180)).pairs.length).toBeGreaterThan(1);
  const whom = await reads.unthanked(snapshot, {}, { today: "2028-01-01", since: "2027-01-01" }, 100);
  expect(whom.length).toBeGreaterThan(3);
});

describe.each(modes)("in mode %s", (mode) => {
  beforeAll(() => world.settings({ visibility: mode }));

  test.each(askingIn(mode))("%s reads nothing that is not theirs", async (name) => {
    const access = await accessFor(name);
    const answers = await everyAnswer(createReads(world.database, access));
    expect(leaksIn(JSON.stringify(answers), "", secretsOf(seenBy(name, mode)))).toEqual([]);
    const secured = createReads(underRowSecurity(world.database, access), access);
    expect(await everyAnswer(secured)).toEqual(answers);
  });

  test.each(askingIn(mode))("%s changes nothing that is not theirs", async (name) => {
    const access = await accessFor(name);
    const decisions = createDecisions(world.database, access);
    const own = createReads(world.database, access);
    const hidden = oneOfEach.filter((account) => !isSeen(seenBy(name, mode), account));
    const draft = { onDay: today, note: "" };
    const plan = { kind: "gift" as const, onDay: today, costMinor: 1, currency: "EUR", occasion: "mine" };
    for (const { id } of hidden) {
      await expect(decisions.logInteraction(id, { ...draft, kind: "call" }, now)).rejects.toThrow(Refused);
      await expect(decisions.closeComplaint(id, draft, now)).rejects.toThrow(Refused);
      await expect(decisions.planReward(id, plan, now)).rejects.toThrow(Refused);
    }
    for (const id of noted.slice(0, 6))
      if ((await own.interaction(id)) === undefined)
        await expect(decisions.takeBackInteraction(id, now)).rejects.toThrow(Refused);
    for (const id of thanked.slice(0, 6))
      if ((await own.reward(id)) === undefined)
        await expect(decisions.settleReward(id, { status: "cancelled" }, now)).rejects.toThrow(Refused);
    expect(hidden.length > 0 || seenBy(name, mode) === "all").toBe(true);
  });
});

test("a rep takes back what is theirs alone", async () => {
  await world.settings({ visibility: "all" });
  const decisions = createDecisions(world.database, await accessFor("nora"));
  for (const id of noted.slice(0, 3))
    await expect(decisions.takeBackInteraction(id, now)).rejects.toThrow(
      "Only whoever noted it, or a manager",
    );
});

test("what is shared names nobody and quotes nothing", async () => {
  await world.settings({ visibility: "team" });
  const own = createDecisions(world.database, await accessFor("nora"));
  const zephyrine = worldAccounts[0]?.id ?? "";
  await own.logInteraction(zephyrine, { kind: "call", onDay: today, note: "Nils Brandt says so" }, now);
  const nils = createDecisions(world.database, await accessFor("nils"));
  await nils.logInteraction(zephyrine, { kind: "visit", onDay: today, note: "Nora Quill says so" }, now);
  await nils.holdBack(zephyrine, { kind: "overdue", reason: "Nora Quill knows" });
  const access = await sharedAccessOf(world.database, viewerIn(world, "nora"), [viewerIn(world, "nils")]);
  const shared = createReads(world.database, access);
  const answers = JSON.stringify(await everyAnswer(shared));
  const others = worldReps
    .filter(({ name }) => name !== "Nora Quill")
    .flatMap(({ name, email }) => [name, email]);
  expect(others.filter((word) => answers.includes(word))).toEqual([]);
  expect(answers).not.toMatch(/says so|knows|grudge|the terminal/);
  const { rows } = await shared.timeline(await snapshotOf(shared), zephyrine, everything);
  expect(rows.map(({ kind, by }) => `${kind} ${by}`)).toEqual(
    expect.arrayContaining(["interaction NORA@leak.example", "interaction another rep"]),
  );
  expect(rows.some(({ kind }) => kind === "hold")).toBe(false);
});
