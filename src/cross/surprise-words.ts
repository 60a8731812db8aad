import type { Surprise, Surprises } from "../core/cross/surprises.ts";
import type { CrossPairs } from "../store/cross.ts";
import { countOf, formatCount } from "../wording.ts";
import { labelOf, wordAccountsWith, wordAre } from "./criterion-words.ts";

/** "14 of 20 accounts in industry Retail are tier A; 5.0 would be expected". */
export function wordSurprise({ criteria, values, accounts, expected, withFirst }: Surprise): string {
  const [first, second] = criteria;
  const whose = wordAccountsWith(first, values[0], withFirst);
  const are = wordAre(second, values[1], accounts);
  const would = `${wordExpected(expected)} would be expected`;
  if (accounts === 0) return `None of ${formatCount(withFirst)} ${whose} ${are}; ${would}`;
  return `${accounts < expected ? "Only " : ""}${formatCount(accounts)} of ${formatCount(withFirst)} ${whose} ${are}; ${would}`;
}

/** "2.8 times as many"; "a third as many" is written 0.33 times. */
export function wordRatio({ ratio }: Surprise): string {
  return ratio === 0 ? "none" : `${ratio < 1 ? ratio.toFixed(2) : ratio.toFixed(1)} ×`;
}

function wordExpected(expected: number): string {
  return expected < 10 ? expected.toFixed(1) : formatCount(Math.round(expected));
}

/** What was found, in one sentence. */
export function surpriseHeadline(
  { found, tested }: Surprises,
  { customers }: CrossPairs,
  suffix: string,
): string {
  const [first] = found;
  if (first) return `${wordSurprise(first)}${suffix}`;
  if (customers === 0) return `No customers to look at${suffix}`;
  if (tested === 0) return `There are too few customers to tell a pattern from chance${suffix}`;
  return `Nothing is surprising: no combination differs more than chance explains${suffix}`;
}

/** What was looked at, and how much that was. */
export function wordLookedAt(
  found: Surprises,
  { counted, customers, leftOut }: CrossPairs,
): readonly string[] {
  return [
    `${countOf(found.tested, "combination")} of ${countOf(found.pairs, "pair")} of criteria looked at, among ${
      counted < customers
        ? `${formatCount(counted)} of ${formatCount(customers)} customers, drawn blindly`
        : countOf(customers, "customer")
    }.`,
    ...(leftOut.length === 0
      ? []
      : [`Left out, with too many values to tell a pattern: ${leftOut.map(labelOf).join(", ")}.`]),
    ...(found.following.length === 0
      ? []
      : [
          `No surprise, since one says the other: ${found.following.map((pair) => pair.map(labelOf).join(" and ")).join("; ")}.`,
        ]),
  ];
}

/** How it is told from chance, for those who ask. */
export const surpriseMethod = [
  "Expected is what it would be if the two had nothing to do with each other: accounts with the one times accounts with the other, divided by all of whom both are known.",
  "The chance of each count is that of Fisher's exact test, two-sided; of all that were tested those are kept that pass Benjamini and Hochberg's rule at 5 %, and differ from what is expected by a quarter or more. They stand in order of how much they differ at least, at the nearer end of Byar's interval of 95 %.",
  "Not compared are tier, cohort and imported columns about purchases with each other, since they come from the same purchases, and criteria of which one nearly says the other (lambda of 0.9 or more). A product is compared by accounts' products, so that who buys many products is no surprise for each of them. Cohorts are years.",
] as const;
