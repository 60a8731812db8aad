/** A line that is sent, and what its answer must have to be one. */
export interface Line {
  /** Under which its figures are shown: `account <name>`. */
  readonly label: string;
  readonly text: string;
  readonly userId: string;
  readonly expects: string;
}

/** How long one request took, from the moment it was due. */
export interface Sample {
  readonly label: string;
  /** Until the answer had arrived; the whole wait for one that never did. */
  readonly answeredMs: number;
  /** Until the request was acknowledged, for which Slack waits three seconds. */
  readonly acknowledgedMs: number;
  readonly outcome: "answered" | "no-answer" | "not-an-answer";
  /** Why it is no answer. */
  readonly reason?: string;
}

/** Whether a message that was posted to a response URL is what was asked for, or what it is instead. */
export function checkAnswer(body: string, expects: string): Pick<Sample, "outcome" | "reason"> {
  const message = parse(body);
  if (typeof message !== "object" || message === null) return notAnAnswer("no message");
  const blocks = "blocks" in message ? message.blocks : undefined;
  if (!Array.isArray(blocks) || blocks.length === 0) return notAnAnswer("no blocks");
  if (JSON.stringify(message).includes(JSON.stringify(expects).slice(1, -1))) return { outcome: "answered" };
  return notAnAnswer("text" in message ? String(message.text) : "something else");
}

function notAnAnswer(reason: string): Pick<Sample, "outcome" | "reason"> {
  return { outcome: "not-an-answer", reason: reason.slice(0, 100) };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
