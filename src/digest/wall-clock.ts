import { Temporal } from "temporal-polyfill";

/**
 * The moment at which clocks in a zone show a time: the first of two where they are put back. Where they are put forward over
 * it, it is skipped, and the moment is the one at which they are.
 */
export function momentOf(
  wall: Temporal.PlainDateTime,
  zone: string,
): { readonly moment: Date; readonly isSkipped: boolean } {
  const shown = wall.toZonedDateTime(zone, { disambiguation: "earlier" });
  const isSkipped = !shown.toPlainDateTime().equals(wall);
  const { epochMilliseconds } = (isSkipped && shown.getTimeZoneTransition("next")) || shown;
  return { moment: new Date(epochMilliseconds), isSkipped };
}

/** What clocks in a zone show at a moment. */
export function wallAt(moment: Date, zone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(zone).toPlainDateTime();
}
