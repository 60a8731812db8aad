import { drawGamma, drawPoisson, type Random } from "../random.ts";
import { allQuarters, type OutlookAccount, type OutlookMethod, quarterWeeks } from "./outlook-input.ts";

/** When looking ends, in weeks from today. */
export const end = allQuarters * quarterWeeks;

/** What comes of one account from today on, drawn once. Filled anew for every draw, since there are a million of them. */
export interface Life {
  /** Whether it is a customer today; all else counts only then. */
  isThere: boolean;
  /** When it leaves, in weeks from today; infinite where that is after the end. */
  leavesAfter: number;
  /** Purchases that come at any time until it leaves, or until the end. */
  purchases: number;
  /** Whether it leaves with a purchase. */
  leavesBuying: boolean;
  /** Purchases a week, while it is there. */
  rate: number;
  /** What it buys at a time, on average. */
  spend: number;
}

/** The lives that one account may have from some day on. */
export interface Lives {
  /** Draws one under the parameters of a draw into `life`. */
  draw(parameterDraw: number, random: Random, life: Life): void;
  /** How much single purchases differ, as the shape of their gamma distribution; infinite where they are all alike. */
  readonly shape: number;
}

/** What leaving and buying are drawn by. */
export interface LifeModel {
  readonly method: OutlookMethod;
  /** Of a customer of today. */
  livesOf(account: OutlookAccount): Lives;
  /** Of somebody from the first purchase on. */
  newcomerLives(): Lives;
}

export function emptyLife(): Life {
  return { isThere: false, leavesAfter: 0, purchases: 0, leavesBuying: false, rate: 0, spend: 0 };
}

/** Purchases until the end, of somebody who leaves at a time that has nothing to do with them. */
export function drawPurchases(life: Life, random: Random): void {
  if (life.leavesAfter >= end) life.leavesAfter = Number.POSITIVE_INFINITY;
  life.leavesBuying = false;
  life.purchases = drawPoisson(random, life.rate * Math.min(life.leavesAfter, end));
}

/** The same of somebody who leaves with the purchase of that number, the next one being 1. */
export function drawPurchasesUpTo(lastPurchase: number, life: Life, random: Random): void {
  const purchases = drawPoisson(random, life.rate * end);
  life.leavesBuying = purchases >= lastPurchase;
  life.purchases = life.leavesBuying ? lastPurchase - 1 : purchases;
  // Purchases lie in the time as drawn points do: of so many in order, this one is beta distributed.
  const [before, after] = life.leavesBuying
    ? [drawGamma(random, lastPurchase), drawGamma(random, purchases - lastPurchase + 1)]
    : [1, 0];
  life.leavesAfter = life.leavesBuying ? (end * before) / (before + after) : Number.POSITIVE_INFINITY;
}
