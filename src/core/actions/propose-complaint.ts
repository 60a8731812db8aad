import { addDays, type Day } from "../calendar.ts";
import type { ProposedAction } from "./action.ts";
import { effects, goodYear, marginOf, type ProposalTerms, toProposal } from "./proposal.ts";

/** A complaint that is kept open: a row of `account_hold`, with what its account buys. */
export interface ComplaintFacts {
  readonly accountId: string;
  readonly holdId: number;
  readonly since: Day;
  readonly reason: string;
  /** 0 for an account that never bought. */
  readonly yearMinor: number;
  readonly yearBeforeMinor: number;
}

/** A complaint is answered within so many days. */
const replyDays = 2;

/** An open complaint. Its value: margin of the account's better year of two × `effects.complaint`. */
export function proposeComplaint(
  facts: ComplaintFacts,
  terms: Pick<ProposalTerms, "margin">,
): ProposedAction {
  const { accountId, holdId, since, reason } = facts;
  return toProposal({
    kind: "complaint",
    accountId,
    subject: String(holdId),
    dueOn: addDays(since, replyDays),
    value: marginOf(goodYear(facts), terms) * effects.complaint,
    reasons: [{ code: "complaint", since, reason }],
  });
}
