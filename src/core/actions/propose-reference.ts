import { addYears, type Day, endOfMonth, yearsBetween } from "../calendar.ts";
import type { ActionReason, ProposedAction } from "./action.ts";
import {
  type CustomerFacts,
  effects,
  isGoodCustomer,
  marginOf,
  type ProposalTerms,
  toProposal,
} from "./proposal.ts";

export interface ReferenceFacts extends CustomerFacts {
  readonly hasOpenComplaint: boolean;
  /** The last survey, from 0 to 10. */
  readonly survey?: { readonly score: number; readonly on: Day } | undefined;
  /** Of its industry and region. */
  readonly prospects: number;
  /** When it was last asked for one. */
  readonly lastAskedOn?: Day | undefined;
}

/** Whoever answers with it or more recommends us (Reichheld 2003). */
const promoterScore = 9;

/**
 * A satisfied customer of tier A or B that prospects like it could speak to: for more than a year, still one, without an
 * open complaint, with 9 or more in its last survey if there is one, and asked at most once a year. Its value: a year's
 * margin of a customer like it, for which it stands itself, × `effects.reference`.
 */
export function proposeReference(facts: ReferenceFacts, terms: ProposalTerms): ProposedAction | undefined {
  const { accountId, tier, yearMinor, firstWonOn, survey, prospects, lastAskedOn } = facts;
  const aYearAgo = addYears(terms.asOf, -1);
  const isContent = !facts.hasOpenComplaint && (survey === undefined || survey.score >= promoterScore);
  const isFree = lastAskedOn === undefined || lastAskedOn <= aYearAgo;
  if (!(isGoodCustomer(facts, terms) && isContent && isFree) || firstWonOn >= aYearAgo || prospects < 1)
    return undefined;
  const years = yearsBetween(firstWonOn, terms.asOf);
  const reasons: readonly ActionReason[] = [
    { code: "prospects-like-it", prospects },
    ...(survey === undefined ? [] : [{ code: "survey", ...survey } as const]),
    { code: "tenure", years, on: addYears(firstWonOn, years) },
    { code: "tier", tier },
  ];
  return toProposal({
    kind: "reference",
    accountId,
    subject: "",
    dueOn: endOfMonth(terms.asOf),
    value: marginOf(yearMinor, terms) * effects.reference,
    reasons,
  });
}
