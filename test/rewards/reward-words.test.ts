import fc from "fast-check";
import { expect, test } from "vitest";
import { rewardKinds } from "../../src/core/rewards.ts";
import { readRewards } from "../../src/rewards/reward-words.ts";
import { UsageError } from "../../src/usage-error.ts";

const today = "2026-10-31";
const read = (line: string) => readRewards(line.split(" "), today);

test.each([
  [
    "plan Acme Corp gift on 2026-12-20 cost 60.50 because five years",
    {
      kind: "plan",
      account: "Acme Corp",
      reward: "gift",
      onDay: "2026-12-20",
      cost: "60.50",
      occasion: "five years",
    },
  ],
  [
    "PLAN Gift Shop Card because on the house",
    {
      kind: "plan",
      account: "Gift Shop",
      reward: "card",
      onDay: today,
      cost: undefined,
      occasion: "on the house",
    },
  ],
  ["give 12", { kind: "give", id: 12, onDay: today }],
  ["give 12 on yesterday", { kind: "give", id: 12, onDay: "2026-10-30" }],
  ["cancel 3", { kind: "cancel", id: 3 }],
])("%s", (line, expected) => {
  expect(read(line)).toEqual(expected);
});

test("no words are the list", () => {
  expect(readRewards([], today)).toEqual({ kind: "list" });
});

test.each([
  ["plan", /^Say for which account, and what/],
  ["plan Acme", /^Say for which account, and what/],
  ["plan Acme car because x", /^Say for which account, and what/],
  ["plan Acme gift", /^Say why, so that others understand it/],
  ["plan Acme gift on soon because x", /^"soon" is no day/],
  ["plan Acme gift price 3 because x", /^I do not understand "price 3" here/],
  ["plan Acme gift cost much because x", /^I do not understand "cost much" here/],
  ["give", /^Say which one by its number/],
  ["give Acme", /^Say which one by its number/],
  ["give 3 on", /^Say on which day/],
  ["cancel 3 4", /^Say which one by its number/],
  ["send 3", /^I do not understand "send 3" here/],
])("%s is refused with what would be right", (line, sentence) => {
  expect(() => read(line)).toThrow(sentence);
});

test("a plan is read as it is typed, whatever the account is called", () => {
  const name = fc.array(fc.constantFrom("Gift", "Acme", "on", "Card", "cost", "Event", "Ltd"), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(name, fc.constantFrom(...rewardKinds), fc.nat(500), (words, reward, cost) => {
      const line = ["plan", ...words, reward, "on", "2026-12-01", "cost", String(cost), "because", "thanks"];
      expect(readRewards(line, today)).toEqual({
        ...{ kind: "plan", account: words.join(" "), reward, onDay: "2026-12-01" },
        ...{ cost: String(cost), occasion: "thanks" },
      });
    }),
    { seed: 7401 },
  );
});

test("whatever is typed is read or refused with a sentence", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom("plan", "card", "on", "give", "because"))),
      (words) => {
        try {
          expect(readRewards(words, today).kind).toMatch(/list|plan|give|cancel/);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      },
    ),
    { seed: 7402 },
  );
});
