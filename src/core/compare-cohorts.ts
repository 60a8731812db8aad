import jStat from "jstat";

/** Customers of a cohort, and how many of them bought in a later quarter. */
export interface Kept {
  readonly customers: number;
  readonly bought: number;
}

/** How many of a cohort stay, compared with all others. */
export interface KeptRange {
  /** What the share would be of very many such customers: between these with nine in ten. */
  readonly low: number;
  readonly high: number;
  readonly verdict: "better" | "worse" | "alike" | "too few";
}

/** Of what is called better or worse, this share may be chance over all cohorts that are compared. */
const falseShare = 0.05;
/** What a range leaves out at each end. */
const tail = 0.05;

/**
 * Each cohort's range (Jeffreys' interval: Brown, Cai and DasGupta 2001, eq. 9) and whether it keeps more or fewer than
 * all others: Fisher's exact test, two-sided, with Bonferroni's rule over those that could differ at all. One that could
 * not, whatever its customers had done, is too small to say.
 */
export function compareCohorts(cohorts: readonly Kept[]): readonly KeptRange[] {
  const whole = cohorts.reduce(
    (sum, { customers, bought }) => ({ customers: sum.customers + customers, bought: sum.bought + bought }),
    { customers: 0, bought: 0 },
  );
  const extremes = cohorts.map((own) =>
    Math.min(
      ...sidesOf({ ...own, bought: mostOf(own, whole) }, whole),
      ...sidesOf({ ...own, bought: leastOf(own, whole) }, whole),
    ),
  );
  const tested = extremes.filter((chance) => 2 * chance <= falseShare).length;
  const limit = falseShare / Math.max(1, tested) / 2;
  return cohorts.map((own, index) => {
    const [atLeast, atMost] = sidesOf(own, whole);
    const couldDiffer = (extremes[index] ?? 1) <= limit;
    return {
      ...rangeOf(own),
      verdict: !couldDiffer ? "too few" : atLeast <= limit ? "better" : atMost <= limit ? "worse" : "alike",
    };
  });
}

/** The range of a share by itself. */
export function rangeOf({ customers, bought }: Kept): Pick<KeptRange, "low" | "high"> {
  const quantile = (part: number) => jStat.beta.inv(part, bought + 0.5, customers - bought + 0.5);
  return {
    low: bought === 0 ? 0 : quantile(tail),
    high: bought === customers ? 1 : quantile(1 - tail),
  };
}

/** How likely chance alone gives a cohort at least, and at most, so many of all that bought. */
function sidesOf({ customers, bought }: Kept, whole: Kept): readonly [number, number] {
  const atMost = (count: number) =>
    count < leastOf({ customers }, whole)
      ? 0
      : jStat.hypgeom.cdf(count, whole.customers, whole.bought, customers);
  return [1 - atMost(bought - 1), atMost(bought)];
}

function mostOf({ customers }: Pick<Kept, "customers">, whole: Kept): number {
  return Math.min(customers, whole.bought);
}

function leastOf({ customers }: Pick<Kept, "customers">, whole: Kept): number {
  return Math.max(0, customers - (whole.customers - whole.bought));
}
