import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../demo/random.ts";
import type { Trait, TraitCounts } from "../../../src/core/offers/offer.ts";
import { findTraits } from "../../../src/core/offers/traits.ts";

const seed = 24;

function trait(value: string, inside: number, outside: number): Trait {
  return { kind: "industry", value, inside, outside };
}

/** Oracle: so many ways to choose, in integers of any size. */
function choose(from: number, count: number): bigint {
  if (count < 0 || count > from) return 0n;
  let ways = 1n;
  for (let step = 1; step <= count; step += 1) ways = (ways * BigInt(from - step + 1)) / BigInt(step);
  return ways;
}

/** Oracle: the upper tail of the hypergeometric distribution, counted out (Fisher 1935). */
function chanceByHand({ insideAccounts, outsideAccounts }: TraitCounts, { inside, outside }: Trait): number {
  let ways = 0n;
  for (let more = inside; more <= Math.min(inside + outside, insideAccounts); more += 1)
    ways += choose(insideAccounts, more) * choose(outsideAccounts, inside + outside - more);
  const all = choose(insideAccounts + outsideAccounts, inside + outside);
  return Number((ways * 10n ** 15n) / all) / 1e15;
}

describe("by hand", () => {
  test("Fisher's tea: 4 cups of 8 and all four right is 1 in 70; three or more right is 17 in 70", () => {
    const tea = { insideAccounts: 4, outsideAccounts: 4 };
    const { traits } = findTraits({ ...tea, traits: [trait("all", 4, 0), trait("three", 3, 1)] }, 10);
    expect(traits.map(({ value, chance }) => [value, chance])).toEqual([
      ["all", expect.closeTo(1 / 70, 12)],
      ["three", expect.closeTo(17 / 70, 12)],
    ]);
    expect(traits.map(({ lift }) => lift)).toEqual([undefined, 3]);
    expect(traits.map(({ shareInside, shareOutside }) => [shareInside, shareOutside])).toEqual([
      [1, 0],
      [0.75, 0.25],
    ]);
  });

  test("Benjamini and Hochberg: a chance is judged by its place among all that were tested", () => {
    // Of 10 inside and 10 outside.
    const traits = [trait("first", 6, 0), trait("second", 7, 2), trait("third", 6, 2), trait("last", 2, 8)];
    const counts = { insideAccounts: 10, outsideAccounts: 10, traits };
    const chances = traits.map((one) => chanceByHand(counts, one));
    expect(chances.map((chance) => chance.toFixed(4))).toEqual(["0.0054", "0.0349", "0.0849", "0.9995"]);
    const found = findTraits(counts, 10);
    // The limits are 0.0125, 0.025, 0.0375, 0.05: only the first is below its own or a later one.
    expect(found.tested).toBe(4);
    expect(found.traits.filter(({ isSignificant }) => isSignificant).map(({ value }) => value)).toEqual([
      "first",
    ]);
    // With two tested the limits are 0.025 and 0.05, so the second passes.
    const fewer = findTraits({ ...counts, traits: traits.slice(0, 2) }, 10);
    expect(fewer.traits.map(({ isSignificant }) => isSignificant)).toEqual([true, true]);
  });

  test("significant ones first, then the larger lift, then more accounts; no more than the limit", () => {
    const traits = [
      trait("twice, few", 2, 9),
      trait("clear", 20, 40),
      trait("clearer", 20, 20),
      trait("twice, more", 4, 18),
      trait("thrice, few", 2, 6),
    ];
    const found = findTraits({ insideAccounts: 40, outsideAccounts: 360, traits }, 4);
    expect(found.traits.map(({ value, isSignificant }) => [value, isSignificant])).toEqual([
      ["clearer", true],
      ["clear", true],
      ["thrice, few", false],
      ["twice, more", false],
    ]);
  });
});

test("a trait of one account inside is not found, however rare it is outside", () => {
  const found = findTraits({ insideAccounts: 2, outsideAccounts: 1_000, traits: [trait("odd", 1, 0)] }, 10);
  expect(found.traits).toEqual([]);
});

