import type { Conversation } from "./conversations.ts";
import { announce } from "./event-delivery.ts";
import { messagePayload } from "./message-payload.ts";
import type { Message } from "./model.ts";
import { isInstalled } from "./tokens.ts";
import { knownConversation, type Workspace } from "./workspace.ts";

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
  if (!isHeard(workspace, conversation, message)) return;
  const payload = { ...messagePayload(workspace, message), channel: message.channelId, event_ts: message.ts };
  const name = MESSAGE_EVENTS[conversation.kind];
  const isShared = conversation.connectedTeams.length > 0;
  void announce(workspace, { name, event: { ...payload, channel_type: conversation.kind }, isShared });
  const isMention = message.from === "user" && message.text.includes(`<@${workspace.app.userId}>`);
  if (isMention && conversation.kind !== "im") {
    void announce(workspace, { name: "app_mention", event: { ...payload, type: "app_mention" }, isShared });
  }
}

/** Tells the app that a message has changed, or is gone when there is no new one. */
export function announceChange(workspace: Workspace, before: Message, after: Message | undefined): void {
  const conversation = knownConversation(workspace, before.channelId);
  if (!isHeard(workspace, conversation, before)) return;
  const ts = workspace.nextTs();
  const event = {
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
  };
  const isShared = conversation.connectedTeams.length > 0;
  void announce(workspace, { name: MESSAGE_EVENTS[conversation.kind], event, isShared });
}

function isHeard({ credentials }: Workspace, conversation: Conversation, message: Message): boolean {
  return isInstalled(credentials) && message.ephemeralTo === undefined && conversation.appIsMember;
}
