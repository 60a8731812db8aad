import type { Context } from "../command.ts";
import { type Day, dayIn } from "../core/calendar.ts";
import type { Hold } from "../store/offers.ts";
import { formatDay } from "../wording.ts";
import { wordHold } from "./pitch-reasons.ts";

/** What keeps an account out of offers today because somebody said so, in words. */
export async function holdNotes(
  accountId: string,
  { store, access, now }: Pick<Context, "store" | "access" | "now">,
): Promise<readonly string[]> {
  const { timeZone } = access;
  const holds = holdsOn(dayIn(now, timeZone), await store.holds(accountId));
  return holds.map((hold) => wordHoldBy(hold, timeZone));
}

/** Those that hold on a day. */
export function holdsOn(day: Day, holds: readonly Hold[]): readonly Hold[] {
  return holds.filter(({ ended, until }) => !ended && (until === undefined || until >= day));
}

/** "open complaint until 31 Dec 2026, said by ann@example.com on 3 Nov 2026: waits for a part". */
export function wordHoldBy({ kind, until, by, at, reason }: Hold, timeZone: string): string {
  const end = until === undefined ? "" : ` until ${formatDay(until)}`;
  return `${wordHold(kind)}${end}, said by ${by} on ${formatDay(dayIn(at, timeZone))}: ${reason}`;
}
