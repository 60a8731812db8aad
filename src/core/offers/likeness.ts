import { shrunkenLogLift, within } from "./log-odds.ts";
import type { Candidate, TraitCounts } from "./offer.ts";
import { scorePoints } from "./score-points.ts";

interface Likeness {
  /** A step in log-odds: above 0 where tier A has the traits more often than the others. */
  readonly points: number;
  /** The traits that speak for the step. */
  readonly traits: readonly string[];
}

/**
 * How much a prospect is like tier A: the sum of the shrunken log lifts of its industry and its region, capped. A trait
 * that no customer has says nothing.
 */
export function createLikeness({ insideAccounts, outsideAccounts, traits }: TraitCounts) {
  const { priorAccounts, cap } = scorePoints.likeness;
  const lifts = new Map(
    traits.map(({ kind, value, inside, outside }) => [
      keyOf(kind, value),
      shrunkenLogLift({ inside, insideAccounts, outside, outsideAccounts }, priorAccounts),
    ]),
  );
  return ({ industry, region }: Pick<Candidate, "industry" | "region">): Likeness => {
    const own = [
      { kind: "industry", value: industry },
      { kind: "region", value: region },
    ].flatMap(({ kind, value }) =>
      value === undefined ? [] : [{ value, lift: lifts.get(keyOf(kind, value)) ?? 0 }],
    );
    const points = within(
      own.reduce((sum, { lift }) => sum + lift, 0),
      -cap,
      cap,
    );
    return { points, traits: own.filter(({ lift }) => lift * points > 0).map(({ value }) => value) };
  };
}

function keyOf(kind: string, value: string): string {
  return JSON.stringify([kind, value]);
}
