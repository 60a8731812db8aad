import { describe, expect, test } from "vitest";
import type { DigestContent, DigestSchedule, TakenDelivery } from "../../src/store/digests.ts";
import { addSchedule, type ScheduleFields } from "../helpers/digest-schedules.ts";
import { openWorkspace, rawRows } from "../helpers/workspace.ts";

const RUN = new Date("2026-11-24T07:30:00Z");
const NEXT = new Date("2026-12-01T07:30:00Z");
const NOW = new Date("2026-11-24T07:30:20Z");
const LEASE_MS = 60_000;
const content: DigestContent = {
  snapshotId: 1,
  asOf: "2026-11-23",
  actions: [{ id: "a", valueMinor: 100, currency: "EUR" }],
  lines: ["Three things to do."],
  told: [],
};
const many = <Result>(work: () => Promise<Result>) => Promise.all(Array.from({ length: 8 }, work));

async function open() {
  const { store, id: workspaceId } = await openWorkspace();
  const { digests } = store;
  const schedule = async (fields: ScheduleFields = {}): Promise<DigestSchedule> => {
    const id = await addSchedule(workspaceId, fields);
    const found = (await digests.dueSchedules(NEXT, 100, workspaceId)).find((each) => each.id === id);
    if (!found) throw new RangeError(`no schedule ${id}`);
    return found;
  };
  const waiting = (now = NOW) => digests.waitingDeliveries(now, 100, workspaceId);
  /** A delivery that waits. */
  const reserve = async (fields: ScheduleFields = {}): Promise<number> => {
    await digests.moveOn(await schedule(fields), { runAt: RUN, zone: "Europe/Berlin", nextAt: NEXT }, NOW);
    const [delivery] = (await waiting()).slice(-1);
    if (!delivery) throw new RangeError("nothing waits");
    return delivery.id;
  };
  const take = (id: number, now = NOW) => digests.take(workspaceId, id, now, LEASE_MS);
  const taken = async (id: number, now = NOW): Promise<TakenDelivery> => {
    const found = await take(id, now);
    if (!found) throw new RangeError(`${id} was not to be had`);
    return found;
  };
  const sending = async (id: number): Promise<TakenDelivery> => {
    const found = await digests.aboutToSend(await taken(id), content, NOW, LEASE_MS);
    if (!found) throw new RangeError(`${id} may not be sent`);
    return found;
  };
  /** As if whoever has it were silent for longer than the lease. */
  const letGo = (id: number) =>
    rawRows(
      "UPDATE digest_delivery SET lease_until = now() - interval '1 second' WHERE workspace_id = $1 AND id = $2",
      [workspaceId, id],
    );
  const row = async (id: number) => {
    const [found] = await rawRows(
      "SELECT status::text, attempts, sent_at, fault, message_ts, settled_at FROM digest_delivery WHERE workspace_id = $1 AND id = $2",
      [workspaceId, id],
    );
    return found;
  };
  return { digests, workspaceId, schedule, waiting, reserve, take, taken, sending, letGo, row };
}

