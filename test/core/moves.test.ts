import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Move, moveKind, moveReason, movesSince } from "../../src/core/moves.ts";
import { defaultCuts, rankAccounts, type Tier } from "../../src/core/tiers.ts";

const days = { firstWonOn: "2025-01-01", lastWonOn: "2026-05-05" };
const move = (
  previousTier: Tier | undefined,
  tier: Tier | undefined,
  previousValue: number,
  value: number,
) => ({
  ...{ accountId: "a", previousTier, tier, previousValue, value, ...days },
  ...{ wins: value === 0 ? 0 : 2, reasons: [] },
});

describe("the reason of a move", () => {
  test.each([
    ["new", move(undefined, "A", 0, 500), { code: "new", firstWonOn: "2025-01-01" }],
    ["gone", move("C", undefined, 50, 0), { code: "gone" }],
    ["fell", move("A", "D", 500, 0), { code: "inactive", lastWonOn: "2026-05-05" }],
    ["fell", move("A", "D", 500, -20), { code: "negative" }],
    ["fell", move("A", "B", 500, 400), { code: "shrank", from: 500, to: 400 }],
    ["fell", move("A", "B", 500, 500), { code: "overtaken", from: 500, to: 500 }],
    ["fell", move("A", "B", 500, 600), { code: "overtaken", from: 500, to: 600 }],
    ["rose", move("B", "A", 500, 600), { code: "grew", from: 500, to: 600 }],
    ["rose", move("B", "A", 500, 500), { code: "others-fell", from: 500, to: 500 }],
    ["rose", move("D", "A", 0, 500), { code: "bought", wins: 2, lastWonOn: "2026-05-05" }],
  ] as const)("%s", (kind, moved, reason) => {
    expect(moveKind(moved)).toBe(kind);
    expect(moveReason(moved)).toEqual(reason);
  });

  test("is the tier set by hand where there is one", () => {
    const override = { code: "override", from: "B", until: "2027-03-31" } as const;
    expect(moveReason({ ...move("B", "A", 500, 400), reasons: [override] })).toEqual(override);
  });
});

test("moves since a day compare the tiers of both days, with who came and who went", () => {
  const standing = (accountId: string, tier: Tier, value: number, isByHand = false) => ({
    ...{ accountId, tier, value, isByHand },
    ...days,
  });
  const spend = (accountId: string, previousValue: number, firstWonOn: string) => ({
    ...{ accountId, value: 1, previousValue, wins: 1, firstWonOn, lastWonOn: "2026-05-05" },
  });
  const moved = movesSince(
    [
      standing("big", "A", 800),
      standing("late", "B", 150),
      standing("hand", "A", 45, true),
      standing("same", "D", 5),
    ],
    [
      spend("big", 10, "2025-01-01"),
      spend("late", 0, "2026-05-01"),
      spend("hand", 900, "2025-01-01"),
      spend("same", 1, "2025-01-01"),
      spend("left", 60, "2025-01-01"),
    ],
    { cuts: defaultCuts, until: "2026-04-01" },
  );
  const found = moved.map((each) => [
    each.accountId,
    each.previousTier,
    each.tier,
    each.previousValue,
    each.value,
  ]);
  expect(found).toEqual([
    ["big", "C", "A", 10, 800],
    ["late", undefined, "B", 0, 150],
    ["left", "B", undefined, 60, 0],
  ]);
});

test("nothing moves where the values of both days are the same, and nobody is in twice", () => {
  const values = fc.array(fc.integer({ min: -5_000, max: 100_000 }), { maxLength: 40 });
  fc.assert(
    fc.property(values, values, (now, then) => {
      const id = (index: number) => String(index).padStart(3, "0");
      const ranked = rankAccounts(
        now.map((value, index) => ({ accountId: id(index), value })),
        defaultCuts,
      );
      const standings = ranked.map((each) => ({ ...each, isByHand: false, ...days }));
      const since = (previous: readonly number[]): readonly Move[] =>
        movesSince(
          standings,
          previous.map((previousValue, index) => ({
            ...{ accountId: id(index), value: now[index] ?? 0, previousValue, wins: 1 },
            ...days,
          })),
          { cuts: defaultCuts, until: "2026-04-01" },
        );
      expect(since(now)).toEqual([]);
      const moved = since(then);
      expect(new Set(moved.map(({ accountId }) => accountId)).size).toBe(moved.length);
      const count = (kind: string) => moved.filter((each) => moveKind(each) === kind).length;
      expect(count("new") - count("gone")).toBe(now.length - then.length);
    }),
    { seed: 20_261_122, numRuns: 200 },
  );
});
