import jStat from "jstat";
import { Temporal } from "temporal-polyfill";
import { type Day, periodOf } from "./calendar.ts";
import { currencyExponent } from "./money.ts";

/** Thank-yous, and what one costs where nobody says otherwise, in whole units of the currency. */
export const usualCost = { card: 5, gift: 50, event: 150 } as const;
export type RewardKind = keyof typeof usualCost;
export const rewardKinds = Object.keys(usualCost) as readonly RewardKind[];

export const rewardStatuses = ["planned", "given", "cancelled"] as const;
export type RewardStatus = (typeof rewardStatuses)[number];

/** What a thank-you brought is looked for in so many days after it. */
export const returnDays = 180;
/** Fewer accounts with a thank-you say nothing. */
export const leastRewarded = 8;
/** Who speaks for us is satisfied: surveys from this score on. */
export const advocateScore = 9;

export interface RewardDraft {
  readonly kind: RewardKind;
  readonly onDay: Day;
  /** In the minor unit of the snapshot's currency. */
  readonly costMinor: number;
  readonly currency: string;
  readonly occasion: string;
}

/** A fiscal year, called after the one it ends in. */
export interface FiscalYear {
  readonly label: string;
  readonly first: Day;
  readonly last: Day;
}

/** Whole units of a currency in its minor unit. */
export function inMinorUnits(wholeUnits: number, currency: string): number {
  return wholeUnits * 10 ** currencyExponent(currency);
}

/**
 * The fiscal year that a day lies in.
 *
 * @example
 * fiscalYearOf("2026-04-01", 4); // => { label: "2027", first: "2026-04-01", last: "2027-03-31" }
 */
export function fiscalYearOf(day: Day, firstMonth: number): FiscalYear {
  const { year, month } = Temporal.PlainDate.from(day);
  const label = String(firstMonth > 1 && month >= firstMonth ? year + 1 : year);
  const period = periodOf(label, firstMonth);
  if (!period) throw new RangeError(`${day} lies in no fiscal year`);
  return { label, ...period };
}

/** The first anniversary of a day that is not over, and how many years it marks; of 29 February, the 28th in other years. */
export function nextAnniversary(of: Day, today: Day): { readonly on: Day; readonly years: number } {
  const first = Temporal.PlainDate.from(of);
  const inYear = (years: number) => first.add({ years }).toString();
  const years = Math.max(1, Temporal.PlainDate.from(today).year - first.year);
  return inYear(years) >= today ? { on: inYear(years), years } : { on: inYear(years + 1), years: years + 1 };
}

/** The same day so many years before; of 29 February, the 28th in other years. */
export function yearsAgo(day: Day, years: number): Day {
  return Temporal.PlainDate.from(day).subtract({ years }).toString();
}

/**
 * What an account with a thank-you bought in the days after it and in the same days a year earlier, and what the accounts
 * of its tier that never got one bought in those days, on average. Money in minor units.
 */
export interface RewardPair {
  readonly beforeMinor: number;
  readonly afterMinor: number;
  readonly othersBeforeMinor: number;
  readonly othersAfterMinor: number;
}

/** What thank-yous returned; means over accounts, in minor units. */
export type RewardReturn =
  | { readonly kind: "too-early"; readonly accounts: number }
  | {
      readonly kind: "measured";
      readonly accounts: number;
      readonly rewarded: BeforeAndAfter;
      readonly others: BeforeAndAfter;
      /** By how much more the spend of one with a thank-you changed, within the range that 95 in 100 such samples would give. */
      readonly gained: { readonly mean: number; readonly low: number; readonly high: number };
    };

interface BeforeAndAfter {
  readonly beforeMinor: number;
  readonly afterMinor: number;
}

/** The mean of paired differences with Student's interval of 95 %. */
export function returnOf(pairs: readonly RewardPair[]): RewardReturn {
  const accounts = pairs.length;
  if (accounts < leastRewarded) return { kind: "too-early", accounts };
  const meanOf = (of: (pair: RewardPair) => number) =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / accounts;
  const gain = (pair: RewardPair) =>
    pair.afterMinor - pair.beforeMinor - (pair.othersAfterMinor - pair.othersBeforeMinor);
  const mean = meanOf(gain);
  const variance = (meanOf((pair) => (gain(pair) - mean) ** 2) * accounts) / (accounts - 1);
  const reach = studentQuantile(accounts - 1) * Math.sqrt(variance / accounts);
  return {
    kind: "measured",
    accounts,
    rewarded: {
      beforeMinor: Math.round(meanOf(({ beforeMinor }) => beforeMinor)),
      afterMinor: Math.round(meanOf(({ afterMinor }) => afterMinor)),
    },
    others: {
      beforeMinor: Math.round(meanOf(({ othersBeforeMinor }) => othersBeforeMinor)),
      afterMinor: Math.round(meanOf(({ othersAfterMinor }) => othersAfterMinor)),
    },
    gained: { mean: Math.round(mean), low: Math.round(mean - reach), high: Math.round(mean + reach) },
  };
}

/** What 2.5 % of Student's distribution lie above. */
function studentQuantile(freedom: number): number {
  const x = jStat.beta.inv(0.05, freedom / 2, 0.5);
  return Math.sqrt((freedom * (1 - x)) / x);
}
