import { beforeEach, describe, expect, test } from "vitest";
import type { Decisions } from "../../src/store/decisions.ts";
import type { ScheduleDraft } from "../../src/store/digests.ts";
import { Refused } from "../../src/store/refused.ts";
import { NotAllowed } from "../../src/store/roles.ts";
import type { Viewer } from "../../src/store/viewer.ts";
import { openWorkspace, rawRows, type TestWorkspace } from "../helpers/workspace.ts";

// The store is asked directly: whatever the command forgets to check is refused here.

const now = new Date("2026-11-22T12:00:00Z");
const nextAt = new Date("2026-11-24T07:30:00Z");
const next = { zone: "Europe/Berlin", nextAt };

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await openWorkspace();
});

async function as(userId?: string, standing: Viewer["standing"] = "member"): Promise<Decisions> {
  const { store, id } = workspace;
  const viewer = { workspaceId: id, email: `${userId}@example.com`, ...(standing && { standing }) };
  return store.decisions(await store.access({ ...viewer, ...(userId !== undefined && { userId }) }));
}

function draft(userId: string, more: Partial<ScheduleDraft> = {}): ScheduleDraft {
  return {
    ...{ target: userId, targetName: userId, isChannel: false, ownerId: userId, cron: "30 8 * * 2" },
    ...{ fixedZone: undefined, zone: "Europe/Berlin", filters: "", saysNothing: false, nextAt },
    ...more,
  };
}

const sales = { target: "C1", targetName: "#sales", isChannel: true } as const;

/** A delivery as the workers would have left it. */
async function deliver(
  scheduleId: number,
  status: string,
  more: { edition?: number; runAt?: Date; settled?: boolean } = {},
) {
  const { edition = 0, runAt = nextAt, settled = true } = more;
  const [row] = await rawRows(
    `INSERT INTO digest_delivery (workspace_id, schedule_id, run_at, target, edition, status, not_before, settled_at, fault)
     VALUES ($1, $2, $3, 'UANN', $4, $5::delivery_status, $3, $6, '"timeout"') RETURNING id`,
    [workspace.id, scheduleId, runAt, edition, status, settled ? now : null],
  );
  return Number(row?.id);
}

describe("a schedule", () => {
  test("is made once for a target and filters, changed after that, and the same again changes nothing", async () => {
    const ann = await as("UANN");
    const made = await ann.setDigest(draft("UANN"), now);
    expect(made).toMatchObject({
      isNew: true,
      schedule: { target: "UANN", cron: "30 8 * * 2", paused: undefined, nextAt, createdAt: now },
    });
    const before = await workspace.dump();
    expect(await ann.setDigest(draft("UANN", { nextAt: new Date("2026-12-01T07:30:00Z") }), now)).toEqual({
      ...made,
      isNew: false,
    });
    expect(await workspace.dump()).toEqual(before);
    const daily = { cron: "30 8 * * 1-5", nextAt: new Date("2026-11-23T07:30:00Z"), saysNothing: true };
    const changed = await ann.setDigest(draft("UANN", daily), now);
    expect(changed).toEqual({ isNew: false, schedule: { ...made.schedule, ...daily } });
    const west = await ann.setDigest(draft("UANN", { filters: "team:West" }), now);
    expect(west.isNew).toBe(true);
    expect((await ann.digestSchedules({ everybodys: false })).map(({ id }) => id)).toEqual([
      made.schedule.id,
      west.schedule.id,
    ]);
  });

  test("is made once by two at the same time", async () => {
    const ann = await as("UANN");
    const made = await Promise.all([1, 2, 3].map(() => ann.setDigest(draft("UANN"), now)));
    expect(new Set(made.map(({ schedule }) => schedule.id)).size).toBe(1);
    expect(await ann.digestSchedules({ everybodys: false })).toHaveLength(1);
  });

  test("is paused, goes on and is removed; each a second time changes nothing", async () => {
    const ann = await as("UANN");
    const { schedule } = await ann.setDigest(draft("UANN"), now);
    const { id } = schedule;
    const mine = async () => (await ann.digestSchedules({ everybodys: false }))[0];
    expect(await ann.resumeDigest(id, next, now)).toBe(false);
    expect(await ann.pauseDigest(id, now)).toBe(true);
    expect(await mine()).toMatchObject({
      paused: { code: "person", by: "UANN@example.com", at: "2026-11-22T12:00:00.000Z" },
      nextAt: undefined,
    });
    expect(await ann.pauseDigest(id, now)).toBe(false);
    expect(await ann.resumeDigest(id, { ...next, zone: "Asia/Tokyo" }, now)).toBe(true);
    expect(await mine()).toEqual({ ...schedule, zone: "Asia/Tokyo" });
    await ann.pauseDigest(id, now);
    expect((await ann.setDigest(draft("UANN"), now)).schedule).toEqual(schedule);
    expect(await ann.removeDigest(id)).toBe(true);
    expect(await ann.removeDigest(id)).toBe(false);
    expect(await ann.digestSchedules({ everybodys: false })).toEqual([]);
  });

  test("says why Slack paused it", async () => {
    const ann = await as("UANN");
    const { id } = (await ann.setDigest(draft("UANN", sales), now)).schedule;
    const paused = {
      code: "slack",
      error: "not_in_channel",
      at: "2026-11-24T07:30:01.000Z",
      toldAt: "2026-11-24T07:30:02.000Z",
    };
    await rawRows(
      "UPDATE digest_schedule SET status = 'paused', paused_reason = $2, next_at = NULL WHERE id = $1",
      [id, JSON.stringify(paused)],
    );
    expect((await ann.digestSchedules({ everybodys: false }))[0]?.paused).toEqual(paused);
    expect(await ann.pauseDigest(id, now)).toBe(false);
    expect(await ann.resumeDigest(id, next, now)).toBe(true);
  });

  test("is one of ten at most, also where two are made at once", async () => {
    const ann = await as("UANN");
    const wanted = Array.from({ length: 12 }, (_, index) => draft("UANN", { filters: `team:T${index}` }));
    const outcomes = await Promise.allSettled(wanted.map((one) => ann.setDigest(one, now)));
    const refused = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(refused.map(String)).toEqual(
      Array(2).fill(expect.stringContaining("You have 10 digests already")),
    );
    expect(await ann.digestSchedules({ everybodys: false })).toHaveLength(10);
    expect((await (await as("UBOB")).setDigest(draft("UBOB"), now)).isNew).toBe(true);
  });
});

