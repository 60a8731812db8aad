import fc from "fast-check";
import { expect, test } from "vitest";
import { learnFeedback } from "../../../src/core/actions/feedback.ts";
import { rankActions, urgencyOf, weightOf } from "../../../src/core/actions/rank.ts";
import { action, anyActions } from "./actions.ts";

const today = "2026-11-22";
const idsOf = (actions: readonly { readonly id: string }[]) => actions.map(({ id }) => id);

test.each([
  ["2026-11-21", 2],
  ["2026-11-22", 1.5],
  ["2026-11-29", 1.5],
  ["2026-11-30", 1.2],
  ["2026-12-22", 1.2],
  ["2026-12-23", 1],
])("due on %s is worth %f times as much", (dueOn, factor) => {
  expect(urgencyOf(dueOn, today)).toBe(factor);
});

test("by hand: what is due soon, and what is mostly done, go before what is worth a little more", () => {
  const feedback = learnFeedback([
    { kind: "renewal", done: 30, notRelevant: 0 },
    { kind: "up-sell", done: 0, notRelevant: 30 },
  ]);
  const ranked = rankActions(
    [
      action({ id: "up-sell", kind: "up-sell", score: 150 }),
      action({ id: "plain", score: 100 }),
      action({ id: "soon", score: 80, dueOn: "2026-11-25" }),
      action({ id: "renewal", kind: "renewal", score: 90 }),
    ],
    feedback,
    today,
  );
  // 90 × 2 ^ ¾, 80 × 1.5, 100 and 150 × 2 ^ -¾.
  expect(idsOf(ranked)).toEqual(["renewal", "soon", "plain", "up-sell"]);
});

test("equal ones by due day, kind and id", () => {
  const ranked = rankActions(
    [
      action({ id: "4" }),
      action({ id: "3" }),
      action({ id: "5", kind: "thank-you" }),
      action({ id: "2", kind: "complaint" }),
      action({ id: "1", kind: "reference", dueOn: "2026-12-30" }),
    ],
    learnFeedback([]),
    "2026-01-01",
  );
  expect(idsOf(ranked)).toEqual(["1", "2", "3", "4", "5"]);
});

test("the order is by weight, loses nothing and does not depend on the order that is given", () => {
  const feedback = learnFeedback([
    { kind: "win-back", done: 3, notRelevant: 9 },
    { kind: "win-back", holderKey: "rep:ada", done: 3, notRelevant: 2 },
  ]);
  const shuffled = anyActions.chain((actions) =>
    fc.tuple(fc.constant(actions), fc.shuffledSubarray([...actions], { minLength: actions.length })),
  );
  fc.assert(
    fc.property(shuffled, ([actions, others]) => {
      const ranked = rankActions(Object.freeze(actions), feedback, today);
      expect(idsOf(ranked)).toEqual(idsOf(rankActions(others, feedback, today)));
      expect(idsOf(ranked).toSorted()).toEqual(idsOf(actions).toSorted());
      const weights = ranked.map((each) => weightOf(each, feedback, today));
      expect(weights).toEqual(weights.toSorted((one, other) => other - one));
    }),
    { seed: 31 },
  );
});
