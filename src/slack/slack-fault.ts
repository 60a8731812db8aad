import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import { z } from "zod";

/** Why Slack did not do something, as it may be logged: without tokens, addresses and anybody's text. */
export interface SlackFault {
  /** Slack's word for it, such as `not_in_channel`, or the network's, such as `ECONNRESET`. */
  readonly error: string;
  readonly status?: number;
  /** What Slack says about the blocks it refuses. */
  readonly details?: readonly string[];
  /** How long Slack wants to be left alone. */
  readonly retryAfterMs?: number;
  /** Whether it surely was not done, or may have been. What may have been done is never done again. */
  readonly fate: "refused" | "unknown";
}

/** How a call of Slack went. */
export type Outcome<Value = unknown> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: SlackFault };

/** Where Slack says "ratelimited" and not for how long. */
const RETRY_AFTER_MS = 1_000;
const MOST_DETAILS = 3;

/** Slack gave up in the middle of it. */
const midway = new Set(["internal_error", "fatal_error", "service_unavailable", "request_timeout"]);
/** The request did not reach anybody. */
const unreached = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/** A call of the Web API that does not reject. */
export async function attempt<Value>(call: Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { ok: true, value: await call };
  } catch (err) {
    return { ok: false, fault: faultOf(err) };
  }
}

/** What went wrong in a call of the Web API. */
export function faultOf(err: unknown): SlackFault {
  if (err instanceof WebAPIPlatformError) return refusedWith(err.data.error, 200, undefined, err.data);
  if (err instanceof WebAPIRateLimitedError) return rateLimited(429, err.retryAfter);
  if (err instanceof WebAPIHTTPError) return answeredWith(err.statusCode, err.body, undefined);
  if (err instanceof WebAPIRequestError) return brokenOff(err.original);
  const message = err instanceof Error ? err.message.replace(/https?:\/\/\S+/g, "[address]") : "";
  return { ...brokenOff(err), ...(message !== "" && { details: [message.slice(0, 200)] }) };
}

/** What went wrong where an answer has a status, a body that may be Slack's, and perhaps a `Retry-After` header. */
export function answeredWith(status: number, body: unknown, retryAfter: string | undefined): SlackFault {
  const { data } = refusal.safeParse(body);
  if (status === 429) return rateLimited(status, Number(retryAfter));
  if (data) return refusedWith(data.error, status, retryAfter, data);
  return { error: `http_${status}`, status, fate: status >= 500 || status < 400 ? "unknown" : "refused" };
}

/** What went wrong where no answer came. */
export function brokenOff(err: unknown): SlackFault {
  const error = codeOf(err);
  return { error, fate: unreached.has(error) ? "refused" : "unknown" };
}

/** Whether Slack did not like how a message looks: in another form it may pass. */
export function isAboutBlocks({ error, details = [] }: SlackFault): boolean {
  return (
    /block|attachment|slack_file|too_long|invalid_arguments/.test(error) ||
    details.some((detail) => /json-pointer:\/(blocks|attachments)/.test(detail))
  );
}

/** Whether it may be done only after we have given up. */
export function isLate({ error }: SlackFault): boolean {
  return error === "TimeoutError";
}

/** Whether a response URL is of no use any more. */
export function isSpentAddress({ error, status }: SlackFault): boolean {
  return /_url$/.test(error) || status === 404 || status === 410;
}

const refusal = z.object({ ok: z.literal(false), error: z.string() });
const metadata = z.object({ response_metadata: z.object({ messages: z.array(z.string()) }) });

function refusedWith(
  said: string,
  status: number,
  retryAfter: string | undefined,
  answer: unknown,
): SlackFault {
  // What is no word is a page that somebody between us and Slack made.
  const isWord = /^[\w.-]{1,80}$/.test(said);
  if (said === "ratelimited" || said === "rate_limited") return rateLimited(status, Number(retryAfter));
  const { data } = metadata.safeParse(answer);
  const details = data?.response_metadata.messages.slice(0, MOST_DETAILS).map((each) => each.slice(0, 200));
  return {
    error: isWord ? said : "unreadable_answer",
    status,
    ...(details && details.length > 0 && { details }),
    fate: !isWord || status >= 500 || midway.has(said) ? "unknown" : "refused",
  };
}

function rateLimited(status: number, retryAfterSeconds: number): SlackFault {
  const isKnown = Number.isFinite(retryAfterSeconds) && retryAfterSeconds >= 0;
  const retryAfterMs = isKnown ? retryAfterSeconds * 1_000 : RETRY_AFTER_MS;
  return { error: "ratelimited", status, retryAfterMs, fate: "refused" };
}

const coded = z.object({ code: z.string() });

/** The innermost code of an error, such as `ECONNRESET`; else its name. Messages may hold addresses. */
function codeOf(err: unknown): string {
  if (!(err instanceof Error)) return "unknown";
  if (err.cause !== undefined) return codeOf(err.cause);
  const { data } = coded.safeParse(err);
  return data?.code ?? err.name;
}
