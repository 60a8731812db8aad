import { beforeEach, describe, expect, test } from "vitest";
import type { Step, WaveName } from "../../src/core/offers/offer.ts";
import type { OfferDraft } from "../../src/store/offers.ts";
import type { StoreReads } from "../../src/store/reads.ts";
import { NotAllowed } from "../../src/store/roles.ts";
import { account, later, now, type OfferWorld, openOfferWorld, pump, repOf } from "../helpers/offer-world.ts";
import { draftOf, testTerms } from "../helpers/offers.ts";

// What an offer is made of, and what becomes of it while people work on it at the same time.

let world: OfferWorld;
beforeEach(async () => {
  world = await openOfferWorld();
});

async function candidatesFor(productIds: readonly string[] = []) {
  const { reads } = await world.as();
  const snapshot = await reads.snapshot();
  if (!snapshot) throw new RangeError("no snapshot");
  const about = { productIds, restDays: 30, most: 100, today: "2026-07-01" };
  return reads.candidates(snapshot, {}, about);
}

async function makeOffer(more: Partial<OfferDraft> = {}, heldOut: readonly string[] = []): Promise<number> {
  const { rows } = await candidatesFor();
  const { decisions } = await world.as();
  return (await decisions.createOffer(draftOf(rows, more, heldOut), now)).id;
}

async function memberOf(offerId: number, name: string) {
  const { reads } = await world.as();
  const { rows } = await reads.members(offerId, { accountId: account(name), now }, { offset: 0 });
  return rows[0];
}

async function waveOf(offerId: number, wave: WaveName) {
  const { reads } = await world.as();
  return (await reads.offer(offerId, now))?.waves.find((one) => one.wave === wave);
}

const won: Step = { kind: "outcome", outcome: "won", amount: 120_000, minutes: 45 };

