import type { Context } from "../command.ts";
import type { Day } from "../core/calendar.ts";
import { createDealsScorer } from "../core/offers/deals-scorer.ts";
import { drawLots } from "../core/offers/lot.ts";
import { planOffer } from "../core/offers/plan-offer.ts";
import { createScorecard } from "../core/offers/scorecard.ts";
import type { OfferSettings } from "../core/settings.ts";
import { formatFilters, type Query } from "../query.ts";
import { resolveFilters } from "../resolve-filters.ts";
import type { Candidates, OfferDraft } from "../store/offers.ts";
import type { Snapshot } from "../store/reads.ts";
import { termsOf } from "./offer-terms.ts";
import type { TypedPitch } from "./pitch-words.ts";

/** Candidates that are read for each account that a wave can have: some are held back, and the best need not spend most. */
const SPARE = 2;

export interface PitchPlan {
  readonly draft: OfferDraft;
  readonly evidence: Candidates["evidence"];
}

/** Plans an offer from what is known now, without a trace in the store. */
export async function planPitch(
  context: Context,
  snapshot: Snapshot,
  typed: TypedPitch & { readonly name: string },
  query: Query,
  about: { readonly settings: OfferSettings; readonly today: Day },
): Promise<PitchPlan> {
  const { settings, today } = about;
  const { tier, ...filters } = query.filters;
  const terms = termsOf(typed, settings, snapshot.currency);
  const { selection, spoken } = await resolveFilters(filters, snapshot, context);
  // Elsewhere `product:` picks who bought it; here it is what is offered.
  const { productIds = [], ...whom } = selection;
  const { product: _, ...others } = spoken;
  const found = await context.store.candidates(
    snapshot,
    { ...whom, ...(tier && { tier }) },
    {
      ...{ productIds, value: terms.value, restDays: settings.restDays, today },
      most: settings.waveSize * SPARE,
    },
  );
  // As of the data's own day: otherwise everybody would seem to have gone quiet where the last export is old.
  const scorecard = createScorecard(found.evidence, settings, snapshot.asOf);
  const accounts = planOffer({
    candidates: found.rows,
    scorer: found.chances.kind === "scorecard" ? scorecard : createDealsScorer(scorecard),
    terms,
    waveSize: settings.waveSize,
    lot: drawLots(typed.name),
  });
  return {
    draft: {
      name: typed.name,
      productIds,
      products: found.products,
      filters: formatFilters({ ...others, ...(tier && { tier }) }).join(" "),
      snapshotId: snapshot.id,
      terms,
      chances: found.chances,
      whole: found.whole,
      accounts,
    },
    evidence: found.evidence,
  };
}
