import type { Day } from "../calendar.ts";
import { hashOf } from "../random.ts";

/** An account's first purchase of a product. */
export interface FirstPurchase {
  readonly accountId: string;
  readonly productId: string;
  readonly firstOn: Day;
}

/** How often products were bought together and one after the other, of which accounts bought each the first time. */
export interface PurchasePairs {
  readonly accounts: number;
  /** The most bought first, of equal ones by id; figures of products run in step with them. */
  readonly products: readonly string[];
  readonly buyers: Uint32Array;
  /** At `first * products.length + second`: accounts that bought both, and those that bought the second on a later day. */
  readonly both: Uint32Array;
  readonly after: Uint32Array;
}

/** How much is counted at most. */
interface PairLimits {
  readonly products: number;
  readonly pairs: number;
}

/**
 * Products beyond the thousand most bought are hardly ever what an account buys next, and their pairs would need a lot of
 * room. So many pairs are counted in a few seconds.
 */
const usualLimits: PairLimits = { products: 1_000, pairs: 200_000_000 };

/**
 * Counts pairs; the order of the rows does not matter, and of several rows for one account and product the first day holds.
 * Of products the most bought are looked at, of accounts as many as the limit has room for, drawn by a lot that is always
 * the same.
 */
export function countPairs(histories: readonly FirstPurchase[], limits = usualLimits): PurchasePairs {
  const accounts = withinReach([...firstDays(histories)], limits);
  const products = mostBought(accounts.map(([, bought]) => bought)).slice(0, limits.products);
  const places = new Map(products.map((product, place) => [product, place]));
  const size = products.length;
  const buyers = new Uint32Array(size);
  const both = new Uint32Array(size * size);
  const after = new Uint32Array(size * size);
  for (const [, bought] of accounts) {
    const inTime = [...bought]
      .flatMap(([product, on]) => {
        const place = places.get(product);
        return place === undefined ? [] : [{ place, on }];
      })
      .sort((one, other) => (one.on < other.on ? -1 : Number(one.on > other.on)));
    for (const [index, { place: second, on }] of inTime.entries()) {
      increase(buyers, second);
      for (let earlier = 0; earlier < index; earlier += 1) {
        const first = inTime[earlier];
        if (first === undefined) continue;
        increase(both, first.place * size + second);
        increase(both, second * size + first.place);
        if (first.on < on) increase(after, first.place * size + second);
      }
    }
  }
  return { accounts: accounts.length, products, buyers, both, after };
}

/** The first day of each product of each account. */
export function firstDays(
  histories: readonly FirstPurchase[],
): ReadonlyMap<string, ReadonlyMap<string, Day>> {
  const accounts = new Map<string, Map<string, Day>>();
  for (const { accountId, productId, firstOn } of histories) {
    const bought = accounts.get(accountId) ?? new Map<string, Day>();
    accounts.set(accountId, bought);
    const known = bought.get(productId);
    if (known === undefined || firstOn < known) bought.set(productId, firstOn);
  }
  return accounts;
}

type Account = readonly [accountId: string, bought: ReadonlyMap<string, Day>];

function withinReach(accounts: readonly Account[], limits: PairLimits): readonly Account[] {
  const drawn = accounts
    .map((account) => ({ account, lot: hashOf(account[0]) }))
    .sort((one, other) => one.lot - other.lot || (one.account[0] < other.account[0] ? -1 : 1));
  let pairs = 0;
  return drawn.flatMap(({ account }) => {
    pairs += Math.min(account[1].size, limits.products) ** 2 / 2;
    return pairs > limits.pairs ? [] : [account];
  });
}

function mostBought(baskets: readonly ReadonlyMap<string, Day>[]): readonly string[] {
  const buyers = new Map<string, number>();
  for (const bought of baskets)
    for (const product of bought.keys()) buyers.set(product, (buyers.get(product) ?? 0) + 1);
  return [...buyers]
    .sort(([one, own], [other, others]) => others - own || (one < other ? -1 : 1))
    .map(([product]) => product);
}

function increase(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}
