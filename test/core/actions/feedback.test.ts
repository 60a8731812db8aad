import fc from "fast-check";
import { expect, test } from "vitest";
import { actionKinds } from "../../../src/core/actions/action.ts";
import { feedbackFactor, learnFeedback } from "../../../src/core/actions/feedback.ts";

test("nobody answered: nothing rises or sinks", () => {
  const { byKind, byHolder } = learnFeedback([]);
  expect(actionKinds.map((kind) => byKind[kind])).toEqual(actionKinds.map(() => 1));
  expect(byHolder).toEqual([]);
});

test("by hand: 20 of 20 done, 2 of 20, and a holder's own answers beside everybody's", () => {
  const learned = learnFeedback([
    { kind: "renewal", done: 20, notRelevant: 0 },
    { kind: "cross-sell", done: 2, notRelevant: 18 },
    { kind: "cross-sell", holderKey: "rep:ada", done: 2, notRelevant: 3 },
    { kind: "cross-sell", holderKey: "rep:bob", done: 0, notRelevant: 4 },
  ]);
  // (20 + 5) ÷ 30, (2 + 5) ÷ 30, and (2 + 10 × 7 ÷ 30) ÷ 15.
  expect(learned.byKind.renewal).toBeCloseTo(2 ** (2 * (25 / 30) - 1), 12);
  expect(learned.byKind["cross-sell"]).toBeCloseTo(2 ** (2 * (7 / 30) - 1), 12);
  expect(feedbackFactor(learned, "cross-sell", "rep:ada")).toBeCloseTo(2 ** (2 * ((2 + 7 / 3) / 15) - 1), 12);
  // Four answers are too few.
  expect(feedbackFactor(learned, "cross-sell", "rep:bob")).toBe(learned.byKind["cross-sell"]);
  expect(feedbackFactor(learned, "cross-sell", undefined)).toBe(learned.byKind["cross-sell"]);
  expect(feedbackFactor(learned, "win-back", "rep:ada")).toBe(1);
});

const counts = fc.record({
  done: fc.integer({ min: 0, max: 5_000 }),
  notRelevant: fc.integer({ min: 0, max: 5_000 }),
});

test("factors stay between a half and two, and more that is done never lowers them", () => {
  fc.assert(
    fc.property(counts, counts, (everybody, own) => {
      const factorsOf = (more: number) => {
        const learned = learnFeedback([
          { kind: "up-sell", ...everybody },
          { kind: "up-sell", holderKey: "rep:ada", ...own, done: own.done + more },
        ]);
        return feedbackFactor(learned, "up-sell", "rep:ada");
      };
      expect(factorsOf(0)).toBeGreaterThanOrEqual(0.5);
      expect(factorsOf(0)).toBeLessThanOrEqual(2);
      if (own.done + own.notRelevant >= 5) expect(factorsOf(1)).toBeGreaterThanOrEqual(factorsOf(0));
      const { byKind } = learnFeedback([{ kind: "up-sell", ...everybody }]);
      expect(Math.sign(byKind["up-sell"] - 1)).toBe(Math.sign(everybody.done - everybody.notRelevant));
    }),
    { seed: 21 },
  );
});
