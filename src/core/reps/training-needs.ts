import { largestTelling } from "../false-discovery.ts";
import { chanceOfFigures } from "./chance-of-figures.ts";
import type { Dimension } from "./coach-findings.ts";

/** The team's deals of one product, industry, or stage, whoever made them. */
export interface TeamCell {
  readonly dimension: Dimension;
  readonly value: string;
  readonly deals: number;
  readonly won: number;
  /** Reps with at least ten of these deals, and how many of them win less than the team does of its other deals. */
  readonly reps: number;
  readonly repsBelow: number;
}

export interface TrainingNeed extends TeamCell {
  readonly rate: number;
  /** Of the team's other deals in the same dimension. */
  readonly elsewhere: number;
  readonly chance: number;
}

const leastDeals = 20;

/**
 * What the team as a whole finds harder than its other deals, beyond chance over all that was looked at, where most of its reps
 * do: a single rep's trouble is for coaching. The largest shortfall of deals first.
 */
export function findTrainingNeeds(cells: readonly TeamCell[]): readonly TrainingNeed[] {
  const judged = cells.flatMap((cell): TrainingNeed[] => {
    const rest = cells.filter((other) => other.dimension === cell.dimension && other !== cell);
    const [deals, won] = [
      rest.reduce((sum, other) => sum + other.deals, 0),
      rest.reduce((sum, other) => sum + other.won, 0),
    ];
    if (cell.deals < leastDeals || deals < leastDeals || won === 0 || won === deals) return [];
    const elsewhere = won / deals;
    const figures = {
      ...({ kind: "count", n: cell.deals, observed: cell.won, expected: cell.deals * elsewhere } as const),
      variance: cell.deals * elsewhere * (1 - elsewhere),
      doubt: 1 / (deals * elsewhere * (1 - elsewhere)),
    };
    return [{ ...cell, rate: cell.won / cell.deals, elsewhere, chance: chanceOfFigures(figures) }];
  });
  const threshold = largestTelling(judged.map(({ chance }) => chance));
  const shortfall = ({ deals, rate, elsewhere }: TrainingNeed) => deals * (elsewhere - rate);
  return judged
    .filter((need) => need.chance <= threshold && need.rate < need.elsewhere)
    .filter(({ reps, repsBelow }) => repsBelow * 2 > reps)
    .toSorted((one, other) => shortfall(other) - shortfall(one));
}
