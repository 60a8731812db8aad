/** From which age on nearly all deals have ended that ever do. */
export interface Maturity {
  /** By this age, in days, 95 % of the deals that ever close are closed. */
  readonly ageDays: number;
  /** Deals created on this day or before are that old. */
  readonly lastDay: number;
  /** The share of deals that close at all, as far as can be seen. */
  readonly closing: number;
}

/** Deals that closed at an age, or that are open at it. */
export interface Lives {
  readonly ageDays: number;
  readonly isClosed: boolean;
  readonly deals: number;
}

const nearlyAll = 0.95;
/** At ages that fewer deals have come to, a single one would move the curve. */
export const fewestReached = 10;

/**
 * The age at which cohorts are mature, by the share that is still open at each age (Kaplan & Meier 1958): a deal that is open counts
 * as long as it could be seen. Young deals that closed fast would else look as if all did.
 *
 * @param oldest the age that `fewestReached` deals could be seen up to, whether they were still open or not.
 * @returns undefined where no deal has closed.
 */
export function maturityOf(lives: readonly Lives[], oldest: number): Omit<Maturity, "lastDay"> | undefined {
  const byAge = lives.toSorted((one, other) => one.ageDays - other.ageDays);
  const curve: { readonly ageDays: number; readonly closing: number }[] = [];
  let left = lives.reduce((sum, { deals }) => sum + deals, 0);
  let open = 1;
  for (let at = 0; at < byAge.length; ) {
    const ageDays = byAge[at]?.ageDays ?? 0;
    let [ended, closures] = [0, 0];
    for (; byAge[at]?.ageDays === ageDays; at += 1) {
      const { deals = 0, isClosed = false } = byAge[at] ?? {};
      ended += deals;
      closures += isClosed ? deals : 0;
    }
    open *= 1 - closures / left;
    if (closures > 0 && ageDays <= oldest) curve.push({ ageDays, closing: 1 - open });
    left -= ended;
  }
  const closing = curve.at(-1)?.closing;
  if (closing === undefined) return undefined;
  const mature = curve.find((point) => point.closing >= nearlyAll * closing);
  return mature && { ageDays: mature.ageDays, closing };
}

/**
 * The same of deals by their days.
 *
 * @param created one for each deal; NaN where it is not known, and the deal has no say.
 * @param closed NaN of what is open. What closes after the as-of day is open.
 */
export function matureCohorts(
  created: Float64Array,
  closed: Float64Array,
  asOf: number,
): Maturity | undefined {
  const known = Array.from(created.keys()).filter((at) => (created[at] ?? Number.NaN) <= asOf);
  const lives = known.map((at) => {
    const [day, end] = [created[at] ?? asOf, closed[at] ?? Number.NaN];
    const isClosed = end <= asOf;
    // A deal that closed before it was created is one that was noted late.
    return { ageDays: Math.max(0, (isClosed ? end : asOf) - day), isClosed, deals: 1 };
  });
  const seen = Float64Array.from(known, (at) => asOf - (created[at] ?? asOf)).sort();
  const maturity = maturityOf(lives, seen[Math.max(0, seen.length - fewestReached)] ?? 0);
  return maturity && { ...maturity, lastDay: asOf - maturity.ageDays };
}
