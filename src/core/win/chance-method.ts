import type { WinFit } from "./win-model.ts";

/** So many deals won and so many lost, before a model takes the place of the scorecard. */
export const leastOfEach = 50;

/** How the chance of a prospect, or of whoever is pitched, is told. */
export type ChanceMethod =
  /** By a model of past deals, which tells them better than their win rate does. */
  | { readonly kind: "model"; readonly deals: number; readonly won: number }
  /** Deals are many, and nothing that is known beforehand tells them apart. */
  | { readonly kind: "base-rate"; readonly deals: number; readonly won: number }
  /** The interim scorecard, until there are enough deals to learn from. */
  | { readonly kind: "scorecard"; readonly deals: number; readonly won: number };

/** The rule by which the scorecard hands over. */
export function chanceMethod(fit: Pick<WinFit, "model" | "evaluation"> | undefined): ChanceMethod {
  const { deals, won } = fit?.model ?? { deals: 0, won: 0 };
  if (!fit || won < leastOfEach || deals - won < leastOfEach) return { kind: "scorecard", deals, won };
  const hasSignal = fit.evaluation.signal && fit.model.method !== "base-rate";
  return { kind: hasSignal ? "model" : "base-rate", deals, won };
}