describe("somebody else's schedule", () => {
  test("is neither seen nor changed, but by an admin, and stays its owner's", async () => {
    const [ann, bob, root] = await Promise.all([as("UANN"), as("UBOB"), as("UROOT", "workspace-admin")]);
    const { schedule } = await ann.setDigest(draft("UANN", sales), now);
    const failed = await deliver(schedule.id, "failed");
    const before = await workspace.dump();
    expect(await bob.digestSchedules({ everybodys: false })).toEqual([]);
    expect(await bob.digestDeliveries(schedule.id, 10)).toEqual([]);
    await expect(bob.digestSchedules({ everybodys: true })).rejects.toThrow(NotAllowed);
    await expect(bob.setDigest(draft("UBOB", { ...sales, cron: "0 9 * * 3" }), now)).rejects.toThrow(
      "#sales gets this digest already, and somebody else turned it on",
    );
    for (const attempt of [
      () => bob.pauseDigest(schedule.id, now),
      () => bob.resumeDigest(schedule.id, next, now),
      () => bob.resendDigest(failed, now),
    ])
      await expect(attempt()).rejects.toThrow(Refused);
    expect(await bob.removeDigest(schedule.id)).toBe(false);
    expect(await workspace.dump()).toEqual(before);
    expect(await root.digestSchedules({ everybodys: false })).toEqual([]);
    expect(await root.digestSchedules({ everybodys: true })).toEqual([schedule]);
    expect(await root.digestDeliveries(schedule.id, 10)).toHaveLength(1);
    const moved = await root.setDigest(draft("UROOT", { ...sales, cron: "0 9 * * 3" }), now);
    expect(moved).toMatchObject({
      isNew: false,
      schedule: { id: schedule.id, ownerId: "UANN", cron: "0 9 * * 3" },
    });
    expect(await root.pauseDigest(schedule.id, now)).toBe(true);
    expect(await root.resendDigest(failed, now)).toMatchObject({ edition: 1, status: "reserved" });
    expect(await root.removeDigest(schedule.id)).toBe(true);
  });

  test("cannot be made, not even by an admin", async () => {
    const root = await as("UROOT", "workspace-admin");
    const bot = await as(undefined, "operator");
    await expect(root.setDigest(draft("UANN"), now)).rejects.toThrow(NotAllowed);
    await expect(root.setDigest(draft("UROOT", { target: "UANN" }), now)).rejects.toThrow(NotAllowed);
    await expect(bot.setDigest(draft("UANN"), now)).rejects.toThrow("Digests go out in Slack");
    expect(await bot.digestSchedules({ everybodys: false })).toEqual([]);
  });

  test("of another workspace is not there, though it has the same people", async () => {
    const elsewhere = await openWorkspace();
    const { schedule } = await (await as("UANN")).setDigest(draft("UANN"), now);
    const failed = await deliver(schedule.id, "failed");
    const there = elsewhere.store.decisions(
      await elsewhere.store.access({
        workspaceId: elsewhere.id,
        userId: "UANN",
        standing: "workspace-admin",
      }),
    );
    expect(await there.digestSchedules({ everybodys: true })).toEqual([]);
    expect(await there.digestDeliveries(schedule.id, 10)).toEqual([]);
    await expect(there.pauseDigest(schedule.id, now)).rejects.toThrow(Refused);
    await expect(there.resendDigest(failed, now)).rejects.toThrow(Refused);
    expect(await there.removeDigest(schedule.id)).toBe(false);
    expect((await there.setDigest(draft("UANN"), now)).isNew).toBe(true);
  });

  test("and one's own are nothing to guests", async () => {
    const guest = workspace.store.decisions(
      await workspace.store.access({ workspaceId: workspace.id, userId: "UGUEST" }),
    );
    await expect(guest.digestSchedules({ everybodys: false })).rejects.toThrow(NotAllowed);
    await expect(guest.setDigest(draft("UGUEST"), now)).rejects.toThrow(NotAllowed);
    await expect(guest.removeDigest(1)).rejects.toThrow(NotAllowed);
    await expect(guest.digestDeliveries(1, 1)).rejects.toThrow(NotAllowed);
    await expect(guest.resendDigest(1, now)).rejects.toThrow(NotAllowed);
  });
});

