import type { Day } from "../core/calendar.ts";
import type { Exclusion, MemberStatus, StepRefusal } from "../core/offers/offer.ts";
import { accountIn } from "../find-account.ts";
import type { Offer, OfferMember } from "../store/offers.ts";
import { UsageError } from "../usage-error.ts";
import { formatMoment } from "../wording.ts";
import { offerLine } from "./offer-lines.ts";
import { wordExclusions } from "./pitch-reasons.ts";
import { isHeldBack } from "./pitch-rows.ts";
import { openingSentence, pitchedWaves } from "./rule-words.ts";
import { wordStatusReason } from "./ruling-words.ts";
import { waveSubject } from "./wave-words.ts";

/** Why a step was not taken, and what to do instead, with the way there. */
export function refusedStep(
  why: StepRefusal,
  member: OfferMember,
  offer: Offer,
  about: { readonly timeZone: string; readonly today: Day },
): UsageError {
  const card = offerLine(offer, "account", accountIn(member.accountId));
  return new UsageError(wordRefusal(why, member, offer, about), [
    { label: member.account, line: card },
    { label: offer.name, line: offerLine(offer) },
  ]);
}

function wordRefusal(
  why: StepRefusal,
  member: OfferMember,
  offer: Offer,
  { timeZone, today }: { readonly timeZone: string; readonly today: Day },
): string {
  const { account, holder } = member;
  switch (why.code) {
    case "held-by":
      return why.until === undefined
        ? `${why.holder.name} holds ${account}: ask them to hand it over, or a manager to assign it.`
        : `${why.holder.name} holds ${account} until ${formatMoment(why.until, timeZone)}: wait until then, or ask them or a manager to hand it over.`;
    case "resolved":
      return `${account} is ${wordStatus(why.status)} already${holder ? `, by ${holder.name}` : ""}. If that is wrong, reopen it first.`;
    case "not-open":
      return isHeldBack(member) ? heldBack(account, member.exclusions, today) : notOpen(why, offer);
    case "not-yours":
      return `Only whoever holds ${account}, or a manager, may do this. Claim it first if nobody holds it.`;
    case "not-held":
      return `Nobody holds ${account}: there is nothing to release. Claim it if you want to pitch it.`;
    case "excluded":
      return heldBack(account, [why.exclusion], today);
    case "hold-out":
      return `${account} is kept out by lot, to compare with those that are pitched: nobody pitches it in "${offer.name}".`;
  }
}

function heldBack(account: string, exclusions: readonly Exclusion[], today: Day): string {
  return `${account} is held back: ${wordExclusions(exclusions, today)}. Pitch it when that is over.`;
}

function notOpen({ wave, status }: Extract<StepRefusal, { code: "not-open" }>, offer: Offer): string {
  if (offer.closedAt !== undefined || status === "closed")
    return `"${offer.name}" is closed: nothing in it changes any more.`;
  if (status === "planned")
    return `${waveSubject(wave)} is not open yet. ${openingSentence(wave, offer.terms, pitchedWaves(offer.waves))} A manager can open it before.`;
  const why = wordStatusReason(offer.waves.find((state) => state.wave === wave)?.statusReason, offer.terms);
  return `${waveSubject(wave)} is paused${why === "" ? "" : ` (${why})`}. A manager can resume it.`;
}

/** What became of an account: "won", "without reply". */
export function wordStatus(status: MemberStatus): string {
  return status === "no-reply" ? "without a reply" : status;
}
