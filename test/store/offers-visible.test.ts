import { beforeAll, describe, expect, test } from "vitest";
import { type Access, accessOf } from "../../src/store/access.ts";
import { createReads } from "../../src/store/create-reads.ts";
import { createDecisions } from "../../src/store/decisions.ts";
import type { StoreReads } from "../../src/store/reads.ts";
import { Refused } from "../../src/store/refused.ts";
import type { RawWorkspace } from "../helpers/facts.ts";
import { askingIn, probedAccounts } from "../helpers/leak-asking.ts";
import { isSeen, modes, peopleSettings, seenBy, viewerIn } from "../helpers/leak-people.ts";
import { leaksIn, secretsOf } from "../helpers/leak-secrets.ts";
import { openLeakWorld, worldAccounts, worldOffers } from "../helpers/leak-world.ts";
import { installRowSecurity, underRowSecurity } from "../helpers/row-security.ts";

// Everybody asks the store for everything about every offer, by numbers that they cannot know, and tries to work on
// accounts that they do not see. PostgreSQL, which hides the rows itself, gives the same answers.

const now = new Date("2026-10-31T12:00:00Z");
const about = { restDays: 30, most: 100, today: "2026-10-31" };
const everything = { offset: 0 };

let world: RawWorkspace;
let offerIds: readonly number[];
beforeAll(async () => {
  world = await openLeakWorld();
  await world.settings({ people: peopleSettings });
  await installRowSecurity();
  const offers = await createReads(world.database, await accessFor("operator")).offers(now);
  offerIds = offers.map(({ id }) => id);
});

const accessFor = (name: string) => accessOf(world.database, viewerIn(world, name));

async function everyAnswer(reads: StoreReads, { owners }: Access) {
  const snapshot = await reads.snapshot();
  if (!snapshot) throw new RangeError("no snapshot");
  // Products are no secret to whoever knows their ids, and only those who see everything have figures prepared.
  const seen = { ...snapshot, isPrepared: owners === "all" };
  return [
    await reads.candidates(seen, {}, { ...about, productIds: [] }),
    await reads.candidates(seen, { tier: "A" }, { ...about, productIds: [] }),
    await reads.traits(seen, "A"),
    await reads.traits(seen, "C"),
    await reads.offers(now),
    await Promise.all([...worldOffers.map(({ name }) => name), "push"].map(reads.findOffer)),
    await Promise.all(offerIds.map((id) => reads.offer(id, now))),
    await Promise.all(offerIds.map((id) => reads.members(id, { now }, everything))),
    await Promise.all(
      probedAccounts.map(({ id }) => reads.members(offerIds[0] ?? 0, { accountId: id, now }, everything)),
    ),
    await Promise.all(offerIds.map((id) => reads.offerEvents(id, {}, 100))),
    await Promise.all(probedAccounts.map(({ id }) => reads.holds(id))),
    // What values follow from is fitted to everybody's purchases; the values are of those seen.
    await reads.values(seen, {}, everything),
    await reads.values(seen, { tier: "A", aliveBelowPercent: 50 }, everything),
    await Promise.all(probedAccounts.map(({ id }) => reads.accountValue(seen, id))),
    await reads.rfmThresholds(seen),
    await reads.redefinitions({ after: 0, until: seen.id }),
    await reads.redefinedTiers(
      { after: 0, until: seen.id },
      worldAccounts.map(({ id }) => id),
    ),
  ];
}

test("there is something to see", async () => {
  expect(offerIds).toHaveLength(worldOffers.length);
  const reads = createReads(world.database, await accessFor("operator"));
  const pages = await Promise.all(offerIds.map((id) => reads.members(id, { now }, everything)));
  expect(Math.min(...pages.map(({ total }) => total))).toBeGreaterThan(0);
  const held = await Promise.all(worldAccounts.map(({ id }) => reads.holds(id)));
  expect(held.flat()).toHaveLength(3);
  const events = await Promise.all(offerIds.map((id) => reads.offerEvents(id, {}, 100)));
  expect(events.flat().filter(({ kind }) => kind === "outcome").length).toBeGreaterThan(1);
});

describe.each(modes)("in mode %s", (mode) => {
  beforeAll(() => world.settings({ visibility: mode }));

  test.each(askingIn(mode))("%s reads nothing that is not theirs", async (name) => {
    const access = await accessFor(name);
    const answers = await everyAnswer(createReads(world.database, access), access);
    expect(leaksIn(JSON.stringify(answers), "", secretsOf(seenBy(name, mode)))).toEqual([]);
    const secured = createReads(underRowSecurity(world.database, access), access);
    expect(await everyAnswer(secured, access)).toEqual(answers);
  });

  test.each(askingIn(mode))("%s works on nothing that is not theirs", async (name) => {
    const decisions = createDecisions(world.database, await accessFor(name));
    const hidden = probedAccounts.filter((account) => !isSeen(seenBy(name, mode), account));
    for (const { id } of hidden) {
      const step = { kind: "claim" } as const;
      for (const offerId of offerIds)
        await expect(decisions.step(offerId, id, step, now)).rejects.toThrow(Refused);
      await expect(decisions.holdBack(id, { kind: "overdue", reason: "mine" })).rejects.toThrow(Refused);
      await expect(decisions.endHold(id, "complaint")).rejects.toThrow(Refused);
    }
    expect(hidden.length > 0 || seenBy(name, mode) === "all").toBe(true);
  });
});
