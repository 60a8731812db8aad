import type { Context } from "../command.ts";
import { addDays, dayIn } from "../core/calendar.ts";
import { countOf } from "../wording.ts";
import { wordHours } from "./work-words.ts";

/** What was noted in so many days, today included, was noted lately. */
export const latelyDays = 90;

/** The first of those days. */
export function latelySince({ now, access }: Pick<Context, "now" | "access">): string {
  return addDays(dayIn(now, access.timeZone), 1 - latelyDays);
}

/** "4 entries in 90 days, 3.5 h (hours known for 2 of 4)". */
export async function wordLately(
  accountId: string,
  context: Pick<Context, "store" | "now" | "access">,
): Promise<string> {
  const lately = await context.store.interactions(accountId, { offset: 0, limit: 0 }, latelySince(context));
  return `${countOf(lately.total, "entry", "entries")} in ${latelyDays} days, ${wordHours(lately)}`;
}
