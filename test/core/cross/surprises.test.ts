import jStat from "jstat";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../demo/random.ts";
import { findSurprises, type PairTable } from "../../../src/core/cross/surprises.ts";
import { chanceOf, leastChanceOf, logFactorials } from "../../../src/core/fisher-test.ts";

describe("the chance of a count", () => {
  test("Fisher's tea: 4 cups of 8 and all four right is 1 in 70 on either side", () => {
    const logs = logFactorials(8);
    const tea = { whole: 8, marked: 4, drawn: 4 };
    expect(chanceOf(tea, 4, logs)).toBeCloseTo(2 / 70, 12);
    expect(chanceOf(tea, 0, logs)).toBeCloseTo(2 / 70, 12);
    expect(chanceOf(tea, 3, logs)).toBeCloseTo((2 * 17) / 70, 12);
    expect(chanceOf(tea, 2, logs)).toBe(1);
    expect(leastChanceOf(tea, logs)).toBeCloseTo(2 / 70, 12);
  });

  test("agrees with another program's distribution for every count of small and middling draws", () => {
    const { nextInt } = randomOf(7);
    const logs = logFactorials(400);
    for (let round = 0; round < 60; round += 1) {
      const whole = 2 + nextInt(399);
      const draw = { whole, marked: nextInt(whole + 1), drawn: nextInt(whole + 1) };
      const [fewest, most] = [
        Math.max(0, draw.marked + draw.drawn - whole),
        Math.min(draw.marked, draw.drawn),
      ];
      const cdf = (count: number) =>
        count < fewest ? 0 : jStat.hypgeom.cdf(count, whole, draw.marked, draw.drawn);
      const count = fewest + nextInt(most - fewest + 1);
      const known = Math.min(1, 2 * Math.min(cdf(count), 1 - cdf(count - 1)));
      expect(chanceOf(draw, count, logs)).toBeCloseTo(known, 9);
    }
  });

  test("stays finite and above nothing with 50,000 accounts", () => {
    const logs = logFactorials(50_000);
    const chance = chanceOf({ whole: 50_000, marked: 2_000, drawn: 3_000 }, 200, logs);
    // Expected are 120 with a deviation of 10.4.
    expect(chance).toBeGreaterThan(0);
    expect(chance).toBeLessThan(1e-10);
  });
});

/** Accounts by two of their values. */
function tableOf(
  criteria: PairTable["criteria"],
  accounts: readonly (readonly [string, string])[],
): PairTable {
  const counts = new Map<string, number>();
  for (const values of accounts)
    counts.set(JSON.stringify(values), (counts.get(JSON.stringify(values)) ?? 0) + 1);
  return {
    criteria,
    cells: [...counts].map(([values, count]) => ({ values: JSON.parse(values), accounts: count })),
  };
}

const repeated = (times: number, ...values: readonly [string, string]) =>
  Array.from({ length: times }, () => values);