describe("candidates", () => {
  test("are the largest of each tier and prospects that resemble the best", async () => {
    const { rows, whole, products, evidence } = await candidatesFor([pump]);
    expect(rows.map(({ account: name, tier }) => `${tier ?? "-"} ${name}`)).toEqual([
      ...["A Alder", "A Birch", "B Cedar", "B Drake", "C Elder", "C Fichte", "- Pine"],
    ]);
    expect(whole).toEqual({ A: 2, B: 2, C: 2, lookalikes: 1 });
    expect(products).toEqual(["Pump"]);
    expect(evidence).toMatchObject({ customers: 7, buyers: 4, companions: [] });
    expect(evidence.traits).toMatchObject({ insideAccounts: 2, outsideAccounts: 5 });
    expect(evidence.traits.traits).toContainEqual({
      kind: "industry",
      value: "Mills",
      inside: 2,
      outside: 0,
    });
    expect(evidence.traits.traits).toContainEqual({ kind: "product", value: "Valve", inside: 1, outside: 2 });
    expect(evidence.traits.traits).toContainEqual({ kind: "cohort", value: "2026", inside: 2, outside: 5 });
  });

  test("say what is known of each", async () => {
    const { rows } = await candidatesFor([pump]);
    const [alder, birch] = rows;
    expect(alder).toEqual({
      ...{
        accountId: account("Alder"),
        account: "Alder",
        ownerId: repOf("ann"),
        owner: "ann rep",
        tier: "A",
      },
      ...{
        spend: 500_000,
        lastBoughtOn: "2026-06-01",
        usualPurchase: 500_000,
        industry: "Mills",
        region: "Land",
      },
      ...{
        similar: { accounts: 1, bought: 0 },
        products: ["Pump"],
        answers: { won: 0, lost: 0, noReply: 0 },
      },
      exclusions: [{ code: "owns", product: "Pump" }],
    });
    expect(birch).toMatchObject({ similar: { accounts: 1, bought: 1 }, exclusions: [], owner: undefined });
    const pine = rows.find(({ account: name }) => name === "Pine");
    expect(pine).toMatchObject({
      spend: 0,
      tier: undefined,
      similar: { accounts: 2, bought: 1 },
      products: [],
    });
    expect(pine?.usualPurchase).toBeUndefined();
  });

  test("are held back by what a source says, what somebody said, and an answer to another offer", async () => {
    const { decisions } = await world.as("ann");
    await decisions.holdBack(account("Alder"), { kind: "complaint", reason: "leaks", until: "2026-07-01" });
    await decisions.holdBack(account("Elder"), { kind: "overdue", reason: "old", until: "2026-06-30" });
    const offerId = await makeOffer();
    await (await world.as()).decisions.step(offerId, account("Birch"), won, now);
    const { rows } = await candidatesFor();
    const held = new Map(rows.map(({ account: name, exclusions }) => [name, exclusions]));
    expect(held.get("Alder")).toEqual([{ code: "complaint", reason: "leaks", until: "2026-07-01" }]);
    expect(held.get("Birch")).toEqual([{ code: "pitched", offer: "Spring", on: "2026-07-01" }]);
    expect(held.get("Drake")).toEqual([{ code: "opted-out", reason: "Opt-Out: Yes" }]);
    expect(held.get("Elder")).toEqual([]);
    expect(rows.find(({ account: name }) => name === "Birch")?.answers).toEqual({
      won: 1,
      lost: 0,
      noReply: 0,
    });
  });

  test("are those of a selection, and of the accounts that the viewer sees", async () => {
    const { reads } = await world.as();
    const snapshot = await reads.snapshot();
    if (!snapshot) throw new RangeError("no snapshot");
    const about = { productIds: [], restDays: 30, most: 1, today: "2026-07-01" };
    const names = async (own: StoreReads, selection: Parameters<StoreReads["candidates"]>[1]) => {
      const { rows, whole } = await own.candidates(
        { ...snapshot, isPrepared: own === reads },
        selection,
        about,
      );
      return [rows.map((row) => row.account), whole];
    };
    expect(await names(reads, {})).toEqual([
      ["Alder", "Cedar", "Elder", "Pine"],
      { A: 2, B: 2, C: 2, lookalikes: 1 },
    ]);
    expect(await names(reads, { tier: "B" })).toEqual([["Cedar"], { A: 0, B: 2, C: 0, lookalikes: 0 }]);
    expect(await names(reads, { ownerIds: [repOf("bob")] })).toEqual([
      ["Cedar"],
      { A: 0, B: 1, C: 0, lookalikes: 0 },
    ]);
    const ann = await world.as("ann");
    expect(await names(ann.reads, {})).toEqual([
      ["Alder", "Elder", "Pine"],
      { A: 1, B: 0, C: 1, lookalikes: 1 },
    ]);
    expect((await ann.reads.traits({ ...snapshot, isPrepared: false }, "A")).outsideAccounts).toBe(1);
  });
});

