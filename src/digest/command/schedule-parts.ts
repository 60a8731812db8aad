import type { Action, Context, Line } from "../../command.ts";
import type { DigestSchedule } from "../../store/digests.ts";
import { formatMoment } from "../../wording.ts";
import { wordCron } from "../cron-words.ts";
import { wordDelivery } from "../delivery-words.ts";
import { pausedSentence } from "../paused-words.ts";
import { wordMoment, wordRuns } from "../run-words.ts";
import type { ShownSchedule } from "./shown-schedule.ts";

/** A line about one schedule, whoever's list it is in. */
export function scheduleLine(verb: string, { id }: Pick<DigestSchedule, "id">): string {
  return `digest ${verb} "id:${id}"`;
}

/** Whom a digest is for, as whoever asks reads it: `to you`, `to #sales`. */
export function wordTarget(
  { isChannel, target, targetName }: Pick<DigestSchedule, "isChannel" | "target" | "targetName">,
  { access }: Pick<Context, "access">,
): string {
  return `to ${!isChannel && target === access.userId ? "you" : targetName}`;
}

/** What a schedule does, what comes next, and what became of the last one. */
export function scheduleLines(shown: ShownSchedule, place: number, context: Context): readonly Line[] {
  const { schedule, zone, last } = shown;
  const { now } = context;
  const silence = schedule.saysNothing ? "also when nothing is new" : "silent when nothing is new";
  const filters: Line = schedule.filters === "" ? [] : [", ", { text: schedule.filters, style: "code" }];
  return [
    [
      { text: `${place}. ${capital(wordTarget(schedule, context))}`, style: "bold" },
      `, ${wordCron(schedule.cron)}`,
      ...filters,
      `, ${silence}`,
    ],
    [nextSentence(shown, now)],
    ...(last ? [[`Last: ${wordMoment(last.runAt, zone, now)}, ${wordDelivery(last, zone, now).state}`]] : []),
  ];
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The coming runs, or why there are none and what to do. */
export function nextSentence({ schedule, runs, zone }: ShownSchedule, now: Date): string {
  const { paused } = schedule;
  if (paused?.code === "person")
    return `Paused by ${paused.by} on ${formatMoment(new Date(paused.at), zone)}. Press Resume to go on.`;
  if (paused) return pausedSentence(schedule, paused);
  return runs.length === 0 ? "It never comes again." : `Next: ${wordRuns(runs, zone, now)}`;
}

/** Pausing a schedule, or going on with it. */
function pauseAction(schedule: DigestSchedule): Action {
  return schedule.paused
    ? { kind: "run", label: "Resume", line: scheduleLine("resume", schedule), style: "primary" }
    : { kind: "run", label: "Pause", line: scheduleLine("pause", schedule) };
}

function removeAction(schedule: DigestSchedule): Action {
  return { kind: "run", label: "Remove", line: scheduleLine("off", schedule), style: "danger" };
}

/** What whoever asks can do with a schedule: times are chosen by those who get it, and a channel's by an admin too. */
export function actionsFor(schedule: DigestSchedule, { access }: Pick<Context, "access">): readonly Action[] {
  return schedule.isChannel || schedule.target === access.userId
    ? scheduleActions(schedule)
    : fewActions(schedule);
}

/** What can be done with a schedule, whoever's it is. */
export function fewActions(schedule: DigestSchedule): readonly Action[] {
  return [pauseAction(schedule), deliveriesAction(schedule), removeAction(schedule)];
}

/** What can be done with one's own, or with a channel's. */
export function scheduleActions(schedule: DigestSchedule): readonly Action[] {
  return [
    pauseAction(schedule),
    { kind: "run", label: "Preview", line: `digest preview ${schedule.filters}`.trim() },
    { kind: "choose", label: "Send times", choices: timeChoices(schedule) },
    deliveriesAction(schedule),
    removeAction(schedule),
  ];
}

function deliveriesAction(schedule: DigestSchedule): Action {
  return { kind: "run", label: "Deliveries", line: scheduleLine("status", schedule) };
}

function timeChoices({ isChannel, target, filters }: DigestSchedule) {
  const where = isChannel ? `for <#${target}>` : "for me";
  return usualTimes.map(({ label, words }) => ({
    label,
    line: ["digest on", words, where, filters].join(" ").trim(),
  }));
}

const usualTimes = [
  { label: "Mondays at 08:30", words: "weekly mon at 08:30" },
  { label: "Tuesdays at 08:30", words: "weekly tue at 08:30" },
  { label: "Fridays at 14:00", words: "weekly fri at 14:00" },
  { label: "Every working day at 08:30", words: "daily at 08:30" },
  { label: "First working day of the month at 08:30", words: "monthly at 08:30" },
  { label: "First and third Tuesday at 08:30", words: "monthly first third tue at 08:30" },
];
