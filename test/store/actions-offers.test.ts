import { beforeAll, expect, test } from "vitest";
import { account, later, now, type OfferWorld, openOfferWorld, repOf } from "../helpers/offer-world.ts";
import { draftOf } from "../helpers/offers.ts";

// Pitches of open waves are tasks of whoever holds them, for as long as they are to be made.

const today = "2026-07-01";
const everything = { offset: 0 };

let world: OfferWorld;
let offerId: number;
beforeAll(async () => {
  world = await openOfferWorld();
  const { reads, decisions } = await world.as();
  const snapshot = await reads.snapshot();
  if (!snapshot) throw new RangeError("no snapshot");
  const about = { productIds: [], restDays: 30, most: 100, today };
  const { rows } = await reads.candidates(snapshot, {}, about);
  ({ id: offerId } = await decisions.createOffer(draftOf(rows, {}, [account("Birch")]), now));
});

async function tasks(name?: string) {
  const { reads } = await world.as(name);
  const snapshot = await reads.snapshot();
  if (!snapshot) throw new RangeError("no snapshot");
  return reads.actions(snapshot, { kinds: ["offer"] }, today, everything);
}

test("are those of held accounts in open waves, with the offer's value and effort", async () => {
  const { rows } = await tasks();
  expect(rows).toMatchObject([
    {
      ...{ account: "Alder", kind: "offer", subject: String(offerId), valueMinor: 8_000, effortMinutes: 60 },
      ...{ dueOn: "2026-07-15", holder: { key: `rep:${repOf("ann")}`, name: "ann rep" } },
      reasons: [{ code: "offer", offerId, probability: 0.2 }],
    },
  ]);
  expect(await tasks("ann")).toMatchObject({ rows: [{ id: rows[0]?.id }] });
  expect(await tasks("bob")).toMatchObject({ rows: [], total: 0 });
});

test("end where the account is held back or has answered, and begin with its wave and whoever claims it", async () => {
  const { decisions } = await world.as();
  await decisions.holdBack(account("Alder"), { kind: "overdue", reason: "Pays late" });
  expect((await tasks()).rows).toEqual([]);
  await decisions.endHold(account("Alder"), "overdue");
  expect((await tasks()).total).toBe(1);
  await decisions.step(offerId, account("Alder"), { kind: "outcome", outcome: "no-reply" }, now);
  // All of wave A that is pitched has an answer, so wave B is open now.
  expect((await tasks()).rows.map((row) => row.account)).toEqual(["Cedar"]);
  await (await world.as("mia")).decisions.keepRules(offerId, later(1));
  await decisions.closeOffer(offerId, "Enough", later(2));
  expect((await tasks()).rows).toEqual([]);
});
