import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ActionKind } from "../../src/core/actions/action.ts";
import { recordId } from "../../src/ingest/drafts.ts";
import { accessOf } from "../../src/store/access.ts";
import type { ActionSelection } from "../../src/store/actions.ts";
import { createReads } from "../../src/store/create-reads.ts";
import { createDecisions } from "../../src/store/decisions.ts";
import { prepareAnswers } from "../../src/store/prepare-answers.ts";
import { sql } from "../../src/store/sql.ts";
import { accountRecord, openRawWorkspace, type RawWorkspace } from "../helpers/facts.ts";

// A portfolio of which every proposal can be computed by hand: as of 30 June 2026, a margin of 40 %, amounts in cents.

const today = "2026-06-30";
const now = new Date("2026-06-30T10:00:00Z");
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const dayOf = (moment: Date) => moment.toISOString().slice(0, 10);
const account = (name: string) => accountRecord("crm", name);
const rep = (name: string) => recordId("crm", "rep", name);
const keyOf = (name: string) => `rep:${rep(name)}`;
const product = (name: string) => recordId("crm", "product", name);

/** Nine buyers of valves in one industry, one of which buys little; and one of each other case. */
const mills = ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "small"];

async function openWorld(): Promise<RawWorkspace> {
  const world = await openRawWorkspace();
  await world.startImport("crm");
  await world.reps(
    ["ann", "bob"].map((name) => ({ external_id: name, name, email: `${name}@do.example`, team: "One" })),
  );
  await world.products([
    { external_id: "valve", name: "Valve" },
    { external_id: "pump", name: "Pump" },
  ]);
  const owned = (name: string, owner: string, more: object = {}) => ({
    ...{ external_id: name, name, owner_record_id: rep(owner), custom: {}, ...more },
  });
  await world.accounts([
    ...mills.map((name) => owned(name, "bob", { industry: "Mills", region: "North" })),
    owned("lapsed", "ann"),
    owned("due", "ann", { custom: { "Renewal date": "2026-07-20" } }),
    owned("fresh", "ann"),
    owned("prospect", "ann", { industry: "Mills", region: "North" }),
  ]);
  const deal = (name: string, euros: number, day: string, more: object = {}) => ({
    id: `${name} ${day}`,
    ...{
      account_record_id: account(name),
      amount_minor: euros * 100,
      close_on: day,
      name: `Deal of ${name}`,
    },
    ...more,
  });
  await world.deals([
    ...mills.map((name) =>
      deal(name, name === "small" ? 200 : 1_000, "2025-12-01", { product_record_id: product("valve") }),
    ),
    deal("m1", 3_000, "2025-11-01", { product_record_id: product("pump") }),
    deal("lapsed", 10_000, "2025-03-01"),
    deal("due", 5_000, "2025-12-01"),
    deal("fresh", 400, "2026-06-20"),
  ]);
  await world.refresh(today, now);
  return world;
}

async function doorOf(world: RawWorkspace, name?: string) {
  const access = await accessOf(
    world.database,
    name === undefined
      ? { workspaceId: world.id, standing: "operator" }
      : { workspaceId: world.id, standing: "member", email: `${name}@do.example` },
  );
  const reads = createReads(world.database, access);
  const snapshotNow = async () => {
    const found = await reads.snapshot();
    if (!found) throw new RangeError("no snapshot");
    return found;
  };
  return {
    reads,
    decisions: createDecisions(world.database, access),
    open: async (selection: ActionSelection = {}, day = today) =>
      reads.actions(await snapshotNow(), selection, day, { offset: 0 }),
    one: async (id: string, day = today) => reads.action(await snapshotNow(), id, day),
    snapshot: snapshotNow,
  };
}

type Door = Awaited<ReturnType<typeof doorOf>>;

async function found(door: Door, kind: ActionKind, name: string, day = today) {
  const { rows } = await door.open({ kinds: [kind], accountId: account(name) }, day);
  return rows[0];
}