describe("deliveries", () => {
  test("are listed the newest first, each with its editions", async () => {
    const ann = await as("UANN");
    const { id } = (await ann.setDigest(draft("UANN"), now)).schedule;
    const earlier = new Date("2026-11-17T07:30:00Z");
    const first = await deliver(id, "confirmed", { runAt: earlier });
    const failed = await deliver(id, "failed");
    const again = await deliver(id, "confirmed", { edition: 1 });
    expect((await ann.digestDeliveries(id, 10)).map((one) => one.id)).toEqual([again, failed, first]);
    expect(await ann.digestDeliveries(id, 1)).toMatchObject([
      { edition: 1, runAt: nextAt, fault: "timeout" },
    ]);
  });

  test.each(["failed", "unconfirmed", "confirmed"])("that are %s can be sent again, once", async (status) => {
    const ann = await as("UANN");
    const { id } = (await ann.setDigest(draft("UANN"), now)).schedule;
    const delivery = await deliver(id, status);
    const attempts = await Promise.all([1, 2, 3].map(() => ann.resendDigest(delivery, now)));
    expect(attempts.filter((one) => one !== undefined)).toMatchObject([
      {
        scheduleId: id,
        runAt: nextAt,
        target: "UANN",
        edition: 1,
        status: "reserved",
        attempts: 0,
        notBefore: now,
      },
    ]);
    expect(await ann.digestDeliveries(id, 10)).toHaveLength(2);
    await rawRows("UPDATE digest_delivery SET status = 'confirmed' WHERE workspace_id = $1", [workspace.id]);
    await expect(ann.resendDigest(delivery, now)).rejects.toThrow("This one was sent again already");
  });

  test.each([
    ["reserved", false],
    ["sending", false],
    ["unconfirmed", false],
  ])("that are %s and under way are not sent again", async (status, settled) => {
    const ann = await as("UANN");
    const { id } = (await ann.setDigest(draft("UANN"), now)).schedule;
    const delivery = await deliver(id, status, { settled });
    expect(await ann.resendDigest(delivery, now)).toBeUndefined();
    expect(await ann.digestDeliveries(id, 10)).toHaveLength(1);
  });

  test("that had nothing to say are not sent again, nor are those that are not there", async () => {
    const ann = await as("UANN");
    const { id } = (await ann.setDigest(draft("UANN"), now)).schedule;
    const silent = await deliver(id, "silent");
    await expect(ann.resendDigest(silent, now)).rejects.toThrow("Nothing was new then");
    await expect(ann.resendDigest(silent + 1, now)).rejects.toThrow(Refused);
  });
});
