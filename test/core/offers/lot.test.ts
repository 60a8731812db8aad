import fc from "fast-check";
import { expect, test } from "vitest";
import { drawLots } from "../../../src/core/offers/lot.ts";

const seed = 24;

/** Oracle: FNV-1a (RFC 9923, 32 bits) and MurmurHash3's fmix32, both in integers of any size. */
function lotByHand(text: string): number {
  const only32 = (value: bigint) => BigInt.asUintN(32, value);
  let hash = 2_166_136_261n;
  for (const byte of Buffer.from(text, "utf8")) hash = only32((hash ^ BigInt(byte)) * 16_777_619n);
  hash = only32((hash ^ (hash >> 16n)) * 0x85ebca6bn);
  hash = only32((hash ^ (hash >> 13n)) * 0xc2b2ae35n);
  return Number(hash ^ (hash >> 16n)) / 4_294_967_296;
}

test("anybody can draw the same lots again", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (name, accountId) => {
      expect(drawLots(name)(accountId)).toBe(lotByHand(`${name}/${accountId}`));
    }),
    { seed, numRuns: 500 },
  );
});

test("lots of accounts that are called almost the same are spread evenly", () => {
  const lot = drawLots("spring offer");
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let account = 0; account < 10_000; account += 1) {
    const tenth = Math.floor(lot(`account-${account}`) * 10);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  // Oracle: Pearson's χ² with 9 degrees of freedom is below 27.9 in 99.9 % of even draws.
  expect(tenths).toHaveLength(10);
  expect(tenths.reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0)).toBeLessThan(27.9);
});

test("another seed is another lot: whoever is held out once is not held out always", () => {
  const [spring, autumn] = [drawLots("spring"), drawLots("autumn")];
  const accounts = Array.from({ length: 4_000 }, (_, index) => `account-${index}`);
  const lowInSpring = accounts.filter((account) => spring(account) < 0.5);
  const lowInBoth = lowInSpring.filter((account) => autumn(account) < 0.5);
  // Five deviations of a fair coin.
  expect(Math.abs(lowInBoth.length / lowInSpring.length - 0.5)).toBeLessThan(
    5 * Math.sqrt(0.25 / lowInSpring.length),
  );
});
