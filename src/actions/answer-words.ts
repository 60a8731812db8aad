import type { Line } from "../command.ts";
import type { ActionStep } from "../core/actions/action.ts";
import { answerDays, doneForGood, neverCooling } from "../core/actions/suppress.ts";
import { addDays, type Day } from "../core/calendar.ts";
import type { ActionAnswer, OpenAction } from "../store/actions.ts";
import { formatDay } from "../wording.ts";
import { formatEffort, wordAction } from "./action-words.ts";
import { kindNames } from "./kind-words.ts";

/** "Done: Offer Pump to Acme"; "Nothing changes: …" where it was answered so before. */
export function answerHeadline(action: OpenAction, step: ActionStep, isChanged: boolean): string {
  const name = wordAction(action);
  return isChanged ? `${wordStep(step)}: ${name}` : `Nothing changes: ${name} is answered so already`;
}

function wordStep(step: ActionStep): string {
  switch (step.kind) {
    case "done":
      return "Done";
    case "snooze":
      return `Snoozed until ${formatDay(step.until)}`;
    case "reassign":
      return `With ${step.holder.name} now`;
    case "not-relevant":
      return "Not relevant";
  }
}

/** What an answer makes of the action and of its account: when it comes back, and what is proposed meanwhile. */
export function whatComesNext(
  action: OpenAction,
  step: ActionStep,
  { today, coolDownDays }: { readonly today: Day; readonly coolDownDays: number },
): readonly Line[] {
  const { kind, account, holder } = action;
  switch (step.kind) {
    case "done":
      return [
        [whenDoneComesBack(action, today)],
        ...(coolDownDays === 0
          ? []
          : [
              [
                `Until ${formatDay(addDays(today, coolDownDays))} only ${wordNeverCooling()} are proposed for `,
                account,
                ".",
              ],
            ]),
      ];
    case "snooze":
      return [[`It comes back on ${formatDay(addDays(step.until, 1))}, if it is still due then.`]];
    case "reassign":
      return [["It is on the list of ", holder?.name ?? step.holder.name, " now."]];
    case "not-relevant":
      return kind === "complaint"
        ? [["This complaint is not proposed any more; the next one is."]]
        : [
            [
              `No ${kindNames[kind][0]} is proposed for `,
              account,
              ` before ${formatDay(addDays(today, answerDays["not-relevant"]))}.`,
            ],
          ];
  }
}

function whenDoneComesBack({ kind }: OpenAction, today: Day): string {
  if (kind === "complaint")
    return "It is off the list for good. The complaint keeps the account out of offers until somebody closes it.";
  if (doneForGood.includes(kind))
    return "It is off the list for good. The next one is proposed when it comes near.";
  return `It is not proposed again before ${formatDay(addDays(today, answerDays.done))}.`;
}

/** "complaints, renewals and offers". */
function wordNeverCooling(): string {
  const names = neverCooling.map((kind) => kindNames[kind][1]);
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** An answer as a list tells it: "done, 1.5 h", "snoozed until 3 Dec 2026", "given to Bob Baker". */
export function wordAnswer({ answer, until, holder, minutes, minutesKnown }: ActionAnswer): string {
  switch (answer) {
    case "done":
      return minutes === undefined || !minutesKnown ? "done" : `done, ${formatEffort(minutes)}`;
    case "snoozed":
      return until === undefined ? "snoozed" : `snoozed until ${formatDay(until)}`;
    case "reassigned":
      return holder === undefined ? "given to somebody else" : `given to ${holder.name}`;
    case "not-relevant":
      return "not relevant";
  }
}
