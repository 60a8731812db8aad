import fc from "fast-check";
import { expect, test } from "vitest";
import { arrivals, dueAtMs, interleaved } from "../../bench/schedule.ts";

test("fifty a second for two seconds are a hundred requests, 20 ms apart, the last within the time", () => {
  const schedule = { perSecond: 50, forMs: 2000 };
  expect(arrivals(schedule)).toBe(100);
  expect([0, 1, 2, 99].map((index) => dueAtMs(schedule, index))).toEqual([0, 20, 40, 1980]);
});

test("every request of a schedule is due within it, and the next one would not be", () => {
  fc.assert(
    fc.property(
      fc.record({ perSecond: fc.integer({ min: 1, max: 500 }), forMs: fc.integer({ min: 1, max: 20_000 }) }),
      (schedule) => {
        const due = arrivals(schedule);
        expect(dueAtMs(schedule, due - 1)).toBeLessThan(schedule.forMs);
        expect(dueAtMs(schedule, due)).toBeGreaterThanOrEqual(schedule.forMs);
      },
    ),
    { seed: 42 },
  );
});

test("slices take turns", () => {
  expect(interleaved(["bot", "no-op"], 3)).toEqual(["bot", "no-op", "bot", "no-op", "bot", "no-op"]);
});
