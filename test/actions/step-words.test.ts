import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ActionVerb } from "../../src/actions/action-lines.ts";
import { readAnswer } from "../../src/actions/step-words.ts";
import { readActions } from "../../src/actions/typed-actions.ts";
import { parseQuery } from "../../src/query.ts";

const TODAY = "2026-11-22";
const ID = "0b5f6e1a-1c2d-8e3f-9a4b-5c6d7e8f9a0b";

/** What a line behind `actions` is read as. */
function read(line: string) {
  const typed = readActions(parseQuery(line, []).words);
  if (typed.kind !== "step") throw new Error(`read as ${typed.kind}`);
  return { verb: typed.verb, ...readAnswer(typed.verb, typed.words, TODAY) };
}
const byId = { by: "id", id: ID };
const of = (account: string, kind?: string) => ({ by: "account", account, kind });

describe("an answer", () => {
  test.each([
    [`done id:${ID}`, byId, { kind: "done" }],
    [`done "id:${ID}"`, byId, { kind: "done" }],
    ["done Acme renewal", of("Acme", "renewal"), { kind: "done" }],
    ["done Acme", of("Acme"), { kind: "done" }],
    ["done Bank of America cross sell", of("Bank of America", "cross-sell"), { kind: "done" }],
    ["done Happy Hours renewals", of("Happy Hours", "renewal"), { kind: "done" }],
    [`done "id:${ID}" win-back`, of(`id:${ID}`, "win-back"), { kind: "done" }],
    [
      `done id:${ID} hours 1.5 because they signed, up to 2028`,
      byId,
      { kind: "done", minutes: 90, note: "they signed, up to 2028" },
    ],
    [
      "done Acme renewal because my contact, since March, is mine",
      of("Acme", "renewal"),
      { kind: "done", note: "my contact, since March, is mine" },
    ],
    [`snooze id:${ID}`, byId, { kind: "snooze", until: "2026-11-28" }],
    [`snooze id:${ID} until 2027-01-15`, byId, { kind: "snooze", until: "2027-01-15" }],
    ["snooze Acme 1d", of("Acme"), { kind: "snooze", until: "2026-11-22" }],
    ["snooze Acme renewal for 2 weeks", of("Acme", "renewal"), { kind: "snooze", until: "2026-12-05" }],
    ["snooze 3M renewal 7d", of("3M", "renewal"), { kind: "snooze", until: "2026-11-28" }],
    ["snooze 3M", of("3M"), { kind: "snooze", until: "2026-11-28" }],
    [
      "snooze Acme 3 months because on leave",
      of("Acme"),
      { kind: "snooze", until: "2027-02-19", reason: "on leave" },
    ],
    [`reassign id:${ID} to <@U1>`, byId, { kind: "reassign", to: "<@U1>" }],
    [
      "reassign Road to Rome check-in to Bob Baker because he knows them",
      of("Road to Rome", "check-in"),
      { kind: "reassign", to: "Bob Baker", reason: "he knows them" },
    ],
    [`not-relevant id:${ID} because down by half`, byId, { kind: "not-relevant", reason: "down by half" }],
    [
      "not relevant Acme thank you because they left",
      of("Acme", "thank-you"),
      { kind: "not-relevant", reason: "they left" },
    ],
    ["reopen Acme renewal", of("Acme", "renewal"), { kind: "reopen" }],
  ] as const)("%s", (line, target, step) => {
    expect(read(line)).toMatchObject({ target, step });
  });

  test.each([
    ["done", /^Say which action, by its account and its kind: `actions done <account> <kind>/],
    ["done renewal", /^Say which action/],
    [`done id:${ID} hours 1e9`, /^"1e9" is no number of hours/],
    [`snooze id:${ID} until tomorrow`, /^"tomorrow" is no day. Write it as YYYY-MM-DD/],
    [`snooze id:${ID} until 2026-11-21`, /^2026-11-21 is over/],
    [`snooze id:${ID} 0d`, /is over/],
    [`snooze id:${ID} until 2027-11-24`, /^A snooze is of a year at most/],
    [`reassign id:${ID}`, /^Say to whom: `actions reassign/],
    [`not-relevant id:${ID}`, /^Say why, so that others understand it: `actions not-relevant/],
    [`done id:${ID} because ${"x".repeat(501)}`, /^A reason has at most 500 characters: this has 501/],
  ])("%s is refused with a sentence", (line, sentence) => {
    expect(() => read(line)).toThrow(sentence);
  });
});

test("what stands behind one action can be said of another", () => {
  expect(read("done Acme renewal hours 2 because it was due").tail).toEqual([
    "hours",
    "2",
    "because",
    "it",
    "was",
    "due",
  ]);
  expect(read("snooze Acme for 2 weeks").tail).toEqual(["for", "2", "weeks"]);
});

test("whatever reason is typed, it is the reason and the action stays the same", () => {
  const word = fc.stringMatching(/^[a-zA-Z0-9.,!?'-]{1,12}$/);
  const reasons = fc.array(
    fc.oneof(word, fc.constantFrom(..."to until hours because mine by since down 7d".split(" "))),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  const verbs = fc.constantFrom<ActionVerb[]>("done", "snooze", "not-relevant");
  fc.assert(
    fc.property(verbs, reasons, (verb, some) => {
      const reason = some.join(" ");
      const { target, step } = read(`${verb} id:${ID} because ${reason}`);
      expect(target).toEqual(byId);
      expect("note" in step ? step.note : "reason" in step ? step.reason : undefined).toBe(reason);
    }),
    { seed: 7 },
  );
});

describe("a list", () => {
  test.each([
    ["", { kind: "list", kinds: [], isEverybodys: false, account: "" }],
    ["renewals", { kind: "list", kinds: ["renewal"] }],
    ["renewal win back renewals", { kind: "list", kinds: ["renewal", "win-back"] }],
    ["reference requests", { kind: "list", kinds: ["reference"], account: "" }],
    ["all complaints", { kind: "list", kinds: ["complaint"], isEverybodys: true }],
    ["Bank of America", { kind: "list", kinds: [], account: "Bank of America" }],
    ["Acme cross-sell", { kind: "list", kinds: ["cross-sell"], account: "Acme" }],
    ["for Bread for All", { kind: "list", kinds: [], isEverybodys: false, account: "Bread for All" }],
    ["all renewals for Acme", { kind: "list", kinds: ["renewal"], isEverybodys: true, account: "Acme" }],
    ["answered", { kind: "answered", account: "", isEverybodys: false }],
    ["answered all", { kind: "answered", isEverybodys: true }],
    ["explain", { kind: "explain" }],
  ])("%s", (line, typed) => {
    expect(readActions(parseQuery(line, []).words)).toMatchObject(typed);
  });
});
