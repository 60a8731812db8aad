import { setTimeout as wait } from "node:timers/promises";
import { dispatch, isAccepted, type Reply } from "./delivery.ts";
import type { JsonObject } from "./json.ts";
import type { EventAttempt, EventRecord } from "./model.ts";
import type { Workspace } from "./workspace.ts";

// https://docs.slack.dev/apis/events-api#retries
const RETRY_DELAYS_MS = [0, 60_000, 300_000];

/** An event and where it happened. */
interface Announcement {
  /** As subscribed to. */
  readonly name: string;
  readonly event: JsonObject;
  /** Whether it happened in a channel shared with another company. */
  readonly isShared?: boolean;
}

/** Delivers an event that the app has subscribed to; resolves after the first attempt. */
export async function announce(
  workspace: Workspace,
  { name, event, isShared = false }: Announcement,
): Promise<void> {
  if (!workspace.options.events?.includes(name)) return;
  const record: EventRecord = { id: workspace.nextId("Ev"), name, event, attempts: [] };
  workspace.events.push(record);
  const payload = envelope(workspace, record.id, event, isShared);
  const reply = await attempt(workspace, record, payload, undefined);
  void retry(workspace, record, payload, reply);
}

/** Sends an event again until the app acknowledges it, three times at most. */
async function retry(
  workspace: Workspace,
  record: EventRecord,
  payload: JsonObject,
  first: Reply,
): Promise<void> {
  let reply = first;
  for (const delay of workspace.options.eventRetryDelaysMs ?? RETRY_DELAYS_MS) {
    const reason = failureOf(workspace, reply);
    if (reason === undefined || isFinal(reply) || !(await waited(workspace, delay))) return;
    reply = await attempt(workspace, record, payload, reason);
  }
}

/** Sends an event once and notes how it went. */
async function attempt(
  workspace: Workspace,
  { id, name }: EventRecord,
  payload: JsonObject,
  reason: EventAttempt["failure"],
): Promise<Reply> {
  const body = JSON.stringify(payload);
  const index = workspace.events.findIndex((each) => each.id === id);
  const known = workspace.events[index];
  const retry = known?.attempts.length ?? 0;
  const retryHeaders = reason && { "X-Slack-Retry-Num": String(retry), "X-Slack-Retry-Reason": reason };
  const reply = await dispatch(workspace, {
    kind: "event_callback",
    fields: { name, payload: body, ...(reason && { retry: String(retry), reason }) },
    body,
    headers: { "Content-Type": "application/json", ...retryHeaders },
    envelope: {
      type: "events_api",
      payload,
      accepts_response_payload: false,
      retry_attempt: retry,
      retry_reason: reason ?? "",
    },
  });
  if (known) {
    const failure = failureOf(workspace, reply);
    workspace.events[index] = { ...known, attempts: [...known.attempts, { retry, failure }] };
  }
  workspace.changed();
  return reply;
}

/** Socket Mode knows one reason: nobody acknowledged, connected or not. */
function failureOf({ options }: Workspace, reply: Reply): EventAttempt["failure"] {
  if (isAccepted(reply)) return undefined;
  if (options.socketMode) return "timeout";
  if (reply.kind === "timeout") return "http_timeout";
  return reply.kind === "unreachable" ? "connection_failed" : "http_error";
}

function isFinal(reply: Reply): boolean {
  return reply.kind === "answered" && reply.refusesRetry;
}

/** False when the playground closed in the meantime. */
function waited({ closing }: Workspace, milliseconds: number): Promise<boolean> {
  return wait(milliseconds, true, { signal: closing.signal, ref: false }).catch(() => false);
}

// https://docs.slack.dev/apis/events-api#events-JSON
function envelope(
  { options, app, nowMs, nextId }: Workspace,
  id: string,
  event: JsonObject,
  isShared: boolean,
): JsonObject {
  return {
    token: "playground",
    team_id: options.team.id,
    context_team_id: options.team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event,
    type: "event_callback",
    event_id: id,
    event_time: Math.floor(nowMs() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: options.team.id,
        user_id: app.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: isShared,
    event_context: nextId("4-"),
  };
}
