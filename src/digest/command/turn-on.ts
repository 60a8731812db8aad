import type { Context, Line, Reply } from "../../command.ts";
import { nothingImported } from "../../intake/first-run.ts";
import { type Filters, formatFilters } from "../../query.ts";
import { resolveFilters } from "../../resolve-filters.ts";
import type { DigestSchedule, ScheduleDraft } from "../../store/digests.ts";
import { UsageError } from "../../usage-error.ts";
import { defaultCron, wordCron } from "../cron-words.ts";
import { type Calendar, calendarOf, firstRun, zoneOf } from "./calendar.ts";
import { type Recipient, recipientOf } from "./recipient.ts";
import { cronOf } from "./rhythm-words.ts";
import { nextSentence, scheduleActions, wordTarget } from "./schedule-parts.ts";
import { scheduleData, showSchedule } from "./shown-schedule.ts";
import type { Wish } from "./typed-digest.ts";

/** Turns a digest on, or changes the one of that recipient and these filters: what is not said of it stays. */
export async function turnOn(wish: Wish, filters: Filters, context: Context): Promise<Reply> {
  const { access, decisions, now } = context;
  if (access.userId === undefined)
    throw new UsageError("Digests go out in Slack: turn yours on there, with `digest on`.");
  const calendar = calendarOf(context);
  const recipient = await recipientOf(wish.target, access.userId, calendar, context);
  const about = await meant(filters, context);
  const known = await decisions.digestSchedules({ everybodys: access.role === "admin" });
  const before = known.find(
    (one) => one.target === recipient.target && one.filters.toLowerCase() === about.toLowerCase(),
  );
  const draft = await draftOf(wish, before, { ...recipient, filters: about }, calendar, context);
  const { schedule, isNew } = await decisions.setDigest(draft, now);
  return confirm(
    schedule,
    { isNew, isChanged: isNew || !before || differs(before, schedule) },
    calendar,
    context,
  );
}

/** The filters as they are kept. @throws UsageError for what they name and nobody has */
async function meant(filters: Filters, context: Context): Promise<string> {
  if (Object.keys(filters).length === 0) return "";
  const snapshot = await context.store.snapshot();
  if (!snapshot) throw await nothingImported(context);
  const { tier: _, ...others } = filters;
  const { owner } = (await resolveFilters(others, snapshot, context)).spoken;
  return formatFilters({ ...filters, ...(owner && { owner }) }).join(" ");
}

async function draftOf(
  wish: Wish,
  before: DigestSchedule | undefined,
  about: Recipient & Pick<ScheduleDraft, "filters">,
  calendar: Calendar,
  context: Context,
): Promise<ScheduleDraft> {
  const userId = context.access.userId ?? "";
  const cron = cronOf(wish, before?.cron ?? defaultCron);
  const fixedZone = wish.zone ?? before?.fixedZone;
  const ownerId = before?.ownerId ?? userId;
  const zone = await zoneOf({ ...about, ownerId, fixedZone, zone: context.access.timeZone }, context);
  return {
    ...about,
    ...{ cron, fixedZone, zone },
    filters: before?.filters ?? about.filters,
    ownerId: userId,
    saysNothing: wish.saysNothing ?? before?.saysNothing ?? false,
    nextAt: firstRun({ cron }, zone, context.now, calendar),
  };
}

function differs(before: DigestSchedule, after: DigestSchedule): boolean {
  return (["cron", "fixedZone", "saysNothing", "paused"] as const).some(
    (part) => before[part] !== after[part],
  );
}

async function confirm(
  schedule: DigestSchedule,
  { isNew, isChanged }: { readonly isNew: boolean; readonly isChanged: boolean },
  calendar: Calendar,
  context: Context,
): Promise<Reply> {
  const shown = await showSchedule(schedule, calendar, context);
  const comes = `a digest comes ${wordTarget(schedule, context)} ${wordCron(schedule.cron)}`;
  return {
    headline: isChanged ? `From now on ${comes}` : `Nothing changes: ${comes} already`,
    lines: [[nextSentence(shown, context.now)], ...contents(schedule)],
    actions: scheduleActions(schedule),
    notes: [
      ...(schedule.fixedZone === undefined && !schedule.isChannel
        ? [`The times go by ${shown.zone}, as you set it in Slack, and follow you when you change it.`]
        : []),
      ...calendar.notes,
    ],
    data: { ...scheduleData(shown), isNew, isChanged },
  };
}

/** What comes, and how it stops. */
function contents({ filters, saysNothing, isChannel }: DigestSchedule): readonly Line[] {
  const quiet = saysNothing ? "one line when nothing is new" : "nothing at all when nothing is new";
  return [
    [
      "It says what to do next and what it is worth, which accounts moved, open complaints, the offer wave and what came of the last one",
      ...(filters === "" ? [] : [", about ", { text: filters, style: "code" as const }]),
      `: at most 12 lines, and ${quiet}.`,
    ],
    ...(isChannel ? [["It shows only what everybody in the channel may see."]] : []),
    ["To stop it, press Pause or Remove, or type ", { text: "digest off", style: "code" }, "."],
  ];
}
