import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { JobBroken } from "../../src/background/job-broken.ts";
import { createKeeper } from "../../src/background/keeper.ts";
import { realTimers } from "../../src/background/refresher.ts";
import type { StaleWorkspace } from "../../src/store/stale-workspaces.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const stale = (workspaceId: string, mark = "a", isUnderWay = false): StaleWorkspace => ({
  ...{ workspaceId, mark, isUnderWay },
});

/** A keeper of a store in which these workspaces are stale; `begun` says which were refreshed at which second. */
function bench(first: readonly StaleWorkspace[], fault?: Error) {
  let now = first;
  let unprepared: readonly { readonly workspaceId: string; readonly id: number }[] = [];
  const startMs = Date.now();
  const begun: string[] = [];
  const logged: object[] = [];
  const keeper = createKeeper({
    store: { staleWorkspaces: async () => now, unpreparedSnapshots: async () => unprepared },
    prepare: async (workspaceId) => {
      begun.push(`prepare ${workspaceId} ${Math.floor((Date.now() - startMs) / 1_000)}`);
      if (fault) throw fault;
    },
    refresh: async (workspaceId) => {
      begun.push(`${workspaceId} ${Math.floor((Date.now() - startMs) / 1_000)}`);
      if (fault) throw fault;
    },
    log: { error: (fields) => logged.push(fields) },
    now: () => new Date(),
    timers: realTimers,
  });
  keeper.start();
  const becomes = (...then: readonly StaleWorkspace[]) => {
    now = then;
  };
  const leaves = (...then: typeof unprepared) => {
    unprepared = then;
  };
  const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000);
  return { keeper, begun, logged, becomes, leaves, seconds };
}

test("what was missed before the start is served, every workspace by itself", async () => {
  const { begun, becomes, seconds } = bench([stale("one"), stale("two")]);
  await seconds(3);
  becomes(stale("one", "b"), stale("two"));
  await seconds(100);
  expect(begun).toEqual(["two 5", "one 9"]);
});

test("the same change is asked for once, another one again", async () => {
  const { begun, becomes, seconds } = bench([stale("one")]);
  await seconds(60);
  expect(begun).toEqual(["one 5"]);
  becomes(stale("one", "b"));
  await seconds(60);
  expect(begun).toEqual(["one 5", "one 67"]);
});

test("what is fresh by its turn is not computed again", async () => {
  const { begun, becomes, seconds } = bench([stale("one")]);
  await seconds(3);
  becomes();
  await seconds(60);
  expect(begun).toEqual([]);
});

test("what another replica computes is left to it, and taken over when it does not end well", async () => {
  const { begun, becomes, seconds } = bench([stale("one", "a", true)]);
  await seconds(61);
  expect(begun).toEqual([]);
  becomes(stale("one", "a"));
  await seconds(60);
  expect(begun).toEqual(["one 65"]);
});

test("the newest snapshot's answers are prepared once, and not while a refresh is due", async () => {
  const { keeper, begun, becomes, leaves, seconds } = bench([stale("one")]);
  leaves({ workspaceId: "one", id: 1 }, { workspaceId: "two", id: 2 });
  await seconds(3);
  expect(begun).toEqual(["prepare two 0"]);
  becomes();
  leaves({ workspaceId: "one", id: 3 }, { workspaceId: "two", id: 2 });
  await seconds(30);
  expect(begun).toEqual(["prepare two 0", "prepare one 4"]);
  await keeper.stop();
});

test("answers that could not be prepared are reported, and tried again with the next snapshot only", async () => {
  const { keeper, begun, logged, leaves, seconds } = bench([], new Error("no space left"));
  leaves({ workspaceId: "one", id: 1 });
  await seconds(30);
  expect(begun).toEqual(["prepare one 0"]);
  expect(logged).toHaveLength(1);
  leaves({ workspaceId: "one", id: 2 });
  await seconds(30);
  expect(begun).toHaveLength(2);
  await keeper.stop();
});

test("a store that does not answer is asked again", async () => {
  let asked = 0;
  const logged: object[] = [];
  const begun: string[] = [];
  const keeper = createKeeper({
    store: {
      staleWorkspaces: async () => {
        asked += 1;
        if (asked === 1) throw new Error("gone");
        return [stale("one")];
      },
      unpreparedSnapshots: async () => [],
    },
    prepare: async () => {},
    refresh: async (workspaceId) => void begun.push(workspaceId),
    log: { error: (fields) => logged.push(fields) },
    now: () => new Date(),
    timers: realTimers,
  });
  keeper.start();
  await vi.advanceTimersByTimeAsync(60_000);
  await keeper.stop();
  expect(begun).toEqual(["one"]);
  expect(logged).toEqual([{ err: new Error("gone"), workspaceId: undefined }]);
});

test.each([
  ["a failure is logged with its workspace", new Error("no"), [{ err: new Error("no"), workspaceId: "one" }]],
  ["that the bot stops is no failure", new JobBroken("stopping"), []],
])("%s", async (_, fault, expected) => {
  const { keeper, logged, seconds } = bench([stale("one")], fault);
  await seconds(6);
  await keeper.stop();
  expect(logged).toEqual(expected);
});

test("after the stop nothing is begun", async () => {
  const { keeper, begun, seconds } = bench([stale("one")]);
  await seconds(3);
  await keeper.stop();
  await seconds(600);
  expect(begun).toEqual([]);
});
