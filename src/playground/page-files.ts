import type { IncomingMessage, ServerResponse } from "node:http";
import { sendFile } from "./file-server.ts";
import { LARGEST_FILE_BYTES, personMaySee, storeFile } from "./files.ts";
import { HttpError, readBytes, sendJson } from "./http.ts";
import { visibleMessages } from "./messages.ts";
import { fileIdOf, slackFilesIn } from "./slack-file.ts";
import { userById, type Workspace } from "./workspace.ts";

/** Keeps a file that somebody has chosen in the page; it is posted or submitted afterwards, by its id. */
export async function receivePageUpload(
  workspace: Workspace,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = url.searchParams.get("name")?.slice(0, 255) || "file";
  const bytes = await readBytes(request, LARGEST_FILE_BYTES);
  const user = userById(workspace, url.searchParams.get("user") ?? "");
  if (!user) throw new HttpError(404, "no such person");
  sendJson(response, { id: storeFile(workspace, user.id, { name, bytes }).id });
}

/** Shows a file to the person who looks at the page, if it is theirs to see. */
export function servePageFile(workspace: Workspace, url: URL, response: ServerResponse): void {
  const userId = url.searchParams.get("user") ?? "";
  const file = workspace.files.get(url.searchParams.get("id") ?? "");
  if (!file || !(personMaySee(workspace, userId, file) || isPictured(workspace, userId, file.id))) {
    throw new HttpError(404, "no such file");
  }
  sendFile(file, response);
}

/** Whether something this person is shown has the file as a picture in it. */
function isPictured(workspace: Workspace, userId: string, fileId: string): boolean {
  const channels = [...workspace.conversations.values()];
  const messages = channels.flatMap(({ id }) =>
    visibleMessages(workspace, { channelId: id, viewerId: userId }).map(({ blocks }) => blocks),
  );
  const views = [...workspace.views.values()].filter((each) => each.userId === userId);
  const shown = [...messages, ...views.map(({ view }) => view.blocks)];
  return slackFilesIn(shown).some((each) => fileIdOf(each) === fileId);
}
