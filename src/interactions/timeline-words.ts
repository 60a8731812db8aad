import { formatMoney } from "../core/money.ts";
import { wordHold } from "../offers/pitch-reasons.ts";
import type { TimelineEntry } from "../store/timeline.ts";
import { countOf, formatDay } from "../wording.ts";
import { kindNames } from "./kind-words.ts";
import { wordMinutes } from "./work-words.ts";

/** Products of a day's purchases that are named. */
const NAMED = 3;

/** What happened, as one text; `currency` is the snapshot's. */
export function wordEntry(entry: TimelineEntry, currency: string): string {
  const details = [wordWhat(entry, currency), ...wordWork(entry)].join(", ");
  const note = "note" in entry ? entry.note : undefined;
  return note === undefined ? details : `${details}: ${note}`;
}

function wordWhat(entry: TimelineEntry, currency: string): string {
  switch (entry.kind) {
    case "purchase":
      return wordPurchase(entry, currency);
    case "deal":
      return `Deal ${entry.outcome}${entry.deal === undefined ? "" : `: ${entry.deal}`}${amountOf(entry)}`;
    case "interaction": {
      const score = entry.score === undefined ? "" : `, score ${entry.score}`;
      return `${capital(kindNames[entry.interaction])}${score}`;
    }
    case "offer":
      return `Offer "${entry.offer}": ${entry.outcome === "no-reply" ? "no reply" : entry.outcome}${amountOf(entry)}`;
    case "action":
      return wordAnswer(entry);
    case "hold":
      return entry.step === "begun"
        ? `Kept out of offers, ${wordHold(entry.hold)}${until(entry.until)}`
        : `No longer kept out of offers, ${wordHold(entry.hold)}`;
    case "correction":
      return entry.step === "set"
        ? `${capital(entry.field)} set by hand to ${entry.value}${until(entry.until)}`
        : `${capital(entry.field)} no longer set by hand to ${entry.value}`;
    case "reward":
      return wordReward(entry);
  }
}

type Of<Kind extends TimelineEntry["kind"]> = Extract<TimelineEntry, { kind: Kind }>;

function wordPurchase(
  { valueMinor, sales, withoutRate, products }: Of<"purchase">,
  currency: string,
): string {
  const more = products.length > NAMED ? ` and ${products.length - NAMED} more` : "";
  const named = products.length === 0 ? "" : ` of ${products.slice(0, NAMED).join(", ")}${more}`;
  const unrated =
    withoutRate === 0 ? "" : `, ${countOf(withoutRate, "line")} without an exchange rate left out`;
  const count = sales === 1 ? "Purchase" : countOf(sales, "purchase");
  return `${count}${named}, ${formatMoney({ amount: valueMinor, currency })}${unrated}`;
}

function wordAnswer({ action, answer, until: day, holder }: Of<"action">): string {
  const what = action.replaceAll("-", " ");
  const words = {
    done: "done",
    snoozed: `snoozed${until(day)}`,
    reassigned: holder === undefined ? "given to somebody else" : `given to ${holder}`,
    "not-relevant": "not relevant",
  };
  return `Action ${what}: ${words[answer]}`;
}

function wordReward({ reward, status, costMinor, currency, plannedFor }: Of<"reward">): string {
  const when = plannedFor === undefined ? "" : ` for ${formatDay(plannedFor)}`;
  return `Thank-you ${status}${when}, ${reward}, ${formatMoney({ amount: costMinor, currency })}`;
}

function wordWork(entry: TimelineEntry): readonly string[] {
  if (!("minutes" in entry) || entry.minutes === undefined) return [];
  return [wordMinutes({ minutes: entry.minutes, minutesKnown: entry.minutesKnown ?? false })];
}

function amountOf({ amountMinor, currency }: Of<"deal"> | Of<"offer">): string {
  return amountMinor === undefined ? "" : `, ${formatMoney({ amount: amountMinor, currency })}`;
}

function until(day: string | undefined): string {
  return day === undefined ? "" : ` until ${formatDay(day)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
