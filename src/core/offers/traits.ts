import jStat from "jstat";
import type { Trait, TraitCounts } from "./offer.ts";

/** A trait of several accounts of a group, compared with all others. */
export interface FoundTrait extends Trait {
  /** Of the group's accounts, from 0 to 1. */
  readonly shareInside: number;
  readonly shareOutside: number;
  /** How many times more often inside than outside; undefined where nobody outside has it. */
  readonly lift: number | undefined;
  /** How likely chance alone puts at least so many inside: Fisher's exact test, one-sided. */
  readonly chance: number;
  /** More than chance explains, after allowing for the number of traits tested. */
  readonly isSignificant: boolean;
}

export interface FoundTraits {
  /** How many traits were tested against chance. */
  readonly tested: number;
  /** Significant ones first, then by lift and by how many accounts have it. */
  readonly traits: readonly FoundTrait[];
}

/** Of what is called significant, no more than this share is expected to be chance. */
const falseShare = 0.05;

/** A trait of a single account is an anecdote. */
const leastInside = 2;

/**
 * What the accounts of a group have in common that others have not, the `limit` best. A trait is significant by
 * Benjamini and Hochberg's rule (1995) at 5 % over all that were tested. Tested is every trait that could be significant
 * at all, which depends only on how many accounts have it and never on where they are (Gilbert 2005): leaving traits out
 * because few inside have them would let chance through. Those that fewer than two inside have are tested but not found.
 */
export function findTraits(counts: TraitCounts, limit: number): FoundTraits {
  const compared = counts.traits.map((trait) => ({ trait, chance: chanceOf(counts, trait) }));
  const tested = compared.filter(({ trait }) => leastChance(counts, trait) <= falseShare);
  const threshold = thresholdOf(tested.map(({ chance }) => chance));
  const traits = compared
    .filter(({ trait }) => trait.inside >= leastInside)
    .map(({ trait, chance }) => ({
      ...trait,
      ...sharesOf(counts, trait),
      chance,
      isSignificant: chance <= threshold,
    }))
    .sort(byWeight)
    .slice(0, limit);
  return { tested: tested.length, traits };
}

/** The largest chance that is still significant; below 0 where none is. */
function thresholdOf(chances: readonly number[]): number {
  const ascending = chances.toSorted((left, right) => left - right);
  const passes = (chance: number, index: number) => chance <= (falseShare * (index + 1)) / ascending.length;
  return ascending.findLast(passes) ?? -1;
}

function sharesOf({ insideAccounts, outsideAccounts }: TraitCounts, { inside, outside }: Trait) {
  const shareInside = shareOf(inside, insideAccounts);
  const shareOutside = shareOf(outside, outsideAccounts);
  return { shareInside, shareOutside, lift: shareOutside === 0 ? undefined : shareInside / shareOutside };
}

/** At least so many of the trait's accounts inside, when the inside is drawn blindly. */
function chanceOf({ insideAccounts, outsideAccounts }: TraitCounts, { inside, outside }: Trait): number {
  if (inside === 0) return 1;
  return (
    1 - jStat.hypgeom.cdf(inside - 1, insideAccounts + outsideAccounts, inside + outside, insideAccounts)
  );
}

/** The same if as many of its accounts were inside as can be. */
function leastChance(counts: TraitCounts, { inside, outside, ...trait }: Trait): number {
  const most = Math.min(inside + outside, counts.insideAccounts);
  return chanceOf(counts, { ...trait, inside: most, outside: inside + outside - most });
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function byWeight(left: FoundTrait, right: FoundTrait): number {
  const liftOf = ({ lift }: FoundTrait) => lift ?? Number.MAX_VALUE;
  return (
    Number(right.isSignificant) - Number(left.isSignificant) ||
    liftOf(right) - liftOf(left) ||
    right.inside - left.inside ||
    (nameOf(left) < nameOf(right) ? -1 : 1)
  );
}

function nameOf({ kind, value }: Trait): string {
  return `${kind} ${value}`;
}
