import type { Calendar } from "./calendar.ts";
import type { Random } from "./random.ts";

/** 400 records: 340 that bought at least once, and 60 prospects with lost or open deals only. */
export const buyerCount = 340;
const prospectCount = 60;

type BuyerKind = "steady" | "quiet" | "fading" | "rising" | "new" | "lapsed";

/** What an account's three years look like. Days count from the as-of date, see calendar.ts. */
export interface Plan {
  readonly kind: BuyerKind | "prospect";
  readonly fromDay: number;
  readonly toDay: number;
  readonly dealCount: number;
  readonly openDealCount: number;
  readonly usualAmountEuro: number;
  /** The share of all spend in 24 months that one of the two largest accounts is held to. */
  readonly shareOfSpend: number | undefined;
}

const largestShares = [0.095, 0.082];
const plannedSpendEuro = 24_000_000;

/**
 * Planned spend in 24 months by rank: two giants, then rank^−1.5. Only + − × ÷ √ are used, which IEEE 754
 * rounds the same everywhere; `Math.pow` and `Math.exp` may differ in the last bit.
 */
function plannedSpendByRank(count: number): readonly number[] {
  const flattening = 11;
  const tail = Array.from({ length: count - largestShares.length }, (_, index) => {
    const place = index + flattening;
    return 1 / (place * Math.sqrt(place));
  });
  const tailTotal = tail.reduce((sum, weight) => sum + weight, 0);
  const tailShare = largestShares.reduce((left, share) => left - share, 1);
  const shares = [...largestShares, ...tail.map((weight) => (tailShare * weight) / tailTotal)];
  return shares.map((share) => Math.round(share * plannedSpendEuro));
}

/** Which ranks have which story; every rank not drawn is steady. */
function drawKinds(random: Random): ReadonlyMap<number, BuyerKind> {
  const kinds = new Map<number, BuyerKind>();
  const draw = (kind: BuyerKind, count: number, from: number, to: number) => {
    const ranks = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    const free = random.shuffled(ranks.filter((rank) => !kinds.has(rank)));
    for (const rank of free.slice(0, count)) kinds.set(rank, kind);
  };
  draw("quiet", 9, 6, 45);
  draw("fading", 10, 32, 68);
  draw("rising", 10, 50, 120);
  draw("new", 42, 60, 320);
  draw("lapsed", 24, 150, 335);
  return kinds;
}

function drawBuyerPlan(
  random: Random,
  calendar: Calendar,
  rank: number,
  kind: BuyerKind,
  spendEuro: number,
): Plan {
  const largestSpend = largestShares[0] ?? 1;
  const size = Math.sqrt(spendEuro / (largestSpend * plannedSpendEuro));
  const steadyDealCount = Math.max(3, Math.round(90 * size)) + random.integer(0, 3);
  const wonIn24Months = steadyDealCount * 0.25;
  const usualAmountEuro = Math.round(spendEuro / wonIn24Months);
  const startsLate = kind === "steady" && rank > 20 && random.chance(500);
  const periods = {
    steady: [startsLate ? calendar.firstDay + random.integer(60, 700) : calendar.firstDay, 0],
    quiet: [calendar.firstDay, -random.integer(130, 350)],
    fading: [calendar.firstDay, 0],
    rising: [calendar.firstDay, 0],
    new: [-random.integer(45, 360), 0],
    lapsed: [calendar.firstDay, calendar.firstDay + random.integer(150, 330)],
  } as const;
  const [fromDay, toDay] = periods[kind];
  const activeShare = { steady: 1, quiet: 0.7, fading: 1, rising: 1.2, new: 0.5, lapsed: 0.4 }[kind];
  const sleeps = kind === "quiet" || kind === "lapsed";
  return {
    kind,
    fromDay,
    toDay,
    dealCount: Math.max(2, Math.round(steadyDealCount * activeShare)),
    openDealCount: sleeps ? 0 : rank <= 90 ? random.integer(0, 3) : random.chance(450) ? 1 : 0,
    usualAmountEuro,
    shareOfSpend: largestShares[rank - 1],
  };
}

function drawProspectPlan(random: Random): Plan {
  const openDealCount = random.integer(0, 2);
  return {
    kind: "prospect",
    fromDay: -random.integer(200, 900),
    toDay: 0,
    dealCount: random.integer(openDealCount === 0 ? 1 : 0, 5),
    openDealCount,
    usualAmountEuro: random.integer(3, 60) * 1000,
    shareOfSpend: undefined,
  };
}

/** Buyers by planned spend, the largest first, then the prospects. */
export function drawPlans(random: Random, calendar: Calendar): readonly Plan[] {
  const kinds = drawKinds(random);
  const buyers = plannedSpendByRank(buyerCount).map((spendEuro, index) =>
    drawBuyerPlan(random, calendar, index + 1, kinds.get(index + 1) ?? "steady", spendEuro),
  );
  return [...buyers, ...Array.from({ length: prospectCount }, () => drawProspectPlan(random))];
}
