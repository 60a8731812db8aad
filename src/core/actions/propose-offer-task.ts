import { addDays, type Day } from "../calendar.ts";
import type { ProposedAction } from "./action.ts";
import { toProposal } from "./proposal.ts";

/** An account of an open wave that is to be pitched: a row of `offer_account`, with days in the workspace's zone. */
export interface OfferTaskFacts {
  readonly accountId: string;
  readonly offerId: number;
  readonly offer: string;
  readonly probability: number;
  /** In the minor unit of the snapshot's currency. */
  readonly expectedMarginMinor: number;
  readonly effortMinutes: number;
  readonly waveOpenedOn: Day;
  /** When the claim ends, where it is claimed. */
  readonly heldUntil?: Day | undefined;
}

/** A pitch is made within so many days of its wave's opening. */
const pitchDays = 14;

/** A pitch of an open wave: its value and its effort are the offer's. */
export function proposeOfferTask(facts: OfferTaskFacts): ProposedAction {
  const { accountId, offerId, offer, probability, expectedMarginMinor, effortMinutes } = facts;
  return toProposal({
    kind: "offer",
    accountId,
    subject: String(offerId),
    dueOn: facts.heldUntil ?? addDays(facts.waveOpenedOn, pitchDays),
    value: expectedMarginMinor,
    effortMinutes,
    reasons: [{ code: "offer", offer, offerId, probability }],
  });
}
