import { describe, expect, test } from "vitest";
import type { WaveTally } from "../../src/core/offers/offer.ts";
import { defaultSettings } from "../../src/core/settings.ts";
import { formatChance, formatHours, formatInterval, formatPerHour } from "../../src/offers/figure-words.ts";
import { wordLift } from "../../src/offers/lift-words.ts";
import { offerLine } from "../../src/offers/offer-lines.ts";
import { termsOf } from "../../src/offers/offer-terms.ts";
import { wordExclusion, wordPitchReason, wordShortly } from "../../src/offers/pitch-reasons.ts";
import { openingSentence, ruleSentence, termsSentence } from "../../src/offers/rule-words.ts";
import { wordBetterUse, wordJudgement, wordStatusReason } from "../../src/offers/ruling-words.ts";
import { parseQuery } from "../../src/query.ts";

const today = "2026-10-31";
const terms = termsOf(
  { value: "12,000.50", holdOutPercent: 20, opensOn: { C: "2026-12-15" } },
  { ...defaultSettings.offers, floorPerHour: 80, claimHours: 1, openAtPercent: 75 },
  "EUR",
);

test("terms are what was typed and the settings, in minor units", () => {
  expect(terms).toMatchObject({
    value: 1_200_050,
    margin: 400,
    floorPerHour: 8_000,
    effortMinutes: { A: 120, B: 90, C: 60, lookalikes: 90 },
    opensOn: { C: "2026-12-15" },
    holdOutPercent: 20,
  });
  const yen = termsOf({ value: "12000", holdOutPercent: 0, opensOn: {} }, defaultSettings.offers, "JPY");
  expect(yen).toMatchObject({ value: 12_000, floorPerHour: 100 });
});

test("rules are told with the numbers that hold", () => {
  expect(ruleSentence(terms, "B", ["A", "B"])).toBe(
    "Rule: Wave B opens when at least 75 % of A is resolved. A wave pauses when its margin is below €80/h, or below half of wave A's, with more than 90 % probability, judged from 8 outcomes or half the wave on.",
  );
  expect(openingSentence("C", terms, ["A", "C"])).toBe(
    "Wave C opens when at least 75 % of A is resolved, or on 15 Dec 2026.",
  );
  expect(openingSentence("B", terms, ["B"])).toBe("Wave B opens at once.");
  expect(openingSentence("C", terms, ["C"])).toBe("Wave C opens on 15 Dec 2026.");
  expect(openingSentence("A", terms, ["C"])).toBe("Wave A has nobody to pitch.");
  expect(termsSentence(terms)).toBe(
    "A sale is taken as €12,001, of which 40 % is margin. Owners hold their accounts from the start; who claims one keeps it for 1 hour.",
  );
});

test.each([
  [{ code: "tier", tier: "A", points: 0.5 }, "tier A"],
  [{ code: "tier", tier: "prospect", points: -0.8 }, "never bought anything"],
  [{ code: "similar", accounts: 12, bought: 3, points: 0.2 }, "3 of 12 similar accounts bought"],
  [{ code: "similar", accounts: 1, bought: 0, points: -0.2 }, "none of 1 similar account bought"],
  [{ code: "recency", days: 0, points: 0.4 }, "bought just now"],
  [{ code: "recency", days: 1, points: 0.4 }, "bought 1 day ago"],
  [{ code: "fit", products: ["Pump", "Hose"], points: 0.3 }, "owns Pump, Hose, as buyers do"],
  [{ code: "answers", won: 2, lost: 1, noReply: 0, points: 0.3 }, "won 2 of 3 earlier pitches"],
  [{ code: "resembles", traits: ["Retail"], points: 0.3 }, "resembles A accounts: Retail"],
] as const)("the reason %j is worded", (reason, words) => {
  expect(wordPitchReason(reason)).toBe(words);
});

test("a row tells what tells most; a tier only where there is nothing else", () => {
  const tier = { code: "tier", tier: "A", points: 0.5 } as const;
  const recency = { code: "recency", days: 12, points: 0.4 } as const;
  expect(wordShortly([tier, recency])).toBe("bought 12 days ago");
  expect(wordShortly([tier])).toBe("tier A");
  expect(wordShortly([])).toBe("");
});

test.each([
  [{ code: "complaint" }, "open complaint"],
  [
    { code: "overdue", reason: "two invoices", until: "2026-12-31" },
    "overdue payment until 31 Dec 2026: two invoices",
  ],
  [{ code: "owns", product: "Pump" }, "has Pump already"],
  [{ code: "pitched", offer: "Spring", on: "2026-10-19" }, 'pitched 12 days ago for "Spring"'],
] as const)("the exclusion %j is worded", (exclusion, words) => {
  expect(wordExclusion(exclusion, today)).toBe(words);
});

