import { getPriority, setPriority } from "node:os";

/** Of what somebody does at a terminal. */
export const TERMINAL_NICENESS = 10;

/**
 * Lets whoever waits for an answer in Slack have the processor first. A process that is as polite already stays so:
 * becoming less polite is not allowed.
 *
 * @param niceness as of `nice`: at 5, others get three times as much where they want it; at 10, nine times.
 * @param processId this process without one; nothing happens to one that has ended.
 */
export function yieldToAnswers(niceness: number, processId = 0): void {
  try {
    if (getPriority(processId) < niceness) setPriority(processId, niceness);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_SYSTEM_ERROR")) throw error;
  }
}
