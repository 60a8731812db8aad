import jStat from "jstat";
import type { Day } from "../calendar.ts";
import { hashOf } from "../random.ts";
import { holdoutAfter } from "../value/holdout-day.ts";
import { learnNextPurchases, type NextPurchases, type Recommend } from "./next-purchases.ts";
import { type FirstPurchase, firstDays } from "./purchase-pairs.ts";

/** How both ways to recommend did on purchases that they were not shown. */
export interface JudgedRecommenders {
  /** The last day that was shown; what was bought for the first time after it, and until `asOf`, was to be foreseen. */
  readonly shownUntil: Day;
  readonly asOf: Day;
  /** Customers of before that bought something new, 20,000 at most. */
  readonly accounts: number;
  /** Those of them that bought one of the three products recommended, and of all as a share. */
  readonly association: Hits;
  readonly popularity: Hits;
  /** How likely chance alone tells the two so far apart, from 0 to 1. */
  readonly chance: number;
}

interface Hits {
  readonly accounts: number;
  readonly hitRate: number;
}

/** What recommends, and why it was chosen. */
export interface Recommender {
  readonly recommend: Recommend;
  readonly uses: "association" | "popularity";
  /** Undefined where the data is too short, or nobody bought anything new: popularity is used then. */
  readonly judged: JudgedRecommenders | undefined;
}

/** Recommendations that are looked at, as many as people are shown. */
const shown = 3;
/** Less likely differences are no chance. */
const mostChance = 0.05;
/** More customers would tell little more and take seconds; beyond that they are drawn by lot. */
const mostAsked = 20_000;

/**
 * Learns what is bought next, and judges it by a split in time: shown the first three quarters, asked about the rest. What
 * similar accounts bought is used only where more customers than by popularity bought one of three products, and by more
 * than chance; popularity is used else.
 */
export function chooseRecommender(histories: readonly FirstPurchase[], asOf: Day): Recommender {
  const known = histories.filter(({ firstOn }) => firstOn <= asOf);
  const judged = judge(known, asOf);
  const { byAssociation, byPopularity } = learnNextPurchases(known);
  return judged && isBetter(judged)
    ? { uses: "association", recommend: byAssociation, judged }
    : { uses: "popularity", recommend: byPopularity, judged };
}

function isBetter({ association, popularity, chance }: JudgedRecommenders): boolean {
  return association.accounts > popularity.accounts && chance < mostChance;
}

function judge(histories: readonly FirstPurchase[], asOf: Day): JudgedRecommenders | undefined {
  const firstDay = histories.reduce((first, { firstOn }) => (firstOn < first ? firstOn : first), asOf);
  const shownUntil = holdoutAfter(firstDay, asOf);
  if (shownUntil === undefined) return undefined;
  const asked = [...firstDays(histories)]
    .map(([accountId, bought]) => ({
      lot: hashOf(accountId),
      owned: productsOf(bought, (on) => on <= shownUntil),
      next: new Set(productsOf(bought, (on) => on > shownUntil)),
    }))
    .filter(({ owned, next }) => owned.length > 0 && next.size > 0)
    .sort((one, other) => one.lot - other.lot)
    .slice(0, mostAsked);
  if (asked.length === 0) return undefined;
  const learned = learnNextPurchases(histories.filter(({ firstOn }) => firstOn <= shownUntil));
  const outcomes = asked.map((each) => outcomeOf(learned, each));
  const hitsOf = (isHit: (outcome: Outcome) => boolean): Hits => {
    const accounts = outcomes.filter(isHit).length;
    return { accounts, hitRate: accounts / outcomes.length };
  };
  return {
    ...{ shownUntil, asOf, accounts: asked.length },
    association: hitsOf(({ association }) => association),
    popularity: hitsOf(({ popularity }) => popularity),
    chance: chanceOf(
      hitsOf(({ association, popularity }) => association && !popularity).accounts,
      hitsOf(({ association, popularity }) => popularity && !association).accounts,
    ),
  };
}

interface Asked {
  readonly owned: readonly string[];
  readonly next: ReadonlySet<string>;
}

interface Outcome {
  readonly association: boolean;
  readonly popularity: boolean;
}

function outcomeOf({ byAssociation, byPopularity }: NextPurchases, { owned, next }: Asked): Outcome {
  const isHit = (recommend: Recommend) =>
    recommend(owned, shown).some(({ productId }) => next.has(productId));
  return { association: isHit(byAssociation), popularity: isHit(byPopularity) };
}

function productsOf(bought: ReadonlyMap<string, Day>, isWanted: (on: Day) => boolean): readonly string[] {
  return [...bought].flatMap(([product, on]) => (isWanted(on) ? [product] : []));
}

/**
 * McNemar's exact test (1947): whoever was served by only one of two, by which of them it was, if both were alike. Twice
 * the smaller tail of the binomial distribution, by the incomplete beta function.
 */
function chanceOf(one: number, other: number): number {
  const [fewer, more] = [Math.min(one, other), Math.max(one, other)];
  return more === 0 ? 1 : Math.min(1, 2 * jStat.beta.cdf(0.5, more, fewer + 1));
}
