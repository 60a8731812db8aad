import { addDays, type Day } from "../core/calendar.ts";
import { comingDay, requireReason, splitReason } from "../offers/reason-words.ts";
import { minutesIn } from "../offers/step-words.ts";
import { UsageError } from "../usage-error.ts";
import type { ActionVerb } from "./action-lines.ts";
import { type ActionTarget, readTarget } from "./target-words.ts";

const stepUsage: Readonly<Record<ActionVerb, string>> = {
  done: "actions done <account> <kind> [hours 1.5] [because <what came of it>]",
  snooze: "actions snooze <account> <kind> [7d | until 2027-01-15] [because <reason>]",
  reassign: "actions reassign <account> <kind> to <rep> [because <reason>]",
  "not-relevant": "actions not-relevant <account> <kind> because <reason>",
  reopen: "actions reopen <account> <kind>",
};

/** How long a snooze is where nobody says, and at most. */
const [usualSnooze, longestSnoozeDays] = ["7d", 366];
const unitDays: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30 };

/** An answer as it was typed: the person is not looked up. */
export type TypedStep =
  | { readonly kind: "done"; readonly minutes?: number; readonly note?: string }
  | { readonly kind: "snooze"; readonly until: Day; readonly reason?: string }
  | { readonly kind: "reassign"; readonly to: string; readonly reason?: string }
  | { readonly kind: "not-relevant"; readonly reason: string }
  | { readonly kind: "reopen" };

export interface TypedAnswer {
  readonly target: ActionTarget;
  readonly step: TypedStep;
  /** What was typed behind the target, so that the same can be said of another one. */
  readonly tail: readonly string[];
}

/**
 * Takes the words behind `done`, `snooze` and the like apart.
 *
 * @throws UsageError saying what is missing.
 */
export function readAnswer(verb: ActionVerb, words: readonly string[], today: Day): TypedAnswer {
  const { before, reason } = verb === "reopen" ? { before: words, reason: "" } : splitReason(words);
  const [target, figure] = takeFigure(verb, before.join(" "));
  return {
    target: readTarget(target, stepUsage[verb]),
    step: stepOf(verb, { figure, reason, today }),
    tail: [
      ...before.join(" ").slice(target.length).split(" ").filter(Boolean),
      ...(reason === "" ? [] : ["because", ...reason.split(" ")]),
    ],
  };
}

/** What stands at the end of each verb's words: hours, a day or a number of days, a person. */
const figures: Readonly<Partial<Record<ActionVerb, RegExp>>> = {
  done: /^(.+) hours ([^\p{L}\s]\S*)$/iu,
  snooze: /^(.+?)(?: (?:until|till) (\S+)| (?:for )?(\d{1,3} ?(?:d|w|m|days?|weeks?|months?)))$/i,
  reassign: /^(.+) to (.+)$/i,
};

function takeFigure(verb: ActionVerb, text: string): readonly [target: string, figure: string | undefined] {
  const [, target = text, ...found] = figures[verb]?.exec(text) ?? [];
  return [target, found.find((figure) => figure !== undefined)];
}

function stepOf(
  verb: ActionVerb,
  said: { readonly figure: string | undefined; readonly reason: string; readonly today: Day },
): TypedStep {
  const { figure, reason, today } = said;
  const because = reason === "" ? {} : { reason };
  switch (verb) {
    case "done":
      return {
        kind: "done",
        ...(figure === undefined ? {} : { minutes: minutesIn(figure) }),
        ...(reason === "" ? {} : { note: reason }),
      };
    case "snooze":
      return { kind: "snooze", until: lastDay(figure ?? usualSnooze, today), ...because };
    case "reassign":
      if (figure === undefined) throw new UsageError(`Say to whom: \`${stepUsage.reassign}\`.`);
      return { kind: "reassign", to: figure, ...because };
    case "not-relevant":
      return { kind: "not-relevant", reason: requireReason(reason, stepUsage["not-relevant"]) };
    case "reopen":
      return { kind: "reopen" };
  }
}

/** The last day on which a snooze holds; days are counted from today on, so that one of a single day ends today. */
function lastDay(typed: string, today: Day): Day {
  const [span, count, unit = ""] = /^(\d{1,3}) ?([dwm])/i.exec(typed) ?? [];
  const days = Number(count) * (unitDays[unit.toLowerCase()] ?? 0);
  const day = comingDay(span === undefined ? typed : addDays(today, days - 1), today);
  if (day <= addDays(today, longestSnoozeDays)) return day;
  throw new UsageError(
    "A snooze is of a year at most. If it should not come back, say `not-relevant` and why.",
  );
}
