import { answeredWith, brokenOff, type Outcome } from "./slack-fault.ts";

const ANSWERED_WITHIN_MS = 5_000;

/**
 * Posts to a response URL, once. The address is a secret: whoever knows it can post.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
export async function postToResponseUrl(url: string, body: object): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json; charset=utf-8" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(ANSWERED_WITHIN_MS),
    });
    const answer = parseJson(await response.text());
    if (response.ok && !isRefusal(answer)) return { ok: true, value: answer };
    const retryAfter = response.headers.get("Retry-After") ?? undefined;
    return { ok: false, fault: answeredWith(response.status, answer, retryAfter) };
  } catch (err) {
    return { ok: false, fault: brokenOff(err) };
  }
}

function isRefusal(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === false;
}

/** Slack answers "ok" or JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
