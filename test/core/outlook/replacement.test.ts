import { expect, test } from "vitest";
import { acquisitionOf } from "../../../src/core/outlook/acquisition.ts";
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

const winning = (won: number) => acquisitionOf({ after: "2025-06-30", years: 1 }, won);

test.each([
  [10, "below"],
  [11, "below"],
  [12, "perhaps-below"],
  [19, "perhaps-below"],
  [20, "enough"],
])("of %i won, with 11.2 to 30 needed and most likely 19.5, it says %s", (won, kind) => {
  expect(replacementOf(needing(11.2, 19.5, 30), winning(won)).kind).toBe(kind);
});

test("warns of acquisition below replacement, and of nothing else", () => {
  expect(replacementFindings(replacementOf(needing(11.2, 19.5, 30), winning(25)))).toEqual([]);
  const [finding] = replacementFindings(replacementOf(needing(11.2, 19.5, 30), winning(4)));
  const text = finding?.line.map((span) => (typeof span === "string" ? span : span.text)).join("");
  expect(text).toBe(
    "Acquisition runs below replacement: 4 came in the last twelve months, 20 new ones are needed each year (12 to 30) for revenue to be the same in three years. See what comes of it: outlook",
  );
  expect(finding?.actions).toEqual([{ kind: "run", label: "Outlook", line: "outlook" }]);
});

test("of a part of the year it says which, and one is one", () => {
  const some = acquisitionOf({ after: "2026-03-31", years: 0.25 }, 0);
  const [finding] = replacementFindings(replacementOf(needing(0.4, 0.8, 1.7), some));
  expect(finding?.line[1]).toBe(
    ": 0 came since 1 Apr 2026, 0 a year, 1 new one is needed each year (1 to 2) for revenue to be the same in three years.",
  );
});

test("warns of nothing where nobody can be told to be new", () => {
  expect(replacementFindings(replacementOf(needing(11.2, 19.5, 30), undefined))).toEqual([]);
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
  const [most, ...others] = named;
  expect(largestAtRisk(found, 4, most?.account.accountId)).toEqual(others);
  const drawn = simulated(inputOf(found.gone.map(({ account }) => ({ ...account, weight: 3 }))));
  expect(largestAtRisk(drawn, 5)).toEqual([]);
});
