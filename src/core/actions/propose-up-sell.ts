import { endOfMonth } from "../calendar.ts";
import type { ProposedAction } from "./action.ts";
import { effects, marginOf, type ProposalTerms, toProposal } from "./proposal.ts";

/** A product that an account buys, beside the similar accounts that buy it too. Money in minor units. */
export interface UpSellFacts {
  readonly accountId: string;
  readonly productId: string;
  readonly product: string;
  /** What it bought of it in the last twelve months. */
  readonly yearMinor: number;
  /** What half of the similar accounts that bought it exceed. */
  readonly usualMinor: number;
  /** How many those are. */
  readonly similar: number;
  /** The chance that it is still a customer; undefined where no model can tell. */
  readonly alive?: number | undefined;
}

/** Fewer similar accounts say nothing. */
export const leastSimilar = 8;
/** Who buys more than this share of what they do has no gap worth a word. */
export const mostShare = 0.5;

/**
 * More of a product of which it buys less than half of what similar accounts do. Its value: margin of the gap ×
 * `effects.upSell`, if it is still a customer.
 */
export function proposeUpSell(facts: UpSellFacts, terms: ProposalTerms): ProposedAction | undefined {
  const { accountId, productId, product, yearMinor, usualMinor, similar, alive } = facts;
  if (similar < leastSimilar || !(yearMinor > 0 && yearMinor < usualMinor * mostShare)) return undefined;
  return toProposal({
    kind: "up-sell",
    accountId,
    subject: productId,
    dueOn: endOfMonth(terms.asOf),
    value: marginOf(usualMinor - yearMinor, terms) * effects.upSell * (alive ?? 1),
    reasons: [{ code: "below-similar", product, yearMinor, usualMinor, similar }],
  });
}
