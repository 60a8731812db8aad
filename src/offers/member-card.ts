import type { Action, Context, Reply } from "../command.ts";
import { dayIn } from "../core/calendar.ts";
import { formatMoney } from "../core/money.ts";
import { accountLine } from "../find-account.ts";
import type { Offer, OfferEvent, OfferMember } from "../store/offers.ts";
import { formatMoment, scopeNotes } from "../wording.ts";
import { wordEvent, wordWhat } from "./event-words.ts";
import { formatHours, formatInterval } from "./figure-words.ts";
import { memberActions } from "./member-actions.ts";
import { offerLine } from "./offer-lines.ts";
import { wordExclusions, wordPitchReason } from "./pitch-reasons.ts";
import { isHeldBack } from "./pitch-rows.ts";
import { wordStatus } from "./refusal-words.ts";
import { numberedWave } from "./wave-words.ts";

/** Steps of the log that a card shows. */
const SHOWN = 8;

/** One account of an offer on a card; `told` is what has just been done. */
export async function memberCard(
  offer: Offer,
  member: OfferMember,
  context: Context,
  told?: { readonly headline: string; readonly lines: readonly string[] },
): Promise<Reply> {
  const { timeZone } = context.access;
  const today = dayIn(context.now, timeZone);
  const events = await context.store.offerEvents(offer.id, { accountId: member.accountId }, SHOWN);
  const actor = await context.decisions.actor();
  const { currency } = offer.terms;
  const money = (amount: number) => formatMoney({ amount, currency });
  const standing = wordStanding(member, timeZone);
  return {
    headline: told?.headline ?? `${member.account} in "${offer.name}": ${standing}`,
    lines: [
      ...(told?.lines ?? []).map((text) => [text]),
      ...(isHeldBack(member) ? [["Held back: ", wordExclusions(member.exclusions, today)]] : []),
      ...(member.isHoldOut ? [["Kept out by lot, to compare with those that are pitched."]] : []),
      ...events.map((event) => [wordEvent(event, offer.terms, timeZone)]),
    ],
    facts: [
      { label: "Stands", value: standing },
      { label: "Place", value: `${member.place} in ${numberedWave(member.wave)}` },
      { label: "Chance", value: formatInterval(member) },
      {
        label: "Why",
        value: member.reasons.map(wordPitchReason).join("; ") || "nothing tells it from others",
      },
      { label: "A sale is worth", value: money(member.value) },
      {
        label: "Expected margin",
        value: `${money(member.expectedMargin)} for ${formatHours(member.effortMinutes)}`,
      },
      ...resultFacts(member, money),
      { label: "Owner", value: member.owner ?? "nobody" },
    ],
    actions: actionsOf(offer, member, actor),
    notes: scopeNotes(context.access),
    data: { ...memberData(member, offer), history: events.map((event) => eventData(event, offer)) },
  };
}

function actionsOf(
  offer: Offer,
  member: OfferMember,
  actor: Parameters<typeof memberActions>[2],
): readonly Action[] {
  return [
    ...memberActions(offer, member, actor),
    { kind: "run", label: "Why this tier", line: accountLine("why", member.accountId) },
    { kind: "run", label: "Open account", line: accountLine("account", member.accountId) },
    { kind: "run", label: "Back to the offer", line: offerLine(offer) },
  ];
}

/** "held by Ann Archer until 3 Nov 2026, 12:00", "won by Ann Archer", "free to claim". */
export function wordStanding(member: OfferMember, timeZone: string): string {
  const { status, holder, heldUntil, isHoldOut } = member;
  if (isHoldOut) return "kept out";
  if (isHeldBack(member)) return "held back";
  const by = holder ? ` by ${holder.name}` : "";
  if (status === "open") return "free to claim";
  if (status !== "held") return `${wordStatus(status)}${by}`;
  return `held${by}${heldUntil === undefined ? "" : ` until ${formatMoment(heldUntil, timeZone)}`}`;
}

function resultFacts(
  { amount, minutes, minutesKnown, reason }: OfferMember,
  money: (amount: number) => string,
): NonNullable<Reply["facts"]> {
  return [
    ...(amount === undefined ? [] : [{ label: "Sold for", value: money(amount) }]),
    ...(minutes === undefined
      ? []
      : [
          {
            label: "Time",
            value: `${formatHours(minutes)}${minutesKnown ? "" : ", the usual one: nobody typed hours"}`,
          },
        ]),
    ...(reason === undefined || reason === "" ? [] : [{ label: "Because", value: reason }]),
  ];
}

function memberData(member: OfferMember, { name, id, terms: { currency } }: Offer) {
  const money = (amount: number | undefined) => (amount === undefined ? null : { amount, currency });
  return {
    offer: name,
    offerId: id,
    accountId: member.accountId,
    account: member.account,
    wave: member.wave,
    place: member.place,
    status: member.status,
    holder: member.holder?.name ?? null,
    heldUntil: member.heldUntil?.toISOString() ?? null,
    probability: member.probability,
    low: member.low,
    high: member.high,
    value: money(member.value),
    expectedMargin: money(member.expectedMargin),
    effortHours: member.effortMinutes / 60,
    amount: money(member.amount),
    hours: member.minutes === undefined ? null : member.minutes / 60,
    hoursKnown: member.minutesKnown,
    reason: member.reason ?? null,
    reasonCodes: member.reasons,
    exclusions: member.exclusions,
    heldOut: member.isHoldOut,
  };
}

/** A line of the log for programs. */
export function eventData(event: OfferEvent, { terms }: Offer) {
  const { id, at, by, account, kind, details } = event;
  return {
    id,
    at: at.toISOString(),
    by,
    account: account ?? null,
    kind,
    text: wordWhat(event, terms),
    details,
  };
}
