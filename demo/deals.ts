import { type Account, repsOf } from "./accounts.ts";
import type { Calendar } from "./calendar.ts";
import type { Person } from "./company.ts";
import { lostStage, openStages, type Product, products, wonStage } from "./market.ts";
import type { Random } from "./random.ts";

export interface Deal {
  readonly id: string;
  readonly account: Account;
  readonly product: Product;
  readonly stage: string;
  readonly amountMinor: number;
  readonly owner: Person;
  readonly createdDay: number;
  /** When it was closed, or for an open deal when that is expected. */
  readonly closeDay: number;
  readonly lastActivityDay: number;
  /** The win that makes an account a customer; dirt leaves it alone, so that the counts hold. */
  readonly isFounding: boolean;
}

type Draft = Omit<Deal, "id">;

/** Ten of twelve reps differ by luck only; a correct leaderboard finds these two at most. */
const strongReps = new Map([
  ["priya.raman@brightwater.example", 128],
  ["marek.nowak@brightwater.example", 125],
]);

/** A rising account's last nine months, and a fading one's last twenty. */
const riseDay = -270;
const fadeDay = -600;

/** What an account orders then, in per cent of its usual deal. */
function trendPercent({ kind }: Account["plan"], closeDay: number): number {
  if (kind === "rising") return closeDay >= riseDay ? 220 : 45;
  if (kind === "fading") return closeDay >= fadeDay ? 35 : 110;
  return 100;
}

function drawProduct(random: Random, account: Account): Product {
  const weightOf = (product: Product) =>
    product.popularity * (account.industry.favourites.includes(product.name) ? 4 : 1);
  return random.pickWeighted(products.map((product) => [product, weightOf(product)] as const));
}

/** Whoever owns the account, a colleague in one case of twenty, or whoever had the account when the deal began. */
function drawOwner(random: Random, account: Account, createdDay: number): Person {
  if (account.handover !== undefined) {
    return createdDay < account.handover.day ? account.handover.from : account.owner;
  }
  return random.chance(50) ? random.pick(repsOf(account.country.team)) : account.owner;
}

function winChancePerMille(account: Account, product: Product, owner: Person, isQuarterEnd: boolean): number {
  const affinityPercent = account.industry.favourites.includes(product.name) ? 115 : 88;
  const repPercent = strongReps.get(owner.email) ?? 100;
  const quarterPercent = isQuarterEnd ? 112 : 94;
  return Math.floor((295 * product.easePercent * affinityPercent * repPercent * quarterPercent) / 1e8);
}

/** Around the account's usual deal, in steps that people quote: 50 € and above 20,000 € 250 €. */
function drawAmountMinor(random: Random, account: Account, product: Product, closeDay: number): number {
  const spreadPercent = (random.integer(30, 170) + random.integer(30, 170)) / 2;
  const trend = trendPercent(account.plan, closeDay);
  const euro = (account.plan.usualAmountEuro * product.pricePercent * spreadPercent * trend) / 1_000_000;
  const step = euro > 20_000 ? 250 : 50;
  return Math.max(step, Math.round(euro / step) * step) * 100;
}

function drawCloseDay(random: Random, calendar: Calendar, account: Account): number {
  const { kind, fromDay, toDay } = account.plan;
  if (kind === "rising" && random.chance(650)) return calendar.businessDay(random, riseDay, toDay);
  if (kind === "fading" && random.chance(700)) return calendar.businessDay(random, fromDay, fadeDay);
  return calendar.businessDay(random, fromDay, toDay);
}

function drawClosedDeal(random: Random, calendar: Calendar, account: Account, foundingDay?: number): Draft {
  const isFounding = foundingDay !== undefined;
  const product = drawProduct(random, account);
  const closeDay = foundingDay ?? drawCloseDay(random, calendar, account);
  const cycleDays = Math.floor((product.cycleDays * random.integer(40, 200)) / 100);
  const provisionalOwner = drawOwner(random, account, closeDay - cycleDays);
  const chance = winChancePerMille(account, product, provisionalOwner, calendar.isQuarterEndMonth(closeDay));
  const isWon = isFounding || (account.plan.kind !== "prospect" && random.chance(chance));
  // A refusal comes sooner than an order.
  const elapsedDays = isWon ? cycleDays : Math.floor(cycleDays * 0.6);
  const createdDay = calendar.weekdayOnOrBefore(closeDay - Math.max(3, elapsedDays));
  return {
    account,
    product,
    stage: isWon ? wonStage : lostStage,
    amountMinor: drawAmountMinor(random, account, product, closeDay),
    owner: account.handover === undefined ? provisionalOwner : drawOwner(random, account, createdDay),
    createdDay,
    closeDay,
    lastActivityDay: Math.min(0, closeDay + random.integer(0, 12)),
    isFounding,
  };
}

