import type { Range } from "../core/outlook/ranges.ts";
import { formatEstimate } from "../value/value-words.ts";
import { countOf, formatCount } from "../wording.ts";

/** "41 (33 to 49)", in whole accounts. */
export function formatCountRange({ low, mid, high }: Range): string {
  const [least, likely, most] = [low, mid, high].map(wordCount);
  return least === most ? `${likely}` : `${likely} (${least} to ${most})`;
}

/** "33 to 49". */
export function formatCountSpan({ low, high }: Range): string {
  const [least, most] = [low, high].map(wordCount);
  return least === most ? `${least}` : `${least} to ${most}`;
}

/** "€1.2M (€1.1M to €1.4M)". */
export function formatMoneyRange(range: Range, currency: string): string {
  const likely = formatMid(range, currency);
  return range.low === range.high ? likely : `${likely} (${formatMoneySpan(range, currency)})`;
}

export function formatMid({ mid }: Range, currency: string): string {
  return formatAmount(mid, currency);
}

export function formatMoneySpan({ low, high }: Range, currency: string): string {
  return `${formatAmount(low, currency)} to ${formatAmount(high, currency)}`;
}

/** "€40k less". */
export function formatMoneyChange(amount: number, currency: string): string {
  return `${formatAmount(Math.abs(amount), currency)} ${amount < 0 ? "less" : "more"}`;
}

function formatAmount(amount: number, currency: string): string {
  return formatEstimate({ amount: whole(amount), currency });
}

/** How many accounts have to be won: no part of one is enough. */
export function formatNeeded(needed: Range): string {
  return formatCountRange(roundedUp(needed));
}

export function roundedUp({ low, mid, high, mean }: Range): Range {
  return { low: Math.ceil(low), mid: Math.ceil(mid), high: Math.ceil(high), mean };
}

/** "39 new ones are needed". */
export function wordNeeded(needed: Range): string {
  const { mid } = roundedUp(needed);
  return `${countOf(mid, "new one")} ${mid === 1 ? "is" : "are"} needed`;
}

export function wordCount(count: number): string {
  return formatCount(Math.round(count));
}

/** A range as exact figures for programs; counts and minor units are rounded. */
export function rangeData({ low, mid, high }: Range) {
  return { low: whole(low), mid: whole(mid), high: whole(high) };
}

/** Nothing is 0, and never below it. */
function whole(amount: number): number {
  return Math.round(amount) || 0;
}
