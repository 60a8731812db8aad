import { addDays, type Day } from "../calendar.ts";
import type { ActionReason, ProposedAction } from "./action.ts";
import { type CustomerFacts, effects, marginOf, type ProposalTerms, toProposal } from "./proposal.ts";

export interface CheckInFacts extends CustomerFacts {
  /** The last deal that was won, where there is one. */
  readonly wonDeal?:
    | { readonly on: Day; readonly deal?: string | undefined; readonly valueMinor: number }
    | undefined;
}

/** How long ago a signature may be that is followed by a look at how things go. */
export const signedWithinDays = 30;
/** How long after it that look is due. */
const afterDays = 14;

/**
 * A look at how things go, 14 days after a first purchase or a won deal of the last 30 days; of both, after the later one.
 * Its value: what the customer is expected to bring (where nothing was valued, a year's margin, or the deal's) ×
 * `effects.checkIn`.
 */
export function proposeCheckIn(facts: CheckInFacts, terms: ProposalTerms): ProposedAction | undefined {
  const { accountId, firstWonOn, worthMinor, yearMinor } = facts;
  const isRecent = (day: Day) => day <= terms.asOf && day >= addDays(terms.asOf, -signedWithinDays);
  const won = facts.wonDeal && isRecent(facts.wonDeal.on) ? facts.wonDeal : undefined;
  const first = isRecent(firstWonOn) ? firstWonOn : undefined;
  const since = won === undefined || (first !== undefined && first > won.on) ? first : won.on;
  if (since === undefined) return undefined;
  const reasons: readonly ActionReason[] = [
    ...(first === undefined ? [] : [{ code: "first-purchase", on: first } as const]),
    ...(won === undefined ? [] : [wonReason(won)]),
  ];
  return toProposal({
    kind: "check-in",
    accountId,
    subject: since,
    dueOn: addDays(since, afterDays),
    value: (worthMinor ?? marginOf(Math.max(yearMinor, won?.valueMinor ?? 0), terms)) * effects.checkIn,
    reasons,
  });
}

function wonReason({ on, deal, valueMinor }: NonNullable<CheckInFacts["wonDeal"]>): ActionReason {
  return { code: "won-deal", on, ...(deal === undefined ? {} : { deal }), valueMinor };
}
