import type { CohortCell, CohortRow, Cohorts } from "../core/cohorts.ts";
import { type KeptRange, rangeOf } from "../core/compare-cohorts.ts";
import { countOf, formatCount, formatDay, formatShare } from "../wording.ts";

/** What is followed: who bought, or for how much. */
export type Followed = "accounts" | "value";

/** A cohort with how many of its customers bought in the same quarter a year later, where that quarter is over. */
export interface ComparedCohort {
  readonly row: CohortRow;
  readonly yearLater: CohortCell;
  readonly range: KeptRange;
}

/** The answer in one sentence. */
export function wordHeadline(
  { customers, quarters, yearLater }: Cohorts,
  followed: Followed,
  suffix: string,
): string {
  if (customers === 0) return `No customers yet${suffix}`;
  if (yearLater === undefined)
    return `${countOf(customers, "customer")} since ${quarters[0]?.label}, too early to say who still buys a year later${suffix}`;
  if (followed === "accounts")
    return `${formatCount(yearLater.bought)} of ${countOf(yearLater.customers, "customer")} (${formatShare(yearLater.boughtShare)}) bought in the same quarter a year after their first${suffix}`;
  return yearLater.valueShare === undefined
    ? `Customers bought for nothing in their first quarter, on balance${suffix}`
    : `In the same quarter a year later customers spend ${formatShare(yearLater.valueShare)} of what they spent in their first${suffix}`;
}

/** Which cohorts stay better or worse than the others, beyond chance. */
export function wordComparison(compared: readonly ComparedCohort[]): readonly string[] {
  if (compared.length === 0) return [];
  const told = (verdict: KeptRange["verdict"], sentence: string) =>
    compared
      .filter(({ range }) => range.verdict === verdict)
      .map(
        ({ row, yearLater }) => `${sentence} in ${row.label}: ${wordKept(yearLater)} bought a year later.`,
      );
  const differing = [
    ...told("better", "Those stay better than the others who came"),
    ...told("worse", "Those stay worse than the others who came"),
  ];
  if (differing.length > 0) return differing;
  return compared.every(({ range }) => range.verdict === "too few")
    ? ["There are too few customers to compare cohorts: their differences may all be chance."]
    : ["No cohort stays better or worse than the others by more than chance."];
}

/** How one cohort compares, in a table's cell. */
export function wordVerdict({ verdict }: KeptRange): string {
  switch (verdict) {
    case "better":
      return "better than the others";
    case "worse":
      return "worse than the others";
    case "alike":
      return "no more than chance";
    case "too few":
      return "too few to compare";
  }
}

/** `12 of 40 (30.0 %)`. */
export function wordKept({ bought, customers, boughtShare }: CohortCell): string {
  return `${formatCount(bought)} of ${formatCount(customers)} (${formatShare(boughtShare)})`;
}

/** `26 to 34 %`. */
export function wordRange({ low, high }: Pick<KeptRange, "low" | "high">): string {
  return `${Math.round(low * 100)} to ${Math.round(high * 100)} %`;
}

/** A share with its range: `30.0 % of 40 customers, range 20 to 43 %`. */
export function wordEstimate({ bought, customers, boughtShare }: CohortCell): string {
  return `${formatShare(boughtShare)} of ${countOf(customers, "customer")}, range ${wordRange(rangeOf({ bought, customers }))}`;
}

/** How many customers who came by some day have bought on another day since. */
export interface Again {
  readonly customers: number;
  readonly again: number;
}

export function wordAgain({ customers, again }: Again, by: string): string {
  return `${formatShare(again / customers)} of ${countOf(customers, "customer")} who came by ${formatDay(by)}`;
}

/** What the figures are, for those who ask. */
export const methodLines: readonly string[] = [
  "A cohort is everybody whose first purchase is in one calendar quarter, as cohort:2025Q1 has it. Column +1 is the quarter after that one.",
  "Who buys in the same quarter a year later is compared, so that no season makes a cohort better or worse. Only quarters that are over count.",
  "The range is where the share would be for very many such customers, nine times in ten (Jeffreys). A cohort differs from all others when Fisher's exact test says that chance alone does so in less than 5 % over all cohorts that are compared (Bonferroni).",
  "Years are several quarters together: each column counts the cohorts for which that quarter is over.",
];
