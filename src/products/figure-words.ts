import type { Cycle } from "../core/products/cycles.ts";
import type { Discount } from "../core/products/discounts.ts";
import type { Market } from "../core/products/for-whom.ts";
import type { WinRate } from "../core/products/win-rates.ts";
import type { ShareInterval } from "../core/score-interval.ts";
import { countOf, formatCount, formatShare } from "../wording.ts";

/** `63.6 % of 1,147 deals are won (61.7 to 65.4 %)`. */
export function wordRate({ closed, ...rate }: ShareInterval & { readonly closed: number }): string {
  return `${formatShare(rate.share)} of ${countOf(closed, "deal")} ${closed === 1 ? "is" : "are"} won (${wordShares(rate)})`;
}

/** `61.7 to 65.4 %`. */
export function wordShares({ low, high }: Pick<ShareInterval, "low" | "high">): string {
  return `${(low * 100).toFixed(1)} to ${formatShare(high)}`;
}

/** `47 days (45 to 49)`. */
export function wordCycle({ median, low, high }: Cycle): string {
  return `${wordDaysTaken(median)} (${low} to ${high})`;
}

function wordDaysTaken(days: number): string {
  return `${days} ${days === 1 ? "day" : "days"}`;
}

/** `64 % (62–65), 729 of 1,147`. */
export function rateCell({ won, closed, ...rate }: WinRate): string {
  return `${percent(rate.share)} % (${percent(rate.low)}–${percent(rate.high)}), ${formatCount(won)} of ${formatCount(closed)}`;
}

/** `47 (45–49), of 729`. */
export function cycleCell({ won, median, low, high }: Cycle): string {
  return `${median} (${low}–${high}), of ${formatCount(won)}`;
}

/** `1.2 % (0.8–1.6), of 729`. */
export function discountCell({ deals, share, low, high }: Discount): string {
  const digits = (part: number) => signed((part * 100).toFixed(1));
  return `${digits(share)} % (${digits(low)} to ${digits(high)}), of ${formatCount(deals)}`;
}

/** Less than nothing is a price above the list's. */
function signed(digits: string): string {
  return Number(digits) === 0 ? "0.0" : digits.replace("-", "−");
}

function percent(share: number): string {
  return String(Math.round(share * 100));
}

/** `with industry retail: 71.0 % of 48 deals, with others 52.0 %`. */
export function wordMarket({ by, value, share, closed, othersShare }: Market): string {
  return `with ${by} ${value}: ${formatShare(share)} of ${countOf(closed, "deal")}, with others ${formatShare(othersShare)}`;
}
