import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeWinRates } from "../../../src/core/products/win-rates.ts";
import { createRandom } from "../../../src/core/random.ts";

const many = 20;

describe("win rates", () => {
  test("are told apart where they differ by far more than chance", () => {
    const { areToldApart, rates } = judgeWinRates(
      [
        { won: 80, lost: 20 },
        { won: 52, lost: 48 },
        { won: 50, lost: 50 },
        { won: 20, lost: 80 },
      ],
      many,
    );
    expect(areToldApart).toBe(true);
    expect(rates.map((rate) => rate?.verdict)).toEqual(["above", "alike", "alike", "below"]);
    // Wilson's interval of 80 % by the formula: 0.8 of 100.
    expect(rates[0]?.low).toBeCloseTo(0.74408, 5);
    expect(rates[0]?.high).toBeCloseTo(0.84623, 5);
  });

  test("of Maven CRM's seven products are not", () => {
    const won = [653, 729, 793, 915, 479, 654, 15];
    const closed = [1051, 1147, 1223, 1436, 745, 1084, 25];
    const { areToldApart, rates } = judgeWinRates(
      won.map((wins, at) => ({ won: wins, lost: (closed[at] ?? 0) - wins })),
      many,
    );
    expect(areToldApart).toBe(false);
    expect(rates.map((rate) => rate?.verdict)).toEqual(won.map(() => "alike"));
  });

  test("of few deals are drawn towards the mean, and too early to judge", () => {
    const { rates } = judgeWinRates(
      [
        { won: 90, lost: 10 },
        { won: 30, lost: 70 },
        { won: 22, lost: 0 },
        { won: 5, lost: 0 },
        { won: 0, lost: 0 },
      ],
      many,
    );
    const [large, , small, tiny, none] = rates;
    expect(large?.shrunk).toBeGreaterThan(0.88);
    expect(small?.shrunk).toBeLessThan(1);
    expect(tiny).toMatchObject({ share: 1, verdict: "too-early" });
    expect(tiny?.shrunk).toBeLessThan(small?.shrunk ?? 0);
    expect(none).toBeUndefined();
  });

  test("of nothing, of one product, and of wins alone are no differences", () => {
    expect(judgeWinRates([], many)).toEqual({ areToldApart: false, rates: [] });
    expect(judgeWinRates([{ won: 30, lost: 10 }], many).rates[0]?.verdict).toBe("alike");
    const wins = judgeWinRates(
      [
        { won: 30, lost: 0 },
        { won: 40, lost: 0 },
      ],
      many,
    );
    expect(wins).toMatchObject({ areToldApart: false, rates: [{ shrunk: 1 }, { shrunk: 1 }] });
  });

  test("that are all the same are called different in at most 3.5 % of runs", () => {
    const random = createRandom(5);
    const runs = 500;
    let toldApart = 0;
    for (let run = 0; run < runs; run += 1) {
      const counts = Array.from({ length: 8 }, () => {
        const won = Array.from({ length: 60 }, () => random() < 0.6).filter(Boolean).length;
        return { won, lost: 60 - won };
      });
      toldApart += Number(judgeWinRates(counts, many).areToldApart);
    }
    expect(toldApart / runs).toBeLessThanOrEqual(0.035);
  });

  test("lie within their ranges and between what was seen and the mean", () => {
    const count = fc.record({ won: fc.nat(200), lost: fc.nat(200) });
    fc.assert(
      fc.property(fc.array(count, { maxLength: 12 }), (counts) => {
        const { rates } = judgeWinRates(counts, many);
        for (const rate of rates) {
          if (!rate) continue;
          expect(rate.low).toBeLessThanOrEqual(rate.share);
          expect(rate.high).toBeGreaterThanOrEqual(rate.share);
          expect(rate.shrunk).toBeGreaterThanOrEqual(0);
          expect(rate.shrunk).toBeLessThanOrEqual(1);
        }
      }),
      { seed: 8 },
    );
  });
});
