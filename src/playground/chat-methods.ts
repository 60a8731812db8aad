import { ApiError, type Method } from "./api-error.ts";
import { type Conversation, directMessageId, isVisible } from "./conversations.ts";
import { isObject, type JsonObject } from "./json.ts";
import { messagePayload } from "./message-payload.ts";
import { addMessage, checkDraft, findMessage, removeMessage, replaceMessage } from "./messages.ts";
import type { Message } from "./model.ts";
import { userById, type Workspace } from "./workspace.ts";

/** https://docs.slack.dev/reference/methods?family=chat */
export const chatMethods: Readonly<Record<string, Method>> = {
  "chat.postMessage": (workspace, args) => {
    const conversation = destination(workspace, args.channel);
    const { draft, warning } = draftOf(workspace, "chat.postMessage", args);
    const message = addMessage(workspace, {
      ...draft,
      ...author(workspace),
      ...thread(args),
      ...metadata(args),
      channelId: conversation.id,
    });
    return {
      channel: conversation.id,
      ts: message.ts,
      message: messagePayload(workspace, message),
      ...(warning === undefined ? {} : { warning, response_metadata: { warnings: [warning] } }),
    };
  },
  "chat.postEphemeral": (workspace, args) => {
    const conversation = destination(workspace, args.channel);
    const userId = String(args.user ?? "");
    if (!userById(workspace, userId)) throw new ApiError("user_not_found");
    if (!conversation.memberIds.includes(userId)) throw new ApiError("user_not_in_channel");
    const { draft } = draftOf(workspace, "chat.postEphemeral", args);
    const message = addMessage(workspace, {
      ...draft,
      ...author(workspace),
      ...thread(args),
      channelId: conversation.id,
      ephemeralTo: userId,
    });
    return { message_ts: message.ts };
  },
  "chat.update": (workspace, args) => {
    const original = ownMessage(workspace, args, "cant_update_message");
    const { draft } = draftOf(workspace, "chat.update", args);
    // Blocks that are not mentioned stay; an empty list removes them.
    const blocks = args.blocks === undefined ? original.blocks : draft.blocks;
    const message = replaceMessage(workspace, original, { ...draft, blocks });
    return {
      channel: message.channelId,
      ts: message.ts,
      text: message.text,
      message: messagePayload(workspace, message),
    };
  },
  "chat.delete": (workspace, args) => {
    const original = ownMessage(workspace, args, "cant_delete_message");
    removeMessage(workspace, original);
    return { channel: original.channelId, ts: original.ts };
  },
};

/** The channel a message goes to, if the app may write there; a user id means the direct messages with that user. */
export function destination(workspace: Workspace, channel: unknown): Conversation {
  const id = String(channel ?? "");
  const conversation = workspace.conversations.get(userById(workspace, id) ? directMessageId(id) : id);
  // Of a private place it is not in, an app learns nothing, not even that it exists.
  if (!conversation || !isVisible(conversation)) throw new ApiError("channel_not_found");
  if (conversation.isArchived) throw new ApiError("is_archived");
  if (!conversation.appIsMember) throw new ApiError("not_in_channel");
  return conversation;
}

/** A message of the app's own that everybody sees; ephemeral ones cannot be changed through the Web API. */
function ownMessage(workspace: Workspace, args: JsonObject, refusal: string): Message {
  const conversation = destination(workspace, args.channel);
  const message = findMessage(workspace, String(args.ts ?? ""), conversation.id);
  if (!message || message.ephemeralTo !== undefined) throw new ApiError("message_not_found");
  if (message.from !== "app") throw new ApiError(refusal);
  return message;
}

function draftOf(workspace: Workspace, where: string, args: JsonObject) {
  const outcome = checkDraft(workspace, where, args);
  if (outcome.ok) return outcome;
  const details = outcome.messages.length === 0 ? {} : { response_metadata: { messages: outcome.messages } };
  throw new ApiError(outcome.error, details);
}

export function author(workspace: Workspace) {
  return { from: "app" as const, userId: workspace.app.userId };
}

/** https://docs.slack.dev/messaging/message-metadata */
function metadata(args: JsonObject): Pick<Message, "metadata"> {
  if (args.metadata === undefined) return {};
  const { event_type, event_payload } = isObject(args.metadata) ? args.metadata : {};
  if (typeof event_type !== "string" || !isObject(event_payload))
    throw new ApiError("invalid_metadata_format");
  return { metadata: { event_type, event_payload } };
}

function thread(args: JsonObject): { readonly threadTs?: string } {
  return typeof args.thread_ts === "string" ? { threadTs: args.thread_ts } : {};
}
