import { beforeAll, describe, expect, test } from "vitest";
import { workerKeys } from "../../src/core/worker-keys.ts";
import { type Access, accessOf, sharedAccessOf } from "../../src/store/access.ts";
import { createReads } from "../../src/store/create-reads.ts";
import { createDecisions } from "../../src/store/decisions.ts";
import { Refused } from "../../src/store/refused.ts";
import type { RawWorkspace } from "../helpers/facts.ts";
import { isLong } from "../helpers/leak-asking.ts";
import { isSeen, people, peopleSettings, seenBy, viewerIn } from "../helpers/leak-people.ts";
import { leaksIn, secretsOf } from "../helpers/leak-secrets.ts";
import { openLeakWorld, worldAccounts } from "../helpers/leak-world.ts";
import { installRowSecurity, underRowSecurity } from "../helpers/row-security.ts";

// Everybody asks the store for everything that is to be done and was answered, by ids that they cannot know, and tries to
// answer for accounts that they do not see. PostgreSQL, which hides the rows itself, gives the same answers.

const now = new Date("2026-10-31T12:00:00Z");
const today = "2026-10-31";
const everything = { offset: 0 };

let world: RawWorkspace;
let proposed: readonly { readonly id: string; readonly accountId: string }[];
beforeAll(async () => {
  world = await openLeakWorld();
  await world.settings({ people: peopleSettings });
  await installRowSecurity();
  const access = await accessFor("operator");
  const reads = createReads(world.database, access);
  const snapshot = await snapshotFor(access);
  const { rows } = await reads.actions(snapshot, {}, today, everything);
  proposed = rows;
  const decisions = createDecisions(world.database, access);
  // In every third account's own words, so that whoever reads one of them has seen what is not theirs.
  for (const [place, { id, accountId }] of rows.entries()) {
    const word = worldAccounts.find((account) => account.id === accountId)?.words.at(-1) ?? "";
    if (place % 3 === 0) await decisions.answerAction(id, { kind: "done", note: word, minutes: 30 }, now);
    if (place % 3 === 1)
      await decisions.answerAction(id, { kind: "not-relevant", reason: word || "so" }, now);
  }
});

const accessFor = (name: string) => accessOf(world.database, viewerIn(world, name));

async function snapshotFor(access: Access) {
  const snapshot = await createReads(world.database, access).snapshot();
  if (!snapshot) throw new RangeError("no snapshot");
  return snapshot;
}

async function everyAnswer(on: Parameters<typeof createReads>[0], access: Access) {
  const reads = createReads(on, access);
  const snapshot = await snapshotFor(access);
  const holders = [
    { key: "own", keys: workerKeys(access) },
    { key: "nora", keys: workerKeys(await accessFor("nora")) },
  ];
  return [
    await reads.actions(snapshot, {}, today, everything),
    await reads.actions(snapshot, { holderKeys: workerKeys(access) }, today, everything),
    await reads.actions(snapshot, { tier: "A", kinds: ["cross-sell", "win-back"] }, today, everything),
    [...(await reads.actionsByHolder(snapshot, holders, today, 100))],
    await reads.action(snapshot, proposed[0]?.id ?? "", today),
    await reads.action(snapshot, proposed.at(-1)?.id ?? "", today),
    await reads.actions(snapshot, { accountId: proposed[1]?.accountId ?? "" }, today, everything),
    await reads.actionAnswers({}, everything),
    await reads.actionAnswers({ actionIds: proposed.map(({ id }) => id), since: now }, everything),
    await reads.proposalBasis(snapshot),
  ];
}

test("there is something to see", async () => {
  const access = await accessFor("operator");
  const reads = createReads(world.database, access);
  const { rows, heldBack } = await reads.actions(await snapshotFor(access), {}, today, everything);
  expect(new Set(rows.map(({ kind }) => kind)).size).toBeGreaterThan(2);
  expect(heldBack.byAnswer).toBeGreaterThan(2);
  expect((await reads.actionAnswers({}, everything)).total).toBeGreaterThan(5);
});

/** Each way to see all, some or none of the accounts once; in the long run everybody asks in both modes. */
const telling = {
  own: ["operator", "mia", "max", "nora", "stranger"],
  team: ["sven", "tess", "nameless"],
};

describe.each(["own", "team"] as const)("in mode %s", (mode) => {
  beforeAll(() => world.settings({ visibility: mode }));

  test.each(isLong ? Object.keys(people) : telling[mode])(
    "%s reads nothing that is not theirs",
    async (name) => {
      const access = await accessFor(name);
      const answers = await everyAnswer(world.database, access);
      expect(leaksIn(JSON.stringify(answers), "", secretsOf(seenBy(name, mode)))).toEqual([]);
      expect(await everyAnswer(underRowSecurity(world.database, access), access)).toEqual(answers);
    },
  );

  test.each(isLong ? Object.keys(people) : telling[mode])(
    "%s answers nothing that is not theirs",
    async (name) => {
      const decisions = createDecisions(world.database, await accessFor(name));
      const before = await answersOf();
      const sees = seenBy(name, mode);
      const hidden = proposed.filter(({ accountId }) =>
        worldAccounts.some((account) => account.id === accountId && !isSeen(sees, account)),
      );
      for (const { id } of hidden.slice(0, 3)) {
        await expect(decisions.answerAction(id, { kind: "done" }, now)).rejects.toThrow(Refused);
        const isReopened = await decisions.reopenAction(id, now).catch((error: unknown) => {
          expect(error).toBeInstanceOf(Refused);
          return false;
        });
        expect(isReopened).toBe(false);
      }
      expect(await answersOf()).toEqual(before);
      expect(hidden.length > 0 || sees === "all").toBe(true);
    },
  );
});

test("what is shared while not everybody sees everything names nobody else", async () => {
  await world.settings({ visibility: "team" });
  const shared = await sharedAccessOf(world.database, viewerIn(world, "nora"), [viewerIn(world, "nils")]);
  const text = JSON.stringify(await everyAnswer(world.database, shared));
  expect(text).toContain("another rep");
  expect(text).not.toMatch(/Nils Brandt|nils@|the terminal/);
});

async function answersOf() {
  return createReads(world.database, await accessFor("operator")).actionAnswers({}, everything);
}