test.each([
  ["nobody inside", { insideAccounts: 0, outsideAccounts: 9, traits: [trait("any", 0, 5)] }],
  ["nobody outside", { insideAccounts: 9, outsideAccounts: 0, traits: [trait("any", 5, 0)] }],
  ["everybody the same", { insideAccounts: 9, outsideAccounts: 90, traits: [trait("any", 9, 90)] }],
  ["nobody at all", { insideAccounts: 0, outsideAccounts: 0, traits: [trait("any", 0, 0)] }],
  ["no traits", { insideAccounts: 9, outsideAccounts: 9, traits: [] }],
])("%s: nothing to test", (_case, counts) => {
  const { tested, traits } = findTraits(counts, 10);
  expect(tested).toBe(0);
  expect(traits.filter(({ isSignificant }) => isSignificant)).toEqual([]);
  for (const { chance, shareInside, shareOutside } of traits)
    expect([chance, shareInside, Number.isFinite(shareOutside)]).toEqual([1, expect.any(Number), true]);
});

test("the chance is that of the hypergeometric distribution", () => {
  const anyCounts = fc
    .record({ inside: fc.integer({ min: 2, max: 40 }), outside: fc.integer({ min: 1, max: 60 }) })
    .chain(({ inside, outside }) =>
      fc.record({
        insideAccounts: fc.constant(inside),
        outsideAccounts: fc.constant(outside),
        traits: fc
          .tuple(fc.integer({ min: 2, max: inside }), fc.nat({ max: outside }))
          .map(([one, other]) => [trait("any", one, other)]),
      }),
    );
  fc.assert(
    fc.property(anyCounts, (counts) => {
      const [one] = counts.traits;
      const [found] = findTraits(counts, 1).traits;
      if (!one || !found) throw new Error("a trait of two accounts is found");
      expect(found.chance).toBeCloseTo(chanceByHand(counts, one), 9);
    }),
    { seed, numRuns: 200 },
  );
});

/**
 * Traits of accounts that are drawn blindly: products of 1 to `mostOwners` accounts each, and industries of a quarter of all.
 * The first `inside` accounts are the group.
 */
function blindPortfolio(
  number: number,
  accounts: number,
  inside: number,
  products: number,
  mostOwners: number,
) {
  const random = createRandom(number);
  const drawn = (kind: string, value: string, owners: number): Trait => {
    const having = random.shuffled(Array.from({ length: accounts }, (_, index) => index)).slice(0, owners);
    const isInside = having.filter((account) => account < inside).length;
    return { kind, value, inside: isInside, outside: owners - isInside };
  };
  return {
    insideAccounts: inside,
    outsideAccounts: accounts - inside,
    traits: [
      ...Array.from({ length: products }, (_, index) =>
        drawn("product", `product ${index}`, random.integer(1, mostOwners)),
      ),
      ...Array.from({ length: 8 }, (_, index) =>
        drawn("industry", `industry ${index}`, Math.floor(accounts / 4)),
      ),
    ],
  };
}

const portfolios = 200;
const hasSignificant = (counts: TraitCounts) =>
  findTraits(counts, 10).traits.some(({ isSignificant }) => isSignificant);

// Rare products are the hard case: whoever tests only what several inside have takes luck for a finding.
test.each([
  [100, 20, 20, 30],
  [200, 20, 120, 8],
])(
  "of blind portfolios of %d accounts, %d of them inside, at most about 1 in 20 has a finding",
  (...shape) => {
    const wrong = Array.from({ length: portfolios }, (_, number) => blindPortfolio(number, ...shape));
    // Oracle: of 200 portfolios, a chance of 5 % each, more than 18 in 1 of 100 cases.
    expect(wrong.filter(hasSignificant).length).toBeLessThanOrEqual(18);
  },
);

test("what was put in is found, and comes first", () => {
  const planted = trait("mining", 14, 16);
  const missed = Array.from({ length: portfolios }, (_, number) => {
    const blind = blindPortfolio(number, 100, 20, 20, 30);
    return findTraits({ ...blind, traits: [...blind.traits, planted] }, 10).traits[0];
  }).filter((first) => first?.value !== "mining" || !first.isSignificant);
  expect(missed.length).toBeLessThanOrEqual(portfolios / 20);
});
