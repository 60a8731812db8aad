import { AsyncLocalStorage } from "node:async_hooks";

/** How a request ended, as its line in the log says. */
export type Outcome = "done" | "failed" | "not installed";

const current = new AsyncLocalStorage<{ outcome: Outcome }>();

/** Notes how the request that is being handled ends; nothing where none is. A failure stays one. */
export function noteOutcome(outcome: Outcome): void {
  const note = current.getStore();
  if (note && note.outcome !== "failed") note.outcome = outcome;
}

/** Handles a request, and returns what was noted meanwhile. */
export async function outcomeOf(work: () => Promise<void>): Promise<Outcome> {
  const note: { outcome: Outcome } = { outcome: "done" };
  await current.run(note, work);
  return note.outcome;
}
