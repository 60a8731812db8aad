import { expect, test } from "vitest";
import { moveDue } from "../../src/digest/due.ts";
import { holidaysIn } from "../../src/digest/holidays.ts";
import type { DigestSchedule } from "../../src/store/digests.ts";
import { addSchedule, scheduleOf } from "../helpers/digest-schedules.ts";
import { openWorkspace } from "../helpers/workspace.ts";
import { ledgerInMemory } from "./ledger-in-memory.ts";

/** Tuesday, 08:30 in Berlin, and a little later. */
const RUN = new Date("2026-11-24T07:30:00Z");
const NOW = new Date("2026-11-24T07:30:20Z");

function bench(
  schedule: DigestSchedule,
  options: { readonly zone?: string; readonly region?: string; readonly now?: Date } = {},
) {
  const { zone, region = "", now = NOW } = options;
  const asked: string[] = [];
  const ledger = ledgerInMemory(() => now);
  ledger.schedules.set(schedule.id, schedule);
  const parts = {
    ledger,
    messenger: {
      recipient: async (_workspaceId: string, userId: string) => {
        asked.push(userId);
        return zone === undefined
          ? undefined
          : { person: { name: "Ann", timeZone: zone }, viewer: { workspaceId: "w", userId } };
      },
    },
    holidaysOf: async () => holidaysIn(region),
    now: () => now,
    log: { error() {} },
  };
  return {
    asked,
    async move() {
      const moved = await moveDue(parts);
      const { nextAt, zone: zoneNow } = ledger.schedules.get(schedule.id) ?? {};
      return {
        moved,
        runs: [...ledger.deliveries.values()].map(({ runAt }) => runAt.toISOString()),
        next: nextAt?.toISOString(),
        zone: zoneNow,
      };
    },
  };
}

test("what is due is reserved, and its schedule moved on by the clock of its recipient", async () => {
  const { move, asked } = bench(scheduleOf({ target: "U0ANN" }), { zone: "Europe/Berlin" });
  const expected = {
    moved: 1,
    runs: [RUN.toISOString()],
    next: "2026-12-01T07:30:00.000Z",
    zone: "Europe/Berlin",
  };
  expect(await move()).toEqual(expected);
  expect(await move()).toEqual({ ...expected, moved: 0 });
  expect(asked).toEqual(["U0ANN"]);
});

test("a channel goes by its owner's clock, unless it has a zone of its own", async () => {
  const channel = bench(scheduleOf(), { zone: "Europe/Berlin" });
  await channel.move();
  expect(channel.asked).toEqual(["U0OWNER"]);
  const fixed = bench(scheduleOf({ fixedZone: "Europe/Berlin" }), { zone: "Asia/Tokyo" });
  expect(await fixed.move()).toMatchObject({ zone: "Europe/Berlin", runs: [RUN.toISOString()] });
  expect(fixed.asked).toEqual([]);
});

test("whoever has moved west gets it at their hour, and while Slack does not say, at the old one", async () => {
  const moved = bench(scheduleOf({ target: "U0ANN" }), { zone: "America/New_York" });
  expect(await moved.move()).toMatchObject({
    runs: [],
    next: "2026-11-24T13:30:00.000Z",
    zone: "America/New_York",
  });
  expect(await bench(scheduleOf({ target: "U0ANN" })).move()).toMatchObject({
    runs: [RUN.toISOString()],
    zone: "Europe/Berlin",
  });
});

test("after a downtime of three weeks nothing bursts: what was missed is skipped", async () => {
  const { move } = bench(scheduleOf(), { zone: "Europe/Berlin", now: new Date("2026-12-16T12:00:00Z") });
  expect(await move()).toMatchObject({ runs: [], next: "2026-12-22T07:30:00.000Z" });
});

test("holidays of the workspace are kept, also where its settings name some that nobody knows", async () => {
  const christmas = { nextAt: new Date("2026-12-25T07:30:00Z"), cron: "30 8 * * 5" };
  const now = new Date("2026-12-25T07:30:20Z");
  const kept = bench(scheduleOf(christmas), { zone: "Europe/Berlin", region: "DE", now });
  expect(await kept.move()).toMatchObject({ runs: [] });
  const unknown = bench(scheduleOf(christmas), { zone: "Europe/Berlin", region: "XX", now });
  expect(await unknown.move()).toMatchObject({ runs: ["2026-12-25T07:30:00.000Z"] });
});

test("many replicas that look at the same moment reserve 450 runs once each, and one that fails keeps nobody up", async () => {
  const { id: workspaceId, store } = await openWorkspace();
  for (let index = 0; index < 450; index += 1)
    await addSchedule(workspaceId, { target: `U0P${index}`, nextAt: RUN });
  const errors: unknown[] = [];
  const replica = () =>
    moveDue({
      ledger: store.digests,
      messenger: {
        recipient: async (_workspace, userId) => {
          if (userId === "U0P7") throw new Error("no answer that can be read");
          return undefined;
        },
      },
      holidaysOf: async () => undefined,
      workspaceId,
      now: () => NOW,
      log: { error: (about: unknown) => errors.push(about) },
    });
  const moved = await Promise.all([replica(), replica(), replica()]);
  expect(moved.reduce((sum, count) => sum + count, 0)).toBe(449);
  const reserved = await store.digests.waitingDeliveries(NOW, 1000, workspaceId);
  expect(new Set(reserved.map(({ target }) => target)).size).toBe(449);
  expect(reserved).toHaveLength(449);
  expect(errors.length).toBeGreaterThan(0);
});
