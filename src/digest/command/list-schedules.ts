import type { Context, Reply } from "../../command.ts";
import { type Paged, pageActions, pagePrefix, pagesFor, rowsToShow } from "../../paging.ts";
import { formatQuery } from "../../query.ts";
import type { DigestSchedule } from "../../store/digests.ts";
import { countOf } from "../../wording.ts";
import { wordCron } from "../cron-words.ts";
import { wordDelivery } from "../delivery-words.ts";
import { wordRuns } from "../run-words.ts";
import { type Calendar, calendarOf } from "./calendar.ts";
import { fewActions, scheduleActions, scheduleLine, scheduleLines } from "./schedule-parts.ts";
import { type ShownSchedule, scheduleData, showSchedule } from "./shown-schedule.ts";

/** Every button of more than so many would not fit one message. */
const MOST_WITH_ALL = 4;

/** One's own schedules, each with what comes next and what became of the last one. */
export async function listOwn(context: Context): Promise<Reply> {
  const { access, decisions } = context;
  const calendar = calendarOf(context);
  const schedules = await decisions.digestSchedules({ everybodys: false });
  const shown = await Promise.all(schedules.map((schedule) => showSchedule(schedule, calendar, context)));
  const everybody =
    access.role === "admin" ? [{ kind: "run" as const, label: "Everybody's", line: "digest everybody" }] : [];
  const data = { schedules: shown.map(scheduleData) };
  if (shown.length === 0)
    return { ...invitation, actions: [...(invitation.actions ?? []), ...everybody], data };
  return {
    headline: ownHeadline(shown),
    entries: shown.map((one, index) => ({
      lines: scheduleLines(one, index + 1, context),
      actions: shown.length > MOST_WITH_ALL ? fewActions(one.schedule) : scheduleActions(one.schedule),
    })),
    actions: everybody,
    notes: [
      'Another one: type "digest on monthly team:West", or "digest on here" in a channel.',
      ...calendar.notes,
    ],
    data,
  };
}

const invitation: Reply = {
  headline: "No digest comes to you yet",
  lines: [
    [
      "A digest says what to do next, in at most 12 lines, and nothing when nothing is new. Usually it comes every Tuesday at 08:30 of your time.",
    ],
  ],
  actions: [
    { kind: "run", label: "Turn on", line: "digest on", style: "primary" },
    { kind: "run", label: "Preview", line: "digest preview" },
  ],
  notes: ['Other times: type "digest on daily at 07:15". For a channel: "digest on here" in it.'],
  data: null,
};

function ownHeadline(shown: readonly ShownSchedule[]): string {
  const paused = shown.filter(({ schedule }) => schedule.paused).length;
  const on = shown.length - paused;
  if (paused === 0) return `You have ${countOf(shown.length, "digest")}`;
  return `You have ${countOf(shown.length, "digest")}: ${on} on, ${paused} paused`;
}

/** Every schedule of the workspace, for admins. @throws NotAllowed */
export async function listEverybodys(paged: Paged, context: Context): Promise<Reply> {
  const calendar = calendarOf(context);
  const all = await context.decisions.digestSchedules({ everybodys: true });
  const { query, rows } = paged;
  const pages = pagesFor("digest", query, all.length);
  const page = rowsToShow(all, { query, rows: "all" });
  const shown = await showAll(page, calendar, context);
  const inData = rows === "all" ? await showAll(all, calendar, context) : shown;
  const paused = all.filter((schedule) => schedule.paused).length;
  return {
    headline: `${countOf(all.length, "digest")} in this workspace${paused === 0 ? "" : `, ${paused} paused`}`,
    ...(all.length > 0 && { table: tableOf(shown, context, pagePrefix(query, pages)) }),
    actions: [
      ...pageActions("digest", query, pages),
      ...(shown.length === 0 ? [] : [chooseOne(shown)]),
      { kind: "run", label: "My digests", line: formatQuery("digest", { ...query, words: [], page: 1 }) },
    ],
    notes: calendar.notes,
    data: { total: all.length, schedules: inData.map(scheduleData) },
  };
}

function showAll(
  schedules: readonly DigestSchedule[],
  calendar: Calendar,
  context: Context,
): Promise<readonly ShownSchedule[]> {
  return Promise.all(schedules.map((schedule) => showSchedule(schedule, calendar, context)));
}

function chooseOne(shown: readonly ShownSchedule[]) {
  const choices = shown.map(({ schedule }) => ({
    label: `${schedule.targetName} ${schedule.filters}`.trim(),
    line: scheduleLine("status", schedule),
  }));
  return { kind: "choose" as const, label: "Open one", choices };
}

function tableOf(shown: readonly ShownSchedule[], { now }: Context, prefix: string) {
  const titles = ["For", "When", "Filters", "Next", "Last"];
  return {
    caption: `${prefix}Digests, the oldest first`,
    columns: titles.map((title) => ({ title })),
    rows: shown.map(({ schedule, zone, runs, last }) =>
      [
        schedule.targetName,
        wordCron(schedule.cron),
        schedule.filters || "none",
        schedule.paused ? "paused" : wordRuns(runs.slice(0, 1), zone, now),
        last ? wordDelivery(last, zone, now).state : "none yet",
      ].map((text) => ({ text })),
    ),
  };
}
