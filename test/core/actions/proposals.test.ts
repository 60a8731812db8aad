import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProposedAction } from "../../../src/core/actions/action.ts";
import { actionId } from "../../../src/core/actions/action-id.ts";
import type { CustomerFacts } from "../../../src/core/actions/proposal.ts";
import { proposeCheckIn } from "../../../src/core/actions/propose-check-in.ts";
import { proposeComplaint } from "../../../src/core/actions/propose-complaint.ts";
import { proposeCrossSell } from "../../../src/core/actions/propose-cross-sell.ts";
import { proposeOfferTask } from "../../../src/core/actions/propose-offer-task.ts";
import { proposeReference } from "../../../src/core/actions/propose-reference.ts";
import { proposeRenewal } from "../../../src/core/actions/propose-renewal.ts";
import { proposeThankYou } from "../../../src/core/actions/propose-thank-you.ts";
import { proposeUpSell } from "../../../src/core/actions/propose-up-sell.ts";
import { proposeWinBack } from "../../../src/core/actions/propose-win-back.ts";
import { addDays } from "../../../src/core/calendar.ts";

const terms = { asOf: "2026-11-22", margin: 400, quietBelowPercent: 50 };
/** A good customer since 2020, with nothing to do. */
const customer = (given: Partial<CustomerFacts> = {}): CustomerFacts => ({
  ...{ accountId: "acme", tier: "A", yearMinor: 100_000, yearBeforeMinor: 80_000 },
  ...{ firstWonOn: "2020-03-01", lastWonOn: "2026-10-01", alive: 0.9, worthMinor: 90_000 },
  ...given,
});

describe("renewal", () => {
  const recurring = {
    ...{ accountId: "acme", dueOn: "2026-12-20", valueMinor: 50_000 },
    source: { kind: "recurring", product: "Care", months: 12, renewals: 4, lastOn: "2025-12-20" },
  } as const;

  test("is worth the margin that would be lost: 40 % of 500.00, times one in four", () => {
    expect(proposeRenewal({ ...recurring, chance: 0.75 }, terms)).toEqual({
      id: expect.any(String),
      ...{ accountId: "acme", kind: "renewal", subject: '["recurring","Care","2026-12-20"]' },
      ...{ valueMinor: 5_000, dueOn: "2026-12-20", effortMinutes: 45, score: (5_000 * 60) / 45 },
      reasons: [
        { code: "recurs", product: "Care", months: 12, times: 4, lastOn: "2025-12-20", chance: 0.75 },
      ],
    });
    expect(proposeRenewal(recurring, terms)?.valueMinor).toBe(4_000);
    expect(proposeRenewal({ ...recurring, chance: 1 }, terms)?.valueMinor).toBe(400);
  });

  test.each([
    ["90 days ahead", "2027-02-20", true],
    ["91 days ahead", "2027-02-21", false],
    ["182 days overdue", "2026-05-24", true],
    ["183 days overdue", "2026-05-23", false],
  ])("%s: %s", (_, dueOn, isProposed) => {
    const source = { kind: "date", column: "Contract end" } as const;
    for (const facts of [
      { ...recurring, dueOn },
      { ...recurring, dueOn, source },
    ])
      expect(proposeRenewal(facts, terms) !== undefined).toBe(isProposed);
    expect(proposeRenewal({ ...recurring, dueOn: "2026-11-30", source }, terms)?.reasons).toEqual([
      { code: "renewal-date", column: "Contract end", on: "2026-11-30" },
    ]);
  });

  test("the next one is another proposal", () => {
    const ids = ["2026-12-20", "2027-01-20"].map(
      (dueOn) => proposeRenewal({ ...recurring, dueOn }, terms)?.id,
    );
    expect(new Set(ids).size).toBe(2);
  });
});

