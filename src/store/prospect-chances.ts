import type { Day } from "../core/calendar.ts";
import type { Candidate, Evidence, PitchScore } from "../core/offers/offer.ts";
import { createScorecard } from "../core/offers/scorecard.ts";
import type { OfferSettings } from "../core/settings.ts";
import type { ChanceMethod } from "../core/win/chance-method.ts";
import { explainWin, predictWins } from "../core/win/predict-wins.ts";
import type { WinModel } from "../core/win/win-model.ts";
import type { WinTable } from "../core/win/win-table.ts";

/** What the scorecard looks at. */
export type ScoredProspect = Pick<Candidate, "industry" | "region" | "answers">;

/** The chances of prospects by the scorecard of pitches: the same for those with the same traits and answers. */
export function scorecardChances(
  traits: Evidence["traits"],
  settings: OfferSettings,
  asOf: Day,
): (prospect: ScoredProspect) => PitchScore {
  const scorer = createScorecard({ customers: 0, buyers: 0, companions: [], traits }, settings, asOf);
  const known = new Map<string, PitchScore>();
  return ({ industry, region, answers }) => {
    const key = JSON.stringify([industry, region, answers]);
    const found = known.get(key) ?? scorer.score({ ...nobody, industry, region, answers });
    known.set(key, found);
    return found;
  };
}

const nobody: Candidate = {
  ...{ accountId: "", account: "", ownerId: undefined, owner: undefined, tier: undefined, spend: 0 },
  ...{ lastBoughtOn: undefined, usualPurchase: undefined, industry: undefined, region: undefined },
  ...{ similar: { accounts: 0, bought: 0 }, products: [], exclusions: [], chance: undefined },
  answers: { won: 0, lost: 0, noReply: 0 },
};

/**
 * The chances of the rows of a table by a model of deals, or by the base rate.
 *
 * @param untold columns that are no reason.
 */
export function chancesOfDeals(
  model: WinModel,
  { kind }: ChanceMethod,
  table: WinTable,
  untold?: readonly string[],
): readonly PitchScore[] {
  const used: WinModel = kind === "model" ? model : { ...model, method: "base-rate" };
  const { probability, low, high } = predictWins(used, table);
  return Array.from({ length: table.rows }, (_, row) => ({
    probability: probability[row] ?? 0,
    low: low[row] ?? 0,
    high: high[row] ?? 0,
    reasons: explainWin(used, table, row, untold).map((reason) => ({ code: "win", ...reason })),
  }));
}
