import type { Context, Line, Reply } from "../command.ts";
import type { Offer } from "../store/offers.ts";
import { countOf, formatMoment } from "../wording.ts";
import { wordWhat } from "./event-words.ts";
import { eventData } from "./member-card.ts";
import { offerLine } from "./offer-lines.ts";

const SHOWN = 20;
const MOST = 10_000;

/** Who did what in an offer, the newest first. */
export async function offerLog(offer: Offer, rows: "page" | "all", context: Context): Promise<Reply> {
  const { store, access } = context;
  const events = await store.offerEvents(offer.id, {}, rows === "all" ? MOST : SHOWN);
  return {
    headline: access.anonymous
      ? `The log of "${offer.name}" names people, so it is not shared`
      : `The newest ${countOf(Math.min(events.length, SHOWN), "entry", "entries")} of "${offer.name}"`,
    lines: events
      .slice(0, SHOWN)
      .map(
        (event): Line => [
          `${formatMoment(event.at, access.timeZone)} `,
          event.by === "rule" ? "the rule" : event.by,
          ": ",
          ...(event.account === undefined ? [] : [{ text: event.account, style: "bold" as const }, " "]),
          wordWhat(event, offer.terms),
        ],
      ),
    actions: [{ kind: "run", label: "Back to the offer", line: offerLine(offer) }],
    data: { offer: offer.name, offerId: offer.id, rows: events.map((event) => eventData(event, offer)) },
  };
}
