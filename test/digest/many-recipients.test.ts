import { expect, test } from "vitest";
import type { DeliveryJob } from "../../src/digest/deliver.ts";
import { createDigestRunner, type DeliveryQueue } from "../../src/digest/digest-runner.ts";
import type { Messenger, PostOutcome } from "../../src/digest/messenger.ts";
import { scheduleOf } from "../helpers/digest-schedules.ts";
import { digest, RUN } from "./delivery-bench.ts";
import { ledgerInMemory } from "./ledger-in-memory.ts";
import { simulatedTime } from "./simulated-time.ts";

// Ten thousand people whose digest is due at the same moment, by a clock that stands still while anything is computed: how
// long it takes is then what Slack makes of it.

const recipients = 10_000;
const MINUTE_MS = 60_000;
const CALL_MS = 200;
/** What a workspace may post in a minute before Slack asks it to wait; the rest of the minute then. */
const PER_MINUTE = 600;
const BATCH = 64;
const TICK_MS = MINUTE_MS;

/** A Slack that counts by the minute and by the channel. */
function limitedSlack(time: ReturnType<typeof simulatedTime>, perMinute: number) {
  const seen = new Map<string, number>();
  const postedAtMs = new Map<string, number[]>();
  const state = { minute: 0, inMinute: 0, refusals: 0, atOnce: 0, mostAtOnce: 0 };
  const post: Messenger["post"] = async (_workspaceId, { key, target }): Promise<PostOutcome> => {
    state.atOnce += 1;
    state.mostAtOnce = Math.max(state.mostAtOnce, state.atOnce);
    await time.sleep(CALL_MS);
    state.atOnce -= 1;
    const nowMs = time.now().getTime();
    const minute = Math.floor(nowMs / MINUTE_MS);
    if (minute !== state.minute) Object.assign(state, { minute, inMinute: 0 });
    if (state.inMinute >= perMinute) {
      state.refusals += 1;
      return { kind: "limited", fault: "ratelimited", afterMs: (minute + 1) * MINUTE_MS - nowMs };
    }
    state.inMinute += 1;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    postedAtMs.set(target, [...(postedAtMs.get(target) ?? []), nowMs]);
    return { kind: "posted", channelId: target, messageTs: String(nowMs / 1000) };
  };
  return { post, seen, state, postedAtMs };
}

/** Runs the real runner until everything is settled; returns how long that took. */
async function sendAll(
  schedules: readonly ReturnType<typeof scheduleOf>[],
  perMinute: number,
  batch: number,
) {
  const time = simulatedTime(RUN);
  const slack = limitedSlack(time, perMinute);
  const ledger = ledgerInMemory(time.now);
  for (const schedule of schedules) ledger.schedules.set(schedule.id, schedule);
  const runner = createDigestRunner({
    ...{ ledger, now: time.now, sleep: time.sleep },
    messenger: {
      post: slack.post,
      recipient: async () => undefined,
      readers: async () => ({ ok: false, sentence: "", isLasting: false }),
      find: async () => ({ kind: "absent" }),
      tell: async () => true,
    },
    compose: async () => digest,
    holidaysOf: async () => undefined,
    log: { warn() {}, error() {} },
  });
  let jobs: (DeliveryJob & { readonly notBefore: Date | undefined })[] = [];
  const queue: DeliveryQueue = {
    add: async (some) => {
      const known = new Set(jobs.map(({ id }) => id));
      jobs = [...jobs, ...some.filter(({ id }) => !known.has(id))];
    },
  };
  const open = () =>
    [...ledger.deliveries.values()].some(({ settledAt }) => settledAt === undefined) ||
    ledger.deliveries.size < schedules.length;
  const ticking = async () => {
    for (; open(); await time.sleep(TICK_MS)) await runner.tick(queue);
  };
  const working = async () => {
    while (open()) {
      const ready = jobs.filter(({ notBefore }) => !notBefore || notBefore <= time.now()).slice(0, batch);
      if (ready.length === 0) await time.sleep(1_000);
      const taken = new Set(ready);
      jobs = jobs.filter((job) => !taken.has(job));
      await runner.work(ready, queue);
    }
    return time.now().getTime() - RUN.getTime();
  };
  const [, tookMs] = await time.run(Promise.all([ticking(), working()]));
  return { tookMs, slack, ledger };
}

const people = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    scheduleOf({ id: index + 1, target: `U0P${index}`, nextAt: RUN }),
  );

test(`${recipients} recipients wait for nothing but Slack's own limit`, async () => {
  const { tookMs, slack, ledger } = await sendAll(people(recipients), PER_MINUTE, BATCH);
  expect(slack.seen.size).toBe(recipients);
  expect([...slack.seen.values()].filter((times) => times !== 1)).toEqual([]);
  expect([...ledger.deliveries.values()].filter(({ status }) => status !== "confirmed")).toEqual([]);
  // Slack takes no more in a minute, so this is the least.
  const leastMs = (recipients / PER_MINUTE - 1) * MINUTE_MS;
  expect(tookMs).toBeGreaterThan(leastMs);
  expect(tookMs).toBeLessThan(leastMs + 2 * MINUTE_MS);
  // No more than those that were under way each time that Slack asked to wait.
  expect(slack.state.mostAtOnce).toBe(8);
  expect(slack.state.refusals).toBeLessThanOrEqual(8 * Math.ceil(recipients / PER_MINUTE));
});

test("without a limit, eight calls at a time are the only one", async () => {
  const { tookMs } = await sendAll(people(2_000), Number.POSITIVE_INFINITY, BATCH);
  const leastMs = (2_000 / 8) * CALL_MS;
  expect(tookMs).toBeGreaterThanOrEqual(leastMs);
  expect(tookMs).toBeLessThan(leastMs * 1.1 + 1_000);
});

test("a channel with many digests gets one a second", async () => {
  const schedules = Array.from({ length: 20 }, (_, index) =>
    scheduleOf({ id: index + 1, target: "C0SALES", filters: `top ${index}`, nextAt: RUN }),
  );
  const { slack } = await sendAll(schedules, Number.POSITIVE_INFINITY, BATCH);
  const times = slack.postedAtMs.get("C0SALES") ?? [];
  expect(times).toHaveLength(20);
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
  expect(Math.max(...gaps)).toBeLessThan(1_500);
});
