import { setTimeout as wait } from "node:timers/promises";
import type { Conversation } from "./conversations.ts";
import { type Reply, sendSigned } from "./delivery.ts";
import type { JsonObject } from "./json.ts";
import { messagePayload } from "./message-payload.ts";
import type { EventAttempt, EventRecord, Message } from "./model.ts";
import { knownConversation, type Workspace } from "./workspace.ts";

// https://docs.slack.dev/apis/events-api#retries
const RETRY_DELAYS_MS = [0, 60_000, 300_000];

/** What the name of a subscription calls a kind of conversation. */
const MESSAGE_EVENTS = {
  channel: "message.channels",
  group: "message.groups",
  mpim: "message.mpim",
  im: "message.im",
} as const;

/**
 * Tells the app of a new message, if it has subscribed and is in the conversation. Its own messages come
 * back to it too, as in Slack; what only one person sees does not.
 */
export function announceMessage(workspace: Workspace, message: Message): void {
  const conversation = knownConversation(workspace, message.channelId);
  if (!isHeard(conversation, message)) return;
  const payload = { ...messagePayload(workspace, message), channel: message.channelId, event_ts: message.ts };
  const name = MESSAGE_EVENTS[conversation.kind];
  announce(workspace, conversation, name, { ...payload, channel_type: conversation.kind });
  const isMention = message.from === "user" && message.text.includes(`<@${workspace.app.userId}>`);
  if (isMention && conversation.kind !== "im") {
    announce(workspace, conversation, "app_mention", { ...payload, type: "app_mention" });
  }
}

/** Tells the app that a message has changed, or is gone when there is no new one. */
export function announceChange(workspace: Workspace, before: Message, after: Message | undefined): void {
  const conversation = knownConversation(workspace, before.channelId);
  if (!isHeard(conversation, before)) return;
  const ts = workspace.nextTs();
  announce(workspace, conversation, MESSAGE_EVENTS[conversation.kind], {
    type: "message",
    hidden: true,
    ...(after === undefined
      ? { subtype: "message_deleted", deleted_ts: before.ts }
      : { subtype: "message_changed", message: messagePayload(workspace, after) }),
    previous_message: messagePayload(workspace, before),
    channel: before.channelId,
    channel_type: conversation.kind,
    ts,
    event_ts: ts,
  });
}

function isHeard(conversation: Conversation, message: Message): boolean {
  return message.ephemeralTo === undefined && conversation.appIsMember;
}

function announce(workspace: Workspace, conversation: Conversation, name: string, event: JsonObject): void {
  if (!workspace.options.events?.includes(name)) return;
  const record: EventRecord = { id: workspace.nextId("Ev"), name, event, attempts: [] };
  workspace.events.push(record);
  void deliverWithRetries(workspace, conversation, record);
}

/** Sends an event until the app acknowledges it, four times at most. */
async function deliverWithRetries(
  workspace: Workspace,
  conversation: Conversation,
  { id, name, event }: EventRecord,
): Promise<void> {
  const body = JSON.stringify(envelope(workspace, conversation, id, event));
  const delays = workspace.options.eventRetryDelaysMs ?? RETRY_DELAYS_MS;
  const attempts: EventAttempt[] = [];
  for (;;) {
    const retry = attempts.length;
    const reason = attempts.at(-1)?.failure;
    const retryHeaders = reason && { "X-Slack-Retry-Num": String(retry), "X-Slack-Retry-Reason": reason };
    const reply = await sendSigned(workspace, {
      kind: "event_callback",
      fields: { name, payload: body, ...(reason && { retry: String(retry), reason }) },
      body,
      headers: { "Content-Type": "application/json", ...retryHeaders },
    });
    attempts.push({ retry, failure: failureOf(reply) });
    const index = workspace.events.findIndex((each) => each.id === id);
    workspace.events[index] = { id, name, event, attempts: [...attempts] };
    workspace.changed();
    const delay = delays[retry];
    if (failureOf(reply) === undefined || isFinal(reply) || delay === undefined) return;
    if (!(await waited(workspace, delay))) return;
  }
}

function failureOf(reply: Reply): EventAttempt["failure"] {
  if (reply.kind === "timeout") return "http_timeout";
  if (reply.kind === "unreachable") return "connection_failed";
  return reply.status >= 200 && reply.status <= 299 ? undefined : "http_error";
}

/** An app can ask not to be sent the same event again. */
function isFinal(reply: Reply): boolean {
  return reply.kind === "answered" && reply.headers.get("x-slack-no-retry") === "1";
}

/** False when the playground closed in the meantime. */
function waited({ closing }: Workspace, milliseconds: number): Promise<boolean> {
  return wait(milliseconds, true, { signal: closing.signal, ref: false }).catch(() => false);
}

// https://docs.slack.dev/apis/events-api#events-JSON
function envelope(
  { options, app, nowMs, nextId }: Workspace,
  conversation: Conversation,
  id: string,
  event: JsonObject,
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
    is_ext_shared_channel: conversation.connectedTeams.length > 0,
    event_context: nextId("4-"),
  };
}
