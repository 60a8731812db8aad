import type { Tier } from "../tiers.ts";

/**
 * Every number of the interim scorecard. They are judgements and not learned: they say which accounts to try first until
 * there are outcomes to learn from. Points are steps in log-odds: 0.4 makes 20 % about 27 %.
 */
export const scorePoints = {
  /** By tier; a prospect has none. */
  tier: { A: 0.5, B: 0.2, C: -0.1, D: -0.6, prospect: -0.8 } satisfies Record<Tier | "prospect", number>,
  /** By days since the last purchase, the first row that reaches them; a purchase still to come counts as today's. */
  recency: [
    { upToDays: 30, points: 0.4 },
    { upToDays: 90, points: 0.2 },
    { upToDays: 180, points: 0 },
    { upToDays: 365, points: -0.3 },
    { upToDays: Number.POSITIVE_INFINITY, points: -0.7 },
  ],
  /** The share of similar accounts that bought is drawn to that of all by so many accounts; the step has an end. */
  similar: { priorAccounts: 20, cap: 1 },
  /** Shares of buyers and of others are drawn together by so many accounts; so many products count, the strongest. */
  fit: { priorAccounts: 10, products: 3, cap: 0.8 },
  /** The share of its own answers that were won is drawn to the base by so many answers. */
  answers: { priorAnswers: 4, cap: 1.2 },
  /** Shares of tier A and of the others are drawn together by so many accounts. */
  likeness: { priorAccounts: 10, cap: 0.8 },
} as const;

/** A step smaller than this moves no probability by more than about one per cent, so it is no reason to name. */
export const leastReason = 0.05;

/** Nobody is promised and nobody is written off: probabilities end here. */
export const probabilityBounds = { least: 0.011, most: 0.949 } as const;

/**
 * How many observations a probability is taken to rest on. `known` holds what a part of the scorecard adds where it has a
 * say; `similar` is for endless similar accounts, of which `n` give `n ÷ (n + priorAccounts)` of it; answers add one each.
 */
export const observations = {
  start: 8,
  known: { tier: 2, recency: 2, fit: 4, resembles: 2 },
  similar: 12,
  mostAnswers: 20,
} as const;
