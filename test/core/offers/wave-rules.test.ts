import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type OfferTerms, type WaveTally, waveNames } from "../../../src/core/offers/offer.ts";
import { betterUse, ruleWaves } from "../../../src/core/offers/wave-rules.ts";
import { terms } from "../../helpers/candidates.ts";
import { waveTally } from "../../helpers/waves.ts";

const today = "2026-05-05";
const waveA = (known: Partial<WaveTally> = {}) => waveTally({ wave: "A", ...known });
const planned = (wave: WaveTally["wave"], known: Partial<WaveTally> = {}) =>
  waveTally({ wave, status: "planned", ...known });
const rule = (tallies: readonly WaveTally[], known: Partial<OfferTerms> = {}) =>
  ruleWaves(tallies, terms(known), today);

describe("a wave opens", () => {
  test("when 80 % of the one before are resolved, skipped ones too, and the one after it waits", () => {
    const tallies = [waveA({ won: 12, lost: 15, skipped: 5 }), planned("B"), planned("C")];
    expect(rule(tallies)).toEqual([
      {
        wave: "B",
        status: "open",
        reason: { code: "resolved", before: "A", resolved: 32, accounts: 40, openAtPercent: 80 },
      },
    ]);
    expect(rule([waveA({ won: 12, lost: 15, skipped: 4 }), planned("B")])).toEqual([]);
  });

  test("on its day, whatever the one before does", () => {
    const opensOn = { B: "2026-05-06", C: today };
    expect(rule([waveA(), planned("B"), planned("C")], { opensOn })).toEqual([
      { wave: "C", status: "open", reason: { code: "date", on: today } },
    ]);
  });

  test("after waves without accounts, which are passed over", () => {
    const tallies = [
      ...[waveA({ won: 32 }), planned("B", { accounts: 0 })],
      ...[planned("C", { accounts: 0 }), planned("lookalikes")],
    ];
    expect(rule(tallies)).toMatchObject([{ wave: "lookalikes", reason: { code: "resolved", before: "A" } }]);
  });

  test("as the first that has accounts, unless its day is to come", () => {
    const tallies = [waveA({ accounts: 0 }), planned("B")];
    expect(rule(tallies)).toEqual([{ wave: "B", status: "open", reason: { code: "first" } }]);
    expect(rule(tallies, { opensOn: { B: "2026-06-01" } })).toEqual([]);
  });

  test("never because one that was not opened yet is skipped through", () => {
    expect(rule([waveA(), planned("B", { skipped: 40 }), planned("C")])).toEqual([]);
  });

  test("the order in which waves are given does not matter", () => {
    const tallies = [planned("C"), planned("B"), waveA({ won: 40 })];
    expect(rule(tallies)).toEqual(rule([...tallies].reverse()));
    expect(rule(tallies)).toMatchObject([{ wave: "B" }]);
  });
});

describe("a wave is paused", () => {
  test("below the floor, and the next one waits though all of it is resolved", () => {
    const stopped = waveA({ lost: 40 });
    const rulings = rule([stopped, planned("B")]);
    expect(rulings).toEqual([
      {
        wave: "A",
        status: "paused",
        reason: {
          ...{ code: "below-floor", outcomes: 40, probability: expect.closeTo(1 - 0.5 * 0.8 ** 40, 6) },
          ...{ marginPerHour: 0, floorPerHour: 10_000, breakEven: 0.2 },
        },
      },
    ]);
    expect(rule([{ ...stopped, status: "paused" }, planned("B")])).toEqual([]);
    const opensOn = { B: "2026-05-01" };
    expect(rule([{ ...stopped, status: "paused" }, planned("B")], { opensOn })).toMatchObject([
      { wave: "B", status: "open", reason: { code: "date" } },
    ]);
  });

  test("far below wave A", () => {
    const tallies = [waveA({ won: 12, lost: 8 }), waveTally({ won: 1, lost: 19 })];
    expect(rule(tallies, { floorPerHour: 100 })).toEqual([
      {
        wave: "B",
        status: "paused",
        reason: {
          ...{ code: "far-below-a", outcomes: 20, probability: expect.closeTo(0.985, 3) },
          ...{ marginPerHour: 2_500, marginPerHourOfA: 30_000 },
        },
      },
    ]);
  });

  test("not before the outcomes up to which a manager decided against the rule", () => {
    const lost = (outcomes: number) => rule([waveA({ lost: outcomes, overriddenUntilOutcomes: 16 })]);
    expect(lost(15)).toEqual([]);
    expect(lost(16)).toMatchObject([{ wave: "A", status: "paused" }]);
  });

  test("only while it is open", () => {
    for (const status of ["paused", "closed"] as const)
      expect(rule([waveA({ lost: 20, status })])).toEqual([]);
  });
});

test("applied to the result, the rules change nothing more", () => {
  const count = fc.nat({ max: 20 });
  const tallyOf = (wave: WaveTally["wave"]) =>
    fc
      .record({
        ...{ won: count, lost: count, noReply: count, skipped: count, left: count },
        status: fc.constantFrom("planned", "open", "paused", "closed"),
        overriddenUntilOutcomes: fc.option(count, { nil: undefined }),
      })
      .map(({ left, ...known }) => {
        const done = known.status === "planned" ? { won: 0, lost: 0, noReply: 0 } : known;
        const accounts = done.won + done.lost + done.noReply + known.skipped + left;
        return waveTally({ ...known, ...done, status: known.status, skipped: known.skipped, wave, accounts });
      });
  const day = fc.constantFrom(undefined, "2026-05-01", "2026-06-01");
  fc.assert(
    fc.property(fc.tuple(...waveNames.map(tallyOf)), day, day, (tallies, ofB, ofC) => {
      const opensOn = { ...(ofB ? { B: ofB } : {}), ...(ofC ? { C: ofC } : {}) };
      const rulings = rule(tallies, { opensOn });
      const after = tallies.map((tally) => ({
        ...tally,
        status: rulings.find(({ wave }) => wave === tally.wave)?.status ?? tally.status,
      }));
      expect(rule(after, { opensOn })).toEqual([]);
    }),
    { seed: 24, numRuns: 300 },
  );
});

describe("hours are better spent", () => {
  test("on the open wave that is expected to bring most for them", () => {
    const tallies = [waveA({ won: 10, lost: 10 }), waveTally({ lost: 8, status: "paused" })];
    // The plan's 25 % as eight outcomes and 10 of 20: 12 ÷ 28 of 500.00.
    expect(betterUse(tallies, terms())).toEqual({ wave: "A", status: "open", marginPerHour: 21_429 });
  });

  test("on a planned wave as far as the plan held so far", () => {
    // Wave A was planned to bring 125.00 an hour and is expected to bring 250.00.
    const tallies = [waveA({ won: 16, lost: 8, skipped: 16 }), planned("B")];
    expect(betterUse(tallies, terms())).toMatchObject({ wave: "B", status: "planned" });
    expect(betterUse(tallies, terms())?.marginPerHour).toBe(Math.round((18 / 32) * 50_000));
    const failed = [waveA({ lost: 20, status: "paused" }), planned("B")];
    expect(betterUse(failed, terms())).toBeUndefined();
  });

  test("nowhere, when what is left is done, paused or not above the floor", () => {
    const tallies = [
      waveA({ won: 40 }),
      waveTally({ status: "paused" }),
      planned("C", { expectedMargin: 400_000 }),
    ];
    expect(betterUse(tallies, terms({ floorPerHour: 60_000 }))).toBeUndefined();
    expect(betterUse([waveA({ won: 40 }), waveTally({ status: "paused" })], terms())).toBeUndefined();
  });
});