describe("a schedule", () => {
  test("is due from its moment on, the longest due first, in its workspace", async () => {
    const { digests, schedule, workspaceId } = await open();
    const later = await schedule({ nextAt: NEXT });
    const first = await schedule({ nextAt: RUN, filters: "tier:A" });
    const due = async (now: Date, workspace = workspaceId) =>
      (await digests.dueSchedules(now, 100, workspace)).map(({ id }) => id);
    expect(await due(new Date(RUN.getTime() - 1))).toEqual([]);
    expect(await due(RUN)).toEqual([first.id]);
    expect(await due(NEXT)).toEqual([first.id, later.id]);
    expect(await due(NEXT, "elsewhere")).toEqual([]);
    const everywhere = await digests.dueSchedules(NEXT, 10_000);
    expect(everywhere.map(({ id }) => id)).toEqual(expect.arrayContaining([first.id, later.id]));
  });

  test("is moved on by one of many, and its run reserved once", async () => {
    const { digests, schedule, waiting, workspaceId } = await open();
    const due = await schedule();
    const moved = await many(() =>
      digests.moveOn(due, { runAt: RUN, zone: "Asia/Tokyo", nextAt: NEXT }, NOW),
    );
    expect(moved.filter((isMoved) => isMoved)).toHaveLength(1);
    expect(await waiting()).toMatchObject([
      { scheduleId: due.id, runAt: RUN, target: "C0SALES", edition: 0, status: "reserved", attempts: 0 },
    ]);
    expect(await digests.dueSchedules(NEXT, 10, workspaceId)).toMatchObject([
      { nextAt: NEXT, zone: "Asia/Tokyo" },
    ]);
  });

  test("skips what was missed, and ends where no run follows", async () => {
    const { digests, schedule, waiting, workspaceId } = await open();
    const end = { runAt: undefined, zone: "Europe/Berlin", nextAt: undefined };
    expect(await digests.moveOn(await schedule(), end, NOW)).toBe(true);
    expect(await waiting()).toEqual([]);
    expect(await digests.dueSchedules(NEXT, 10, workspaceId)).toEqual([]);
  });

  test("that cannot work is paused once, its owner told by one, and what it had reserved is not sent", async () => {
    const { digests, reserve, taken, workspaceId } = await open();
    const before = await taken(await reserve());
    const { id } = before.schedule;
    const reason = { code: "slack", error: "not_in_channel", at: NOW.toISOString() } as const;
    const paused = await many(() => digests.pause(workspaceId, id, reason));
    expect(paused.filter((isOurs) => isOurs)).toHaveLength(1);
    expect(await digests.untoldPauses(10, workspaceId)).toMatchObject([
      { id, paused: reason, nextAt: undefined },
    ]);
    const claims = await many(() => digests.claimTelling(workspaceId, id, NOW));
    expect(claims.filter((isOurs) => isOurs)).toHaveLength(1);
    expect(await digests.untoldPauses(10, workspaceId)).toEqual([]);
    expect(await digests.aboutToSend(before, content, NOW, LEASE_MS)).toBeUndefined();
  });

  test("that a person paused has nobody to be told", async () => {
    const { digests, schedule, workspaceId } = await open();
    const { id } = await schedule();
    await digests.pause(workspaceId, id, { code: "person", by: "ann@example.com", at: NOW.toISOString() });
    expect(await digests.untoldPauses(10, workspaceId)).toEqual([]);
    expect(await digests.claimTelling(workspaceId, id, NOW)).toBe(false);
  });
});

