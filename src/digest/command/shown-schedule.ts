import type { Context } from "../../command.ts";
import type { DigestDelivery, DigestSchedule } from "../../store/digests.ts";
import { wordCron } from "../cron-words.ts";
import { deliveryData } from "../delivery-words.ts";
import type { Run } from "../next-runs.ts";
import { comingRuns } from "../schedule.ts";
import { type Calendar, zoneOf } from "./calendar.ts";

const SHOWN_RUNS = 3;

/** A schedule with what people want to know of it. */
export interface ShownSchedule {
  readonly schedule: DigestSchedule;
  readonly zone: string;
  readonly runs: readonly Run[];
  readonly last: DigestDelivery | undefined;
}

export async function showSchedule(
  schedule: DigestSchedule,
  calendar: Calendar,
  context: Context,
): Promise<ShownSchedule> {
  const [zone, [last]] = await Promise.all([
    zoneOf(schedule, context),
    context.decisions.digestDeliveries(schedule.id, 1),
  ]);
  const runs = comingRuns(schedule, zone, context.now, SHOWN_RUNS, calendar.holidays);
  return { schedule, zone, runs, last };
}

/** A schedule for programs. */
export function scheduleData({ schedule, zone, runs, last }: ShownSchedule) {
  const { id, target, targetName, isChannel, ownerId, cron, fixedZone, filters, saysNothing } = schedule;
  return {
    ...{ id, target, targetName, isChannel, ownerId, cron, rhythm: wordCron(cron) },
    ...{ zone, fixedZone: fixedZone ?? null, filters, saysNothing },
    paused: schedule.paused ?? null,
    next: runData(runs),
    last: last ? deliveryData(last) : null,
  };
}

/** Runs for programs. */
function runData(runs: readonly Run[]) {
  return runs.map(({ at, insteadOf }) => ({ at: at.toISOString(), insteadOf: insteadOf ?? null }));
}
