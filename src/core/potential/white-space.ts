import { scoreInterval } from "../score-interval.ts";

/** Fewer like customers say nothing, nor does a product that fewer of them own. */
const [leastCustomers, leastOwners] = [5, 3];
/** At least so many of all like customers own it, with a certainty of 97.5 %. */
const leastShare = 0.2;
const mostProducts = 5;

/** A product that customers of a kind mostly own. */
export interface OwnedProduct {
  readonly product: string;
  /** Customers of the kind that were looked at, and those of them that own it. */
  readonly customers: number;
  readonly owners: number;
  /** Mean margin that it brings of an owner in a year, minor units. */
  readonly marginMinor: number;
}

/** Products of one kind of customers, as they were counted. */
export interface ProductCount {
  readonly product: string;
  readonly owners: number;
  /** Margin of the last twelve months with it, of all owners together. */
  readonly marginMinor: number;
}

/**
 * What customers of a kind own, those first that bring most: a product that at least a fifth of such customers own even if
 * chance was on its side in those that were looked at (Wilson's lower bound).
 */
export function ownedByKind(customers: number, counts: readonly ProductCount[]): readonly OwnedProduct[] {
  if (customers < leastCustomers) return [];
  return counts
    .filter(
      ({ owners }) => owners >= leastOwners && (scoreInterval(owners, customers)?.low ?? 0) >= leastShare,
    )
    .map(({ product, owners, marginMinor }) => ({
      ...{ product, customers, owners },
      marginMinor: Math.max(0, Math.round(marginMinor / owners)),
    }))
    .sort((one, other) => other.marginMinor - one.marginMinor || (one.product < other.product ? -1 : 1))
    .slice(0, mostProducts);
}