async function idOf(door: Door, kind: ActionKind, name: string): Promise<string> {
  const row = await found(door, kind, name);
  if (!row) throw new RangeError(`no ${kind} for ${name}`);
  return row.id;
}

describe("what is proposed", () => {
  let world: RawWorkspace;
  let door: Door;
  beforeAll(async () => {
    world = await openWorld();
    door = await doorOf(world);
  });

  test("follows from the facts, with values that can be computed by hand", async () => {
    const { asOf, currency } = await door.snapshot();
    expect({ asOf, currency }).toEqual({ asOf: today, currency: "EUR" });
    const holder = { key: keyOf("ann"), name: "ann" };
    // 10,000.00 a year × 40 % × one in five comes back, in three quarters of an hour.
    expect(await found(door, "win-back", "lapsed")).toMatchObject({
      ...{ valueMinor: 80_000, effortMinutes: 45, dueOn: "2026-06-30", subject: "", holder },
      score: (80_000 * 60) / 45,
      reasons: [{ code: "lapsed", lastOn: "2025-03-01", yearBeforeMinor: 1_000_000 }, { code: "tier" }],
    });
    // 5,000.00 × 40 % × one in five would be lost.
    expect(await found(door, "renewal", "due")).toMatchObject({
      ...{ valueMinor: 40_000, dueOn: "2026-07-20", holder },
      reasons: [{ code: "renewal-date", column: "Renewal date", on: "2026-07-20" }],
    });
    expect(await found(door, "check-in", "fresh")).toMatchObject({
      ...{ dueOn: "2026-07-04", subject: "2026-06-20" },
      reasons: [
        { code: "first-purchase", on: "2026-06-20" },
        { code: "won-deal", on: "2026-06-20", deal: "Deal of fresh", valueMinor: 40_000 },
      ],
    });
    // Half of the nine buy valves for more than 1,000.00 or as much: (1,000 − 200) × 40 % × one fifth of the gap.
    expect(await found(door, "up-sell", "small")).toMatchObject({
      ...{ valueMinor: 6_400, subject: product("valve"), holder: { key: keyOf("bob"), name: "bob" } },
      reasons: [
        { code: "below-similar", product: "Valve", yearMinor: 20_000, usualMinor: 100_000, similar: 9 },
      ],
    });
    // One of nine customers who bought anything by name has a pump: 3,000.00 × 40 %, by that chance.
    const pump = await found(door, "cross-sell", "m2");
    expect(pump).toMatchObject({ subject: product("pump") });
    const [reason] = pump?.reasons ?? [];
    expect(reason).toMatchObject({ code: "popular", product: "Pump", buyers: 1 });
    expect(await found(door, "cross-sell", "m1")).toBeUndefined();
    expect(await found(door, "up-sell", "m2")).toBeUndefined();
    expect(
      await door.reads.actions(await door.snapshot(), { accountId: account("prospect") }, today, {
        offset: 0,
      }),
    ).toMatchObject({
      ...{ rows: [], total: 0 },
    });
  });

  test("says what recommends", async () => {
    const basis = await door.reads.proposalBasis(await door.snapshot());
    expect(basis?.recommender?.uses).toBe("popularity");
    const [{ count } = { count: -1 }] = await world.database.$queryRaw<{ count: number }[]>(
      sql`SELECT COUNT(*)::int AS count FROM action_proposal WHERE workspace_id = ${world.id}`,
    );
    expect(basis?.proposals).toBe(count);
  });

  test("has the same ids after another refresh, and is kept for the newest snapshots alone", async () => {
    const before = await door.open();
    await world.refresh(today, now);
    const after = await doorOf(world);
    expect((await after.snapshot()).id).toBeGreaterThan((await door.snapshot()).id);
    expect(await after.open()).toEqual(before);
    // Whoever still pages through the one before finds it as it was.
    expect(await door.open()).toEqual(before);
    await world.refresh(today, now);
    const kept = await world.database.$queryRaw<{ snapshot_id: number }[]>(
      sql`SELECT DISTINCT snapshot_id FROM action_proposal WHERE workspace_id = ${world.id} ORDER BY 1 DESC`,
    );
    const newest = await (await doorOf(world)).snapshot();
    expect(kept.map(({ snapshot_id }) => snapshot_id)).toEqual([newest.id, (await after.snapshot()).id]);
  });

  test("of a snapshot that has none yet is what the one before proposed", async () => {
    const before = await (await doorOf(world)).open();
    await world.refresh(today, now);
    const later = await doorOf(world);
    const { id } = await later.snapshot();
    await world.database.$executeRaw(
      sql`DELETE FROM action_proposal WHERE workspace_id = ${world.id} AND snapshot_id = ${id}`,
    );
    await world.database.$executeRaw(
      sql`UPDATE snapshot SET proposed_by = NULL WHERE workspace_id = ${world.id} AND id = ${id}`,
    );
    expect(await later.reads.proposalBasis(await later.snapshot())).toBeUndefined();
    expect(await later.open()).toEqual(before);
    await prepareAnswers(world.database, world.id);
    expect(await later.reads.proposalBasis(await later.snapshot())).toBeDefined();
    expect(await later.open()).toEqual(before);
  });
});

