import type { SnapshotStamp } from "./command.ts";
import { addDays, daysBetween, monthsUntil, type Window } from "./core/calendar.ts";
import { formatMoney } from "./core/money.ts";
import type { Reason } from "./core/reasons.ts";
import type { Access } from "./store/access.ts";
import type { Snapshot } from "./store/reads.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `2017-12-31` as people read it: 31 Dec 2017. */
export function formatDay(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${months[(month ?? 1) - 1]} ${year}`;
}

/** A moment as people in a zone read it: 31 Dec 2017, 09:05. */
export function formatMoment(moment: Date, timeZone: string): string {
  const options = { timeZone, dateStyle: "medium", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat("en-GB", options).format(moment);
}

/** A fraction as a percentage with one digit; tiny ones do not read as nothing. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return percent !== 0 && Math.abs(percent) < 0.05 ? "<0.1 %" : `${percent.toFixed(1)} %`;
}

const counts = new Intl.NumberFormat("en");

export function formatCount(count: number): string {
  return counts.format(count);
}

/** `1 account`, `2 accounts`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A difference with its sign; a dash where nothing changed. */
export function formatChange(amount: number, currency: string): string {
  if (amount === 0) return "–";
  return `${amount > 0 ? "+" : "−"}${formatMoney({ amount: Math.abs(amount), currency })}`;
}

/** A snapshot's day, and the last day of the earlier window it compares with. */
type Compared = Pick<Snapshot, "asOf" | "previousUntil">;

/** The days between the two windows that a snapshot compares. */
export function comparedDays({ asOf, previousUntil }: Compared): number {
  return daysBetween(previousUntil, asOf);
}

/** "in 90 days". */
export function wordDays(days: number): string {
  return `in ${countOf(days, "day")}`;
}

/** A reason in words, as it was true of a snapshot. */
export function wordReason(reason: Reason, snapshot: Compared): string {
  switch (reason.code) {
    case "override":
      return `set by hand${reason.until === undefined ? "" : ` until ${formatDay(reason.until)}`}, ${reason.from} by its figures`;
    case "dominant":
      return `${formatShare(reason.share)} of spend hangs on it`;
    case "rose":
      return `rose from ${reason.from}`;
    case "fell":
      return `fell from ${reason.from}`;
    case "new":
      return `new, first bought ${formatDay(reason.firstWonOn)}`;
    case "inactive":
      return `bought nothing in the window, last ${formatDay(reason.lastWonOn)}`;
    case "negative":
      return "credits exceed purchases";
    case "quiet":
      return `quiet for ${formatCount(daysBetween(reason.lastWonOn, snapshot.asOf))} days`;
    case "grew":
    case "shrank":
      return `${reason.code} by ${formatShare(Math.abs(reason.to / reason.from - 1))} ${wordDays(comparedDays(snapshot))}`;
    case "bought":
      return `${countOf(reason.wins, "purchase")}, last ${formatDay(reason.lastWonOn)}`;
  }
}

/** Says over what ranks, shares and totals are, where that is not everybody's accounts. */
export function scopeNotes({ owners, anonymous }: Access): readonly string[] {
  if (owners === "all") return [];
  return [
    anonymous
      ? "Ranks, shares and totals are over the accounts that everybody here may see."
      : "Ranks, shares and totals are over the accounts that you may see.",
  ];
}

/** What every answer from a snapshot says about it. */
export function stampOf(snapshot: Snapshot): SnapshotStamp {
  return { id: snapshot.id, asOf: snapshot.asOf, window: snapshot.window };
}

/** A window as people say it: "in the 24 months to 31 Dec 2017". */
export function formatWindow({ after, until }: Window): string {
  const ending = (length: string) => `in the ${length} to ${formatDay(until)}`;
  const length = [3, 6, 12, 24, 36].find((count) => monthsUntil(until, count).after === after);
  if (length !== undefined) return ending(`${length} months`);
  const days = daysBetween(after, until);
  return days <= 180
    ? ending(countOf(days, "day"))
    : `from ${formatDay(addDays(after, 1))} to ${formatDay(until)}`;
}

/** What to say where a window goes back before the deals that are kept; nothing elsewhere. */
export function keptDealsNotes(
  { dealsSince }: Pick<Snapshot, "dealsSince">,
  { after }: Window,
): readonly string[] {
  return dealsSince === undefined || dealsSince <= after
    ? []
    : [
        `There are more deals than are looked at: only those that ended from ${formatDay(dealsSince)} on count.`,
      ];
}
