import type { ActionReason } from "./action.ts";
import { countPairs, type FirstPurchase, type PurchasePairs } from "./purchase-pairs.ts";

/** A product that an account may buy next. */
export interface Recommendation {
  readonly productId: string;
  /** The share of those who bought it after what the account owns, or of all customers: from 0 to 1, drawn to the latter. */
  readonly chance: number;
  /** With products' ids, which become names where names are known. */
  readonly reason: Extract<ActionReason, { readonly code: "similar-bought" | "popular" }>;
}

/** What an account that owns these products buys next: at most so many that it does not own, the likeliest first. */
export type Recommend = (owned: readonly string[], count: number) => readonly Recommendation[];

/** Two ways to recommend, learned from the same purchases. */
export interface NextPurchases {
  /** By what accounts with the same products bought next; where that gives too few, popular ones follow. */
  readonly byAssociation: Recommend;
  /** What most customers bought. */
  readonly byPopularity: Recommend;
}

/** Counts are drawn to what chance has by so many accounts, so that two who bought the same do not win. */
const priorAccounts = 10;
/** Fewer who bought the one after the other are no reason. */
const leastBuyers = 3;

/**
 * Learns from first purchases what is bought next.
 *
 * Association is item-based (Deshpande & Karypis 2004, ACM Transactions on Information Systems 22, 143–177): a product
 * scores the sum of its likenesses to the products that an account owns. The likeness of two is the cosine of their buyers,
 * shrunken as by Bell & Koren (2007): `both ÷ (√(buyers · buyers of the other) + 10)`. It counts only where it is a reason
 * by itself: 3 accounts or more bought the one after the other, and more often than who owns it not.
 *
 * Chosen on a part of a retailer's purchases and tried on later ones, this foretold more than conditional probabilities and
 * lifts did. Weights by age helped in some spans of time and not in others; linear models that need an inverse (EASE,
 * Steck 2019) foretold somewhat more and have no such reasons.
 */
export function learnNextPurchases(histories: readonly FirstPurchase[]): NextPurchases {
  const pairs = countPairs(histories);
  const { products } = pairs;
  const size = products.length;
  const places = new Map(products.map((product, place) => [product, place]));
  const likeness = likenessOf(pairs);

  const placesOf = (owned: readonly string[]) =>
    new Set(owned.flatMap((product) => places.get(product) ?? []));

  const byPopularity: Recommend = (owned, count) => {
    const own = new Set(owned);
    const told: Recommendation[] = [];
    for (let place = 0; place < size && told.length < count; place += 1)
      if (!own.has(products[place] ?? "")) told.push(popularAt(pairs, place));
    return told;
  };

  const byAssociation: Recommend = (owned, count) => {
    const scores = new Float64Array(size);
    const nearest = new Int32Array(size).fill(-1);
    const own = placesOf(owned);
    for (const first of own)
      for (let second = 0; second < size; second += 1) {
        const like = likeness[first * size + second] ?? 0;
        if (like === 0) continue;
        scores[second] = (scores[second] ?? 0) + like;
        const best = nearest[second] ?? -1;
        if (best < 0 || like > (likeness[best * size + second] ?? 0)) nearest[second] = first;
      }
    for (const first of own) scores[first] = 0;
    const found = largestPlaces(scores, count).map((place) => similarAt(pairs, nearest[place] ?? 0, place));
    if (found.length === count) return found;
    const known = [...owned, ...found.map(({ productId }) => productId)];
    return [...found, ...byPopularity(known, count - found.length)];
  };
  return { byAssociation, byPopularity };
}

/** How like one product's buyers are to another's, 0 where that is no reason: see `learnNextPurchases`. */
function likenessOf(pairs: PurchasePairs): Float32Array {
  const { products, buyers, both, after } = pairs;
  const size = products.length;
  const likeness = new Float32Array(size * size);
  for (let first = 0; first < size; first += 1)
    for (let second = 0; second < size; second += 1) {
      const at = first * size + second;
      if ((after[at] ?? 0) < leastBuyers || evidenceOf(pairs, first, second).lift <= 1) continue;
      const mean = Math.sqrt((buyers[first] ?? 0) * (buyers[second] ?? 0));
      likeness[at] = (both[at] ?? 0) / (mean + priorAccounts);
    }
  return likeness;
}

/**
 * Of those who owned the first product and not yet the second (`owners`), those who bought that later (`buyers`), and how
 * many times as often as accounts that never bought the first bought the second (where none did, as if one had).
 */
function evidenceOf(
  { accounts, products, buyers, both, after }: PurchasePairs,
  first: number,
  second: number,
) {
  const at = first * products.length + second;
  const [own, others] = [buyers[first] ?? 0, buyers[second] ?? 0];
  const [together, bought] = [both[at] ?? 0, after[at] ?? 0];
  const owners = own - together + bought;
  const elsewhere = Math.max(1, others - together) / Math.max(1, accounts - own);
  return { buyers: bought, owners, lift: owners === 0 ? 0 : bought / owners / elsewhere };
}

function similarAt(pairs: PurchasePairs, first: number, second: number): Recommendation {
  const product = pairs.products[second] ?? "";
  const { buyers, owners, lift } = evidenceOf(pairs, first, second);
  const overall = (pairs.buyers[second] ?? 0) / pairs.accounts;
  return {
    productId: product,
    chance: (buyers + priorAccounts * overall) / (owners + priorAccounts),
    reason: { code: "similar-bought", product, owned: pairs.products[first] ?? "", buyers, owners, lift },
  };
}

function popularAt({ accounts, products, buyers }: PurchasePairs, place: number): Recommendation {
  const [product, bought] = [products[place] ?? "", buyers[place] ?? 0];
  return {
    productId: product,
    chance: bought / accounts,
    reason: { code: "popular", product, buyers: bought, accounts },
  };
}

/** Where the largest scores above 0 are; of equal ones the one that comes first. */
function largestPlaces(scores: Float64Array, count: number): readonly number[] {
  const largest: number[] = [];
  for (let place = 0; place < scores.length; place += 1) {
    const score = scores[place] ?? 0;
    if (score <= 0) continue;
    let at = largest.length;
    while (at > 0 && score > (scores[largest[at - 1] ?? 0] ?? 0)) at -= 1;
    if (at >= count) continue;
    largest.splice(at, 0, place);
    if (largest.length > count) largest.pop();
  }
  return largest;
}
