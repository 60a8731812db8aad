import { endOfMonth } from "../calendar.ts";
import type { ActionReason, ProposedAction } from "./action.ts";
import { marginOf, type ProposalTerms, toProposal } from "./proposal.ts";

/** A product that an account does not own: what `recommend` gives, with names in place of ids. */
export interface CrossSellFacts {
  readonly accountId: string;
  readonly productId: string;
  /** What half of its buyers exceed in a year, in minor units. */
  readonly usualMinor: number;
  /** That it buys the product next, from 0 to 1: `Recommendation.chance`. */
  readonly chance: number;
  readonly reason: Extract<ActionReason, { readonly code: "similar-bought" | "popular" }>;
  /** The chance that it is still a customer; undefined where no model can tell. */
  readonly alive?: number | undefined;
}

/** Something that it does not own yet. Its value: margin of a usual year of it × chance that it buys, if it still does. */
export function proposeCrossSell(facts: CrossSellFacts, terms: ProposalTerms): ProposedAction | undefined {
  const { accountId, productId, usualMinor, chance, reason, alive } = facts;
  const value = marginOf(usualMinor, terms) * chance * (alive ?? 1);
  if (!(value >= 0.5)) return undefined;
  return toProposal({
    kind: "cross-sell",
    accountId,
    subject: productId,
    dueOn: endOfMonth(terms.asOf),
    value,
    reasons: [reason],
  });
}
