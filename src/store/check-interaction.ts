import { dayIn } from "../core/calendar.ts";
import {
  type DraftFault,
  faultOf,
  firstDay,
  type InteractionDraft,
  longestNote,
  mostMinutes,
  scores,
} from "../core/interactions.ts";
import type { Access } from "./access.ts";
import { Refused } from "./refused.ts";

/** @throws Refused for what cannot have happened, or cannot be noted so. */
export function checkInteraction(
  draft: InteractionDraft,
  now: Date,
  { timeZone }: Pick<Access, "timeZone">,
): void {
  const fault = faultOf(draft, dayIn(now, timeZone));
  if (fault) throw new Refused(faultSentences[fault](draft));
}

const faultSentences: Readonly<Record<DraftFault, (draft: InteractionDraft) => string>> = {
  "still-to-come": ({ onDay }) => `${onDay} is still to come. Note what has happened, on the day it did.`,
  "too-long-ago": ({ onDay }) => `${onDay} is too long ago: the first day is ${firstDay}.`,
  "too-many-hours": () => `A day has ${mostMinutes / 60} hours. Say 0 to ${mostMinutes / 60}, such as 1.5.`,
  "scored-no-survey": ({ kind }) => `Only a survey has a score. Leave it out of the ${kind}, or say survey.`,
  "score-out-of-range": () =>
    `A survey's score is a whole number from ${scores.least} to ${scores.most}, such as 9.`,
  "note-too-long": ({ note }) => `A note has at most ${longestNote} characters: this has ${note.length}.`,
};
