import type { Context, Reply } from "../command.ts";
import type { Paged } from "../paging.ts";
import { changeWave, closeOffer } from "./change-wave.ts";
import { requireOffer } from "./find-offer.ts";
import { memberCard } from "./member-card.ts";
import { offerLog } from "./offer-log.ts";
import { offerReply } from "./offer-reply.ts";
import { readOffer } from "./offer-words.ts";
import { requireMember, takeTypedStep } from "./take-step.ts";

/** Shows an offer, or does what was typed with it. */
export async function runOffer(
  words: readonly string[],
  { query, rows }: Paged,
  context: Context,
): Promise<Reply> {
  const typed = readOffer(words);
  const offer = await requireOffer(typed.offer, query, context);
  switch (typed.kind) {
    case "show":
      return offerReply(offer, context);
    case "log":
      return offerLog(offer, rows, context);
    case "account":
      return memberCard(offer, await requireMember(offer, typed.account, "account", context), context);
    case "step":
      return takeTypedStep(offer, typed, context);
    case "wave":
      return changeWave(offer, typed, context);
    case "close":
      return closeOffer(offer, typed.reason, context);
  }
}
