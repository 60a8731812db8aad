import { type Day, daysBetween } from "../core/calendar.ts";
import type { Exclusion, HoldKind, PitchReason } from "../core/offers/offer.ts";
import { wordWinReason } from "../deals/chance-words.ts";
import { countOf, formatCount, formatDay } from "../wording.ts";

/** How many reasons a row has room for. */
const SHOWN = 2;

/** Why a probability is what it is, in words. */
export function wordPitchReason(reason: PitchReason): string {
  switch (reason.code) {
    case "tier":
      return reason.tier === "prospect" ? "never bought anything" : `tier ${reason.tier}`;
    case "similar":
      return reason.bought === 0
        ? `none of ${countOf(reason.accounts, "similar account")} bought`
        : `${formatCount(reason.bought)} of ${countOf(reason.accounts, "similar account")} bought`;
    case "recency":
      return reason.days === 0 ? "bought just now" : `bought ${wordAgo(reason.days)}`;
    case "fit":
      return `owns ${reason.products.join(", ")}, as buyers do`;
    case "answers":
      return `won ${formatCount(reason.won)} of ${countOf(reason.won + reason.lost + reason.noReply, "earlier pitch", "earlier pitches")}`;
    case "resembles":
      return reason.points < 0
        ? `unlike A accounts: ${reason.traits.join(", ")}`
        : `resembles A accounts: ${reason.traits.join(", ")}`;
    case "win":
      return wordWinReason(reason);
  }
}

/** The one or two that tell most; a tier is what a whole wave has, so it comes last. */
export function wordShortly(reasons: readonly PitchReason[]): string {
  const telling = reasons.filter(({ code }) => code !== "tier");
  const shown = telling.length > 0 ? telling.slice(0, SHOWN) : reasons.slice(0, 1);
  return shown.map(wordPitchReason).join("; ");
}

const holds: Readonly<Record<HoldKind, string>> = {
  complaint: "open complaint",
  overdue: "overdue payment",
  "opted-out": "opted out of offers",
};

/** What keeps an account out of offers, in words. */
export function wordHold(kind: HoldKind): string {
  return holds[kind];
}

/** Why an account is not pitched: "open complaint until 31 Dec 2026: waits for a part". */
export function wordExclusion(exclusion: Exclusion, today: Day): string {
  switch (exclusion.code) {
    case "owns":
      return `has ${exclusion.product} already`;
    case "pitched":
      return `pitched ${wordAgo(Math.max(0, daysBetween(exclusion.on, today)))} for "${exclusion.offer}"`;
    default: {
      const { code, until, reason } = exclusion;
      const end = until === undefined ? "" : ` until ${formatDay(until)}`;
      return `${wordHold(code)}${end}${reason === undefined || reason === "" ? "" : `: ${reason}`}`;
    }
  }
}

/** All of them. */
export function wordExclusions(exclusions: readonly Exclusion[], today: Day): string {
  return exclusions.map((exclusion) => wordExclusion(exclusion, today)).join("; ");
}

function wordAgo(days: number): string {
  return days === 0 ? "today" : `${countOf(days, "day")} ago`;
}