test("figures read as people say them", () => {
  expect([0, 6, 90, 100, 840, 120_000].map(formatHours)).toEqual([
    "0 h",
    "0.1 h",
    "1.5 h",
    "1.7 h",
    "14 h",
    "2,000 h",
  ]);
  expect([0, 0.001, 0.424, 0.999, 1].map(formatChance)).toEqual(["0 %", "1 %", "42 %", "99 %", "100 %"]);
  expect(formatInterval({ probability: 0.42, low: 0.31, high: 0.54 })).toBe("42 % (31–54)");
  expect(formatPerHour(undefined, "EUR")).toBe("–");
  expect(formatPerHour(290_000.4, "EUR")).toBe("€2,900/h");
});

describe("why a wave is as it is", () => {
  test.each([
    [{ code: "person", by: "mia@example.com", reason: "they ask" }, "mia@example.com decided so: they ask"],
    [
      { code: "resolved", before: "A", resolved: 8, accounts: 10, openAtPercent: 80 },
      "8 of 10 accounts of A are resolved",
    ],
    [{ code: "date", on: "2026-12-15" }, "its day was 15 Dec 2026"],
    [
      {
        code: "below-floor",
        outcomes: 9,
        probability: 0.934,
        marginPerHour: 4_000,
        floorPerHour: 8_000,
        breakEven: 0.3,
      },
      "after 9 outcomes it brings less than €80/h with 93 % probability (so far €40/h)",
    ],
    [
      {
        code: "below-floor",
        outcomes: 9,
        probability: 1,
        floorPerHour: 8_000,
        breakEven: Number.POSITIVE_INFINITY,
      },
      "even winning every pitch would not bring €80/h",
    ],
    [
      { code: "far-below-a", outcomes: 9, probability: 0.95, marginPerHour: 9_000, marginPerHourOfA: 40_000 },
      "after 9 outcomes it brings less than half of wave A's margin per hour with 95 % probability (so far €90/h against €400/h)",
    ],
  ])("%j is worded from what is stored", (reason, words) => {
    expect(wordStatusReason(JSON.stringify(reason), terms)).toBe(words);
  });

  test("is left out where it is not known", () => {
    expect(wordStatusReason(undefined, terms)).toBe("");
    expect(wordStatusReason('{"code":"moon"}', terms)).toBe("");
  });
});

const tally: WaveTally = {
  ...{ wave: "B", status: "open", overriddenUntilOutcomes: undefined, accounts: 12 },
  ...{ won: 3, lost: 5, noReply: 0, skipped: 0, wonAmount: 0, minutes: 0, minutesKnown: 0 },
  ...{ expectedMargin: 0, expectedMinutes: 0, expectedWins: 0 },
};
const judgement = {
  ...{ outcomes: 8, needed: 6, breakEven: 0.2, probabilityBelowFloor: 0.12, probabilityFarBelowA: 0.3 },
  ...{ marginPerHour: 9_000, expectedMarginPerHour: 9_000 },
};

test("a judgement says what it thinks, that it was overridden, and how weak it is", () => {
  expect(wordJudgement({ ...judgement, verdict: "worth-it" }, tally, terms)).toBe(
    "Wave B: worth its hours so far, below €80/h with 12 % probability.",
  );
  const weakness = { accounts: 12, pausesGood: 0.08, missesBad: 0.4 };
  expect(
    wordJudgement(
      { ...judgement, verdict: "far-below-a", weakness },
      { ...tally, overriddenUntilOutcomes: 12 },
      terms,
    ),
  ).toBe(
    "Wave B: below half of wave A's margin per hour with 30 % probability. A manager overrode the stop rule: it is silent until 12 outcomes. With 12 accounts the rule knows little: it would pause 8 % of waves that bring half as much again as €80/h, and miss 40 % of those that bring half of it.",
  );
  expect(wordBetterUse({ wave: "C", status: "planned", marginPerHour: 20_000 }, terms)).toBe(
    "The hours are better spent on wave C (planned), where €200/h are expected.",
  );
  expect(wordBetterUse(undefined, terms)).toMatch(/better spent elsewhere\.$/);
});

test("a lift is told with its interval, or as too early", () => {
  expect(wordLift({ pitched: { accounts: 4, bought: 1 }, holdOut: { accounts: 0, bought: 0 } })).toEqual([]);
  expect(wordLift({ pitched: { accounts: 0, bought: 0 }, holdOut: { accounts: 4, bought: 1 } })[0]).toMatch(
    /^Too early/,
  );
  // Newcombe's method 10 for 56 of 70 against 48 of 80 gives 5.24 % to 33.39 %.
  expect(wordLift({ pitched: { accounts: 70, bought: 56 }, holdOut: { accounts: 80, bought: 48 } })).toEqual([
    "Of 70 pitched accounts 80.0 % bought since, of 80 kept out 60.0 %: +20 points, with 95 % probability +5 to +33.",
  ]);
});

test("a line about an offer asks for the same offer again, whatever it is called", () => {
  for (const name of ['Say "hi"', "log", "because", "Ünïcode", "a".repeat(60)])
    expect(parseQuery(offerLine({ id: 7, name }, "log").slice("offer ".length), []).words).toEqual([
      name,
      "log",
    ]);
  expect(offerLine({ id: 7, name: "a".repeat(61) })).toBe("offer id:7");
});
