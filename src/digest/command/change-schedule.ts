import type { Context, Reply } from "../../command.ts";
import type { DigestSchedule } from "../../store/digests.ts";
import { wordCron } from "../cron-words.ts";
import { calendarOf, firstRun, zoneOf } from "./calendar.ts";
import { findSchedule } from "./find-schedule.ts";
import { channelRecipient } from "./recipient.ts";
import { actionsFor, nextSentence, wordTarget } from "./schedule-parts.ts";
import { scheduleData, showSchedule } from "./shown-schedule.ts";
import type { Which } from "./typed-digest.ts";

/** Removes a schedule; a second time changes nothing. */
export async function remove(which: Which | undefined, context: Context): Promise<Reply> {
  const schedule = await findSchedule("off", which, context);
  const isChanged = await context.decisions.removeDigest(schedule.id);
  const digest = `the digest ${wordTarget(schedule, context)}`;
  return {
    headline: isChanged ? `Removed: ${digest}` : `Nothing changes: ${digest} was removed already`,
    lines: [[`It came ${wordCron(schedule.cron)}.`]],
    actions: [{ kind: "run", label: "My digests", line: "digest" }],
    data: { id: schedule.id, isChanged },
  };
}

export async function pause(which: Which | undefined, context: Context): Promise<Reply> {
  const schedule = await findSchedule("pause", which, context);
  const isChanged = await context.decisions.pauseDigest(schedule.id, context.now);
  const digest = `the digest ${wordTarget(schedule, context)}`;
  return answer(
    schedule.id,
    isChanged ? `Paused: ${digest}` : `Nothing changes: ${digest} is paused already`,
    isChanged,
    context,
  );
}

/** Goes on from the next run: what was missed meanwhile is not made up for. */
export async function resume(which: Which | undefined, context: Context): Promise<Reply> {
  const { decisions, now } = context;
  const schedule = await findSchedule("resume", which, context);
  const calendar = calendarOf(context);
  if (schedule.isChannel) await channelRecipient(schedule.target, calendar, context);
  const zone = await zoneOf(schedule, context);
  const nextAt = firstRun(schedule, zone, now, calendar);
  const isChanged = await decisions.resumeDigest(schedule.id, { zone, nextAt }, now);
  const digest = `the digest ${wordTarget(schedule, context)}`;
  return answer(
    schedule.id,
    isChanged ? `On again: ${digest} comes ${wordCron(schedule.cron)}` : `Nothing changes: ${digest} is on`,
    isChanged,
    context,
  );
}

/** How the schedule stands now. */
async function answer(id: number, headline: string, isChanged: boolean, context: Context): Promise<Reply> {
  const calendar = calendarOf(context);
  const schedule: DigestSchedule = await findSchedule("status", { id }, context);
  const shown = await showSchedule(schedule, calendar, context);
  return {
    headline,
    lines: [[nextSentence(shown, context.now)]],
    actions: [...actionsFor(schedule, context), { kind: "run", label: "My digests", line: "digest" }],
    notes: calendar.notes,
    data: { ...scheduleData(shown), isChanged },
  };
}
