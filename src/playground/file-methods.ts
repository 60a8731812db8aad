import { z } from "zod";
import { ApiError, type Method } from "./api-error.ts";
import { argumentsAs, wholeNumber } from "./arguments.ts";
import { author, destination } from "./chat-methods.ts";
import { filePayload } from "./file-payload.ts";
import { appMaySee, deleteFile, keepFile, LARGEST_FILE_BYTES } from "./files.ts";
import { addMessage, checkDraft } from "./messages.ts";
import type { StoredFile } from "./model.ts";
import type { Workspace } from "./workspace.ts";

const LONGEST_ALT_TEXT = 1000;

/** https://docs.slack.dev/reference/methods?family=files */
export const fileMethods: Readonly<Record<string, Method>> = {
  "files.getUploadURLExternal": (workspace, args) => {
    const { filename, length, ...rest } = argumentsAs(args, uploadArguments);
    const altText = rest.alt_txt ?? rest.alt_text;
    if (length > LARGEST_FILE_BYTES) throw new ApiError("file_upload_size_restricted");
    if ((altText?.length ?? 0) > LONGEST_ALT_TEXT) throw new ApiError("alt_txt_too_large");
    const fileId = workspace.nextId("F");
    const key = workspace.nextId("");
    workspace.uploads.set(key, { fileId, name: filename, length, altText, bytes: undefined });
    return { upload_url: `${workspace.origin}/upload/v1/${key}`, file_id: fileId };
  },
  "files.completeUploadExternal": (workspace, args) => {
    const wanted = argumentsAs(args, completionArguments);
    const named = [wanted.channel_id, ...(wanted.channels?.split(",") ?? [])].filter(
      (id) => id !== undefined,
    );
    const conversations = named.map((id) => destination(workspace, id));
    if (wanted.thread_ts !== undefined && conversations.length !== 1) throw new ApiError("invalid_arguments");
    const draft = introduction(workspace, wanted);
    const fileIds = keepUploads(workspace, wanted.files);
    for (const conversation of conversations) {
      addMessage(workspace, {
        ...author(workspace),
        ...draft,
        ...(wanted.thread_ts === undefined ? {} : { threadTs: wanted.thread_ts }),
        channelId: conversation.id,
        fileIds,
      });
    }
    return { files: fileIds.map((id) => filePayload(workspace, knownFile(workspace, id))) };
  },
  "files.info": (workspace, args) => {
    const wanted = argumentsAs(args, {
      file: z.string(),
      cursor: z.string().optional(),
      limit: wholeNumber.optional(),
      count: wholeNumber.optional(),
      page: wholeNumber.optional(),
    });
    const file = filePayload(workspace, knownFile(workspace, wanted.file));
    return { file, comments: [], response_metadata: { next_cursor: "" } };
  },
  "files.delete": (workspace, args) => {
    const file = knownFile(workspace, argumentsAs(args, { file: z.string() }).file);
    if (file.userId !== workspace.app.userId) throw new ApiError("cant_delete_file");
    deleteFile(workspace, file.id);
    return {};
  },
};

const uploadArguments = {
  filename: z.string().min(1),
  length: wholeNumber.min(1),
  snippet_type: z.string().optional(),
  alt_txt: z.string().optional(),
  // Slack documents `alt_txt`; its own client for JavaScript sends this name.
  alt_text: z.string().optional(),
};

const completionArguments = {
  files: z
    .array(
      z.strictObject({ id: z.string(), title: z.string().optional(), highlight_type: z.string().optional() }),
    )
    .min(1),
  channel_id: z.string().optional(),
  channels: z.string().optional(),
  initial_comment: z.string().optional(),
  thread_ts: z
    .string()
    .regex(/^\d+\.\d{6}$/)
    .optional(),
  blocks: z.array(z.unknown()).optional(),
};

/** What is said with the files: the comment, or else blocks; it is checked as any message is. */
function introduction(
  workspace: Workspace,
  {
    initial_comment: text,
    blocks,
  }: { readonly initial_comment?: string | undefined; readonly blocks?: unknown[] | undefined },
) {
  if (!text && (blocks === undefined || blocks.length === 0)) return { text: "", blocks: [] };
  const outcome = checkDraft(
    workspace,
    "files.completeUploadExternal",
    text ? { text } : { text: "", blocks },
  );
  if (outcome.ok) return outcome.draft;
  throw new ApiError(outcome.error, { response_metadata: { messages: outcome.messages } });
}

/** Turns what was uploaded into files, all or none; each upload is completed once. */
function keepUploads(
  workspace: Workspace,
  named: readonly { readonly id: string; readonly title?: string | undefined }[],
): readonly string[] {
  const uploads = new Map([...workspace.uploads].map(([key, upload]) => [upload.fileId, { ...upload, key }]));
  const finished = named.map(({ id, title }) => {
    const upload = uploads.get(id);
    if (upload?.bytes === undefined) throw new ApiError("file_not_found");
    return { ...upload, bytes: upload.bytes, title: title ?? upload.name };
  });
  for (const { key, fileId, name, title, bytes, altText } of finished) {
    workspace.uploads.delete(key);
    const described = altText === undefined ? {} : { altText };
    keepFile(workspace, { id: fileId, name, title, bytes, userId: workspace.app.userId, ...described });
  }
  return finished.map(({ fileId }) => fileId);
}

function knownFile(workspace: Workspace, id: string): StoredFile {
  if (workspace.deletedFiles.has(id)) throw new ApiError("file_deleted");
  const file = workspace.files.get(id);
  if (!file || !appMaySee(workspace, file)) throw new ApiError("file_not_found");
  return file;
}
