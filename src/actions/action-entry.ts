import type { Action, Context, Entry, Span } from "../command.ts";
import { type Day, dayIn } from "../core/calendar.ts";
import { formatMoney } from "../core/money.ts";
import { workerKeys } from "../core/worker-keys.ts";
import { accountIn, accountLine } from "../find-account.ts";
import { offerLine } from "../offers/offer-lines.ts";
import type { OpenAction } from "../store/actions.ts";
import type { Snapshot } from "../store/reads.ts";
import { actionLine } from "./action-lines.ts";
import { actionPieces, formatEffort, wordDueOn } from "./action-words.ts";
import { reasonLine } from "./reason-words.ts";

/** What all entries of an answer go by. */
export interface EntryTerms {
  /** Of the snapshot. */
  readonly currency: string;
  readonly today: Day;
  /** Keys of whoever reads: an action that they hold names nobody. */
  readonly ownKeys: readonly string[];
}

/** The terms of entries in an answer to this person. */
export function entryTerms(
  { currency }: Pick<Snapshot, "currency">,
  { access, now }: Pick<Context, "access" | "now">,
): EntryTerms {
  return { currency, today: dayIn(now, access.timeZone), ownKeys: workerKeys(access) };
}

/**
 * An action with why and with what can be done about it: two lines, and its buttons beneath.
 *
 * @param lead what its first line begins with: `3. `, `Next: `.
 */
export function actionEntry(action: OpenAction, terms: EntryTerms, lead: string): Entry {
  return {
    lines: [[lead, ...titleSpans(action), ...detailSpans(action, terms)], reasonLine(action.reasons, terms)],
    actions: [...answers(action), openAccount(action)],
  };
}

/** The same on the card of its account, to which nobody needs a button there. */
export function entryOnCard(action: OpenAction, terms: EntryTerms): Entry {
  return { ...actionEntry(action, terms, "Next: "), actions: answers(action) };
}

export function openAccount({ accountId }: Pick<OpenAction, "accountId">): Action {
  return { kind: "run", label: "Open account", line: accountLine("account", accountId) };
}

/** The action's name in bold. */
function titleSpans(action: OpenAction): readonly Span[] {
  return actionPieces(action).map((text) => ({ text, style: "bold" }));
}

/** " · €4,200 · due 3 Dec 2026 · 1 h", and whoever holds it where that is not the reader. */
function detailSpans(
  { valueMinor, dueOn, effortMinutes, holder }: OpenAction,
  { currency, today, ownKeys }: EntryTerms,
): readonly Span[] {
  const details = [
    ...(valueMinor > 0 ? [formatMoney({ amount: valueMinor, currency })] : []),
    wordDueOn(dueOn, today),
    formatEffort(effortMinutes),
  ];
  return [
    ` · ${details.join(" · ")}`,
    ...(holder === undefined ? [" · nobody's"] : ownKeys.includes(holder.key) ? [] : [" · ", holder.name]),
  ];
}

function answers(action: OpenAction): readonly Action[] {
  const { id } = action;
  return [
    done(action),
    { kind: "fill", form: "day", label: "Snooze", line: actionLine("snooze", id) },
    { kind: "fill", form: "person", label: "Reassign", line: actionLine("reassign", id) },
    { kind: "fill", form: "reason", label: "Not relevant", line: actionLine("not-relevant", id) },
  ];
}

/** A pitch is done by its outcome, which the offer's waves go by. */
function done({ id, accountId, reasons }: OpenAction): Action {
  const offer = reasons.find(({ code }) => code === "offer");
  return offer?.code === "offer"
    ? {
        kind: "fill",
        form: "outcome",
        label: "Won, lost or no reply",
        line: offerLine({ id: offer.offerId, name: offer.offer }, "outcome", accountIn(accountId)),
        style: "primary",
      }
    : { kind: "fill", form: "work", label: "Done", line: actionLine("done", id), style: "primary" };
}
