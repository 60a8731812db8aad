/** From which age on nearly all deals have ended that ever do. */
export interface Maturity {
  /** By this age, in days, 95 % of the deals that ever close are closed. */
  readonly ageDays: number;
  /** Deals created on this day or before are that old. */
  readonly lastDay: number;
  /** The share of deals that close at all, as far as can be seen. */
  readonly closing: number;
}

const nearlyAll = 0.95;
/** At ages that fewer deals have come to, a single one would move the curve. */
const fewestReached = 10;

/**
 * The age at which cohorts are mature, by the share that is still open at each age (Kaplan & Meier 1958): a deal that is open counts
 * as long as it could be seen. Young deals that closed fast would else look as if all did.
 *
 * @param created days, one for each deal; NaN where it is not known, and the deal has no say.
 * @param closed days; NaN of what is open. What closes after the as-of day is open.
 * @returns undefined where no deal has closed.
 */
export function matureCohorts(
  created: Float64Array,
  closed: Float64Array,
  asOf: number,
): Maturity | undefined {
  const known = Array.from(created.keys()).filter((at) => (created[at] ?? Number.NaN) <= asOf);
  const lives = known
    .map((at) => {
      const [day, end] = [created[at] ?? asOf, closed[at] ?? Number.NaN];
      const isClosed = end <= asOf;
      // A deal that closed before it was created is one that was noted late.
      return { ageDays: Math.max(0, (isClosed ? end : asOf) - day), isClosed };
    })
    .toSorted((one, other) => one.ageDays - other.ageDays);
  // The age up to which enough deals could be seen, whether they were still open or not.
  const seen = Float64Array.from(known, (at) => asOf - (created[at] ?? asOf)).sort();
  const oldest = seen[Math.max(0, seen.length - fewestReached)] ?? 0;
  const curve: { readonly ageDays: number; readonly closing: number }[] = [];
  let open = 1;
  for (let from = 0; from < lives.length; ) {
    const ageDays = lives[from]?.ageDays ?? 0;
    let [to, closures] = [from, 0];
    for (; lives[to]?.ageDays === ageDays; to += 1) closures += Number(lives[to]?.isClosed);
    open *= 1 - closures / (lives.length - from);
    if (closures > 0 && ageDays <= oldest) curve.push({ ageDays, closing: 1 - open });
    from = to;
  }
  const closing = curve.at(-1)?.closing;
  if (closing === undefined) return undefined;
  const mature = curve.find((point) => point.closing >= nearlyAll * closing);
  return mature && { ageDays: mature.ageDays, lastDay: asOf - mature.ageDays, closing };
}
