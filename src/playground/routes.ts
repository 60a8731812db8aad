import type { IncomingMessage, ServerResponse } from "node:http";
import { serveFiles } from "./file-server.ts";
import { HttpError, readBody, requireLocalHost, send, sendJson } from "./http.ts";
import { type JsonObject, parseJson } from "./json.ts";
import { servePage } from "./page-server.ts";
import { answerResponseUrl } from "./response-url.ts";
import { callMethod, serveFault } from "./web-api.ts";
import type { Workspace } from "./workspace.ts";

/** Answers one request: the Web API, response URLs, files, or the page. */
export async function serve(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
): Promise<void> {
  try {
    requireLocalHost(request, port);
    await route(workspace, request, response, port);
  } catch (error) {
    if (response.headersSent) response.destroy();
    else if (error instanceof HttpError) send(response, error.status, "text/plain", error.message);
    else send(response, 500, "text/plain", error instanceof Error ? error.message : "error");
  }
}

async function route(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", workspace.origin);
  const method = /^\/api\/([A-Za-z.]+)$/.exec(pathname)?.[1];
  if (method !== undefined) {
    const answer = await callMethod(workspace, method, request, await readBody(request));
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
    return sendJson(response, answer.body, answer.status);
  }
  const responseUrl = /^\/response\/(\w+)$/.exec(pathname)?.[1];
  if (responseUrl !== undefined && request.method === "POST") {
    const args = parseJson(await readBody(request));
    const fault = workspace.faults.take("response_url");
    const answer = (fault && (await serveFault(fault))) ?? answerResponseUrl(workspace, responseUrl, args);
    workspace.calls.push({ method: "response_url", args: args as JsonObject, response: answer.body });
    return sendJson(response, answer.body, answer.status);
  }
  if (await serveFiles(workspace, request, response)) return;
  if (await servePage(workspace, request, response, port)) return;
  throw new HttpError(404, "nothing here");
}
