import { z } from "zod";
import { type MoveKind, type MoveReason, moveKinds } from "./core/moves.ts";
import type { Against, Snapshot } from "./store/reads.ts";
import { formatCount, formatDay, formatShare, wordReason } from "./wording.ts";

const MOST_DAYS = 730;
/** From here on a percentage is hard to read. */
const MANY_TIMES = 3;
/** Words people add around a number of days that say nothing more. */
const filler = new Set(["in", "the", "last", "past", "since"]);
const unitDays: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30 };

/** Options of `moved`: `30`, `30d`, `in the last 3 months`, or nothing. */
export const movedOptions = z
  .array(z.string())
  .readonly()
  .transform((words) => words.filter((word) => !filler.has(word.toLowerCase())).join(""))
  .refine((text) => text === "" || daysIn(text) !== undefined, {
    error: ({ input }) =>
      `I do not understand "${String(input)}": say how many days, from 1 to ${MOST_DAYS}.`,
  })
  .transform((text) => ({ days: daysIn(text) }));

function daysIn(text: string): number | undefined {
  const [, count, unit = "d"] = /^(\d{1,4})(d|w|m|days?|weeks?|months?)?$/i.exec(text) ?? [];
  const days = Number(count) * (unitDays[unit.charAt(0).toLowerCase()] ?? 1);
  return days >= 1 && days <= MOST_DAYS ? days : undefined;
}

/** "2 rose, 5 fell, 1 new": only what there is. */
export function wordCounts(counts: Readonly<Record<MoveKind, number>>): string {
  return moveKinds.flatMap((kind) => (counts[kind] === 0 ? [] : [`${counts[kind]} ${kind}`])).join(", ");
}

/** What the tiers were compared with, and by what. */
export function wordAgainst(against: Against, previousUntil: string, snapshot: Snapshot): string {
  switch (against.kind) {
    case "own":
      return `as the data of snapshot ${snapshot.id} says of ${formatDay(previousUntil)}`;
    case "snapshot":
      return `against snapshot ${against.id} of ${formatDay(previousUntil)}`;
    case "data":
      return `as today's data says of ${formatDay(previousUntil)}`;
  }
}

/** Why an account moved, in words. */
export function wordMove(reason: MoveReason, snapshot: Snapshot): string {
  switch (reason.code) {
    case "gone":
      return "no purchase of it is left in the data";
    case "new":
      return `first bought ${formatDay(reason.firstWonOn)}`;
    case "grew":
    case "shrank":
      return changeIn(reason);
    case "overtaken":
      return reason.to > reason.from ? `${changeIn(reason)}, others moved further` : "others overtook it";
    case "others-fell":
      return reason.to < reason.from ? `${changeIn(reason)}, others moved further` : "others fell behind it";
    default:
      return wordReason(reason, snapshot);
  }
}

/** "spends 12.5 % more", "spends 4.6 times as much"; no percentage of nothing. */
function changeIn({ from, to }: { readonly from: number; readonly to: number }): string {
  if (from <= 0) return to > from ? "spends more" : "spends less";
  const times = to / from;
  if (times >= MANY_TIMES)
    return `spends ${times < 10 ? times.toFixed(1) : formatCount(Math.round(times))} times as much`;
  return `spends ${formatShare(Math.abs(times - 1))} ${to > from ? "more" : "less"}`;
}
