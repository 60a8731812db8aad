import { of80 } from "../score-interval.ts";
import { type Compared, chanceBeyond, tellApart, type Verdict } from "./differences.ts";
import type { DayCount } from "./product-tally.ts";

/** How long winning takes. */
export interface Cycle {
  readonly won: number;
  readonly median: number;
  /** Interval of 80 %. */
  readonly low: number;
  readonly high: number;
  /** `above` takes longer than the others. */
  readonly verdict: Verdict;
}

/**
 * Days to win in the order of the lists, which stand by days; undefined where nothing was won. Products are compared by ranks
 * (Kruskal & Wallis 1952, Mann & Whitney 1947), since a few deals take very long.
 *
 * @param leastDeals with fewer wins it is too early.
 */
export function judgeCycles(
  lists: readonly (readonly DayCount[])[],
  leastDeals: number,
): { readonly areToldApart: boolean; readonly cycles: readonly (Cycle | undefined)[] } {
  const told = lists.filter((list) => countOf(list) >= leastDeals);
  const { spread, compared } = rankSums(told);
  const { areToldApart, verdicts } = tellApart(spread, compared);
  return {
    areToldApart,
    cycles: lists.map((list) => {
      const interval = medianOf(list);
      return interval && { ...interval, verdict: verdicts[told.indexOf(list)] ?? "too-early" };
    }),
  };
}

/** The median and the deals between which it lies four times of five, by their places (Conover 1999). */
export function medianOf(list: readonly DayCount[]): Omit<Cycle, "verdict"> | undefined {
  const won = countOf(list);
  if (won === 0) return undefined;
  const reach = (of80 * Math.sqrt(won)) / 2;
  const at = (place: number) => daysAt(list, Math.min(won, Math.max(1, place)));
  return {
    won,
    median: (at(Math.floor((won + 1) / 2)) + at(Math.ceil((won + 1) / 2))) / 2,
    low: at(Math.floor(won / 2 - reach)),
    high: at(Math.ceil(won / 2 + reach + 1)),
  };
}

function daysAt(list: readonly DayCount[], place: number): number {
  let before = 0;
  for (const { days, deals } of list) {
    before += deals;
    if (place <= before) return days;
  }
  return list.at(-1)?.days ?? 0;
}

/** Every list's sum of ranks among all, as a chi-square statistic of all and each against the rest; equal days share a rank. */
function rankSums(lists: readonly (readonly DayCount[])[]): {
  readonly spread: number;
  readonly compared: readonly Compared[];
} {
  const perDay = new Map<number, number>();
  for (const { days, deals } of lists.flat()) perDay.set(days, (perDay.get(days) ?? 0) + deals);
  const ranks = new Map<number, number>();
  let [whole, ties] = [0, 0];
  for (const [days, deals] of [...perDay].toSorted(([one], [other]) => one - other)) {
    ranks.set(days, whole + (deals + 1) / 2);
    whole += deals;
    ties += deals ** 3 - deals;
  }
  const middle = (whole + 1) / 2;
  /** Of a single rank. */
  const variance = ((whole + 1) * (1 - ties / (whole ** 3 - whole))) / 12;
  const sums = lists.map((list) => {
    const deals = countOf(list);
    const rank = list.reduce((sum, each) => sum + each.deals * (ranks.get(each.days) ?? 0), 0) / deals;
    return { deals, beyond: rank - middle };
  });
  if (!(variance > 0)) return { spread: 0, compared: sums.map(() => ({ isAbove: false, chance: 1 })) };
  return {
    spread: sums.reduce((sum, { deals, beyond }) => sum + (deals * beyond ** 2) / (variance * whole), 0),
    compared: sums.map(({ deals, beyond }) => ({
      isAbove: beyond > 0,
      chance: deals === whole ? 1 : chanceBeyond(beyond / Math.sqrt((variance * (whole - deals)) / deals)),
    })),
  };
}

function countOf(list: readonly DayCount[]): number {
  return list.reduce((sum, { deals }) => sum + deals, 0);
}
