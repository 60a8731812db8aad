import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import type { DeliveryJob } from "../../src/digest/deliver.ts";
import type { DeliveryQueue, DigestRunner } from "../../src/digest/digest-runner.ts";
import { startDigestQueue } from "../../src/digest/queue.ts";
import { queueAddress } from "../../src/store/queue-address.ts";
import { storeAddress } from "../helpers/store-address.ts";
import { openWorkspace, rawRows } from "../helpers/workspace.ts";

const quick = { askMs: 200, tickSeconds: 1, pollMs: 50 };
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** A replica whose runner notes what it is asked for. */
async function replica(
  workspaceId: string,
  runner: Partial<DigestRunner>,
  connection = queueAddress(storeAddress()),
) {
  // The embedded store is there for as long as somebody has it open.
  await openWorkspace();
  const errors: unknown[] = [];
  const stop = startDigestQueue({
    connection,
    runner: { tick: async () => {}, work: async () => {}, stop() {}, ...runner },
    workspaceId,
    times: quick,
    log: { error: (about: unknown) => errors.push(about) },
  });
  stops.push(stop);
  return { stop, errors };
}

const newWorkspace = () => `q-${randomUUID().slice(0, 8)}`;
const job = (workspaceId: string, id: number): DeliveryJob => ({ workspaceId, id, target: "U0ANN" });
const within = { timeout: 20_000, interval: 50 };

test("several replicas tick once in each turn, and share the jobs that a tick brings", async () => {
  const workspaceId = newWorkspace();
  const ticks: number[] = [];
  const worked: number[] = [];
  const runner = {
    tick: async (queue: DeliveryQueue) => {
      ticks.push(Date.now());
      if (ticks.length === 1)
        await queue.add(
          Array.from({ length: 100 }, (_, id) => ({ ...job(workspaceId, id), notBefore: undefined })),
        );
    },
    work: async (jobs: readonly DeliveryJob[]) => {
      worked.push(...jobs.map(({ id }) => id));
    },
  };
  const startedMs = Date.now();
  await Promise.all([
    replica(workspaceId, runner),
    replica(workspaceId, runner),
    replica(workspaceId, runner),
  ]);
  await vi.waitFor(() => expect(worked).toHaveLength(100), within);
  expect(new Set(worked).size).toBe(100);
  await vi.waitFor(() => expect(ticks.length).toBeGreaterThan(2), within);
  expect(ticks.length).toBeLessThanOrEqual((Date.now() - startedMs) / 1_000 + 2);
});

test("the same delivery waits in it once, and not before its moment", async () => {
  const workspaceId = newWorkspace();
  const worked: { readonly id: number; readonly atMs: number }[] = [];
  const notBefore = new Date(Date.now() + 6_000);
  let ticks = 0;
  await replica(workspaceId, {
    tick: async (queue) => {
      // Once it is worked on, the next one may wait.
      if (Date.now() > notBefore.getTime() - 2_000) return;
      ticks += 1;
      await queue.add([{ ...job(workspaceId, 1), notBefore }]);
      await queue.add([{ ...job(workspaceId, 1), notBefore: undefined }]);
    },
    work: async (jobs) => {
      worked.push(...jobs.map(({ id }) => ({ id, atMs: Date.now() })));
    },
  });
  await vi.waitFor(() => expect(worked).not.toEqual([]), within);
  expect(ticks).toBeGreaterThan(1);
  expect(worked).toHaveLength(1);
  expect(worked[0]?.atMs).toBeGreaterThanOrEqual(notBefore.getTime());
});

test("what a runner queues again comes again, and what breaks does not end the queue", async () => {
  const workspaceId = newWorkspace();
  let ticks = 0;
  let works = 0;
  const { errors } = await replica(workspaceId, {
    tick: async (queue) => {
      ticks += 1;
      if (ticks === 1) throw new Error("the ledger is gone for a moment");
      if (ticks === 2) await queue.add([{ ...job(workspaceId, 1), notBefore: undefined }]);
    },
    work: async (jobs, queue) => {
      works += 1;
      if (works < 3) await queue.add(jobs.map((each) => ({ ...each, notBefore: new Date() })));
    },
  });
  await vi.waitFor(() => expect(works).toBe(3), within);
  expect(errors).toMatchObject([{ err: { message: "the ledger is gone for a moment" } }]);
});

test("a stop waits for what is under way and begins nothing more", async () => {
  const workspaceId = newWorkspace();
  const steps: string[] = [];
  const { stop } = await replica(workspaceId, {
    tick: async (queue) => {
      steps.push("tick");
      await queue.add([{ ...job(workspaceId, 1), notBefore: undefined }]);
    },
    work: async () => {
      steps.push("began");
      await sleep(500);
      steps.push("ended");
    },
    stop: () => {
      steps.push("told to stop");
    },
  });
  await vi.waitFor(() => expect(steps).toContain("began"), within);
  await stop();
  expect(steps.slice(-2)).toEqual(["told to stop", "ended"]);
  const length = steps.length;
  await sleep(1_500);
  expect(steps).toHaveLength(length);
});

test("workspaces that bots of their own serve do not get each other's jobs", async () => {
  const [left, right] = [newWorkspace(), newWorkspace()];
  const worked: string[] = [];
  const serve = (workspaceId: string) =>
    replica(workspaceId, {
      tick: (queue) => queue.add([{ ...job(workspaceId, 1), notBefore: undefined }]),
      work: async (jobs) => {
        worked.push(...jobs.map((each) => `${workspaceId} ${each.workspaceId}`));
      },
    });
  // Both make their queues at the same moment.
  const served = await Promise.all([left, right, right].map(serve));
  const both = [`${left} ${left}`, `${right} ${right}`].sort();
  await vi.waitFor(() => expect([...new Set(worked)].sort()).toEqual(both), within);
  expect(served.flatMap(({ errors }) => errors)).toEqual([]);
});

test("a database that is not there is logged, and stopping does not wait for it", async () => {
  const connection = { connectionString: "postgresql://nobody@127.0.0.1:1/nothing" };
  const { stop, errors } = await replica(newWorkspace(), {}, connection);
  await vi.waitFor(() => expect(errors).not.toEqual([]), within);
  await stop();
  expect(errors).toMatchObject([{ err: { code: "ECONNREFUSED" } }]);
});

test("its tables are its own: the store's schema does not know them", async () => {
  await replica(newWorkspace(), {});
  const schemas = () =>
    rawRows(
      "SELECT DISTINCT table_schema AS name FROM information_schema.tables WHERE table_name IN ('job', 'queue')",
    );
  await vi.waitFor(async () => expect(await schemas()).toEqual([{ name: "pgboss" }]), within);
});