describe("win-back", () => {
  test("of who went quiet: margin of the better year, times the chance that it left, times one in five", () => {
    expect(proposeWinBack(customer({ alive: 0.3 }), terms)).toMatchObject({
      ...{ kind: "win-back", subject: "", valueMinor: 5_600, dueOn: "2026-11-30" },
      reasons: [
        { code: "gone-quiet", alive: 0.3, lastOn: "2026-10-01" },
        { code: "tier", tier: "A" },
      ],
    });
  });

  test("of who bought the year before and nothing since, where no model tells", () => {
    const lapsed = customer({ alive: undefined, yearMinor: 0, lastWonOn: "2025-10-01" });
    expect(proposeWinBack(lapsed, terms)).toMatchObject({
      valueMinor: 6_400,
      reasons: [{ code: "lapsed", lastOn: "2025-10-01", yearBeforeMinor: 80_000 }, { code: "tier" }],
    });
  });

  test.each([
    ["who still buys", {}],
    ["who is just not quiet", { alive: 0.5 }],
    ["who bought nothing for two years", { alive: 0.1, yearMinor: 0, yearBeforeMinor: 0 }],
    ["who only got credits", { alive: 0.1, yearMinor: -500, yearBeforeMinor: -1 }],
  ])("not of %s", (_, given) => {
    expect(proposeWinBack(customer(given), terms)).toBeUndefined();
  });
});

describe("check-in", () => {
  test.each([
    ["2026-11-22", "2026-12-06"],
    ["2026-10-23", "2026-11-06"],
    ["2026-10-22", undefined],
    ["2026-11-23", undefined],
  ])("14 days after a first purchase on %s: %s", (firstWonOn, dueOn) => {
    expect(proposeCheckIn(customer({ firstWonOn }), terms)?.dueOn).toBe(dueOn);
  });

  test("after the later of a first purchase and a won deal, worth a twentieth of what it will bring", () => {
    const wonDeal = { on: "2026-11-10", deal: "Line 2", valueMinor: 7_000 };
    const facts = { ...customer({ firstWonOn: "2026-11-01" }), wonDeal };
    expect(proposeCheckIn(facts, terms)).toMatchObject({
      ...{ subject: "2026-11-10", dueOn: "2026-11-24", valueMinor: 4_500, effortMinutes: 20 },
      reasons: [
        { code: "first-purchase", on: "2026-11-01" },
        { code: "won-deal", ...wonDeal },
      ],
    });
    const unvalued = { ...customer({ worthMinor: undefined, yearMinor: 0 }), wonDeal };
    expect(proposeCheckIn(unvalued, terms)).toMatchObject({
      valueMinor: 140,
      reasons: [{ code: "won-deal" }],
    });
  });
});

describe("cross-sell and up-sell", () => {
  const reason = { code: "popular", product: "Valve", buyers: 3, accounts: 10 } as const;
  const offered = { accountId: "acme", productId: "valve", usualMinor: 20_000, chance: 0.3, reason };

  test("a usual year's margin, times the chance that it buys and is still there", () => {
    expect(proposeCrossSell(offered, terms)).toMatchObject({
      subject: "valve",
      valueMinor: 2_400,
      reasons: [reason],
    });
    expect(proposeCrossSell({ ...offered, alive: 0.5 }, terms)?.valueMinor).toBe(1_200);
    expect(proposeCrossSell({ ...offered, usualMinor: 0 }, terms)).toBeUndefined();
  });

  test.each([
    [4_999, 8, 1_200],
    [5_000, 8, undefined],
    [0, 5, undefined],
    [4_999, 4, undefined],
  ])("who buys for %i beside %i similar ones who buy for 100.00: %s", (yearMinor, similar, valueMinor) => {
    const facts = { accountId: "acme", productId: "valve", product: "Valve", yearMinor, similar };
    const proposed = proposeUpSell({ ...facts, usualMinor: 10_000, alive: 1 }, { ...terms, margin: 1_200 });
    expect(proposed?.valueMinor).toBe(valueMinor);
  });
});