describe("an offer", () => {
  test("is made once, with its waves, its owners as holders and its first wave open", async () => {
    const { rows } = await candidatesFor();
    const { decisions, reads } = await world.as("root");
    const made = await decisions.createOffer(draftOf(rows), now);
    const again = await decisions.createOffer({ ...draftOf([]), name: " spring! " }, later(1));
    expect(again).toEqual({ id: made.id, isNew: false });
    expect(made.isNew).toBe(true);
    const offer = await reads.offer(made.id, now);
    expect(offer).toMatchObject({ name: "Spring", createdBy: "root@offers.example", products: ["Pump"] });
    expect(offer?.waves).toMatchObject([
      { wave: "A", status: "open", accounts: 2, whole: 2, held: 1, excluded: 0, expectedMargin: 16_000 },
      { wave: "B", status: "planned", accounts: 1, whole: 2, held: 1, excluded: 1, expectedMinutes: 60 },
      { wave: "C", status: "planned", accounts: 2, held: 1 },
      { wave: "lookalikes", status: "planned", accounts: 1, held: 1 },
    ]);
    const alder = await memberOf(made.id, "Alder");
    expect(alder).toMatchObject({ status: "held", holder: { key: `rep:${repOf("ann")}`, name: "ann rep" } });
    expect(alder?.heldUntil).toBeUndefined();
    const kinds = (await reads.offerEvents(made.id, {}, 10)).map(({ kind, by }) => `${kind} by ${by}`);
    expect(kinds).toEqual(["wave-opened by rule", "created by root@offers.example"]);
    expect((await reads.findOffer("SPRING")).match).toEqual({ id: made.id, name: "Spring" });
    expect((await reads.findOffer(`id:${made.id}`)).match).toEqual({ id: made.id, name: "Spring" });
    expect(await reads.findOffer("Sprong")).toMatchObject({ match: undefined, near: [{ name: "Spring" }] });
    expect((await reads.offers(now)).map(({ id, waves }) => [id, waves.length])).toEqual([[made.id, 4]]);
  });

  test("is not for reps to make", async () => {
    const { decisions } = await world.as("ann");
    await expect(decisions.createOffer(draftOf([]), now)).rejects.toThrow(NotAllowed);
  });

  test("shows everybody the accounts that they see, and is not there for who sees none", async () => {
    const offerId = await makeOffer({ filters: "owner:bob" });
    const ann = await world.as("ann");
    const { rows, total } = await ann.reads.members(offerId, { now }, { offset: 0, limit: 2 });
    expect([rows.map((row) => row.account), total]).toEqual([["Alder", "Elder"], 3]);
    const offer = await ann.reads.offer(offerId, now);
    expect(offer?.waves.map(({ wave, whole, accounts }) => [wave, whole, accounts])).toEqual([
      ["A", 1, 1],
      ["B", 0, 0],
      ["C", 1, 1],
      ["lookalikes", 1, 1],
    ]);
    expect(offer?.filters).toBe("");
    const nobody = await world.as("new");
    expect(await nobody.reads.offer(offerId, now)).toBeUndefined();
    expect(await nobody.reads.offers(now)).toEqual([]);
    expect(await nobody.reads.findOffer("Spring")).toEqual({ match: undefined, near: [] });
    expect(await nobody.reads.offerEvents(offerId, {}, 10)).toEqual([]);
  });
});

test("what is shown to others names nobody but oneself", async () => {
  await world.workspace.settings({ visibility: "team" });
  const offerId = await makeOffer({ filters: "owner:ann" });
  const { decisions } = await world.as("mia");
  await decisions.holdBack(account("Elder"), { kind: "complaint", reason: "ann was rude" });
  await decisions.setWave(offerId, "A", { status: "paused", reason: "ann is ill" }, now);
  const shown = await world.shown("mia", "ann");
  const answers = [
    await shown.offer(offerId, now),
    await shown.offers(now),
    await shown.members(offerId, { now }, { offset: 0 }),
    await shown.offerEvents(offerId, {}, 10),
    await shown.holds(account("Elder")),
  ];
  expect(answers.slice(3)).toEqual([[], []]);
  expect(JSON.stringify(answers)).toContain("Elder");
  expect(JSON.stringify(answers)).not.toMatch(/ann (?:rep|is)|@|rude|owner:/);
  const own = await (await world.shown("ann", "mia")).members(offerId, { now }, { offset: 0 });
  expect(own.rows[0]?.holder?.name).toBe("ann rep");
});

