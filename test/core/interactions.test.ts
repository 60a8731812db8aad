import fc from "fast-check";
import { expect, test } from "vitest";
import {
  faultOf,
  type InteractionDraft,
  interactionKinds,
  mostMinutes,
} from "../../src/core/interactions.ts";

const today = "2026-10-31";
const call: InteractionDraft = { kind: "call", onDay: today, note: "" };

test.each([
  [{}, undefined],
  [{ onDay: "1970-01-01", minutes: 0 }, undefined],
  [{ minutes: mostMinutes }, undefined],
  [{ kind: "survey", score: 0 }, undefined],
  [{ kind: "survey", score: 10 }, undefined],
  [{ note: "x".repeat(500) }, undefined],
  [{ onDay: "2026-11-01" }, "still-to-come"],
  [{ onDay: "1969-12-31" }, "too-long-ago"],
  [{ minutes: mostMinutes + 1 }, "too-many-hours"],
  [{ minutes: -1 }, "too-many-hours"],
  [{ minutes: Number.NaN }, "too-many-hours"],
  [{ score: 9 }, "scored-no-survey"],
  [{ kind: "survey", score: 11 }, "score-out-of-range"],
  [{ kind: "survey", score: -1 }, "score-out-of-range"],
  [{ kind: "survey", score: 8.5 }, "score-out-of-range"],
  [{ note: "x".repeat(501) }, "note-too-long"],
] as const)("a call with %j: %s", (changed, fault) => {
  expect(faultOf({ ...call, ...changed }, today)).toBe(fault);
});

test("whatever its kind, what took a part of a day that is not to come can be noted", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...interactionKinds),
      fc.integer({ min: 0, max: mostMinutes }),
      fc.integer({ min: 0, max: 20_000 }),
      (kind, minutes, daysBack) => {
        const onDay = new Date(Date.parse(today) - daysBack * 86_400_000).toISOString().slice(0, 10);
        expect(faultOf({ kind, onDay, minutes, note: "" }, today)).toBeUndefined();
      },
    ),
    { seed: 7101 },
  );
});