describe("thank-you", () => {
  const thanked = (firstWonOn: string, lastThanksOn?: string, given: Partial<CustomerFacts> = {}) =>
    proposeThankYou({ ...customer({ firstWonOn, ...given }), lastThanksOn }, terms);

  test("for five years within 30 days, worth a fiftieth of a year's margin", () => {
    expect(thanked("2021-12-22", "2026-09-20")).toMatchObject({
      ...{ dueOn: "2026-12-22", valueMinor: 800, effortMinutes: 15 },
      reasons: [
        { code: "tenure", years: 5, on: "2026-12-22" },
        { code: "tier", tier: "A" },
      ],
    });
    expect(thanked("2021-11-22", "2026-01-01")?.dueOn).toBe("2026-11-22");
    // A thank-you 90 days before, or one that is planned, stands for it.
    expect(thanked("2021-12-22", "2026-09-23")).toBeUndefined();
    expect(thanked("2021-12-22", "2026-12-20")).toBeUndefined();
    expect(thanked("2021-12-23", "2026-01-01")).toBeUndefined();
  });

  test("where nobody thanked it for a year", () => {
    const never = thanked("2020-03-01");
    expect(never).toMatchObject({ dueOn: "2026-11-30", reasons: [{ code: "no-thanks" }, { code: "tier" }] });
    expect(thanked("2020-03-01", "2025-11-22")?.reasons[0]).toEqual({
      code: "no-thanks",
      since: "2025-11-22",
    });
    expect(thanked("2020-03-01", "2025-11-23")).toBeUndefined();
    expect(thanked("2026-01-01")).toBeUndefined();
  });

  test("not for tier C, who bought nothing, or who went quiet", () => {
    for (const given of [{ tier: "C" }, { yearMinor: 0 }, { alive: 0.4 }] as const)
      expect(thanked("2020-03-01", undefined, given)).toBeUndefined();
  });

  test("the 29th of February has its day in every year", () => {
    const facts = customer({ firstWonOn: "2024-02-29" });
    const at = (asOf: string) =>
      proposeThankYou({ ...facts, lastThanksOn: asOf.replace("27", "26") }, { ...terms, asOf });
    expect(at("2027-02-10")?.reasons[0]).toEqual({ code: "tenure", years: 3, on: "2027-02-28" });
  });
});

describe("reference", () => {
  const facts = { ...customer(), hasOpenComplaint: false, prospects: 3 };

  test("of a satisfied customer that prospects could hear from", () => {
    expect(proposeReference({ ...facts, survey: { score: 9, on: "2026-05-01" } }, terms)).toMatchObject({
      ...{ kind: "reference", valueMinor: 4_000, dueOn: "2026-11-30" },
      reasons: [
        { code: "prospects-like-it", prospects: 3 },
        { code: "survey", score: 9, on: "2026-05-01" },
        { code: "tenure", years: 6, on: "2026-03-01" },
        { code: "tier", tier: "A" },
      ],
    });
    expect(proposeReference({ ...facts, lastAskedOn: "2025-11-22" }, terms)).toBeDefined();
  });

  test.each([
    ["a complaint is open", { hasOpenComplaint: true }],
    ["it gave 8 of 10", { survey: { score: 8, on: "2026-05-01" } }],
    ["it was asked within a year", { lastAskedOn: "2025-11-23" }],
    ["no prospect is like it", { prospects: 0 }],
    ["it came a year ago", { firstWonOn: "2025-11-22" }],
    ["it is tier C", { tier: "C" as const }],
    ["it went quiet", { alive: 0.49 }],
  ])("not where %s", (_, given) => {
    expect(proposeReference({ ...facts, ...given }, terms)).toBeUndefined();
  });
});

test("a complaint: a quarter of the better year's margin, two days after it was made", () => {
  const facts = {
    accountId: "acme",
    holdId: 7,
    since: "2026-11-20",
    reason: "late",
    yearMinor: 0,
    yearBeforeMinor: 80_000,
  };
  expect(proposeComplaint(facts, terms)).toMatchObject({
    ...{ kind: "complaint", subject: "7", valueMinor: 8_000, dueOn: "2026-11-22", effortMinutes: 60 },
    reasons: [{ code: "complaint", since: "2026-11-20", reason: "late" }],
  });
});