describe("steps", () => {
  test("of 200 people at once on one account: one has it, everybody else is told who", async () => {
    await world.workspace.settings({ visibility: "all" });
    const offerId = await makeOffer();
    const results = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const { decisions } = await world.as(`person${index}`);
        return decisions.step(offerId, account("Birch"), { kind: "claim" }, now);
      }),
    );
    const winners = results.filter(({ kind }) => kind === "done");
    expect(winners).toHaveLength(1);
    const holder = winners[0]?.member.holder;
    expect(holder?.name).toMatch(/^person\d+@offers\.example$/);
    const told = results.flatMap((result) => (result.kind === "refused" ? [result.why] : []));
    expect(told).toHaveLength(199);
    for (const why of told) expect(why).toMatchObject({ code: "held-by", holder });
    const claims = (await (await world.as()).reads.offerEvents(offerId, {}, 1_000)).filter(
      ({ kind }) => kind === "claim",
    );
    expect(claims.map(({ by }) => by)).toEqual([holder?.name]);
  });

  test("are counted once however often they arrive, and corrections are in the log", async () => {
    const offerId = await makeOffer();
    const { decisions, reads } = await world.as("ann");
    const first = await decisions.step(offerId, account("Alder"), won, now);
    const again = await decisions.step(offerId, account("Alder"), won, later(1));
    expect([first.kind, again.kind]).toEqual(["done", "unchanged"]);
    expect(again.member).toMatchObject({ status: "won", amount: 120_000, minutes: 45, resolvedAt: now });
    const corrected = await decisions.step(offerId, account("Alder"), { ...won, amount: 90_000 }, later(2));
    expect(corrected).toMatchObject({ kind: "done", isCorrection: true, member: { amount: 90_000 } });
    const log = await reads.offerEvents(offerId, { accountId: account("Alder") }, 10);
    expect(log.map(({ kind, account: name, by }) => [kind, name, by])).toEqual([
      ["correction", "Alder", "ann@offers.example"],
      ["outcome", "Alder", "ann@offers.example"],
    ]);
    expect(log[0]?.details).toMatchObject({ outcome: "won", amount: 90_000, was: "won", wasAmount: 120_000 });
    expect(await waveOf(offerId, "A")).toMatchObject({
      won: 1,
      wonAmount: 90_000,
      minutes: 45,
      minutesKnown: 1,
    });
  });

  test("open the next wave in the same moment", async () => {
    const offerId = await makeOffer();
    const { decisions } = await world.as();
    const one = await decisions.step(offerId, account("Alder"), won, now);
    expect(one).toMatchObject({ kind: "done", ruled: [] });
    const refused = await decisions.step(offerId, account("Fichte"), { kind: "claim" }, now);
    expect(refused).toMatchObject({
      kind: "refused",
      why: { code: "not-open", wave: "C", status: "planned" },
    });
    const two = await decisions.step(offerId, account("Birch"), { kind: "skip", reason: "moved" }, now);
    expect(two).toMatchObject({ kind: "done", ruled: [{ wave: "B", status: "open" }] });
    const wave = await waveOf(offerId, "B");
    expect(wave).toMatchObject({ status: "open", openedAt: now });
    expect(JSON.parse(wave?.statusReason ?? "")).toMatchObject({
      code: "resolved",
      before: "A",
      resolved: 2,
    });
  });

  test("are not for those who do not see the account", async () => {
    const offerId = await makeOffer();
    const claim = { kind: "claim" } as const;
    const steps = await Promise.all(
      ["ann", "max", "new"].map(async (name) => (await world.as(name)).decisions),
    );
    for (const decisions of steps)
      await expect(decisions.step(offerId, account("Birch"), claim, now)).rejects.toThrow(/not/);
    const [ann, max] = steps;
    await expect(ann?.step(offerId, account("Cedar"), won, now)).rejects.toThrow(NotAllowed);
    await expect(max?.step(offerId, account("Alder"), won, now)).rejects.toThrow(NotAllowed);
    await expect(max?.holdBack(account("Alder"), { kind: "overdue", reason: "x" })).rejects.toThrow(
      NotAllowed,
    );
    expect(await memberOf(offerId, "Birch")).toMatchObject({ status: "open" });
  });

  test("a claim ends by time, and somebody else may have the account", async () => {
    await world.workspace.settings({ visibility: "all" });
    const offerId = await makeOffer();
    const [ann, bob] = [await world.as("ann"), await world.as("bob")];
    const claim = { kind: "claim" } as const;
    const claimed = await ann.decisions.step(offerId, account("Birch"), claim, now);
    expect(claimed.member.heldUntil).toEqual(later(72));
    expect(await bob.decisions.step(offerId, account("Birch"), claim, later(71))).toMatchObject({
      kind: "refused",
    });
    await bob.decisions.keepRules(offerId, later(72));
    expect(await memberOf(offerId, "Birch")).toMatchObject({ status: "open", holder: undefined });
    const [ended] = await bob.reads.offerEvents(offerId, {}, 1);
    expect(ended).toMatchObject({ kind: "release", by: "rule", details: { from: "ann rep" } });
    const taken = await bob.decisions.step(offerId, account("Birch"), claim, later(72));
    expect(taken.member.holder).toEqual({ key: `rep:${repOf("bob")}`, name: "bob rep" });
  });

  test("wait while something holds the account back, as of that day", async () => {
    await world.workspace.settings({ visibility: "all" });
    const offerId = await makeOffer();
    const { decisions, reads } = await world.as("ann");
    const draft = { kind: "complaint", reason: "leaks", until: "2026-07-02" } as const;
    expect(await decisions.holdBack(account("Birch"), draft)).toBe(true);
    expect(await decisions.holdBack(account("Birch"), draft)).toBe(false);
    const claim = { kind: "claim" } as const;
    expect(await decisions.step(offerId, account("Birch"), claim, now)).toMatchObject({
      ...{ kind: "refused", why: { code: "excluded", exclusion: { code: "complaint", reason: "leaks" } } },
    });
    expect(await waveOf(offerId, "A")).toMatchObject({ accounts: 1, excluded: 1 });
    expect(await decisions.step(offerId, account("Birch"), claim, later(48))).toMatchObject({ kind: "done" });
    expect(await decisions.endHold(account("Birch"), "complaint")).toBe(true);
    expect(await decisions.endHold(account("Birch"), "complaint")).toBe(false);
    expect(await reads.holds(account("Birch"))).toMatchObject([
      { ...draft, by: "ann@offers.example", ended: { by: "ann@offers.example" } },
    ]);
  });

  test("never touch an account that is held out", async () => {
    const offerId = await makeOffer({}, [account("Birch")]);
    const { decisions } = await world.as();
    const result = await decisions.step(offerId, account("Birch"), { kind: "claim" }, now);
    expect(result).toMatchObject({ kind: "refused", why: { code: "hold-out" } });
    expect(await waveOf(offerId, "A")).toMatchObject({ accounts: 1, heldOut: 1, excluded: 0 });
  });
});

