import { type Day, daysBetween } from "../calendar.ts";
import { createLikeness } from "./likeness.ts";
import { logit, shrunkenLogLift, shrunkenRate, within } from "./log-odds.ts";
import type { Candidate, Evidence, PitchReason } from "./offer.ts";
import { observations, scorePoints } from "./score-points.ts";

/** What one part of the scorecard says; its points are not weighted yet. */
export interface Part {
  readonly reason: PitchReason;
  readonly weightPercent: number;
  /** What the part adds to the observations that the interval rests on. */
  readonly observations: number;
}

export function tierPart(weightPercent: number) {
  return (candidate: Candidate): readonly Part[] => {
    const tier = candidate.tier ?? "prospect";
    const reason = { code: "tier", tier, points: scorePoints.tier[tier] } as const;
    return [{ reason, weightPercent, observations: observations.known.tier }];
  };
}

/** Half a buyer and half a customer that is none are added to all, so that log-odds are finite. */
export function similarPart({ customers, buyers }: Evidence, weightPercent: number) {
  const { priorAccounts, cap } = scorePoints.similar;
  const overall = (buyers + 0.5) / (customers + 1);
  return ({ similar: { accounts, bought } }: Candidate): readonly Part[] => {
    if (buyers === 0 || accounts === 0) return [];
    const rate = shrunkenRate(bought, accounts, overall, priorAccounts);
    const points = within(logit(rate) - logit(overall), -cap, cap);
    return [
      {
        reason: { code: "similar", accounts, bought, points },
        weightPercent,
        observations: (observations.similar * accounts) / (accounts + priorAccounts),
      },
    ];
  };
}

export function recencyPart(asOf: Day, weightPercent: number) {
  return ({ lastBoughtOn }: Candidate): readonly Part[] => {
    if (lastBoughtOn === undefined) return [];
    const days = Math.max(0, daysBetween(lastBoughtOn, asOf));
    const points = scorePoints.recency.find(({ upToDays }) => days <= upToDays)?.points ?? 0;
    const reason = { code: "recency", days, points } as const;
    return [{ reason, weightPercent, observations: observations.known.recency }];
  };
}

/** The strongest of its products that buyers have more often than others. */
export function fitPart({ customers, buyers, companions }: Evidence, weightPercent: number) {
  const { priorAccounts, products: counted, cap } = scorePoints.fit;
  const lifts = new Map(
    companions.map(({ product, buyers: inside, others: outside }) => [
      product,
      shrunkenLogLift(
        { inside, insideAccounts: buyers, outside, outsideAccounts: customers - buyers },
        priorAccounts,
      ),
    ]),
  );
  return ({ products }: Candidate): readonly Part[] => {
    const fitting = [...new Set(products)]
      .map((product) => ({ product, lift: lifts.get(product) ?? 0 }))
      .filter(({ lift }) => lift > 0)
      .sort((left, right) => right.lift - left.lift || (left.product < right.product ? -1 : 1))
      .slice(0, counted);
    if (fitting.length === 0) return [];
    const points = Math.min(
      cap,
      fitting.reduce((sum, { lift }) => sum + lift, 0),
    );
    const reason = { code: "fit", products: fitting.map(({ product }) => product), points } as const;
    return [{ reason, weightPercent, observations: observations.known.fit }];
  };
}

export function answersPart(base: number, weightPercent: number) {
  const { priorAnswers, cap } = scorePoints.answers;
  return ({ answers }: Candidate): readonly Part[] => {
    const { won, lost, noReply } = answers;
    const given = won + lost + noReply;
    if (given === 0) return [];
    const points = within(logit(shrunkenRate(won, given, base, priorAnswers)) - logit(base), -cap, cap);
    const reason = { code: "answers", won, lost, noReply, points } as const;
    return [{ reason, weightPercent, observations: Math.min(given, observations.mostAnswers) }];
  };
}

/** For prospects: what the tier says of a customer, likeness says of them, so both have one weight. */
export function likenessPart({ traits }: Evidence, weightPercent: number) {
  const likenessOf = createLikeness(traits);
  return (candidate: Candidate): readonly Part[] => {
    if (candidate.tier !== undefined) return [];
    const likeness = likenessOf(candidate);
    if (likeness.traits.length === 0) return [];
    const reason = { code: "resembles", ...likeness } as const;
    return [{ reason, weightPercent, observations: observations.known.resembles }];
  };
}
