import { fileTypeOf } from "./file-types.ts";
import type { JsonObject } from "./json.ts";
import type { FileDraft, FileShare, StoredFile } from "./model.ts";
import type { Workspace } from "./workspace.ts";

/** Slack's limit, https://slack.com/help/articles/201330736 */
export const LARGEST_FILE_BYTES = 1_000_000_000;

/** Keeps a file of a person; nobody but that person sees it until it is posted or handed to the app. */
export function storeFile(workspace: Workspace, userId: string, draft: FileDraft): StoredFile {
  return keepFile(workspace, {
    id: workspace.nextId("F"),
    name: draft.name,
    title: draft.name,
    bytes: Buffer.from(draft.bytes),
    userId,
  });
}

export function keepFile(
  workspace: Workspace,
  file: Omit<StoredFile, "createdMs" | "shares" | "isGivenToApp">,
): StoredFile {
  const kept = { ...file, createdMs: workspace.nowMs(), shares: [], isGivenToApp: false };
  workspace.files.set(kept.id, kept);
  return kept;
}

/** Notes that a message carries the file, and with that who may see it. */
export function shareFile(workspace: Workspace, fileId: string, share: FileShare): void {
  const file = workspace.files.get(fileId);
  if (file) workspace.files.set(fileId, { ...file, shares: [...file.shares, share] });
}

export function giveFileToApp(workspace: Workspace, fileId: string): void {
  const file = workspace.files.get(fileId);
  if (file) workspace.files.set(fileId, { ...file, isGivenToApp: true });
}

/** Removes the bytes; messages that carried it say that it is gone. */
export function deleteFile(workspace: Workspace, fileId: string): void {
  workspace.files.delete(fileId);
  workspace.deletedFiles.add(fileId);
  workspace.changed();
}

/** Whether the bot's token opens it: its own, handed to it, or posted where the app is. */
export function appMaySee(workspace: Workspace, file: StoredFile): boolean {
  return (
    file.userId === workspace.app.userId ||
    file.isGivenToApp ||
    file.shares.some(({ channelId }) => workspace.conversations.get(channelId)?.appIsMember === true)
  );
}

/** Whether a person may open it: their own, or posted where they are. */
export function personMaySee(workspace: Workspace, userId: string, file: StoredFile): boolean {
  const isMember = ({ channelId }: FileShare) =>
    workspace.conversations.get(channelId)?.memberIds.includes(userId) === true;
  return file.userId === userId || file.shares.some(isMember);
}

/** A file as payloads and the Web API describe it, https://docs.slack.dev/reference/objects/file-object */
export function filePayload(workspace: Workspace, file: StoredFile): JsonObject {
  const { filetype, mimetype, prettyType } = fileTypeOf(file.name);
  const { origin, options } = workspace;
  const created = Math.floor(file.createdMs / 1000);
  const name = encodeURIComponent(file.name);
  const address = `${origin}/files-pri/${options.team.id}-${file.id}`;
  return {
    id: file.id,
    created,
    timestamp: created,
    name: file.name,
    title: file.title,
    mimetype,
    filetype,
    pretty_type: prettyType,
    user: file.userId,
    user_team: teamOf(workspace, file.userId),
    editable: false,
    size: file.bytes.length,
    mode: "hosted",
    is_external: false,
    external_type: "",
    is_public: sharesIn(workspace, file, "channel").length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: "",
    url_private: `${address}/${name}`,
    url_private_download: `${address}/download/${name}`,
    permalink: `${origin}/files/${file.userId}/${file.id}/${name}`,
    permalink_public: `${origin}/${options.team.id}-${file.id}-public`,
    ...(file.altText === undefined ? {} : { alt_txt: file.altText }),
    is_starred: false,
    has_rich_preview: false,
    file_access: "visible",
    channels: channelsOf(sharesIn(workspace, file, "channel")),
    groups: channelsOf(sharesIn(workspace, file, "group", "mpim")),
    ims: channelsOf(sharesIn(workspace, file, "im")),
    shares: {
      public: byChannel(workspace, sharesIn(workspace, file, "channel")),
      private: byChannel(workspace, sharesIn(workspace, file, "group", "mpim", "im")),
    },
  };
}

function teamOf(workspace: Workspace, userId: string): string {
  const user = workspace.options.users.find(({ id }) => id === userId);
  return user?.teamId ?? workspace.options.team.id;
}

function sharesIn(workspace: Workspace, file: StoredFile, ...kinds: readonly string[]): readonly FileShare[] {
  return file.shares.filter(({ channelId }) =>
    kinds.includes(workspace.conversations.get(channelId)?.kind ?? ""),
  );
}

function channelsOf(shares: readonly FileShare[]): readonly string[] {
  return [...new Set(shares.map(({ channelId }) => channelId))];
}

function byChannel(workspace: Workspace, shares: readonly FileShare[]): JsonObject {
  const describe = ({ channelId, ts }: FileShare) => ({
    ts,
    channel_name: workspace.conversations.get(channelId)?.name ?? "",
    team_id: workspace.options.team.id,
  });
  return Object.fromEntries(
    channelsOf(shares).map((id) => [id, shares.filter(({ channelId }) => channelId === id).map(describe)]),
  );
}
