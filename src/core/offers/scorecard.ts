import jStat from "jstat";
import type { Day } from "../calendar.ts";
import type { OfferSettings } from "../settings.ts";
import { logistic, logit, within } from "./log-odds.ts";
import type { Evidence, PitchScore, Scorer } from "./offer.ts";
import {
  answersPart,
  fitPart,
  likenessPart,
  type Part,
  recencyPart,
  similarPart,
  tierPart,
} from "./score-parts.ts";
import { leastReason, observations, probabilityBounds } from "./score-points.ts";

/**
 * A scorecard that anybody can follow, for as long as there is no model: log-odds are those of `basePercent` plus the
 * points of each part times its weight, and every number is in `score-points.ts`. A weight of 0 takes a part out.
 *
 * The interval holds the middle 80 % of a Beta distribution with the probability `p` as its mean and the parameters `p·n` and
 * `(1 − p)·n`. `n` is 8, and of the parts that have a say: 2 for the tier, 2 for recency, 4 for fit, 2 for likeness,
 * 12 × similar ÷ (similar + 20), and one for each answer, 20 at most. That is a judgement of an interim method: such
 * intervals are not calibrated, and only outcomes can say how often they hold.
 */
export function createScorecard(evidence: Evidence, settings: OfferSettings, asOf: Day): Scorer {
  const base = settings.basePercent / 100;
  const partsOf = [
    tierPart(settings.weightTier),
    similarPart(evidence, settings.weightSimilar),
    recencyPart(asOf, settings.weightRecency),
    fitPart(evidence, settings.weightFit),
    answersPart(base, settings.weightAnswers),
    likenessPart(evidence, settings.weightTier),
  ];
  return {
    score: (candidate) =>
      scoreOf(
        base,
        partsOf
          .flatMap((partOf) => partOf(candidate))
          .filter(({ weightPercent }) => weightPercent > 0)
          .map(weighted),
      ),
  };
}

function scoreOf(base: number, parts: readonly Part[]): PitchScore {
  const logOdds = parts.reduce((sum, { reason }) => sum + reason.points, logit(base));
  const probability = within(logistic(logOdds), probabilityBounds.least, probabilityBounds.most);
  const rested = parts.reduce<number>((sum, part) => sum + part.observations, observations.start);
  const quantile = (share: number) => jStat.beta.inv(share, probability * rested, (1 - probability) * rested);
  return {
    probability,
    // The mean of a very lopsided distribution can lie beyond its quantiles.
    low: Math.min(quantile(0.1), probability),
    high: Math.max(quantile(0.9), probability),
    reasons: parts
      .map(({ reason }) => reason)
      .filter(({ points }) => Math.abs(points) >= leastReason)
      .sort((left, right) => Math.abs(right.points) - Math.abs(left.points)),
  };
}

function weighted(part: Part): Part {
  const points = (part.reason.points * part.weightPercent) / 100;
  return { ...part, reason: { ...part.reason, points } };
}
