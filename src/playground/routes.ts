import type { IncomingMessage, ServerResponse } from "node:http";
import { type ApiAnswer, type Outcome, underFaults } from "./faults.ts";
import { serveFiles } from "./file-server.ts";
import { HttpError, readBody, requireLocalHost, send, sendJson } from "./http.ts";
import { objectOf, parseJson } from "./json.ts";
import { serveConsent } from "./oauth-page.ts";
import { servePage } from "./page-server.ts";
import { answerResponseUrl } from "./response-url.ts";
import { callMethod, shownBody } from "./web-api.ts";
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
  const method = /^\/api\/([A-Za-z0-9.]+)$/.exec(pathname)?.[1];
  if (method !== undefined) {
    return sendOutcome(await callMethod(workspace, method, request, await readBody(request)), response);
  }
  const responseUrl = /^\/response\/(\w+)$/.exec(pathname)?.[1];
  if (responseUrl !== undefined && request.method === "POST") {
    const args = parseJson(await readBody(request));
    const outcome = await underFaults(workspace, "response_url", () =>
      answerResponseUrl(workspace, responseUrl, args),
    );
    workspace.calls.push({ method: "response_url", args: objectOf(args), response: shownBody(outcome) });
    return sendOutcome(outcome, response);
  }
  if (await serveFiles(workspace, request, response)) return;
  if (await serveConsent(workspace, request, response, port)) return;
  if (await servePage(workspace, request, response, port)) return;
  throw new HttpError(404, "nothing here");
}

function sendOutcome(outcome: Outcome<ApiAnswer>, response: ServerResponse): void {
  if (outcome.kind === "dropped") {
    response.destroy();
    return;
  }
  const { status, body, headers = {} } = outcome.kind === "done" ? outcome.value : outcome.answer;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  sendJson(response, body, status);
}
