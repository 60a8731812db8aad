import type { Day } from "./calendar.ts";
import { currencyExponent } from "./money.ts";

/** What one unit of `base` is worth in `quote` from a day on, as a decimal such as `1.0845`. */
export interface QuotedRate {
  readonly base: string;
  readonly quote: string;
  readonly onDay: Day;
  readonly rate: string;
}

/** The days on which a currency has facts: rates are wanted for these only. */
export interface RateNeed {
  readonly currency: string;
  readonly first: Day;
  readonly last: Day;
}

/**
 * The rate that holds for a currency from a day on and before another one. An amount in its minor unit times `multiply`,
 * divided by `divide`, is in the minor unit of the reporting currency: two whole numbers, so that nothing is rounded
 * before the amount is.
 */
export interface RateSpan {
  readonly currency: string;
  readonly from: Day;
  readonly before: Day;
  readonly multiply: string;
  readonly divide: string;
}

interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A rate on the day it became known. */
interface Dated extends Fraction {
  readonly onDay: Day;
}

/** The newest rates between pairs of currencies, in both directions. */
type Newest = Map<string, Map<string, Dated>>;

/** After every day that there is. */
const endOfDays: Day = "9999-12-31";

/**
 * The rates into the reporting currency: on each day the newest known on or before it, quoted directly, the other way
 * round, or crossed over one common currency, whichever is newest; a crossed rate is as old as its older half. Of rates
 * for one pair and day the last one given counts. Days before the first rate have none.
 */
export function effectiveRates(
  quoted: readonly QuotedRate[],
  reporting: string,
  needs: readonly RateNeed[],
): readonly RateSpan[] {
  const newest: Newest = new Map();
  const spans = new Map(needs.map(({ currency }) => [currency, [] as RateSpan[]]));
  const ordered = quoted
    .map((rate, index) => ({ ...rate, index }))
    .sort((left, right) => compare(left.onDay, right.onDay) || left.index - right.index);
  for (const [index, rate] of ordered.entries()) {
    learn(newest, rate);
    if (ordered[index + 1]?.onDay === rate.onDay) continue;
    for (const [currency, own] of spans) extend(own, currency, reporting, rate.onDay, newest);
  }
  return needs.flatMap(({ currency, first, last }) =>
    (spans.get(currency) ?? []).filter(({ from, before }) => from <= last && before > first),
  );
}

function learn(newest: Newest, { base, quote, onDay, rate }: QuotedRate): void {
  const fraction = parseDecimal(rate);
  if (fraction.numerator <= 0n || base === quote) return;
  const { numerator, denominator } = fraction;
  set(newest, base, quote, { numerator, denominator, onDay });
  set(newest, quote, base, { numerator: denominator, denominator: numerator, onDay });
}

function set(newest: Newest, from: string, to: string, rate: Dated): void {
  const known = newest.get(from) ?? new Map<string, Dated>();
  known.set(to, rate);
  newest.set(from, known);
}

/** Ends the last span where another rate holds from this day on, and begins the next. */
function extend(own: RateSpan[], currency: string, reporting: string, onDay: Day, newest: Newest): void {
  const rate = newestBetween(newest, currency, reporting);
  if (!rate) return;
  const { multiply, divide } = inMinorUnits(rate, currency, reporting);
  const last = own.at(-1);
  if (last?.multiply === multiply && last.divide === divide) return;
  if (last) own[own.length - 1] = { ...last, before: onDay };
  own.push({ currency, from: onDay, before: endOfDays, multiply, divide });
}

function newestBetween(newest: Newest, from: string, to: string): Dated | undefined {
  const known = newest.get(from);
  let best = known?.get(to);
  for (const [via, first] of [...(known ?? [])].sort(([left], [right]) => compare(left, right))) {
    const second = newest.get(via)?.get(to);
    const onDay = second && (first.onDay < second.onDay ? first.onDay : second.onDay);
    if (!second || !onDay || (best && best.onDay >= onDay)) continue;
    best = {
      numerator: first.numerator * second.numerator,
      denominator: first.denominator * second.denominator,
      onDay,
    };
  }
  return best;
}

function inMinorUnits({ numerator, denominator }: Fraction, from: string, to: string) {
  const multiply = numerator * 10n ** BigInt(currencyExponent(to));
  const divide = denominator * 10n ** BigInt(currencyExponent(from));
  const common = greatestCommonDivisor(multiply, divide);
  return { multiply: String(multiply / common), divide: String(divide / common) };
}

function parseDecimal(text: string): Fraction {
  const [whole = "", digits = ""] = text.split(".");
  return { numerator: BigInt(`${whole}${digits}`), denominator: 10n ** BigInt(digits.length) };
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let [divisor, rest] = [left, right];
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  return divisor;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
