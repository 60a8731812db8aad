import type { Context } from "../command.ts";
import { dayIn } from "../core/calendar.ts";
import type { Correction, CorrectionField } from "../store/corrections.ts";
import { formatDay } from "../wording.ts";

export type { CorrectionField };

/** What was set by hand on an account and holds today, at most one for each field. */
export async function setByHand(
  accountId: string,
  { decisions, access, now }: Pick<Context, "decisions" | "access" | "now">,
): Promise<ReadonlyMap<CorrectionField, Correction>> {
  const corrections = await decisions.corrections(accountId);
  const today = dayIn(now, access.timeZone);
  const inForce = corrections.filter(
    ({ ended, until }) => ended === undefined && (until === undefined || until >= today),
  );
  return new Map(inForce.map((correction) => [correction.field, correction]));
}

/** "set by ann@example.com on 3 Nov 2026 until 31 Mar 2027: she knows them". */
export function wordCorrection(
  { by, at, until, reason }: Pick<Correction, "by" | "at" | "until" | "reason">,
  timeZone: string,
): string {
  const end = until === undefined ? "" : ` until ${formatDay(until)}`;
  return `set by ${by} on ${formatDay(dayIn(at, timeZone))}${end}${reason === "" ? "" : `: ${reason}`}`;
}

/** What was set by hand and does not show yet, since the portfolio was computed before. */
export function pending(
  byHand: ReadonlyMap<CorrectionField, Correction>,
  shown: Readonly<Record<CorrectionField, string | undefined>>,
): readonly string[] {
  return [...byHand.values()]
    .filter((correction) => correction.shown !== shown[correction.field])
    .map(
      (correction) =>
        `The ${correction.field} ${correction.shown}, set by hand, shows from the next snapshot on.`,
    );
}
