import type { DigestDelivery } from "../store/digests.ts";

/** By which a message is known for this delivery's: one for each schedule, run, target and edition. */
export function keyOf({
  scheduleId,
  runAt,
  target,
  edition,
}: Pick<DigestDelivery, "scheduleId" | "runAt" | "target" | "edition">): string {
  return `${scheduleId}/${runAt.toISOString()}/${target}/${edition}`;
}
