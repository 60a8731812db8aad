import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { interactionKinds } from "../../src/core/interactions.ts";
import { readLog } from "../../src/interactions/log-words.ts";
import { UsageError } from "../../src/usage-error.ts";

const today = "2026-10-31";
const read = (line: string) => readLog(line.split(" "), today);
const noted = (account: string, draft: object) => ({
  kind: "note",
  account,
  draft: { onDay: today, note: "", ...draft },
});

test.each([
  ["Acme call", noted("Acme", { kind: "call" })],
  ["Acme e-mail", noted("Acme", { kind: "email" })],
  [
    "Acme Corp MEETING ON 2026-10-20 HOURS 1,5",
    noted("Acme Corp", { kind: "meeting", onDay: "2026-10-20", minutes: 90 }),
  ],
  ["Acme survey score 9 on yesterday", noted("Acme", { kind: "survey", score: 9, onDay: "2026-10-30" })],
  ["Acme call on 20.10.2026", noted("Acme", { kind: "call", onDay: "2026-10-20" })],
  ["Acme call hours 2 note call again", noted("Acme", { kind: "call", minutes: 120, note: "call again" })],
  ["Acme note they like blue", noted("Acme", { kind: "note", note: "they like blue" })],
  ["Acme note because they like blue", noted("Acme", { kind: "note", note: "they like blue" })],
  [
    "Acme note on 2026-10-20 note a note",
    noted("Acme", { kind: "note", onDay: "2026-10-20", note: "a note" }),
  ],
  ["Acme Call Center call because hours 3", noted("Acme Call Center", { kind: "call", note: "hours 3" })],
  ["Visit Berlin visit", noted("Visit Berlin", { kind: "visit" })],
  ["id:1 visit note visit", noted("id:1", { kind: "visit", note: "visit" })],
  [
    "Acme complaint closed hours 2 because fixed",
    { kind: "close", account: "Acme", draft: { onDay: today, minutes: 120, note: "fixed" } },
  ],
  ["back 12", { kind: "back", id: 12 }],
  ["back 12 call", noted("back 12", { kind: "call" })],
  ["Acme", { kind: "show", account: "Acme" }],
  ["Acme purchase", { kind: "show", account: "Acme purchase" }],
])("%s", (line, expected) => {
  expect(read(line).readings[0]).toEqual(expected);
});

test("an account that is called as a kind is can be shown", () => {
  expect(read("Berlin Visit").readings).toEqual([
    noted("Berlin", { kind: "visit" }),
    { kind: "show", account: "Berlin Visit" },
  ]);
});

test.each([
  ["Acme call on", /^I do not understand "on" here\. Put `because` before/],
  ["Acme call on tomorrow", /^"tomorrow" is no day/],
  [
    "Acme call on 03/04/2026",
    /^"03\/04\/2026" is no day, or could be two\. Write it as YYYY-MM-DD, such as 2026-10-31/,
  ],
  ["Acme call on 45000", /^"45000" is no day/],
  ["Acme call hours many", /^"many" is no number of hours/],
  ["Acme survey score high", /^"high" is no score/],
  ["Acme call they want a quote", /^I do not understand "they want a quote" here/],
  ["Acme complaint closed score 3", /^Only a survey has a score/],
  [`Acme call because ${"x".repeat(501)}`, /^A note has at most 500 characters: this has 501/],
])("%s is not understood, and says why", (line, sentence) => {
  expect(read(line).fault?.message).toMatch(sentence);
});

test("no account at all is a mistake", () => {
  expect(() => readLog([], today)).toThrow(UsageError);
});

const name = fc
  .array(fc.constantFrom("Acme", "Up", "on", "hours", "Pump", "&", "score", "GmbH", "closed", "id:7"), {
    minLength: 1,
    maxLength: 4,
  })
  .filter(([first]) => first !== "id:7");
const text = fc.array(
  fc.constantFrom("they", "call", "on", "because", "note", "hours", "3", "back", "complaint", "closed"),
  { minLength: 1, maxLength: 8 },
);

describe("what is typed in order", () => {
  test("is read as it is meant, whatever the account and the note are called", () => {
    fc.assert(
      fc.property(
        name,
        fc.constantFrom(...interactionKinds),
        fc.option(fc.constantFrom("2026-10-01", "2020-02-29"), { nil: undefined }),
        fc.option(fc.integer({ min: 0, max: 96 }), { nil: undefined }),
        fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined }),
        fc.option(text, { nil: undefined }),
        (account, kind, onDay, quarters, score, note) => {
          const words = [
            ...account,
            kind,
            ...(onDay === undefined ? [] : ["on", onDay]),
            ...(quarters === undefined ? [] : ["hours", String(quarters / 4)]),
            ...(score === undefined ? [] : ["score", String(score)]),
            ...(note === undefined ? [] : ["because", ...note]),
          ];
          expect(readLog(words, today).readings[0]).toEqual({
            kind: "note",
            account: account.join(" "),
            draft: {
              kind,
              onDay: onDay ?? today,
              ...(quarters !== undefined && { minutes: quarters * 15 }),
              ...(score !== undefined && { score }),
              note: note?.join(" ") ?? "",
            },
          });
        },
      ),
      { seed: 7301 },
    );
  });

  test("whatever words there are, they are read or refused with a sentence", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("call", "on", "back", "note", "hours")),
        ),
        (words) => {
          try {
            const { readings, fault } = readLog(words, today);
            expect(readings.length).toBeGreaterThan(0);
            if (fault) expect(fault.message).toMatch(/\S/);
          } catch (error) {
            expect(error).toBeInstanceOf(UsageError);
          }
        },
      ),
      { seed: 7302 },
    );
  });
});