describe("a delivery", () => {
  test("is taken by one of many, and not before its moment", async () => {
    const { reserve, take } = await open();
    const id = await reserve();
    expect(await take(id, new Date(NOW.getTime() - 1))).toBeUndefined();
    const takers = (await many(() => take(id))).filter((each) => each !== undefined);
    expect(takers).toHaveLength(1);
    expect(takers[0]).toMatchObject({
      maybeSent: false,
      delivery: { id, attempts: 1 },
      schedule: { target: "C0SALES" },
    });
  });

  test("that was left behind is taken again, and known to be sent only if it was begun", async () => {
    const { reserve, taken, sending, take, letGo, waiting } = await open();
    const [early, late] = [await reserve(), await reserve({ filters: "tier:A" })];
    await taken(early);
    await sending(late);
    expect(await waiting()).toEqual([]);
    expect(await take(late)).toBeUndefined();
    await letGo(early);
    await letGo(late);
    expect((await waiting()).map(({ id }) => id)).toEqual([early, late]);
    expect(await take(early)).toMatchObject({ maybeSent: false, delivery: { attempts: 2 } });
    expect(await take(late)).toMatchObject({
      maybeSent: true,
      delivery: { attempts: 2, sentAt: NOW, content },
    });
  });

  test("may not be sent by whoever lost it, who cannot say how it ended either", async () => {
    const { digests, reserve, taken, letGo, row } = await open();
    const id = await reserve();
    const slow = await taken(id);
    await letGo(id);
    expect(await digests.aboutToSend(slow, content, NOW, LEASE_MS)).toBeUndefined();
    const quick = await taken(id);
    expect(await digests.aboutToSend(slow, content, NOW, LEASE_MS)).toBeUndefined();
    expect(await digests.settle(slow, { status: "failed", fault: "late" }, NOW)).toBe(false);
    const sent = await digests.aboutToSend(quick, content, NOW, LEASE_MS);
    expect(sent && (await digests.settle(sent, confirmed, NOW))).toBe(true);
    expect(await row(id)).toMatchObject({
      status: "confirmed",
      message_ts: confirmed.messageTs,
      settled_at: NOW,
    });
  });

  test("that arrived has arrived, even if somebody else is looking for it by now", async () => {
    const { digests, reserve, sending, taken, letGo, row } = await open();
    const id = await reserve();
    const slow = await sending(id);
    await letGo(id);
    const looking = await taken(id);
    expect(await digests.settle(slow, confirmed, NOW)).toBe(true);
    expect(await digests.aboutToSend(looking, content, NOW, LEASE_MS)).toBeUndefined();
    expect(await digests.settle(looking, { status: "unconfirmed", fault: "interrupted" }, NOW)).toBe(false);
    expect(await row(id)).toMatchObject({ status: "confirmed" });
  });

  test("is not sent once its schedule is gone", async () => {
    const { digests, reserve, taken, workspaceId } = await open();
    const before = await taken(await reserve());
    await rawRows("DELETE FROM digest_schedule WHERE workspace_id = $1", [workspaceId]);
    expect(await digests.aboutToSend(before, content, NOW, LEASE_MS)).toBeUndefined();
    expect(await digests.settle(before, { status: "silent" }, NOW)).toBe(false);
  });

  test("that was refused waits, and is as if it had never been sent", async () => {
    const { digests, reserve, sending, take, row } = await open();
    const id = await reserve();
    const end = { status: "reserved", notBefore: NEXT, fault: "ratelimited" } as const;
    await digests.settle(await sending(id), { ...end, isCounted: false }, NOW);
    expect(await row(id)).toMatchObject({
      status: "reserved",
      attempts: 0,
      sent_at: null,
      fault: "ratelimited",
    });
    expect(await take(id)).toBeUndefined();
    expect(await take(id, NEXT)).toMatchObject({ maybeSent: false });
  });

  test("that is unconfirmed is looked at again from its moment on, and never once it is so for good", async () => {
    const { digests, reserve, sending, taken, take, waiting } = await open();
    const id = await reserve();
    const unknown = { status: "unconfirmed", fault: "TimeoutError" } as const;
    await digests.settle(await sending(id), { ...unknown, notBefore: NEXT, channelId: "D1" }, NOW);
    expect(await waiting()).toEqual([]);
    const again = await taken(id, NEXT);
    expect(again).toMatchObject({ maybeSent: true, delivery: { channelId: "D1", fault: "TimeoutError" } });
    await digests.settle(again, unknown, NEXT);
    expect(await waiting(NEXT)).toEqual([]);
    expect(await take(id, NEXT)).toBeUndefined();
  });

  test("has before it what its schedule showed last and surely", async () => {
    const { digests, reserve, sending, waiting, taken } = await open();
    const first = await sending(await reserve());
    await digests.settle(first, confirmed, NOW);
    const due = { ...first.schedule, nextAt: NEXT };
    const after = new Date("2026-12-08T07:30:00Z");
    await digests.moveOn(due, { runAt: NEXT, zone: due.zone, nextAt: after }, NOW);
    const [second] = await waiting();
    expect(second && (await digests.lastConfirmed(second))).toMatchObject({ id: first.delivery.id, content });
    expect(await digests.lastConfirmed(first.delivery)).toBeUndefined();
    if (second) await digests.settle(await taken(second.id), { status: "silent" }, NOW);
    await digests.moveOn({ ...due, nextAt: after }, { runAt: after, zone: due.zone, nextAt: undefined }, NOW);
    const [third] = await waiting();
    expect(third && (await digests.lastConfirmed(third))).toMatchObject({ id: first.delivery.id });
  });
});

const confirmed = { status: "confirmed", channelId: "C0SALES", messageTs: "1795000000.000100" } as const;
