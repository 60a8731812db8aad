import type { IncomingMessage } from "node:http";
import { ApiError, type Method } from "./api-error.ts";
import { chatMethods } from "./chat-methods.ts";
import { conversationMethods } from "./conversation-methods.ts";
import type { Fault } from "./faults.ts";
import { fileMethods } from "./file-methods.ts";
import { isObject, type JsonObject, parseJson } from "./json.ts";
import { requireMethodScope } from "./scopes.ts";
import { userMethods } from "./user-methods.ts";
import { viewMethods } from "./view-methods.ts";
import type { Workspace } from "./workspace.ts";

export interface ApiAnswer {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

const METHODS: Readonly<Record<string, Method>> = {
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...userMethods,
  ...viewMethods,
  "api.test": (_workspace, args) => ({ args }),
  "auth.test": (workspace) => ({
    url: `${workspace.origin}/`,
    team: workspace.options.team.name,
    team_id: workspace.options.team.id,
    user: workspace.app.name.toLowerCase(),
    user_id: workspace.app.userId,
    bot_id: workspace.app.botId,
    is_enterprise_install: false,
  }),
};

/** One Web API call: faults first, then the token, then the method. */
export async function callMethod(
  workspace: Workspace,
  name: string,
  request: IncomingMessage,
  rawBody: string,
): Promise<ApiAnswer> {
  const args = argumentsOf(request, rawBody);
  const fault = workspace.faults.take(name);
  const served = fault && (await serveFault(fault));
  const answer = served ?? answerOf(workspace, name, request, args);
  const { token: _secret, ...recorded } = args;
  workspace.calls.push({ method: name, args: recorded, response: answer.body });
  return answer;
}

/** Waits and fails as the fault says; a mere delay leaves the real answer to follow. */
export async function serveFault(fault: Fault): Promise<ApiAnswer | undefined> {
  if (fault.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  if (fault.retryAfter !== undefined) {
    const headers = { "Retry-After": String(fault.retryAfter) };
    return { status: 429, body: { ok: false, error: "ratelimited" }, headers };
  }
  if (fault.error !== undefined)
    return { status: fault.status ?? 200, body: { ok: false, error: fault.error } };
  return fault.status === undefined ? undefined : { status: fault.status, body: {} };
}

function answerOf(workspace: Workspace, name: string, request: IncomingMessage, args: JsonObject): ApiAnswer {
  try {
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    if (!method) throw new ApiError("unknown_method", { req_method: name });
    if (name !== "api.test") checkToken(workspace, request, args);
    requireMethodScope(workspace, name);
    return { status: 200, body: { ok: true, ...method(workspace, args) } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: 200, body: { ok: false, error: error.message, ...error.details } };
  }
}

function checkToken(workspace: Workspace, request: IncomingMessage, args: JsonObject): void {
  const token = request.headers.authorization?.replace(/^Bearer /i, "") ?? args.token;
  if (token === undefined || token === "") throw new ApiError("not_authed");
  if (token !== workspace.options.botToken) throw new ApiError("invalid_auth");
}

/** Arguments from a JSON or form body and the query; structured ones arrive as JSON text in a form. */
function argumentsOf(request: IncomingMessage, rawBody: string): JsonObject {
  const query = Object.fromEntries(new URL(request.url ?? "/", "http://localhost").searchParams);
  if (request.headers["content-type"]?.startsWith("application/json")) {
    const json = parseJson(rawBody);
    return isObject(json) ? { ...query, ...json } : query;
  }
  const form = { ...query, ...Object.fromEntries(new URLSearchParams(rawBody)) };
  return Object.fromEntries(Object.entries(form).map(([key, value]) => [key, fromForm(key, value)]));
}

const STRUCTURED = ["blocks", "view", "attachments", "metadata", "files", "args"];

function fromForm(key: string, value: string): unknown {
  if (STRUCTURED.includes(key)) return parseJson(value) ?? value;
  return value === "true" ? true : value === "false" ? false : value;
}
