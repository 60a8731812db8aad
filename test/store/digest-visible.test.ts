import { beforeAll, describe, expect, test } from "vitest";
import { accessOf, sharedAccessOf } from "../../src/store/access.ts";
import { createReads } from "../../src/store/create-reads.ts";
import { createDecisions } from "../../src/store/decisions.ts";
import type { DigestPerson } from "../../src/store/digest-reads.ts";
import type { StoreReads } from "../../src/store/reads.ts";
import type { RawWorkspace } from "../helpers/facts.ts";
import { askingIn } from "../helpers/leak-asking.ts";
import { modes, people, peopleSettings, seenBy, viewerIn } from "../helpers/leak-people.ts";
import { leaksIn, secretsOf } from "../helpers/leak-secrets.ts";
import { openLeakWorld, worldAccounts, worldReps } from "../helpers/leak-world.ts";
import { installRowSecurity, underRowSecurity } from "../helpers/row-security.ts";

// Everybody asks what digests ask, about everybody: whoever puts the question decides nothing about what may be seen.
// PostgreSQL, which hides the rows itself, gives the same answers.

const now = new Date("2026-10-31T12:00:00Z");
const today = "2026-10-31";
const since = new Date("2020-01-01T00:00:00Z");

let world: RawWorkspace;
let everybody: readonly DigestPerson[];
beforeAll(async () => {
  world = await openLeakWorld();
  await world.settings({ people: peopleSettings });
  await installRowSecurity();
  const access = await accessFor("operator");
  const [reads, decisions] = [createReads(world.database, access), createDecisions(world.database, access)];
  for (const { id } of worldAccounts.slice(0, 4))
    await decisions.holdBack(id, { kind: "overdue", reason: "late" });
  const open = await reads.actions(await snapshotOf(reads), {}, today, { offset: 0, limit: 3 });
  for (const { id } of open.rows) await decisions.answerAction(id, { kind: "done" }, now);
  everybody = await Promise.all(
    Object.keys(people).map(async (name) => {
      const { repIds, signature } = await accessFor(name);
      return { repIds, signature };
    }),
  );
});

const accessFor = (name: string) => accessOf(world.database, viewerIn(world, name));

async function snapshotOf(reads: StoreReads) {
  const snapshot = await reads.snapshot();
  if (!snapshot) throw new RangeError("no snapshot");
  return snapshot;
}

async function everyAnswer(reads: StoreReads) {
  const snapshot = await snapshotOf(reads);
  const { rows } = await reads.actions(snapshot, {}, today, { offset: 0 });
  const everyone = everybody.map(() => since);
  return [
    await reads.openActionsOf(snapshot, {}, "everything", today, 5),
    await reads.openActionsOf(snapshot, {}, everybody, today, 5),
    await reads.unownedActions(snapshot, {}),
    await reads.movesOf(snapshot, { kind: "own" }, {}, "everything", 5),
    await reads.movesOf(snapshot, { kind: "own" }, {}, everybody, 5),
    await reads.movesOf(snapshot, { kind: "data", until: "2026-01-31" }, {}, everybody, 5),
    await reads.openHoldsOf(snapshot, {}, "everything", now, 5),
    await reads.openHoldsOf(snapshot, { tier: "A" }, everybody, now, 5),
    await reads.openTasksOf(everybody, now),
    await reads.resultsOf(snapshot, {}, "everything", [since]),
    await reads.resultsOf(snapshot, {}, everybody, everyone),
    (await reads.settled(rows)).length,
  ];
}

test("there is something to see", async () => {
  const reads = createReads(world.database, await accessFor("operator"));
  const snapshot = await snapshotOf(reads);
  const [holds] = await reads.openHoldsOf(snapshot, {}, "everything", now, 5);
  expect(holds?.overdue).toBeGreaterThanOrEqual(4);
  const moves = await reads.movesOf(snapshot, { kind: "own" }, {}, everybody, 5);
  expect(moves.some(({ rows }) => rows.length > 0)).toBe(true);
  const results = await reads.resultsOf(snapshot, {}, "everything", [since]);
  expect(results[0]?.answers.length).toBeGreaterThan(0);
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
});

test("what is shared names nobody", async () => {
  await world.settings({ visibility: "team" });
  const access = await sharedAccessOf(world.database, viewerIn(world, "nora"), [viewerIn(world, "nils")]);
  const answers = JSON.stringify(await everyAnswer(createReads(world.database, access)));
  const others = worldReps
    .filter(({ name }) => name !== "Nora Quill")
    .flatMap(({ name, email }) => [name, email]);
  expect(others.filter((word) => answers.includes(word))).toEqual([]);
});
