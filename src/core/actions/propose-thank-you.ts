import { addDays, addYears, type Day, endOfMonth, yearsBetween } from "../calendar.ts";
import type { ActionReason, ProposedAction } from "./action.ts";
import {
  type CustomerFacts,
  effects,
  isGoodCustomer,
  marginOf,
  type ProposalTerms,
  toProposal,
} from "./proposal.ts";

export interface ThankYouFacts extends CustomerFacts {
  /** The last thank-you that was given or is planned, or was done as an action; undefined where there is none. */
  readonly lastThanksOn?: Day | undefined;
}

/** How far ahead an anniversary is told, and how long before it a thank-you stands for it. */
const [aheadDays, countsDays] = [30, 90];

/**
 * A thank-you for a customer of tier A or B that still buys: for a whole number of years within the next 30 days, unless
 * it was thanked in the 90 days before, or since nobody thanked it for a year. Its value: a year's margin ×
 * `effects.thankYou`.
 */
export function proposeThankYou(facts: ThankYouFacts, terms: ProposalTerms): ProposedAction | undefined {
  const { accountId, tier, yearMinor, firstWonOn, lastThanksOn } = facts;
  if (!isGoodCustomer(facts, terms)) return undefined;
  const anniversary = anniversaryFrom(terms.asOf, firstWonOn);
  const isDue =
    anniversary !== undefined && !(lastThanksOn && lastThanksOn >= addDays(anniversary.on, -countsDays));
  const isForgotten =
    firstWonOn <= addYears(terms.asOf, -1) && !(lastThanksOn && lastThanksOn > addYears(terms.asOf, -1));
  if (!isDue && !isForgotten) return undefined;
  const reasons: readonly ActionReason[] = [
    ...(isDue ? [{ code: "tenure", ...anniversary } as const] : []),
    ...(isForgotten
      ? [{ code: "no-thanks", ...(lastThanksOn ? { since: lastThanksOn } : {}) } as const]
      : []),
    { code: "tier", tier },
  ];
  return toProposal({
    kind: "thank-you",
    accountId,
    subject: "",
    dueOn: isDue ? anniversary.on : endOfMonth(terms.asOf),
    value: marginOf(yearMinor, terms) * effects.thankYou,
    reasons,
  });
}

/** The anniversary that falls on a day or within 30 days of it. */
function anniversaryFrom(asOf: Day, firstOn: Day) {
  const last = addDays(asOf, aheadDays);
  const years = yearsBetween(firstOn, last);
  const on = addYears(firstOn, years);
  return years >= 1 && on >= asOf && on <= last ? { years, on } : undefined;
}
