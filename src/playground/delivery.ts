import { type JsonObject, parseJson } from "./json.ts";
import { slackSignature } from "./signature.ts";
import type { Workspace } from "./workspace.ts";

/** Slack's own limit, https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response. */
const ACKNOWLEDGE_WITHIN_MS = 3000;

export type Acknowledgement =
  | { readonly ok: true; readonly text: string; readonly json: unknown }
  | { readonly ok: false; readonly error: "operation_timeout" | "dispatch_failed"; readonly detail: string };

/** Sends one signed, form-encoded request to the app, as Slack does, and waits for its acknowledgement. */
export async function deliver(
  workspace: Workspace,
  kind: string,
  fields: Readonly<Record<string, string>>,
): Promise<Acknowledgement> {
  const reply = await sendSigned(workspace, {
    kind,
    fields,
    body: new URLSearchParams(fields).toString(),
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
  switch (reply.kind) {
    case "answered":
      return reply.status < 200 || reply.status > 299
        ? { ok: false, error: "dispatch_failed", detail: `HTTP ${reply.status}` }
        : { ok: true, text: reply.text, json: parseJson(reply.text) };
    case "timeout":
      return { ok: false, error: "operation_timeout", detail: "no answer within 3 seconds" };
    case "unreachable":
      return { ok: false, error: "dispatch_failed", detail: reply.detail };
  }
}

export type Reply =
  | { readonly kind: "answered"; readonly status: number; readonly text: string; readonly headers: Headers }
  | { readonly kind: "timeout" }
  | { readonly kind: "unreachable"; readonly detail: string };

/** Signs and sends one request, whatever its body, and records the delivery; `fields` say what the record shows. */
export async function sendSigned(
  workspace: Workspace,
  request: {
    readonly kind: string;
    readonly fields: Readonly<Record<string, string>>;
    readonly body: string;
    readonly headers: Readonly<Record<string, string>>;
  },
): Promise<Reply> {
  const started = performance.now();
  const reply = await send(workspace, request.body, request.headers);
  const isAccepted = reply.kind === "answered" && reply.status >= 200 && reply.status <= 299;
  workspace.deliveries.push({
    kind: request.kind,
    fields: request.fields,
    milliseconds: performance.now() - started,
    status: reply.kind === "answered" ? reply.status : undefined,
    error: isAccepted ? undefined : reply.kind === "timeout" ? "operation_timeout" : "dispatch_failed",
  });
  return reply;
}

async function send(
  { options }: Workspace,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<Reply> {
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
      signal: AbortSignal.timeout(options.acknowledgeWithinMs ?? ACKNOWLEDGE_WITHIN_MS),
    });
    const { status } = response;
    return { kind: "answered", status, text: await response.text(), headers: response.headers };
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") return { kind: "timeout" };
    return { kind: "unreachable", detail: error instanceof Error ? error.message : "" };
  }
}

/** Delivers an interaction; Slack puts its JSON into the form field `payload`. */
export function deliverPayload(
  workspace: Workspace,
  payload: JsonObject & { readonly type: string },
): Promise<Acknowledgement> {
  return deliver(workspace, payload.type, { payload: JSON.stringify(payload) });
}

/** A trigger id: three seconds and one modal, https://docs.slack.dev/interactivity/handling-user-interaction. */
export function issueTrigger(workspace: Workspace, userId: string, viewId?: string): string {
  const id = `${workspace.nextId("")}.${workspace.options.team.id}.trigger`;
  workspace.triggers.set(id, { userId, viewId, issuedAt: workspace.nowMs(), exchanged: false });
  return id;
}

/** A response URL for five answers within half an hour. */
export function issueResponseUrl(
  workspace: Workspace,
  source: { readonly userId: string; readonly channelId: string; readonly original?: string },
): { readonly id: string; readonly url: string } {
  const id = workspace.nextId("R");
  workspace.responseUrls.set(id, {
    userId: source.userId,
    channelId: source.channelId,
    issuedAt: workspace.nowMs(),
    uses: 0,
    original: source.original,
  });
  return { id, url: `${workspace.origin}/response/${id}` };
}