describe("waves", () => {
  test("are opened, paused and overridden by managers, and closed with the offer", async () => {
    const offerId = await makeOffer();
    const { decisions, reads } = await world.as("root");
    const set = (wave: WaveName, status: "open" | "paused" | "override") =>
      decisions.setWave(offerId, wave, { status, reason: "because" }, now);
    expect([await set("C", "open"), await set("C", "open")]).toEqual([true, false]);
    expect([await set("B", "paused"), await set("C", "paused"), await set("C", "override")]).toEqual([
      ...[false, true, true],
    ]);
    expect(await waveOf(offerId, "C")).toMatchObject({
      ...{ status: "open", overriddenUntilOutcomes: testTerms.leastOutcomes, openedAt: now, pausedAt: now },
      statusReason: expect.stringContaining("root@offers.example"),
    });
    const rep = await world.as("ann");
    await expect(rep.decisions.setWave(offerId, "A", { status: "paused", reason: "x" }, now)).rejects.toThrow(
      NotAllowed,
    );
    await expect(rep.decisions.closeOffer(offerId, "x", now)).rejects.toThrow(NotAllowed);
    expect([
      await decisions.closeOffer(offerId, "done", now),
      await decisions.closeOffer(offerId, "done", now),
    ]).toEqual([true, false]);
    expect((await reads.offer(offerId, now))?.closedAt).toEqual(now);
    expect(await decisions.step(offerId, account("Alder"), won, now)).toMatchObject({
      ...{ kind: "refused", why: { code: "not-open", status: "closed" } },
    });
    const kinds = (await reads.offerEvents(offerId, {}, 10)).map(({ kind }) => kind);
    expect(kinds).toEqual(["closed", "override", "wave-paused", "wave-opened", "wave-opened", "created"]);
  });

  test("open by date when somebody looks", async () => {
    const offerId = await makeOffer({ terms: { ...testTerms, opensOn: { C: "2026-07-03" } } });
    const { decisions } = await world.as("ann");
    await decisions.keepRules(offerId, later(24));
    expect(await waveOf(offerId, "C")).toMatchObject({ status: "planned" });
    await decisions.keepRules(offerId, later(48));
    expect(await waveOf(offerId, "C")).toMatchObject({ status: "open", openedAt: later(48) });
  });
});