describe("what was answered", () => {
  let world: RawWorkspace;
  let door: Door;
  let lapsed: string;
  beforeEach(async () => {
    world = await openWorld();
    door = await doorOf(world);
    lapsed = await idOf(door, "win-back", "lapsed");
  });

  test("is not proposed again while it is done, and is told with what it was", async () => {
    const done = { kind: "done", minutes: 20, note: "They will order in July" } as const;
    const answered = await door.decisions.answerAction(lapsed, done, now);
    expect(answered).toMatchObject({
      kind: "answered",
      action: { id: lapsed, answer: { answer: "done", minutes: 20 } },
    });
    // A second press says nothing new.
    expect(await door.decisions.answerAction(lapsed, { kind: "done" }, inDays(1))).toMatchObject({
      kind: "unchanged",
      action: { answer: { minutes: 20, reason: "They will order in July" } },
    });
    expect(await found(door, "win-back", "lapsed", dayOf(inDays(89)))).toBeUndefined();
    expect(await found(door, "win-back", "lapsed", dayOf(inDays(90)))).toMatchObject({
      id: lapsed,
      answer: undefined,
    });
    expect(await door.reads.actionAnswers({ since: now }, { offset: 0 })).toMatchObject({
      total: 1,
      rows: [
        {
          ...{ actionId: lapsed, account: "lapsed", kind: "win-back", answer: "done", by: "the terminal" },
          ...{ minutes: 20, minutesKnown: true, valueMinor: 80_000, currency: "EUR", ended: undefined },
        },
      ],
    });
    // Done again once it came back.
    expect(await door.decisions.answerAction(lapsed, { kind: "done" }, inDays(90))).toMatchObject({
      kind: "answered",
      action: { answer: { minutes: 45, minutesKnown: false } },
    });
  });

  test("starts a cool-down of the account, in which only what cannot wait is proposed", async () => {
    const more = await idOf(door, "up-sell", "small");
    const sell = await idOf(door, "cross-sell", "small");
    await door.decisions.answerAction(more, { kind: "done" }, now);
    const cooling = await door.open({ accountId: account("small") }, dayOf(inDays(13)));
    expect(cooling).toMatchObject({ rows: [], heldBack: { byAccount: 0, byCoolDown: 1, byAnswer: 1 } });
    expect(await found(door, "cross-sell", "small", dayOf(inDays(14)))).toMatchObject({ id: sell });
    expect((await door.one(sell))?.answer).toBeUndefined();
    expect((await door.one(more))?.answer).toMatchObject({ answer: "done" });
  });

  test("lets a complaint take its account's place until it is answered", async () => {
    const ofDue = async () =>
      (await door.open()).rows.filter((row) => row.account === "due").map(({ kind }) => kind);
    expect(await ofDue()).toEqual(["renewal"]);
    await door.decisions.holdBack(account("due"), { kind: "complaint", reason: "Late" });
    expect(await ofDue()).toEqual(["complaint"]);
    // Asked about the account alone, everything open is told.
    const { rows } = await door.open({ accountId: account("due") });
    expect(rows.map(({ kind }) => kind).toSorted()).toEqual(["complaint", "renewal"]);
    const complaint = await found(door, "complaint", "due");
    // A quarter of the margin of 5,000.00 a year.
    expect(complaint).toMatchObject({ valueMinor: 50_000, holder: { key: keyOf("ann"), name: "ann" } });
    // A renewal does not wait for the cool-down.
    await door.decisions.answerAction(complaint?.id ?? "", { kind: "done" }, now);
    expect(await ofDue()).toEqual(["renewal"]);
    await door.decisions.endHold(account("due"), "complaint");
    expect(await door.one(complaint?.id ?? "")).toBeUndefined();
  });

  test("is not proposed for half a year where it is not relevant, nor the like of it; taken back, it is", async () => {
    await door.decisions.answerAction(lapsed, { kind: "not-relevant", reason: "Went out of business" }, now);
    expect(await found(door, "win-back", "lapsed", dayOf(inDays(179)))).toBeUndefined();
    expect(await found(door, "win-back", "lapsed", dayOf(inDays(180)))).toMatchObject({ id: lapsed });
    expect((await door.one(lapsed))?.answer).toMatchObject({ reason: "Went out of business" });
    expect(await door.decisions.reopenAction(lapsed, inDays(1))).toBe(true);
    expect(await found(door, "win-back", "lapsed", dayOf(inDays(1)))).toMatchObject({ answer: undefined });
    expect(await door.decisions.reopenAction(lapsed, inDays(1))).toBe(false);
    const { rows } = await door.reads.actionAnswers({ actionIds: [lapsed] }, { offset: 0 });
    expect(rows).toMatchObject([{ ended: { by: "the terminal" } }]);
  });

  test("comes back the day after it was put off to, and stays with whom it was given to", async () => {
    const given = {
      kind: "reassign",
      holder: { key: keyOf("bob"), name: "Bobby" },
      reason: "Knows them",
    } as const;
    expect(await door.decisions.answerAction(lapsed, given, now)).toMatchObject({
      action: {
        holder: { key: keyOf("bob"), name: "bob" },
        answer: { answer: "reassigned", reason: "Knows them" },
      },
    });
    const ofBob = async (day: string) =>
      (await door.open({ kinds: ["win-back"], holderKeys: [keyOf("bob")] }, day)).rows.map(({ id }) => id);
    expect(await ofBob(today)).toEqual([lapsed]);
    expect((await door.open({ kinds: ["win-back"], holderKeys: [keyOf("ann")] })).total).toBe(0);
    await door.decisions.answerAction(lapsed, { kind: "snooze", until: "2026-07-03" }, now);
    expect(await ofBob("2026-07-03")).toEqual([]);
    expect(await ofBob("2026-07-04")).toEqual([lapsed]);
    const { rows } = await door.reads.actionAnswers({ actionIds: [lapsed] }, { offset: 0 });
    expect(rows.map(({ answer, ended }) => [answer, ended !== undefined])).toEqual([
      ["snoozed", false],
      ["reassigned", true],
    ]);
  });

  test("is refused for what is over, unsaid, too long, or nobody's", async () => {
    const refuse = (step: Parameters<Door["decisions"]["answerAction"]>[1], id = lapsed) =>
      expect(door.decisions.answerAction(id, step, now)).rejects;
    await refuse({ kind: "snooze", until: "2026-06-29" }).toThrow("2026-06-29 is over");
    await refuse({ kind: "snooze", until: "2026-02-30" }).toThrow("is over");
    await refuse({ kind: "not-relevant", reason: " " }).toThrow("Say why");
    await refuse({ kind: "not-relevant", reason: "x".repeat(501) }).toThrow("500 characters");
    await refuse({ kind: "done", minutes: 0 }).toThrow("Hours");
    await refuse({ kind: "reassign", holder: { key: `rep:${account("m1")}`, name: "Nobody" } }).toThrow(
      "Nobody does not see",
    );
    await refuse({ kind: "done" }, account("m1")).toThrow("no longer proposed");
    await refuse({ kind: "done" }, "12").toThrow("not the id");
    expect(await door.reads.actionAnswers({}, { offset: 0 })).toEqual({ rows: [], total: 0 });
  });

  test("counts once, however often it is pressed at the same moment", async () => {
    const all = await Promise.all(
      Array.from({ length: 5 }, () => door.decisions.answerAction(lapsed, { kind: "done" }, now)),
    );
    expect(all.filter(({ kind }) => kind === "answered")).toHaveLength(1);
    expect((await door.reads.actionAnswers({}, { offset: 0 })).total).toBe(1);
  });
});

