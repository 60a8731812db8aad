import type { DigestDelivery } from "../store/digests.ts";
import { wordMoment } from "./run-words.ts";

/** How a delivery stands, and what to do about it where something is to be done. */
interface WordedDelivery {
  readonly state: string;
  readonly todo?: string;
}

/** What the app itself says went wrong; everything else is Slack's word. */
const ownFaults: Readonly<Record<string, string>> = {
  broken: "something of ours broke",
  interrupted: "it was interrupted too often",
  not_allowed: "not everybody there may read it",
  paused: "it was paused meanwhile",
  readers_unknown: "Slack did not say who reads it",
  recipient_unknown: "Slack did not say who that is",
};

export function wordDelivery(delivery: DigestDelivery, zone: string, now: Date): WordedDelivery {
  const { status, settledAt, notBefore, attempts } = delivery;
  const fault = wordFault(delivery.fault);
  switch (status) {
    case "reserved":
      return {
        state:
          attempts === 0
            ? "about to be sent"
            : `not sent yet: ${fault}. It is tried again, next at ${wordMoment(notBefore, zone, now)}`,
      };
    case "sending":
      return { state: "being sent" };
    case "confirmed":
      return { state: delivery.edition === 0 ? "arrived" : "arrived, when it was sent again" };
    case "silent":
      return { state: "nothing was new, so nothing was sent" };
    case "failed":
      return { state: `did not arrive: ${fault}`, todo: "Once that is mended, press Resend." };
    case "unconfirmed":
      return settledAt === undefined
        ? { state: "Slack did not say whether it arrived: I am looking for it" }
        : {
            state: "may have arrived: Slack did not say",
            todo: "It is not sent again by itself, so that nobody gets it twice. Look whether it is there; if not, press Resend.",
          };
  }
}

function wordFault(fault: string | undefined): string {
  if (fault === undefined) return "Slack did not take it";
  return ownFaults[fault] ?? `Slack says ${fault}`;
}

/** Whether sending it again is worth a button: it is lost, or may be. */
export function isWorthResending({ status, settledAt }: DigestDelivery): boolean {
  return status === "failed" || (status === "unconfirmed" && settledAt !== undefined);
}

/** A delivery for programs. */
export function deliveryData(delivery: DigestDelivery) {
  const { id, runAt, edition, status, attempts, fault, content } = delivery;
  return {
    ...{ id, runAt: runAt.toISOString(), edition, status, attempts, fault: fault ?? null },
    sentAt: delivery.sentAt?.toISOString() ?? null,
    settledAt: delivery.settledAt?.toISOString() ?? null,
    lines: content?.lines ?? null,
  };
}
