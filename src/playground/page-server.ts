import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { openAppTab } from "./home.ts";
import { HttpError, readBody, requireOwnOrigin, send, sendJson } from "./http.ts";
import { press, suggest } from "./interactions.ts";
import { parseJson } from "./json.ts";
import { closeView, submitView } from "./modals.ts";
import { pageHtml, pageScript, pageStyle } from "./page-bundle.ts";
import { receivePageUpload, servePageFile } from "./page-files.ts";
import { pageState } from "./page-state.ts";
import { say } from "./saying.ts";
import { takeShortcut } from "./shortcuts.ts";
import { runSlashCommand } from "./slash-command.ts";
import { userById, type Workspace } from "./workspace.ts";

// Everything the page needs comes from here; nothing may be loaded from elsewhere but a message's own images.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data: https:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

const id = z.string().min(1).max(100);
const anyValue = z.union([
  z.string(),
  z.array(z.string()),
  z.record(z.string(), z.unknown()),
  z.array(z.record(z.string(), z.unknown())),
  z.null(),
]);
const target = {
  userId: id,
  messageTs: id.optional(),
  viewId: id.optional(),
  actionId: z.string().max(255).optional(),
  blockId: z.string().max(255).optional(),
};

const slashInput = z.object({ userId: id, channelId: id, text: z.string().max(4000) });
const sayInput = slashInput.extend({ fileIds: z.array(id).max(10).optional() });
const pressInput = z.object({ ...target, value: anyValue.optional() });
const suggestInput = z.object({ ...target, value: z.string().max(255) });
const shortcutInput = z.object({ userId: id, messageTs: id, callbackId: z.string().max(255) });
const tabInput = z.object({ userId: id, tab: z.enum(["home", "messages"]) });
const submitInput = z.object({ userId: id, viewId: id, values: z.record(z.string(), anyValue) });
const closeInput = z.object({ userId: id, viewId: id, all: z.boolean().optional() });

/** What the page may ask for, by the last part of its address. */
const ACTIONS: Readonly<Record<string, (workspace: Workspace, input: unknown) => unknown>> = {
  slash: (workspace, input) => runSlashCommand(workspace, slashInput.parse(input)),
  say: (workspace, input) => say(workspace, dropUndefined(sayInput.parse(input))),
  press: (workspace, input) => press(workspace, dropUndefined(pressInput.parse(input))),
  suggest: (workspace, input) => suggest(workspace, dropUndefined(suggestInput.parse(input))),
  shortcut: (workspace, input) => takeShortcut(workspace, shortcutInput.parse(input)),
  tab: (workspace, input) => openAppTab(workspace, tabInput.parse(input)),
  submit: (workspace, input) => submitView(workspace, submitInput.parse(input)),
  close: (workspace, input) => closeView(workspace, dropUndefined(closeInput.parse(input))),
};

/** Serves the page and what it asks for; false when the address is none of its own. */
export async function servePage(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
): Promise<boolean> {
  const url = new URL(request.url ?? "/", workspace.origin);
  if (request.method === "GET") return serveFile(workspace, url, response);
  if (request.method === "POST" && url.pathname === "/page/upload") {
    requireOwnOrigin(request, port, "application/octet-stream");
    await receivePageUpload(workspace, url, request, response);
    return true;
  }
  const action = /^\/page\/([a-z]+)$/.exec(url.pathname)?.[1];
  if (request.method !== "POST" || action === undefined || !Object.hasOwn(ACTIONS, action)) return false;
  requireOwnOrigin(request, port, "application/json");
  const input = parseJson(await readBody(request));
  try {
    const result = await ACTIONS[action]?.(workspace, input);
    sendJson(response, result ?? { ok: true });
  } catch (error) {
    sendJson(response, { error: error instanceof Error ? error.message : "unknown" }, 400);
  }
  return true;
}

async function serveFile(workspace: Workspace, url: URL, response: ServerResponse): Promise<boolean> {
  switch (url.pathname) {
    case "/":
      response.setHeader("Content-Security-Policy", POLICY);
      response.setHeader("Referrer-Policy", "no-referrer");
      send(response, 200, "text/html; charset=utf-8", pageHtml(`${workspace.app.name} playground`));
      return true;
    case "/page.js":
      send(response, 200, "text/javascript; charset=utf-8", await pageScript());
      return true;
    case "/page.css":
      send(response, 200, "text/css; charset=utf-8", await pageStyle());
      return true;
    case "/page/file":
      servePageFile(workspace, url, response);
      return true;
    case "/page/events":
      streamState(workspace, url.searchParams.get("user") ?? "", response);
      return true;
    default:
      return false;
  }
}

/** Sends the whole state now and after each change; the page only ever draws the newest. */
function streamState(workspace: Workspace, userId: string, response: ServerResponse): void {
  const viewer = userById(workspace, userId) ?? workspace.options.users[0];
  if (!viewer) throw new HttpError(404, "the playground has no users");
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  const write = () => response.write(`data: ${JSON.stringify(pageState(workspace, viewer.id))}\n\n`);
  let isDue = false;
  const stop = workspace.onChange(() => {
    if (isDue) return;
    // Several changes of one moment, such as an answer and its replacement, are one drawing.
    isDue = true;
    setTimeout(() => {
      isDue = false;
      if (!response.destroyed) write();
    }, 5);
  });
  response.on("close", stop);
  write();
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** With exact optional properties, a field that is `undefined` is not the same as none. */
function dropUndefined<T extends object>(value: T): Defined<T> {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}
