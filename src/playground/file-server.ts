import type { IncomingMessage, ServerResponse } from "node:http";
import { underFaults } from "./faults.ts";
import { fileTypeOf, isPicture } from "./file-types.ts";
import { appMaySee, LARGEST_FILE_BYTES } from "./files.ts";
import { HttpError, readBytes, send } from "./http.ts";
import type { StoredFile } from "./model.ts";
import { hasScope } from "./scopes.ts";
import { isValidBotToken } from "./tokens.ts";
import type { Workspace } from "./workspace.ts";

/** The addresses of files that an app uses; false when the address is none of them. */
export async function serveFiles(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { pathname } = new URL(request.url ?? "/", workspace.origin);
  const uploadKey = /^\/upload\/v1\/(\w+)$/.exec(pathname)?.[1];
  if (uploadKey !== undefined && request.method === "POST") {
    await receiveUpload(workspace, uploadKey, request, response);
    return true;
  }
  const [, fileId] = /^\/files-pri\/\w+-(\w+)\/(?:download\/)?[^/]+$/.exec(pathname) ?? [];
  if (fileId !== undefined && request.method === "GET") {
    await serveToApp(workspace, fileId, request, response);
    return true;
  }
  if (pathname === "/signin" && request.method === "GET") {
    send(response, 200, "text/html; charset=utf-8", SIGN_IN_PAGE);
    return true;
  }
  return false;
}

/** Slack answers a download without the right to it with a page for people, and status 200 in the end. */
const SIGN_IN_PAGE = `<!DOCTYPE html><html lang="en"><head><title>Sign in | Slack</title></head>
<body><h1>Sign in to your workspace</h1></body></html>`;

// https://docs.slack.dev/messaging/working-with-files#uploading_files
async function receiveUpload(
  workspace: Workspace,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const bytes = await uploadedBytes(request);
  await answerUnderFaults(workspace, "upload_url", response, () => {
    const upload = workspace.uploads.get(key);
    if (!upload) throw new HttpError(404, "no such upload");
    if (bytes.length !== upload.length) {
      throw new HttpError(400, `announced ${upload.length} bytes, received ${bytes.length}`);
    }
    upload.bytes = bytes;
    return () => send(response, 200, "text/plain", `OK - ${bytes.length}`);
  });
}

/** The bytes themselves, or the first file of a form. */
async function uploadedBytes(request: IncomingMessage): Promise<Buffer> {
  const body = await readBytes(request, LARGEST_FILE_BYTES);
  const contentType = request.headers["content-type"] ?? "";
  if (!contentType.startsWith("multipart/form-data")) return body;
  const form = await new Response(body, { headers: { "Content-Type": contentType } }).formData().catch(() => {
    throw new HttpError(400, "the form cannot be read");
  });
  const file = [...form.values()].find((value) => value instanceof File);
  if (!(file instanceof File)) throw new HttpError(400, "the form holds no file");
  return Buffer.from(await file.arrayBuffer());
}

// https://docs.slack.dev/reference/objects/file-object#authentication
async function serveToApp(
  workspace: Workspace,
  fileId: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await answerUnderFaults(workspace, "url_private", response, () => () => {
    const file = workspace.files.get(fileId);
    if (file && mayOpen(workspace, request, file)) return sendFile(file, response);
    const from = new URL(request.url ?? "/", workspace.origin).pathname;
    response
      .writeHead(302, { Location: `${workspace.origin}/signin?redir=${encodeURIComponent(from)}` })
      .end();
  });
}

function mayOpen(workspace: Workspace, request: IncomingMessage, file: StoredFile): boolean {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const isBot = isValidBotToken(workspace.credentials, token, workspace.nowMs());
  return isBot && hasScope(workspace, "files:read") && appMaySee(workspace, file);
}

/** Sends a file's bytes. Only pictures open in place: anything else could run as a page of the playground. */
export function sendFile(file: StoredFile, response: ServerResponse): void {
  const { mimetype } = fileTypeOf(file.name);
  const place = isPicture(mimetype) ? "inline" : "attachment";
  const name = encodeURIComponent(file.name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  response.setHeader("Content-Disposition", `${place}; filename*=UTF-8''${name}`);
  send(response, 200, mimetype, file.bytes);
}

/** Does the work and sends the answer that it returns, unless a fault is in the way. */
async function answerUnderFaults(
  workspace: Workspace,
  method: string,
  response: ServerResponse,
  work: () => () => void,
): Promise<void> {
  const outcome = await underFaults(workspace, method, work);
  switch (outcome.kind) {
    case "done":
      return outcome.value();
    case "dropped":
      response.destroy();
      return;
    case "failed": {
      const { status, body, headers = {} } = outcome.answer;
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      send(response, status, "text/plain", String(body.error ?? ""));
    }
  }
}
