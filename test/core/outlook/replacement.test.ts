import { expect, test } from "vitest";
import { largestAtRisk } from "../../../src/core/outlook/at-risk.ts";
import { outlookOf } from "../../../src/core/outlook/outlook.ts";
import { replacementOf } from "../../../src/core/outlook/replacement.ts";
import { replacementFindings } from "../../../src/outlook/replacement-words.ts";
import { inputOf, portfolioOf, simulated } from "./portfolios.ts";

const found = simulated(inputOf(portfolioOf("replacement", 60).map(({ account }) => account)));
const base = outlookOf(found);
const needing = (low: number, mid: number, high: number) => ({
  in36Months: { ...base.in36Months, needed: { low, mid, high, mean: mid } },
});

test.each([
  [10, "below"],
  [11, "below"],
  [12, "perhaps-below"],
  [19, "perhaps-below"],
  [20, "enough"],
])("of %i won, with 11.2 to 30 needed and most likely 19.5, it says %s", (won, kind) => {
  expect(replacementOf(needing(11.2, 19.5, 30), won).kind).toBe(kind);
});

test("warns of acquisition below replacement, and of nothing else", () => {
  expect(replacementFindings(replacementOf(needing(11.2, 19.5, 30), 25))).toEqual([]);
  const [finding] = replacementFindings(replacementOf(needing(11.2, 19.5, 30), 4));
  const text = finding?.line.map((span) => (typeof span === "string" ? span : span.text)).join("");
  expect(text).toBe(
    "Acquisition runs below replacement: 4 came in the last twelve months, 20 are needed each year (12 to 30) for revenue to be the same in three years. See what comes of it: outlook",
  );
  expect(finding?.actions).toEqual([{ kind: "run", label: "Outlook", line: "outlook" }]);
});

test("names the accounts with the most to lose first, and none that stands for others", () => {
  const named = largestAtRisk(found, 5);
  expect(named).toHaveLength(5);
  const losses = found.gone
    .map(({ account, in12Months }) => account.yearMinor * in12Months)
    .sort((left, right) => right - left);
  expect(named.map(({ atRiskMinor }) => atRiskMinor)).toEqual(losses.slice(0, 5));
  for (const { goneIn12Months, goneIn36Months } of named)
    expect(goneIn36Months).toBeGreaterThanOrEqual(goneIn12Months);
  const drawn = simulated(inputOf(found.gone.map(({ account }) => ({ ...account, weight: 3 }))));
  expect(largestAtRisk(drawn, 5)).toEqual([]);
});
