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

/**
 * Whether Slack has looked into the file. What an app uploads is scanned first, and has neither type nor place
 * until then; the answer to the upload comes earlier. https://github.com/slackapi/node-slack-sdk/issues/2170
 */
export function isProcessed({ options, app, nowMs }: Workspace, file: StoredFile): boolean {
  return file.userId !== app.userId || nowMs() - file.createdMs >= (options.fileProcessingMs ?? 0);
}
