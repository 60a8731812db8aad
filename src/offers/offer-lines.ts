import { quoted } from "../query.ts";
import type { OfferHead } from "../store/offers.ts";

/** A menu takes lines of 150 characters, of which an account's id and the words around it need about 70. */
const LONGEST_NAME = 60;

/** A line about an offer that can be typed as it is; `rest` comes quoted where it must be. */
export function offerLine(offer: OfferHead, ...rest: readonly string[]): string {
  return ["offer", nameIn(offer), ...rest].join(" ");
}

/** The list of an offer's accounts. */
export function pitchLine(offer: Pick<OfferHead, "name">, ...rest: readonly string[]): string {
  return ["pitch", quoted(offer.name), ...rest].join(" ");
}

/** A long name would make the line too long for a menu. */
function nameIn({ id, name }: OfferHead): string {
  return name.length <= LONGEST_NAME ? quoted(name) : `id:${id}`;
}
