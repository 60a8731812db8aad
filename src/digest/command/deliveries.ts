import type { Context, Entry, Reply } from "../../command.ts";
import type { DigestDelivery } from "../../store/digests.ts";
import { wordCron } from "../cron-words.ts";
import { deliveryData, isWorthResending, wordDelivery } from "../delivery-words.ts";
import { wordMoment } from "../run-words.ts";
import { calendarOf } from "./calendar.ts";
import { findSchedule } from "./find-schedule.ts";
import { actionsFor, capital, nextSentence, wordTarget } from "./schedule-parts.ts";
import { scheduleData, showSchedule } from "./shown-schedule.ts";
import type { Which } from "./typed-digest.ts";

const SHOWN_DELIVERIES = 8;

/** The last deliveries of a schedule: how each ended, and what to do. */
export async function showDeliveries(which: Which | undefined, context: Context): Promise<Reply> {
  const calendar = calendarOf(context);
  const schedule = await findSchedule("status", which, context);
  const shown = await showSchedule(schedule, calendar, context);
  const deliveries = await context.decisions.digestDeliveries(schedule.id, SHOWN_DELIVERIES);
  const [last] = deliveries;
  const digest = `the digest ${wordTarget(schedule, context)}`;
  return {
    headline: last
      ? `${capital(digest)}, ${wordMoment(last.runAt, shown.zone, context.now)}: ${wordDelivery(last, shown.zone, context.now).state}`
      : `Nothing was sent yet: ${digest}`,
    lines: [[`It comes ${wordCron(schedule.cron)}. ${nextSentence(shown, context.now)}`]],
    entries: deliveries.map((delivery) => entryOf(delivery, deliveries, shown.zone, context)),
    actions: [...actionsFor(schedule, context), { kind: "run", label: "My digests", line: "digest" }],
    notes: calendar.notes,
    data: { ...scheduleData(shown), deliveries: deliveries.map(deliveryData) },
  };
}

function entryOf(
  delivery: DigestDelivery,
  all: readonly DigestDelivery[],
  zone: string,
  { now }: Context,
): Entry {
  const isNewest = all.every(
    ({ runAt, edition }) => runAt.getTime() !== delivery.runAt.getTime() || edition <= delivery.edition,
  );
  const { state, todo } = wordDelivery(delivery, zone, now);
  const mayResend = isNewest && isWorthResending(delivery);
  return {
    lines: [
      [{ text: wordMoment(delivery.runAt, zone, now), style: "bold" }, `: ${state}`],
      ...(mayResend && todo !== undefined ? [[todo]] : []),
    ],
    ...(mayResend && { actions: [resendAction(delivery)] }),
  };
}

function resendAction({ id }: DigestDelivery) {
  return { kind: "run" as const, label: "Resend", line: `digest resend ${id}` };
}

/** Sends one again, as it is to be told now. */
export async function resend(deliveryId: number, { decisions, now }: Context): Promise<Reply> {
  const again = await decisions.resendDigest(deliveryId, now);
  return {
    headline: again ? "It is being sent again" : "Nothing changes: it is on its way already",
    lines: [["It tells what there is to tell by now. How it went shows in the deliveries."]],
    actions: [
      again
        ? { kind: "run", label: "Deliveries", line: `digest status "id:${again.scheduleId}"` }
        : { kind: "run", label: "My digests", line: "digest" },
    ],
    data: { delivery: again ? deliveryData(again) : null, isChanged: again !== undefined },
  };
}
