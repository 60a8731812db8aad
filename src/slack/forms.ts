import type { SlackMessage } from "./block-parts.ts";
import { patiently } from "./patiently.ts";
import { isAboutBlocks, type Outcome, type SlackFault } from "./slack-fault.ts";

/**
 * One message in several forms, the best first. Each is made only when it is wanted, since a picture has to be
 * drawn and uploaded before a message can show it.
 */
export type Forms = () => AsyncGenerator<SlackMessage, void>;

/** A message on its way down its forms; whatever way it is sent by, it never goes up again. */
export interface Descent {
  readonly message: SlackMessage;
  /** Goes to the next form; false when there is none. */
  lower(): Promise<boolean>;
}

/** A message without forms has two: itself, and its text alone. */
export async function descend(forms: SlackMessage | Forms): Promise<Descent> {
  const left = typeof forms === "function" ? forms() : itselfAndText(forms);
  const first = await left.next();
  if (first.done) throw new Error("a message without any form");
  let message = first.value;
  return {
    get message() {
      return message;
    },
    async lower() {
      const next = await left.next();
      if (next.done) return false;
      message = next.value;
      return true;
    },
  };
}

/** Sends a message in the first of its forms that Slack does not refuse because of what it looks like. */
export async function sendDown<Value>(
  descent: Descent,
  send: (message: SlackMessage) => Promise<Outcome<Value>>,
  onFault: (fault: SlackFault) => void,
): Promise<Outcome<Value>> {
  for (;;) {
    const outcome = await patiently(() => send(descent.message), onFault);
    if (outcome.ok) return outcome;
    onFault(outcome.fault);
    if (!isAboutBlocks(outcome.fault) || !(await descent.lower())) return outcome;
  }
}

async function* itselfAndText(message: SlackMessage): AsyncGenerator<SlackMessage, void> {
  yield message;
  if (message.blocks.length > 0) yield { text: message.text, blocks: [] };
}