test("an offer's task: its own value and effort, due when the claim ends or two weeks after the wave opened", () => {
  const facts = {
    ...{ accountId: "acme", offerId: 3, offer: "Care", probability: 0.4, expectedMarginMinor: 9_000 },
    ...{ effortMinutes: 90, waveOpenedOn: "2026-11-15" },
  };
  expect(proposeOfferTask(facts)).toMatchObject({
    ...{
      kind: "offer",
      subject: "3",
      valueMinor: 9_000,
      effortMinutes: 90,
      score: 6_000,
      dueOn: "2026-11-29",
    },
    reasons: [{ code: "offer", offer: "Care", offerId: 3, probability: 0.4 }],
  });
  expect(proposeOfferTask({ ...facts, heldUntil: "2026-11-24" }).dueOn).toBe("2026-11-24");
});

const money = fc.oneof(
  fc.integer({ min: -10_000, max: 10_000_000 }),
  fc.constantFrom(0, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER),
);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const day = fc.integer({ min: -800, max: 100 }).map((days) => addDays(terms.asOf, days));
const maybe = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { nil: undefined });

test("whatever the facts: a value from 0 on, something to do it for, an id of its own, and the same again", () => {
  const anyFacts = fc.record({
    tier: fc.constantFrom("A", "B", "C", "D"),
    ...{
      yearMinor: money,
      yearBeforeMinor: money,
      valueMinor: money,
      usualMinor: money,
      worthMinor: maybe(money),
    },
    ...{ alive: maybe(share), chance: share, prospects: fc.nat(5), similar: fc.nat(20) },
    ...{
      firstWonOn: day,
      lastWonOn: day,
      dueOn: day,
      since: day,
      lastThanksOn: maybe(day),
      lastAskedOn: maybe(day),
    },
    survey: maybe(fc.record({ score: fc.nat(10), on: day })),
    wonDeal: maybe(fc.record({ on: day, valueMinor: money })),
    margin: fc.integer({ min: 1, max: 1_000 }),
    effortMinutes: fc.nat(500),
  });
  fc.assert(
    fc.property(anyFacts, ({ margin, ...drawn }) => {
      const facts = Object.freeze({
        accountId: "acme",
        productId: "p",
        product: "P",
        hasOpenComplaint: false,
        ...drawn,
      });
      const of = { ...terms, margin };
      const reason = { code: "popular", product: "P", buyers: 1, accounts: 2 } as const;
      const proposeAll = (): readonly (ProposedAction | undefined)[] => [
        proposeRenewal({ ...facts, source: { kind: "date", column: "Renewal" } }, of),
        proposeWinBack(facts, of),
        proposeCheckIn(facts, of),
        proposeCrossSell({ ...facts, reason }, of),
        proposeUpSell(facts, of),
        proposeThankYou(facts, of),
        proposeReference(facts, of),
        proposeComplaint({ ...facts, holdId: 1, reason: "" }, of),
        proposeOfferTask({
          ...facts,
          offerId: 1,
          offer: "",
          probability: facts.chance,
          expectedMarginMinor: facts.valueMinor,
          waveOpenedOn: facts.since,
        }),
      ];
      const proposed = proposeAll().filter((each) => each !== undefined);
      expect(proposeAll().filter((each) => each !== undefined)).toEqual(proposed);
      expect(new Set(proposed.map(({ id }) => id)).size).toBe(proposed.length);
      for (const each of proposed) {
        expect(each.id).toBe(actionId(each));
        expect(Number.isSafeInteger(each.valueMinor) && each.valueMinor >= 0).toBe(true);
        expect(Number.isFinite(each.score) && each.score >= 0).toBe(true);
        expect(each.effortMinutes).toBeGreaterThanOrEqual(1);
        expect(each.reasons.length).toBeGreaterThan(0);
        expect(each.dueOn).toMatch(/^\d{4}-\d\d-\d\d$/);
      }
    }),
    { seed: 61, numRuns: 300 },
  );
});
