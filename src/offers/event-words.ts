import { formatMoney } from "../core/money.ts";
import type { OfferTerms } from "../core/offers/offer.ts";
import type { OfferEvent } from "../store/offers.ts";
import { countOf, formatMoment } from "../wording.ts";
import { formatHours } from "./figure-words.ts";
import { wordStatusReason } from "./ruling-words.ts";

type Details = OfferEvent["details"];

/** "ann@example.com, 3 Nov 2026, 09:05: claimed". */
export function wordEvent(event: OfferEvent, terms: OfferTerms, timeZone: string): string {
  const who = event.by === "rule" ? "The rule" : event.by;
  return `${who}, ${formatMoment(event.at, timeZone)}: ${wordWhat(event, terms)}`;
}

/** What happened. */
export function wordWhat({ kind, details, by }: OfferEvent, terms: OfferTerms): string {
  switch (kind) {
    case "created":
      return `started with ${countOf(Number(details.accounts ?? 0), "account")}`;
    case "claim":
      return "claimed";
    case "release":
      return by === "rule" ? `the claim${ofWhom(details)} ended` : "released";
    case "assign":
      return `assigned to ${details.to}${details.from === undefined ? "" : `, from ${details.from}`}`;
    case "skip":
      return `skipped${because(details)}`;
    case "outcome":
      return `${wordOutcome(details, terms)}${because(details)}`;
    case "correction":
      return `corrected from ${details.was} to ${wordOutcome(details, terms)}${because(details)}`;
    case "reopen":
      return `reopened, was ${details.was}${because(details)}`;
    case "wave-opened":
      return `wave ${details.wave} opened${ruling(details, by, terms)}`;
    case "wave-paused":
      return `wave ${details.wave} paused${ruling(details, by, terms)}`;
    case "override":
      return `wave ${details.wave} goes on against the stop rule${because(details)}`;
    case "closed":
      return `closed${because(details)}`;
    default:
      return kind;
  }
}

function wordOutcome({ outcome, amount, minutes, minutesKnown }: Details, { currency }: OfferTerms): string {
  return [
    outcome === "no-reply" ? "no reply" : String(outcome),
    ...(typeof amount === "number" ? [formatMoney({ amount, currency })] : []),
    ...(typeof minutes === "number"
      ? [`${formatHours(minutes)}${minutesKnown === true ? "" : " (usual)"}`]
      : []),
  ].join(", ");
}

function ofWhom({ from }: Details): string {
  return from === undefined || from === "" ? "" : ` of ${from}`;
}

function because({ reason }: Details): string {
  return reason === undefined || reason === "" ? "" : `: ${reason}`;
}

function ruling(details: Details, by: string, terms: OfferTerms): string {
  if (by !== "rule") return because(details);
  const why = wordStatusReason(typeof details.reason === "string" ? details.reason : undefined, terms);
  return why === "" ? "" : `: ${why}`;
}
