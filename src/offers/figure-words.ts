import { formatMoney } from "../core/money.ts";
import { formatCount } from "../wording.ts";

/** Minutes as hours, with one digit where it says something: `1.5 h`. */
export function formatHours(minutes: number): string {
  const hours = Math.round(minutes / 6) / 10;
  return `${hours < 1_000 ? String(hours) : formatCount(Math.round(hours))} h`;
}

/** "€2,900/h"; a dash where no time is known. */
export function formatPerHour(marginPerHour: number | undefined, currency: string): string {
  if (marginPerHour === undefined) return "–";
  return `${formatMoney({ amount: Math.round(marginPerHour), currency })}/h`;
}

/** A probability in whole percent; what is nearly sure does not read as sure. */
export function formatChance(probability: number): string {
  return `${percentOf(probability)} %`;
}

/** "42 % (31–54)". */
export function formatInterval({
  probability,
  low,
  high,
}: {
  readonly probability: number;
  readonly low: number;
  readonly high: number;
}): string {
  return `${formatChance(probability)} (${percentOf(low)}–${percentOf(high)})`;
}

function percentOf(probability: number): number {
  const percent = Math.round(probability * 100);
  if (percent === 100 && probability < 1) return 99;
  return percent === 0 && probability > 0 ? 1 : percent;
}
