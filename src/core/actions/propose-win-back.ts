import { endOfMonth } from "../calendar.ts";
import type { ActionReason, ProposedAction } from "./action.ts";
import {
  type CustomerFacts,
  effects,
  goodYear,
  isQuiet,
  marginOf,
  type ProposalTerms,
  toProposal,
} from "./proposal.ts";

/**
 * A customer that went quiet by the model that tells, or that bought in the year before and nothing since; it bought
 * something in one of the last two years, since older ones are prospects again. Its value: margin of its better year ×
 * chance that it has left × `effects.winBack`. Where no model tells, whoever lapsed has left.
 */
export function proposeWinBack(facts: CustomerFacts, terms: ProposalTerms): ProposedAction | undefined {
  const { accountId, tier, alive, yearMinor, yearBeforeMinor, lastWonOn } = facts;
  const lapsed = yearBeforeMinor > 0 && yearMinor <= 0;
  const quiet = isQuiet(facts, terms);
  if (!(lapsed || quiet) || goodYear(facts) === 0) return undefined;
  const reasons: readonly ActionReason[] = [
    ...(quiet && alive !== undefined ? [{ code: "gone-quiet", alive, lastOn: lastWonOn } as const] : []),
    ...(lapsed ? [{ code: "lapsed", lastOn: lastWonOn, yearBeforeMinor } as const] : []),
    { code: "tier", tier },
  ];
  return toProposal({
    kind: "win-back",
    accountId,
    subject: "",
    dueOn: endOfMonth(terms.asOf),
    value: marginOf(goodYear(facts), terms) * (1 - (alive ?? 0)) * effects.winBack,
    reasons,
  });
}
