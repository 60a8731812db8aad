import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readHold } from "../../src/offers/hold-words.ts";
import { readOffer } from "../../src/offers/offer-words.ts";
import { readPitch } from "../../src/offers/pitch-words.ts";
import { formatQuery, parseQuery } from "../../src/query.ts";
import { UsageError } from "../../src/usage-error.ts";

const today = "2026-10-31";
const none = {
  isPreview: false,
  value: undefined,
  holdOutPercent: 0,
  opensOn: {},
  wave: undefined,
  hasTerms: false,
};

describe("a pitch", () => {
  test.each([
    [["New service"], {}],
    [["X", "value", "12000"], { value: "12000", hasTerms: true }],
    [["X", "hold-out", "20%"], { holdOutPercent: 20, hasTerms: true }],
    [["X", "HOLD-OUT", "20", "%", "wave", "b"], { holdOutPercent: 20, wave: "B", hasTerms: true }],
    [["X", "wave", "lookalike"], { wave: "lookalikes" }],
    [["preview", "preview"], { isPreview: true }],
    [[], {}],
    [
      ["X", "B", "by", "2026-12-15", "lookalikes", "by", "2027-01-31"],
      { opensOn: { B: "2026-12-15", lookalikes: "2027-01-31" }, hasTerms: true },
    ],
  ])("%j is understood", (words, terms) => {
    expect(readPitch(words, today)).toEqual({ ...none, name: words[0], ...terms });
  });

  test("keeps its terms when a filter stands before them, and as a line of its own", () => {
    const query = parseQuery(
      '"New service" product:Flow Meter value 12000 hold-out 20% B by 2026-12-15 wave B',
      ["product"],
    );
    expect(query.filters).toEqual({ product: "Flow Meter" });
    const terms = readPitch(query.words, today);
    expect(terms).toEqual({
      name: "New service",
      isPreview: false,
      value: "12000",
      holdOutPercent: 20,
      opensOn: { B: "2026-12-15" },
      wave: "B",
      hasTerms: true,
    });
    const again = parseQuery(formatQuery("", query).trimStart(), ["product"]);
    expect(readPitch(again.words, today)).toEqual(terms);
  });
});

describe("an offer", () => {
  test.each([
    ["Autumn sale", { offer: "Autumn sale", kind: "show" }],
    ["Autumn sale log", { offer: "Autumn sale", kind: "log" }],
    ["X account Acme Ltd", { offer: "X", kind: "account", account: "Acme Ltd" }],
    ["X claim Acme", { offer: "X", kind: "step", account: "Acme", step: { kind: "claim" } }],
    ["X reopen Acme", { offer: "X", kind: "step", account: "Acme", step: { kind: "reopen", reason: "" } }],
    [
      "X hand-over Back to Basics to <@U1>",
      { offer: "X", kind: "step", account: "Back to Basics", step: { kind: "assign", to: "<@U1>" } },
    ],
    [
      "X skip Acme because they are closed because of snow",
      {
        offer: "X",
        kind: "step",
        account: "Acme",
        step: { kind: "skip", reason: "they are closed because of snow" },
      },
    ],
    [
      "X outcome Acme no reply hours 0,5 because nobody was in",
      {
        offer: "X",
        kind: "step",
        account: "Acme",
        step: { kind: "outcome", outcome: "no-reply", minutes: 30, reason: "nobody was in" },
      },
    ],
    [
      "X outcome Acme won hours 1.5h amount 5,000.50",
      {
        offer: "X",
        kind: "step",
        account: "Acme",
        step: { kind: "outcome", outcome: "won", minutes: 90, amount: "5,000.50" },
      },
    ],
    ["X open wave B", { offer: "X", kind: "wave", wave: "B", change: "open", reason: "" }],
    ["X resume b because so", { offer: "X", kind: "wave", wave: "B", change: "override", reason: "so" }],
    ["X close because sold out", { offer: "X", kind: "close", reason: "sold out" }],
  ])("%s is understood", (line, typed) => {
    expect(readOffer(line.split(" "))).toEqual(typed);
  });
});

test("a hold is understood with and without an end", () => {
  expect(readHold("Acme Ltd Overdue until 2026-12-31 because two invoices".split(" "), today)).toEqual({
    ...{ account: "Acme Ltd", kind: "hold", hold: "overdue", until: "2026-12-31", reason: "two invoices" },
  });
  expect(readHold("Acme complaint none".split(" "), today)).toEqual({
    ...{ account: "Acme", kind: "end", hold: "complaint" },
  });
  expect(readHold(["Acme"], today)).toEqual({ account: "Acme", kind: "show" });
});

test("whatever is typed is understood, or refused with a sentence", () => {
  const word = fc.oneof(
    fc.constantFrom(
      "outcome",
      "won",
      "no",
      "reply",
      "because",
      "to",
      "hours",
      "amount",
      "wave",
      "B",
      "by",
      "value",
    ),
    fc.constantFrom("complaint", "until", "none", "hold-out", "20%", "close", "resume", "1.5", "2026-12-31"),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (words) => {
      for (const read of [
        () => readOffer(words),
        () => readPitch(words, today),
        () => readHold(words, today),
      ]) {
        try {
          read();
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          expect((error as UsageError).message).toMatch(/[.`]$/);
        }
      }
    }),
    { seed: 2411, numRuns: 500 },
  );
});
