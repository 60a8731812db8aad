import type { Action, Context, Reply } from "../command.ts";
import type { InteractionDraft } from "../core/interactions.ts";
import { accountLine } from "../find-account.ts";
import type { LoggedInteraction } from "../store/interactions.ts";
import { formatDay } from "../wording.ts";
import { kindNames } from "./kind-words.ts";
import { wordLately } from "./lately.ts";
import { wordMinutes } from "./work-words.ts";

interface Account {
  readonly id: string;
  readonly name: string;
}

/** Notes what happened with an account, and says what is noted. */
export async function noteAndTell(
  account: Account,
  draft: InteractionDraft,
  context: Context,
): Promise<Reply> {
  const logged = await context.decisions.logInteraction(account.id, draft, context.now);
  const { isNew, holdsBack } = logged;
  const what = `${kindNames[draft.kind]} with ${account.name} on ${formatDay(draft.onDay)}`;
  const isComplaint = draft.kind === "complaint";
  return {
    headline: isNew
      ? `Noted: ${what}, ${wordLogged(logged)}`
      : `Nothing changes: this ${what} is noted already, ${wordLogged(logged)}`,
    lines: [
      ...(draft.note === "" ? [] : [["Note: ", draft.note]]),
      ...(isNew || isSame(draft, logged)
        ? []
        : [
            [
              "To change it, take it back and log it anew; to log another one, say in a note what it was about.",
            ],
          ]),
      ...(isComplaint && isNew ? [[wordComplaint(holdsBack)]] : []),
    ],
    facts: [{ label: "Lately", value: await wordLately(account.id, context) }],
    actions: [
      takeBackAction(logged.id),
      ...(isComplaint ? [closeAction(account)] : []),
      ...accountActions(account),
    ],
    data: dataOf(account, draft, logged),
  };
}

/** Closes a complaint, and says how it is noted. */
export async function closeAndTell(
  account: Account,
  draft: Omit<InteractionDraft, "kind" | "score">,
  context: Context,
): Promise<Reply> {
  const logged = await context.decisions.closeComplaint(account.id, draft, context.now);
  if (logged === undefined)
    return {
      headline: `Nothing changes: nobody keeps a complaint of ${account.name} open`,
      actions: accountActions(account),
      notes: ["A complaint that an imported column names ends with the import that no longer does."],
      data: { accountId: account.id, account: account.name, kind: "complaint", changed: false },
    };
  return {
    headline: `Complaint of ${account.name} closed`,
    lines: [
      ...(draft.note === "" ? [] : [["Because: ", draft.note]]),
      ["Offers may go out to it again, unless an imported column names a complaint too."],
    ],
    facts: [{ label: "Lately", value: await wordLately(account.id, context) }],
    actions: [takeBackAction(logged.id), ...accountActions(account)],
    notes: [
      `It is noted with ${wordLogged(logged)}. Taking the note back does not open the complaint again: log a new one.`,
    ],
    data: dataOf(account, { ...draft, kind: "note" }, logged),
  };
}

/** "0.5 h (usual)", "1.5 h, score 9". */
function wordLogged({ minutes, minutesKnown, score }: LoggedInteraction): string {
  const hours = wordMinutes({ minutes, minutesKnown });
  return score === undefined ? hours : `${hours}, score ${score}`;
}

function wordComplaint(holdsBack: boolean): string {
  return holdsBack
    ? "Offers stop for this account, and its owner is asked to follow up, until somebody closes the complaint."
    : "Offers are stopped for this account already: a complaint is open. Closing it closes both.";
}

/** Whether what is noted has what was typed now. */
function isSame({ minutes, score }: InteractionDraft, logged: LoggedInteraction): boolean {
  return (
    (minutes === undefined || (minutes === logged.minutes && logged.minutesKnown)) && score === logged.score
  );
}

function takeBackAction(id: number): Action {
  return { kind: "run", label: "Take back", line: `log back ${id}`, style: "danger" };
}

function closeAction({ id }: Account): Action {
  return {
    kind: "fill",
    form: "reason",
    label: "Close the complaint",
    line: `${accountLine("log", id)} complaint closed`,
  };
}

function accountActions({ id }: Account): readonly Action[] {
  return [
    { kind: "run", label: "Timeline", line: accountLine("timeline", id) },
    { kind: "run", label: "Open account", line: accountLine("account", id) },
  ];
}

function dataOf({ id, name }: Account, { kind, onDay, note }: InteractionDraft, logged: LoggedInteraction) {
  const { id: interactionId, isNew, minutes, minutesKnown, score, holdsBack } = logged;
  return {
    ...{ accountId: id, account: name, interactionId, kind, onDay, note },
    ...{ hours: minutes / 60, hoursKnown: minutesKnown, score: score ?? null, holdsBack, changed: isNew },
  };
}