describe("what is found", () => {
  test("14 of 20 makers are A where 5 would be expected, with the figures by hand", () => {
    const table = tableOf(
      ["industry", "tier"],
      [
        ...repeated(14, "Making", "A"),
        ...repeated(6, "Making", "B"),
        ...repeated(11, "Trade", "A"),
        ...repeated(69, "Trade", "B"),
      ],
    );
    const { found, tested, following } = findSurprises([table]);
    expect({ tested, following }).toEqual({ tested: 4, following: [] });
    const [first] = found;
    expect(first).toMatchObject({
      values: ["Making", "A"],
      ...{ accounts: 14, expected: 5, withFirst: 20, withSecond: 25, whole: 100, ratio: 2.8 },
    });
    // Byar: 14 (1 - 1/126 - 1.96 / (3 √14))³ ÷ 5.
    expect(first?.sureRatio).toBeCloseTo(1.53, 2);
    expect(found.every(({ ratio }) => ratio >= 1.25 || ratio <= 0.8)).toBe(true);
  });

  test("a combination that never occurs is found too", () => {
    const table = tableOf(
      ["industry", "region"],
      [
        ...repeated(40, "Making", "North"),
        ...repeated(30, "Trade", "North"),
        ...repeated(30, "Trade", "South"),
      ],
    );
    expect(findSurprises([table]).found).toContainEqual(
      expect.objectContaining({ values: ["Making", "South"], accounts: 0, expected: 12, ratio: 0 }),
    );
  });

  test("a small difference is nothing to tell, however certain", () => {
    const table = tableOf(
      ["industry", "region"],
      [
        ...repeated(5_400, "Making", "North"),
        ...repeated(4_600, "Making", "South"),
        ...repeated(4_600, "Trade", "North"),
        ...repeated(5_400, "Trade", "South"),
      ],
    );
    expect(findSurprises([table]).found).toEqual([]);
  });

  test("what says the other is no surprise: a country and its region", () => {
    const table = tableOf(
      [{ custom: "Country" }, "region"],
      [
        ...repeated(40, "Austria", "Alps"),
        ...repeated(40, "Italy", "South"),
        ...repeated(40, "Spain", "South"),
      ],
    );
    expect(findSurprises([table])).toEqual({
      ...{ tested: 0, pairs: 0, found: [] },
      following: [[{ custom: "Country" }, "region"]],
    });
  });

  test("nothing, one account and one value each give nothing", () => {
    const nothing = { found: [], tested: 0 };
    expect(findSurprises([])).toMatchObject(nothing);
    expect(findSurprises([tableOf(["tier", "region"], [["A", "North"]])])).toMatchObject(nothing);
    expect(findSurprises([tableOf(["tier", "region"], [])])).toMatchObject(nothing);
  });
});

const portfolios = process.env.PROVE === undefined ? 200 : 2_000;

test(`where nothing has to do with anything, at most about one portfolio in twenty has a surprise (${portfolios} portfolios)`, () => {
  let surprised = 0;
  for (let seed = 1; seed <= portfolios; seed += 1)
    if (findSurprises(randomPortfolio(seed)).found.length > 0) surprised += 1;
  // 5 % and three standard errors of it.
  expect(surprised / portfolios).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / portfolios));
});

const planted = { criteria: ["tier", "industry"], values: ["v3", "v2"] };

test("what was planted comes first of what goes together, in nearly every portfolio", () => {
  let found = 0;
  for (let seed = 1; seed <= 40; seed += 1) {
    const first = findSurprises(randomPortfolio(seed, 0.6)).found.find(({ ratio }) => ratio > 1);
    if (JSON.stringify(first) === JSON.stringify({ ...first, ...planted })) found += 1;
  }
  expect(found).toBeGreaterThanOrEqual(36);
});

/** 30 to 400 accounts with four criteria of a few values each, of uneven sizes; a share of tier v3 is of industry v2. */
function randomPortfolio(seed: number, share = 0): readonly PairTable[] {
  const { next, nextInt } = randomOf(seed);
  const accounts = (share > 0 ? 300 : 30) + nextInt(371);
  const widths = [4, 3, 6, 12];
  const rows = Array.from({ length: accounts }, () => {
    const values = widths.map((width) => `v${Math.floor(width * next() ** 1.5)}`);
    return values[0] === "v3" && next() < share ? ["v3", "v2", ...values.slice(2)] : values;
  });
  const names = ["tier", "industry", "region", { custom: "Form" }] as const;
  return names.flatMap((first, left) =>
    names.flatMap((second, right) =>
      left < right
        ? [
            tableOf(
              [first, second],
              rows.map((row) => [row[left] ?? "", row[right] ?? ""] as const),
            ),
          ]
        : [],
    ),
  );
}

function randomOf(seed: number) {
  const { integer } = createRandom(seed);
  const fine = 2 ** 30;
  return { next: () => integer(0, fine - 1) / fine, nextInt: (below: number) => integer(0, below - 1) };
}
