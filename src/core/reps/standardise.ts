import { type Doubt, noDoubt } from "./doubt.ts";
import { countEvidence, type Evidence, meanEvidence, moneyEvidence } from "./evidence.ts";

/** What reps are compared by. */
export type Measure = "wins" | "win-rate" | "margin" | "cycle";

/** Sums over a rep's closed deals, each with what was expected of it. */
export interface RepSums {
  readonly repId: string;
  readonly name: string;
  readonly deals: number;
  readonly won: number;
  /** Of chances p. */
  readonly expected: number;
  /** Of p · (1 − p). */
  readonly variance: number;
  readonly money?: MoneySums;
  readonly cycle?: CycleSums;
  /** None is known without. */
  readonly doubt?: Doubt;
}

/** In minor units; d is what a deal brought, 0 where it was lost, less what was expected. */
export interface MoneySums {
  readonly wonMinor: number;
  readonly expectedMinor: number;
  /** Of what was expected, squared, over the chance. */
  readonly weight: number;
  /** Of d² and d⁴. */
  readonly squares: number;
  readonly fourths: number;
}

/** Over won deals with known days; l is the logarithm of days, at least one, over what was expected. */
export interface CycleSums {
  readonly won: number;
  readonly expectedDays: number;
  /** Of l and l². */
  readonly logs: number;
  readonly squares: number;
}

/** A rep's result against what was expected for the same deals (indirect standardisation). */
export interface Standardised {
  readonly repId: string;
  readonly name: string;
  /** Closed deals; for the cycle those that were won and have days. */
  readonly n: number;
  /** Deals, shares, minor units, or the days that a deal takes: those expected, times the ratio. */
  readonly observed: number;
  readonly expected: number;
  /** Undefined where nothing was expected. Of days the geometric mean of theirs: below 1 is quicker. */
  readonly ratio: number | undefined;
  /** In deals, minor units, or days: what came, less what was expected. */
  readonly difference: number;
  /** Undefined where nothing can be told from it. */
  readonly evidence: Evidence | undefined;
}

/** Every rep's result; what varies alike for all is learned from all of them. */
export function standardise(sums: readonly RepSums[], measure: Measure): readonly Standardised[] {
  switch (measure) {
    case "wins":
      return sums.map((rep) => ofCounts(rep, 1));
    case "win-rate":
      return sums.map((rep) => ofCounts(rep, rep.deals));
    case "margin":
      return ofMoney(sums);
    case "cycle":
      return ofCycles(sums);
  }
}

function ofCounts(rep: RepSums, per: number): Standardised {
  const { repId, name, deals, won, expected, doubt = noDoubt } = rep;
  return {
    ...{ repId, name, n: deals },
    observed: per > 0 ? won / per : 0,
    expected: per > 0 ? expected / per : 0,
    ratio: ratioOf(won, expected),
    difference: won - expected,
    evidence: countEvidence({ ...rep, observed: won, n: deals, doubt }),
  };
}

/** Amounts vary as they do in all deals together, in proportion to what is expected of a deal if it is won. */
function ofMoney(sums: readonly RepSums[]): readonly Standardised[] {
  const total = (of: (money: MoneySums) => number) =>
    sums.reduce((sum, { money }) => sum + (money ? of(money) : 0), 0);
  const weight = total((money) => money.weight);
  const [squares, fourths] = [total((money) => money.squares), total((money) => money.fourths)];
  return sums.map((rep) => {
    const { repId, name, deals, money, doubt = noDoubt } = rep;
    const [observed, expected] = [money?.wonMinor ?? 0, money?.expectedMinor ?? 0];
    const share = weight > 0 ? (money?.weight ?? 0) / weight : 0;
    // What is expected of a rep moves with the log-odds of their deals by the share of these that are not won.
    const slope = rep.expected > 0 ? rep.variance / rep.expected : 0;
    const evidence = moneyEvidence({
      ...{ observed, expected, variance: squares * share, fourths: fourths * share },
      doubt: { own: doubt.own * slope ** 2, others: doubt.others },
    });
    return {
      ...{ repId, name, n: deals, observed, expected },
      ...{ ratio: ratioOf(observed, expected), difference: observed - expected, evidence },
    };
  });
}

/** Days vary around what a rep takes as they do in all deals together. */
function ofCycles(sums: readonly RepSums[]): readonly Standardised[] {
  let [squares, freedom] = [0, 0];
  for (const { cycle } of sums) {
    if (!cycle || cycle.won < 2) continue;
    squares += Math.max(0, cycle.squares - cycle.logs ** 2 / cycle.won);
    freedom += cycle.won - 1;
  }
  return sums.map(({ repId, name, cycle }) => {
    const n = cycle?.won ?? 0;
    const expected = n > 0 && cycle ? cycle.expectedDays / n : 0;
    const log = n > 0 && cycle ? cycle.logs / n : 0;
    const ratio = Math.exp(log);
    return {
      ...{ repId, name, n, observed: expected * ratio, expected, difference: expected * (ratio - 1) },
      ratio: n > 0 ? ratio : undefined,
      evidence: n > 0 ? meanEvidence({ log, n, squares, freedom }) : undefined,
    };
  });
}

function ratioOf(observed: number, expected: number): number | undefined {
  return expected > 0 ? observed / expected : undefined;
}
