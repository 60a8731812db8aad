import { type JsonObject, parseJson } from "./json.ts";
import { slackSignature } from "./signature.ts";
import { type EnvelopeContent, sendEnvelope } from "./socket-mode.ts";
import type { Workspace } from "./workspace.ts";

/** Slack's own limit, https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response. */
const ACKNOWLEDGE_WITHIN_MS = 3000;

export type Acknowledgement =
  | { readonly ok: true; readonly text: string; readonly json: unknown }
  | { readonly ok: false; readonly error: "operation_timeout" | "dispatch_failed"; readonly detail: string };

/** How the app answered one delivery, whichever way it went. */
export type Reply =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly text: string;
      /** The app asked not to be sent this again. */
      readonly refusesRetry: boolean;
    }
  | { readonly kind: "timeout" }
  | { readonly kind: "unreachable"; readonly detail: string };

/** One thing to tell the app: as an HTTP request, or as an envelope where the app uses Socket Mode. */
export interface Dispatch {
  /** With `fields`, what the record of deliveries shows. */
  readonly kind: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly envelope: EnvelopeContent;
}

/** Tells the app of a slash command and waits for its acknowledgement. */
export async function deliverCommand(
  workspace: Workspace,
  fields: Readonly<Record<string, string>>,
): Promise<Acknowledgement> {
  const envelope = { type: "slash_commands", payload: fields, accepts_response_payload: true } as const;
  return acknowledgementOf(await dispatch(workspace, asForm("slash_command", fields, envelope)));
}

/** Delivers an interaction; over HTTP Slack puts its JSON into the form field `payload`. */
export async function deliverPayload(
  workspace: Workspace,
  payload: JsonObject & { readonly type: string },
): Promise<Acknowledgement> {
  const envelope = { type: "interactive", payload, accepts_response_payload: true } as const;
  const fields = { payload: JSON.stringify(payload) };
  return acknowledgementOf(await dispatch(workspace, asForm(payload.type, fields, envelope)));
}

function asForm(kind: string, fields: Readonly<Record<string, string>>, envelope: EnvelopeContent): Dispatch {
  const body = new URLSearchParams(fields).toString();
  return { kind, fields, body, headers: { "Content-Type": "application/x-www-form-urlencoded" }, envelope };
}

/** Delivers once, records it and waits for the answer. */
export async function dispatch(workspace: Workspace, wanted: Dispatch): Promise<Reply> {
  const { socketMode, acknowledgeWithinMs = ACKNOWLEDGE_WITHIN_MS } = workspace.options;
  const started = performance.now();
  const reply = socketMode
    ? await sendEnvelope(workspace, wanted.envelope, acknowledgeWithinMs)
    : await post(workspace, wanted, acknowledgeWithinMs);
  workspace.deliveries.push({
    kind: wanted.kind,
    fields: wanted.fields,
    milliseconds: performance.now() - started,
    status: reply.kind === "answered" ? reply.status : undefined,
    error: isAccepted(reply) ? undefined : errorOf(reply),
  });
  return reply;
}

export function isAccepted(reply: Reply): boolean {
  return reply.kind === "answered" && reply.status >= 200 && reply.status <= 299;
}

function acknowledgementOf(reply: Reply): Acknowledgement {
  if (reply.kind === "answered" && isAccepted(reply)) {
    return { ok: true, text: reply.text, json: parseJson(reply.text) };
  }
  return { ok: false, error: errorOf(reply), detail: detailOf(reply) };
}

function errorOf(reply: Reply): "operation_timeout" | "dispatch_failed" {
  return reply.kind === "timeout" ? "operation_timeout" : "dispatch_failed";
}

function detailOf(reply: Reply): string {
  switch (reply.kind) {
    case "answered":
      return `HTTP ${reply.status}`;
    case "timeout":
      return "no answer within 3 seconds";
    case "unreachable":
      return reply.detail;
  }
}

/** Signs and sends one request, as Slack does. */
async function post({ options }: Workspace, { body, headers }: Dispatch, timeoutMs: number): Promise<Reply> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  try {
    const response = await fetch(options.appUrl(), {
      method: "POST",
      body,
      headers: {
        ...headers,
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": slackSignature(options.signingSecret, timestamp, body),
      },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    const refusesRetry = response.headers.get("x-slack-no-retry") === "1";
    return { kind: "answered", status: response.status, text, refusesRetry };
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") return { kind: "timeout" };
    return { kind: "unreachable", detail: error instanceof Error ? error.message : "" };
  }
}
