import type { Context } from "../../command.ts";
import type { DigestSchedule } from "../../store/digests.ts";
import { UsageError } from "../../usage-error.ts";
import { type Holidays, holidaysIn, noHolidays } from "../holidays.ts";
import { nextRuns } from "../next-runs.ts";

/** What a workspace decided about digests. */
export interface Calendar {
  readonly holidays: Holidays;
  readonly slackConnect: boolean;
  /** What whoever reads times should know of the holidays. */
  readonly notes: readonly string[];
}

export function calendarOf({ access }: Pick<Context, "access">): Calendar {
  const { holidays: region, slackConnect } = access.settings.digests;
  const holidays = holidaysIn(region);
  return { holidays: holidays ?? noHolidays, slackConnect, notes: holidayNotes(region, holidays) };
}

function holidayNotes(region: string, holidays: Holidays | undefined): readonly string[] {
  if (region === "") return [];
  return [
    holidays
      ? `None comes on a public holiday of ${region}, but on the next working day.`
      : `The settings keep public holidays of "${region}", which I do not know: none are kept. An admin can change it: type "settings digest-holidays".`,
  ];
}

/** The zone that a schedule goes by now: its own, or the recipient's; a channel's is that of whoever turned it on. */
export async function zoneOf(
  schedule: Pick<DigestSchedule, "fixedZone" | "isChannel" | "ownerId" | "target" | "zone">,
  { people }: Pick<Context, "people">,
): Promise<string> {
  if (schedule.fixedZone !== undefined) return schedule.fixedZone;
  const recipient = await people(schedule.isChannel ? schedule.ownerId : schedule.target);
  return recipient?.timeZone ?? schedule.zone;
}

/** The first run from now on. @throws UsageError where there is none */
export function firstRun(
  schedule: Pick<DigestSchedule, "cron">,
  zone: string,
  now: Date,
  { holidays }: Calendar,
): Date {
  const [first] = nextRuns(schedule, zone, now, 1, holidays);
  if (first) return first.at;
  throw new UsageError("That never comes: say other days, such as `digest on weekly tue`.");
}
