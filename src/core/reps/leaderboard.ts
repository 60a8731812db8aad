import type { Evidence } from "./evidence.ts";
import { type DispersionTest, testDispersion } from "./overdispersion.ts";
import { type ShrunkSkill, shrinkSkills } from "./shrink.ts";
import { type Measure, type RepSums, type Standardised, standardise } from "./standardise.ts";

export type Leaderboard =
  /** The best first, then those of whom it is too early to tell, by name. */
  | { readonly kind: "ranked"; readonly rows: readonly LeaderRow[]; readonly test: DispersionTest }
  /** Results differ no more than by chance: by name. */
  | { readonly kind: "tied"; readonly rows: readonly LeaderRow[]; readonly test: DispersionTest }
  /** Fewer than two reps have enough deals: by name. */
  | { readonly kind: "too-few"; readonly rows: readonly LeaderRow[] };

export interface LeaderRow extends Omit<Standardised, "evidence"> {
  readonly standing: "ranked" | "within-chance" | "too-early";
  /** 1 is the best; only where reps are ranked. */
  readonly place?: number;
  /** Observed ÷ expected, drawn to everybody's as far as chance says; undefined where it is too early. */
  readonly adjusted?: ShrunkSkill;
}

export interface LeaderboardOptions {
  /** Closed deals, or won ones for the cycle, and deals that were expected to be won. */
  readonly leastDeals?: number;
  readonly leastExpected?: number;
  /** Of intervals. */
  readonly level?: number;
}

/** Who did better than was expected of them, if anybody can be told apart at all. */
export function rankReps(
  sums: readonly RepSums[],
  measure: Measure,
  { leastDeals = 10, leastExpected = 3, level = 0.8 }: LeaderboardOptions = {},
): Leaderboard {
  const expected = new Map(sums.map((rep) => [rep.repId, rep.expected]));
  const results = standardise(sums, measure).toSorted(byName);
  const judged = results.flatMap((result) => {
    const isEnough =
      result.n >= leastDeals && (measure === "cycle" || (expected.get(result.repId) ?? 0) >= leastExpected);
    return isEnough && result.evidence ? [{ result, evidence: result.evidence }] : [];
  });
  const early = results
    .filter((result) => judged.every((each) => each.result !== result))
    .map((result): LeaderRow => ({ ...withoutEvidence(result), standing: "too-early" }));
  const evidence: readonly Evidence[] = judged.map((each) => each.evidence);
  const shrunk = evidence.length > 0 ? shrinkSkills(evidence, level) : [];
  const told = judged.flatMap(({ result }, at) => {
    const adjusted = shrunk[at];
    return adjusted ? [{ ...withoutEvidence(result), adjusted }] : [];
  });
  const tied = told.map((row): LeaderRow => ({ ...row, standing: "within-chance" }));
  if (judged.length < 2) return { kind: "too-few", rows: [...tied, ...early].toSorted(byName) };
  const test = testDispersion(evidence);
  if (!test.isBeyondChance) return { kind: "tied", rows: [...tied, ...early].toSorted(byName), test };
  const better = measure === "cycle" ? -1 : 1;
  const ranked = told
    .toSorted((one, other) => better * (other.adjusted.skill - one.adjusted.skill) || byName(one, other))
    .map((row, at): LeaderRow => ({ ...row, standing: "ranked", place: at + 1 }));
  return { kind: "ranked", rows: [...ranked, ...early], test };
}

function withoutEvidence({ evidence: _, ...row }: Standardised): Omit<Standardised, "evidence"> {
  return row;
}

function byName(
  one: Pick<Standardised, "name" | "repId">,
  other: Pick<Standardised, "name" | "repId">,
): number {
  return one.name.localeCompare(other.name, "en") || (one.repId < other.repId ? -1 : 1);
}
