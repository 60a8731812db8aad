import { largestTelling } from "../false-discovery.ts";
import { chanceOfFigures, type Figures } from "./chance-of-figures.ts";

export type Dimension =
  | "product"
  | "industry"
  | "region"
  | "source"
  | "tier"
  | "stage"
  | "cycle"
  | "discount";

/** One thing that was looked at: the rep's deals of one product, say. */
export interface Examined {
  readonly dimension: Dimension;
  /** The product, the industry, the stage that deals leave; empty where there is only one. */
  readonly value: string;
  readonly figures: Figures;
}

/** What to do about it; worded where it is shown. */
export type SuggestionCode =
  | "share-how"
  | "shadow-champion"
  | "train-product"
  | "learn-industry"
  | "qualify-earlier"
  | "plan-steps"
  | "hold-price";

export interface Finding extends Examined {
  readonly direction: "beats" | "lags";
  /** Observed ÷ expected; undefined where nothing was expected. */
  readonly ratio: number | undefined;
  /** How likely chance alone is as far off. */
  readonly chance: number;
  readonly suggestion: SuggestionCode;
}

export interface Coaching {
  /** How many things had enough deals to be looked at. */
  readonly examined: number;
  readonly strengths: readonly Finding[];
  readonly lags: readonly Finding[];
}

/** Fewer say nothing. */
const [leastDeals, leastExpected] = [10, 3];

/** Where a rep is beyond chance better or worse than expected, over all that was looked at; the surest first. */
export function findCoaching(all: readonly Examined[]): Coaching {
  const examined = all.filter(({ figures }) => isEnough(figures));
  const judged = examined.map((each) => ({ ...each, chance: chanceOfFigures(each.figures) }));
  const threshold = largestTelling(judged.map(({ chance }) => chance));
  const found = judged
    .filter(({ chance }) => chance <= threshold)
    .toSorted((one, other) => one.chance - other.chance)
    .map((each): Finding => {
      const { observed, expected } = each.figures;
      const direction = isBetter(each.figures) ? "beats" : "lags";
      const ratio = expected > 0 ? observed / expected : undefined;
      return { ...each, direction, ratio, suggestion: suggest(each.dimension, direction) };
    });
  return {
    examined: examined.length,
    strengths: found.filter(({ direction }) => direction === "beats"),
    lags: found.filter(({ direction }) => direction === "lags"),
  };
}

function isEnough(figures: Figures): boolean {
  if (figures.n < leastDeals) return false;
  if (figures.kind === "mean") return figures.deviation > 0;
  return figures.expected >= leastExpected && figures.n - figures.expected > 0;
}

function isBetter(figures: Figures): boolean {
  const isMore = figures.observed > figures.expected;
  return figures.kind === "mean" && figures.isLessBetter ? !isMore : isMore;
}

function suggest(dimension: Dimension, direction: Finding["direction"]): SuggestionCode {
  if (direction === "beats") return "share-how";
  switch (dimension) {
    case "product":
      return "train-product";
    case "industry":
      return "learn-industry";
    case "source":
    case "stage":
      return "qualify-earlier";
    case "cycle":
      return "plan-steps";
    case "discount":
      return "hold-price";
    case "region":
    case "tier":
      return "shadow-champion";
  }
}
