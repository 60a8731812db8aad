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
  const { options } = workspace;
  const body = new URLSearchParams(fields).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const started = performance.now();
  let status: number | undefined;
  const acknowledge = async (): Promise<Acknowledgement> => {
    try {
      const response = await fetch(options.appUrl(), {
        method: "POST",
        body,
        headers: {
          "Content-Type": "application/x-www-form-urlencoded",
          "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
          "X-Slack-Request-Timestamp": timestamp,
          "X-Slack-Signature": slackSignature(options.signingSecret, timestamp, body),
        },
        signal: AbortSignal.timeout(options.acknowledgeWithinMs ?? ACKNOWLEDGE_WITHIN_MS),
      });
      status = response.status;
      const text = await response.text();
      if (!response.ok) return { ok: false, error: "dispatch_failed", detail: `HTTP ${status}` };
      return { ok: true, text, json: parseJson(text) };
    } catch (error) {
      if (error instanceof Error && error.name === "TimeoutError") {
        return { ok: false, error: "operation_timeout", detail: "no answer within 3 seconds" };
      }
      return { ok: false, error: "dispatch_failed", detail: error instanceof Error ? error.message : "" };
    }
  };
  const acknowledgement = await acknowledge();
  workspace.deliveries.push({
    kind,
    fields,
    milliseconds: performance.now() - started,
    status,
    error: acknowledgement.ok ? undefined : acknowledgement.error,
  });
  return acknowledgement;
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
