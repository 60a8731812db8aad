import { addMessage } from "./messages.ts";
import type { Message } from "./model.ts";
import { escapeCommandText } from "./slash-command.ts";
import { knownConversation, knownUser, type Workspace } from "./workspace.ts";

/** What a person says in a conversation. */
export interface Saying {
  readonly userId: string;
  readonly channelId: string;
  /** As typed: `@name` and `#channel` become references. */
  readonly text: string;
  /** Files the person has uploaded. */
  readonly fileIds?: readonly string[];
  readonly threadTs?: string;
}

/** Posts what a person typed, with the files they attached. */
export function say(workspace: Workspace, { userId, channelId, text, fileIds, threadTs }: Saying): Message {
  const user = knownUser(workspace, userId);
  const conversation = knownConversation(workspace, channelId);
  if (!conversation.memberIds.includes(user.id)) throw new Error(`${userId} is not in ${channelId}`);
  const foreign = fileIds?.find((id) => workspace.files.get(id)?.userId !== user.id);
  if (foreign !== undefined) throw new Error(`${userId} has uploaded no file ${foreign}`);
  return addMessage(workspace, {
    channelId: conversation.id,
    from: "user",
    userId: user.id,
    text: escapeMessageText(workspace, text),
    ...(fileIds === undefined || fileIds.length === 0 ? {} : { fileIds }),
    ...(threadTs === undefined ? {} : { threadTs }),
  });
}

/** As a command's text, but people stand as bare ids, and the app can be mentioned too. */
function escapeMessageText({ options, app }: Workspace, text: string): string {
  const bot = { id: app.userId, name: app.name, realName: app.name, email: "" };
  const escaped = escapeCommandText(text, { channels: options.channels, users: [...options.users, bot] });
  return escaped.replace(/<@(\w+)\|[^>]*>/g, "<@$1>");
}
