import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRefresher, type Refreshing, realTimers } from "../../src/background/refresher.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A refresher whose refreshes take a while; `begun` are the whole seconds at which they began. */
function bench(
  options: {
    readonly takesMs?: number;
    readonly fails?: number;
    /** What comes of the refreshes, one after the other; `done` afterwards. */
    readonly outcomes?: readonly Refreshing[];
  } = {},
) {
  const { takesMs = 0, fails = 0, outcomes = [] } = options;
  const startMs = Date.now();
  const begun: number[] = [];
  const errors: unknown[] = [];
  let running = 0;
  const refresher = createRefresher({
    refresh: async () => {
      begun.push(Math.floor((Date.now() - startMs) / 1_000));
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, takesMs));
      running -= 1;
      if (begun.length <= fails) throw new Error(`refresh ${begun.length} failed`);
      return outcomes[begun.length - 1] ?? "done";
    },
    onError: (error) => errors.push(error),
    timers: realTimers,
  });
  const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000);
  return { refresher, begun, errors, seconds };
}

test("requests within five seconds become one refresh", async () => {
  const { refresher, begun, seconds } = bench();
  for (const _ of [1, 2, 3]) {
    refresher.request();
    await seconds(4);
  }
  await seconds(100);
  expect(begun).toEqual([13]);
});

test("requests that do not end are served after a minute, and again", async () => {
  const { refresher, begun, seconds } = bench();
  for (let second = 0; second < 150; second += 1) {
    refresher.request();
    await seconds(1);
  }
  await seconds(100);
  expect(begun).toEqual([60, 120, 154]);
});

test("one runs at a time, and what is asked for meanwhile is done afterwards", async () => {
  const { refresher, begun, seconds } = bench({ takesMs: 30_000 });
  refresher.request();
  await seconds(10);
  refresher.request();
  refresher.request();
  await seconds(200);
  expect(begun).toEqual([5, 40]);
});

test("a request that waited longer than a minute for another refresh is served at once", async () => {
  const { refresher, begun, seconds } = bench({ takesMs: 90_000 });
  refresher.request();
  await seconds(10);
  refresher.request();
  await seconds(300);
  expect(begun).toEqual([5, 95]);
});

test("what fails is reported and tried again, ever later", async () => {
  const { refresher, begun, errors, seconds } = bench({ fails: 3 });
  refresher.request();
  await seconds(1_000);
  expect(begun).toEqual([5, 15, 35, 75]);
  expect(errors).toEqual([1, 2, 3].map((count) => new Error(`refresh ${count} failed`)));
});

test("a request while it waits to try again is served as usual, and success begins anew", async () => {
  const { refresher, begun, seconds } = bench({ fails: 2 });
  refresher.request();
  await seconds(20);
  refresher.request();
  await seconds(100);
  refresher.request();
  await seconds(1_000);
  expect(begun).toEqual([5, 15, 25, 125]);
});

test("what somebody else is at is looked at again until they are done", async () => {
  const { refresher, begun, seconds } = bench({ outcomes: ["elsewhere", "elsewhere", "done"] });
  refresher.request();
  await seconds(100);
  expect(begun).toEqual([5, 10, 15]);
});

test("stopping waits for the one that runs and begins no other", async () => {
  const { refresher, begun, seconds } = bench({ takesMs: 30_000 });
  refresher.request();
  await seconds(6);
  refresher.request();
  let isStopped = false;
  const stopped = refresher.stop().then(() => {
    isStopped = true;
  });
  await seconds(28);
  expect(isStopped).toBe(false);
  await seconds(1);
  await stopped;
  refresher.request();
  await seconds(100);
  expect(begun).toEqual([5]);
});
