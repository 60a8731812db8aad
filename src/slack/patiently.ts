import { setTimeout as pause } from "node:timers/promises";
import type { Outcome, SlackFault } from "./slack-fault.ts";

/** Somebody is waiting: what takes longer is told instead. */
const MOST_PATIENCE_MS = 3_000;

type Work<Value> = () => Promise<Outcome<Value>>;
type Note = (fault: SlackFault) => void;

/** Does something again, once, where Slack asks to wait a little: it has surely not done it. */
export async function patiently<Value>(work: Work<Value>, note: Note): Promise<Outcome<Value>> {
  const outcome = await work();
  const waitMs = outcome.ok ? undefined : outcome.fault.retryAfterMs;
  if (outcome.ok || waitMs === undefined || waitMs > MOST_PATIENCE_MS) return outcome;
  note(outcome.fault);
  await pause(waitMs);
  return work();
}

/** Does something again, once, where nobody knows whether it was done: only for what nobody can see twice. */
export async function untilKnown<Value>(
  work: Work<Value>,
  note: Note,
  again: (fault: SlackFault) => Promise<Outcome<Value>> = work,
): Promise<Outcome<Value>> {
  const outcome = await work();
  if (outcome.ok || outcome.fault.fate !== "unknown") return outcome;
  note(outcome.fault);
  return again(outcome.fault);
}
