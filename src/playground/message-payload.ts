import { filePayload } from "./file-payload.ts";
import type { JsonObject } from "./json.ts";
import type { Message } from "./model.ts";
import { knownConversation, type Workspace } from "./workspace.ts";

/**
 * What stands for a file in a channel shared with another company: the app has to ask `files.info`.
 * https://docs.slack.dev/reference/events/message/file_share
 */
const TO_BE_ASKED_FOR = {
  mode: "file_access",
  file_access: "check_file_info",
  created: 0,
  timestamp: 0,
  user: "",
};

/** A posted message as payloads, events and the Web API describe it. */
export function messagePayload(workspace: Workspace, message: Message): JsonObject {
  return {
    type: "message",
    ...(message.from === "user" ? personsFields(workspace, message) : appsFields(workspace, message)),
    text: message.text,
    ts: message.ts,
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(message.version > 0 ? { edited: { user: workspace.app.userId, ts: message.ts } } : {}),
    ...filesFields(workspace, message),
  };
}

function appsFields({ app, options }: Workspace, message: Message): JsonObject {
  return {
    subtype: "bot_message",
    user: app.userId,
    bot_id: app.botId,
    app_id: app.id,
    team: options.team.id,
    blocks: message.blocks,
  };
}

function personsFields({ options }: Workspace, message: Message): JsonObject {
  const author = options.users.find(({ id }) => id === message.userId);
  return { user: message.userId, team: author?.teamId ?? options.team.id };
}

function filesFields(workspace: Workspace, { fileIds, channelId }: Message): JsonObject {
  if (fileIds === undefined) return {};
  const isShared = knownConversation(workspace, channelId).connectedTeams.length > 0;
  const files = fileIds.map((id) => {
    const file = workspace.files.get(id);
    if (!file) return { id, mode: "tombstone" };
    return isShared ? { id, ...TO_BE_ASKED_FOR } : filePayload(workspace, file);
  });
  return { subtype: "file_share", files, upload: false, display_as_bot: false };
}
