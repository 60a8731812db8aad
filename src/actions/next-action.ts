import type { Context, Entry } from "../command.ts";
import { dayIn } from "../core/calendar.ts";
import type { ActionSelection, OpenAction } from "../store/actions.ts";
import type { Snapshot } from "../store/reads.ts";
import { actionEntry, type EntryTerms, entryOnCard, entryTerms } from "./action-entry.ts";

/** The first open action of a selection, and how it is shown. */
interface NextAction {
  readonly action: OpenAction;
  readonly entry: Entry;
  /** What it is worded by. */
  readonly terms: EntryTerms;
}

/** What to do next with an account, as its card shows it. */
export async function nextOfAccount(
  snapshot: Snapshot,
  accountId: string,
  context: Context,
): Promise<NextAction | undefined> {
  const terms = entryTerms(snapshot, context);
  const action = await firstOpen(snapshot, { accountId }, context);
  return action && { action, terms, entry: entryOnCard(action, terms) };
}

/** What the reader is to do next, of what they hold. */
export async function nextOfReader(snapshot: Snapshot, context: Context): Promise<NextAction | undefined> {
  const terms = entryTerms(snapshot, context);
  const action = await firstOpen(snapshot, { holderKeys: terms.ownKeys }, context);
  return action && { action, terms, entry: actionEntry(action, terms, "Next for you: ") };
}

async function firstOpen(
  snapshot: Snapshot,
  selection: ActionSelection,
  { store, now, access }: Context,
): Promise<OpenAction | undefined> {
  const today = dayIn(now, access.timeZone);
  const { rows } = await store.actions(snapshot, selection, today, { offset: 0, limit: 1 });
  return rows[0];
}