describe("whom it concerns", () => {
  let world: RawWorkspace;
  beforeAll(async () => {
    world = await openWorld();
    await world.settings({ visibility: "own", actions: { perHolder: 3 } });
  });

  test("each sees and answers their own, at most so many at once", async () => {
    const [ann, bob] = [await doorOf(world, "ann"), await doorOf(world, "bob")];
    const whole = await bob.open();
    expect(whole.rows.map(({ holder }) => holder?.name)).toEqual(["bob", "bob", "bob"]);
    expect(whole).toMatchObject({
      total: 3,
      valueMinor: whole.rows.reduce((sum, { valueMinor }) => sum + valueMinor, 0),
    });
    // Eight of bob's nine accounts have something: one bought everything that there is.
    expect(whole.heldBack.byCap).toBe(5);
    const [first] = whole.rows;
    await expect(ann.decisions.answerAction(first?.id ?? "", { kind: "done" }, now)).rejects.toThrow(
      "no longer proposed",
    );
    expect(await ann.one(first?.id ?? "")).toBeUndefined();
    const give = { kind: "reassign", holder: { key: keyOf("ann"), name: "ann" } } as const;
    await expect(bob.decisions.answerAction(first?.id ?? "", give, now)).rejects.toThrow("ann does not see");
    await bob.decisions.answerAction(first?.id ?? "", { kind: "done" }, now);
    expect(await ann.reads.actionAnswers({}, { offset: 0 })).toEqual({ rows: [], total: 0 });
    expect((await bob.reads.actionAnswers({ by: "bob@do.example" }, { offset: 0 })).total).toBe(1);
    const next = await bob.open();
    expect(next.total).toBe(3);
    expect(next.rows.map(({ id }) => id)).not.toContain(first?.id);
  });

  test("a guest may do nothing", async () => {
    const access = await accessOf(world.database, { workspaceId: world.id, email: "guest@do.example" });
    const decisions = createDecisions(world.database, access);
    await expect(decisions.answerAction(account("m1"), { kind: "done" }, now)).rejects.toThrow(
      "Only full members",
    );
    await expect(decisions.reopenAction(account("m1"), now)).rejects.toThrow("Only full members");
  });

  test("who no longer sees an account no longer has what was given to them", async () => {
    await world.settings({ visibility: "team" });
    const ann = await doorOf(world, "ann");
    const id = await idOf(ann, "win-back", "lapsed");
    await ann.decisions.answerAction(
      id,
      { kind: "reassign", holder: { key: keyOf("bob"), name: "bob" } },
      now,
    );
    expect((await (await doorOf(world, "ann")).one(id))?.holder).toEqual({ key: keyOf("bob"), name: "bob" });
    await world.settings({ visibility: "own" });
    const own = await doorOf(world, "ann");
    expect((await own.one(id))?.holder).toEqual({ key: keyOf("ann"), name: "ann" });
    expect(
      (await own.open({ holderKeys: [keyOf("ann")], kinds: ["win-back"] })).rows.map((row) => row.id),
    ).toEqual([id]);
  });
});