function drawOpenDeal(random: Random, calendar: Calendar, account: Account): Draft {
  const product = drawProduct(random, account);
  const createdDay = calendar.weekdayOnOrBefore(-random.integer(3, 40 + product.cycleDays));
  return {
    account,
    product,
    stage: random.pickWeighted(openStages),
    amountMinor: drawAmountMinor(random, account, product, 0),
    owner: drawOwner(random, account, createdDay),
    createdDay,
    closeDay: calendar.weekdayOnOrBefore(random.integer(4, 60 + product.cycleDays)),
    lastActivityDay: random.integer(createdDay, 0),
    isFounding: false,
  };
}

/** When an account is certain to have bought: a quiet one on the day it fell silent. */
function foundingDayOf(random: Random, calendar: Calendar, account: Account): number | undefined {
  if (account.plan.kind === "prospect") return undefined;
  if (account.plan.kind === "quiet") return calendar.weekdayOnOrBefore(account.plan.toDay);
  return drawCloseDay(random, calendar, account);
}

export function drawDeals(random: Random, calendar: Calendar, accounts: readonly Account[]): readonly Deal[] {
  const drafts = accounts.flatMap((account) => {
    const foundingDay = foundingDayOf(random, calendar, account);
    const closed = Array.from({ length: account.plan.dealCount }, (_, index) =>
      drawClosedDeal(random, calendar, account, index === 0 ? foundingDay : undefined),
    );
    const open = Array.from({ length: account.plan.openDealCount }, () =>
      drawOpenDeal(random, calendar, account),
    );
    return [...closed, ...open];
  });
  return withIds(random, withLargestShares(withLatestWin(drafts)));
}

/** The last win moves to the as-of date itself, so that "the newest fact" is the date the demo names. */
function withLatestWin(drafts: readonly Draft[]): readonly Draft[] {
  const candidates = drafts.filter(({ stage, isFounding }) => stage === wonStage && !isFounding);
  const latest = candidates.toSorted((left, right) => right.closeDay - left.closeDay)[0];
  return drafts.map((draft) => (draft === latest ? { ...draft, closeDay: 0, lastActivityDay: 0 } : draft));
}

/**
 * Scales the two largest accounts to their planned shares: with some twenty wins each, chance alone would
 * move them by a quarter, and the demo promises concentration whatever the seed.
 */
function withLargestShares(drafts: readonly Draft[]): readonly Draft[] {
  const recentWins = drafts.filter(({ stage, closeDay }) => stage === wonStage && closeDay > -730);
  const totalOf = (wins: readonly Draft[]) => wins.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const others = recentWins.filter(({ account }) => account.plan.shareOfSpend === undefined);
  const largest = new Set(recentWins.map(({ account }) => account).filter(({ plan }) => plan.shareOfSpend));
  const othersShare = [...largest].reduce((left, { plan }) => left - (plan.shareOfSpend ?? 0), 1);
  return drafts.map((draft) => {
    const share = draft.account.plan.shareOfSpend;
    if (share === undefined) return draft;
    const own = totalOf(recentWins.filter(({ account }) => account === draft.account));
    const scaled = (draft.amountMinor * share * totalOf(others)) / (othersShare * own);
    return { ...draft, amountMinor: Math.max(1, Math.round(scaled / 25_000)) * 25_000 };
  });
}

function withIds(random: Random, drafts: readonly Draft[]): readonly Deal[] {
  const oldestFirst = drafts.toSorted((left, right) => left.createdDay - right.createdDay);
  let id = 15_200_000_000;
  return oldestFirst.map((draft) => {
    id += random.integer(1_000, 400_000);
    return { id: String(id), ...draft };
  });
}
