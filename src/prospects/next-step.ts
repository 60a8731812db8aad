import { type Day, daysBetween } from "../core/calendar.ts";
import type { ProspectRow } from "../store/prospects.ts";
import { countOf, formatDay } from "../wording.ts";

/** After so many days without a contact a prospect is called again. */
const quietDays = 30;

/** What to do with a prospect next, in words. */
export function wordNextStep(
  row: Pick<ProspectRow, "ownerId" | "claimedBy" | "openDeals" | "closesOn" | "lastContactOn">,
  today: Day,
): string {
  const { openDeals, closesOn, lastContactOn } = row;
  if (openDeals > 0) {
    const what = openDeals === 1 ? "its open deal" : `its ${countOf(openDeals, "open deal")}`;
    if (closesOn === undefined) return `move ${what} on`;
    return closesOn < today
      ? `move ${what} on: expected to close on ${formatDay(closesOn)}, which is over`
      : `move ${what} on, expected to close on ${formatDay(closesOn)}`;
  }
  if (row.ownerId === undefined && row.claimedBy === undefined) return "claim it: nobody owns it";
  if (lastContactOn === undefined) return "make the first call: no contact is noted";
  const days = Math.max(0, daysBetween(lastContactOn, today));
  const ago = days === 0 ? "today" : `${countOf(days, "day")} ago`;
  return days >= quietDays ? `follow up: last contact ${ago}` : `wait for an answer: last contact ${ago}`;
}
