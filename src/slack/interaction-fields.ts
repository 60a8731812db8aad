import type { InputBlock } from "@slack/types";
import type { Day } from "../core/calendar.ts";
import { type InteractionKind, longestNote, mostMinutes, scores } from "../core/interactions.ts";
import {
  choiceIn,
  choiceInput,
  dayIn,
  dayInput,
  type Entered,
  hoursIn,
  hoursInput,
  nothing,
  numberInput,
  reasonIn,
  textInput,
  typedIn,
} from "./fill-fields.ts";
import type { ViewValues } from "./payloads.ts";

const kinds: Readonly<Record<InteractionKind, string>> = {
  call: "Call",
  meeting: "Meeting",
  visit: "Visit",
  email: "E-mail",
  inquiry: "Inquiry",
  complaint: "Complaint",
  survey: "Survey",
  return: "Return",
  payment: "Payment",
  preference: "Preference",
  perception: "Perception",
  reference: "Reference request",
  gift: "Gift",
  note: "Note",
};

/** The fields of what happened with an account; `known` is what they begin with. */
export function interactionBlocks(
  known: { readonly day?: Day; readonly note?: string } = {},
): readonly InputBlock[] {
  return [
    choiceInput("kind", "What", kinds),
    dayInput("day", "Day", {
      isOptional: true,
      hint: "Left empty, today",
      ...(known.day !== undefined && { initial: known.day }),
    }),
    hoursInput,
    numberInput("score", "Score of a survey", `From ${scores.least} to ${scores.most}`),
    textInput("reason", "Note", {
      isOptional: true,
      longest: longestNote,
      ...(known.note !== undefined && { initial: known.note }),
    }),
  ];
}

/** What the fields add to `log <account>`, in the order in which it is typed. */
export function interactionEnding(values: ViewValues): Readonly<Record<string, Entered>> {
  const kind = choiceIn(values, "kind", kinds);
  return {
    kind: {
      words: kind === undefined ? [] : [kind],
      fault: kind === undefined && "Choose what it was.",
    },
    day: dayIn(values, "day", "on"),
    hours: hoursIn(values, mostMinutes / 60),
    score: scoreIn(values, kind),
    reason: reasonIn(values, longestNote),
  };
}

function scoreIn(values: ViewValues, kind: string | undefined): Entered {
  const score = typedIn(values, "score");
  if (score === "") return nothing;
  const isScore = /^\d{1,2}$/.test(score) && Number(score) >= scores.least && Number(score) <= scores.most;
  return {
    words: [`score ${score}`],
    fault:
      kind === "survey"
        ? !isScore && `Write the score as a whole number from ${scores.least} to ${scores.most}.`
        : "Only a survey has a score. Leave it empty.",
  };
}
