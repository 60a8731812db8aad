import type { Context, Reply } from "../../command.ts";
import type { Paged } from "../../paging.ts";
import { formatFilters } from "../../query.ts";
import { pause, remove, resume } from "./change-schedule.ts";
import { resend, showDeliveries } from "./deliveries.ts";
import { listEverybodys, listOwn } from "./list-schedules.ts";
import { preview } from "./preview.ts";
import { turnOn } from "./turn-on.ts";
import { readDigest } from "./typed-digest.ts";

/** Answers what is asked about digests. */
export async function runDigest(words: readonly string[], paged: Paged, context: Context): Promise<Reply> {
  const { filters } = paged.query;
  const typed = readDigest(words, formatFilters(filters).join(" "));
  switch (typed.kind) {
    case "list":
      return context.access.userId === undefined ? atTerminal(context) : listOwn(context);
    case "on":
      return turnOn(typed.wish, filters, context);
    case "off":
      return remove(typed.which, context);
    case "pause":
      return pause(typed.which, context);
    case "resume":
      return resume(typed.which, context);
    case "preview":
      return preview(filters, context);
    case "status":
      return showDeliveries(typed.which, context);
    case "resend":
      return resend(typed.deliveryId, context);
    case "everybody":
      return listEverybodys(paged, context);
  }
}

/** There is nobody to send one to: what it would say is all there is to show. */
async function atTerminal(context: Context): Promise<Reply> {
  const reply = await preview({}, context);
  return {
    ...reply,
    notes: [
      ...(reply.notes ?? []),
      'Digests go out in Slack: turn yours on there. "digest everybody" shows all of this workspace.',
    ],
  };
}
