import type { Action } from "../command.ts";
import type { Actor } from "../core/offers/offer.ts";
import { accountIn } from "../find-account.ts";
import type { Offer, OfferMember } from "../store/offers.ts";
import { offerLine } from "./offer-lines.ts";
import { isClaimable, isHeldBack } from "./pitch-rows.ts";

/** What this person can do with an account of an offer now; the steps themselves are judged by the store. */
export function memberActions(offer: Offer, member: OfferMember, actor: Actor): readonly Action[] {
  const status = offer.waves.find(({ wave }) => wave === member.wave)?.status;
  if (offer.closedAt !== undefined || member.isHoldOut || status === undefined || status === "closed")
    return [];
  const line = (verb: string) => offerLine(offer, verb, accountIn(member.accountId));
  const isHolder = member.holder !== undefined && actor.keys.includes(member.holder.key);
  const mayDecide = isHolder || actor.isManager;
  if (member.status !== "open" && member.status !== "held")
    return mayDecide ? [...reopening(line), ...outcome(line, "Correct outcome")] : [];
  const isUnderWay = !isHeldBack(member) || member.holder !== undefined;
  const mayWork = mayDecide || member.holder === undefined;
  return [
    ...(isClaimable(member) && status === "open"
      ? [{ kind: "run" as const, label: "Claim", line: line("claim"), style: "primary" as const }]
      : []),
    ...(mayDecide && !isHeldBack(member)
      ? [
          {
            kind: "fill" as const,
            form: "person" as const,
            label: actor.isManager ? "Assign" : "Hand over",
            line: line(actor.isManager ? "assign" : "hand-over"),
          },
        ]
      : []),
    ...(mayWork && isUnderWay && status !== "planned" ? outcome(line, "Won, lost or no reply") : []),
    ...(mayWork
      ? [{ kind: "fill" as const, form: "reason" as const, label: "Skip", line: line("skip") }]
      : []),
    ...(mayDecide && member.holder !== undefined
      ? [{ kind: "run" as const, label: "Release", line: line("release") }]
      : []),
  ];
}

function reopening(line: (verb: string) => string): readonly Action[] {
  return [{ kind: "fill", form: "reason", label: "Reopen", line: line("reopen") }];
}

function outcome(line: (verb: string) => string, label: string): readonly Action[] {
  return [{ kind: "fill", form: "outcome", label, line: line("outcome") }];
}
