import { expect, test } from "vitest";
import { pauseMs } from "../../src/store/give-way.ts";

test.each([
  { asked: 0, workedMs: 1_000, pause: 0, what: "nobody asks: no pause" },
  { asked: 1, workedMs: 150, pause: 10, what: "a question now and then: hardly one" },
  { asked: 15, workedMs: 200, pause: 200, what: "busy: as long as was worked" },
  { asked: 500, workedMs: 200, pause: 600, what: "under load: three times as long" },
  { asked: 500, workedMs: 60_000, pause: 5_000, what: "after a long step: no longer than five seconds" },
])("$what", ({ asked, workedMs, pause }) => {
  expect(pauseMs(asked, workedMs)).toBeCloseTo(pause);
});
