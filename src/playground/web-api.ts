import type { IncomingMessage } from "node:http";
import { ApiError, type Method } from "./api-error.ts";
import { chatMethods } from "./chat-methods.ts";
import { conversationMethods } from "./conversation-methods.ts";
import { type ApiAnswer, type Outcome, underFaults } from "./faults.ts";
import { fileMethods } from "./file-methods.ts";
import { historyMethods } from "./history-methods.ts";
import { isObject, type JsonObject, parseJson, textOf } from "./json.ts";
import { revokingMethods, tokenlessMethods } from "./oauth-methods.ts";
import { requireMethodScope } from "./scopes.ts";
import { requireAppToken, socketMethods } from "./socket-server.ts";
import { requireBotToken } from "./tokens.ts";
import { userMethods } from "./user-methods.ts";
import { viewMethods } from "./view-methods.ts";
import type { Workspace } from "./workspace.ts";

const METHODS: Readonly<Record<string, Method>> = {
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...historyMethods,
  ...revokingMethods,
  ...socketMethods,
  ...tokenlessMethods,
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

/** One Web API call, under its faults: the token, then the method. */
export async function callMethod(
  workspace: Workspace,
  name: string,
  request: IncomingMessage,
  rawBody: string,
): Promise<Outcome<ApiAnswer>> {
  const args = argumentsOf(request, rawBody);
  const outcome = await underFaults(workspace, name, () => answerOf(workspace, name, request, args));
  const { token: _token, client_secret: _clientSecret, refresh_token: _refreshToken, ...recorded } = args;
  workspace.calls.push({ method: name, args: recorded, response: shownBody(outcome) });
  return outcome;
}

/** What the app has read, for the record; nothing when the connection was cut. */
export function shownBody(outcome: Outcome<ApiAnswer>): JsonObject {
  if (outcome.kind === "dropped") return {};
  return outcome.kind === "done" ? outcome.value.body : outcome.answer.body;
}

function answerOf(workspace: Workspace, name: string, request: IncomingMessage, args: JsonObject): ApiAnswer {
  try {
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    if (!method) throw new ApiError("unknown_method", { req_method: name });
    checkToken(workspace, name, tokenOf(request, args));
    requireMethodScope(workspace, name);
    return { status: 200, body: { ok: true, ...method(workspace, args) } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: 200, body: { ok: false, error: error.message, ...error.details } };
  }
}

function tokenOf(request: IncomingMessage, args: JsonObject): string {
  return request.headers.authorization?.replace(/^Bearer\b\s*/i, "") ?? textOf(args.token) ?? "";
}

function checkToken(workspace: Workspace, method: string, token: string): void {
  if (method === "api.test" || Object.hasOwn(tokenlessMethods, method)) return;
  if (token === "") throw new ApiError("not_authed");
  if (Object.hasOwn(socketMethods, method)) requireAppToken(workspace, token);
  else requireBotToken(workspace.credentials, token, workspace.nowMs());
}

/** Arguments from a JSON or form body and the query; structured ones arrive as JSON text in a form. */
function argumentsOf(request: IncomingMessage, rawBody: string): JsonObject {
  const query = Object.fromEntries(new URL(request.url ?? "/", "http://localhost").searchParams);
  if (request.headers["content-type"]?.startsWith("application/json")) {
    const json = parseJson(rawBody);
    return isObject(json) ? { ...query, ...json } : query;
  }
  const form = { ...query, ...clientOf(request), ...Object.fromEntries(new URLSearchParams(rawBody)) };
  return Object.fromEntries(Object.entries(form).map(([key, value]) => [key, fromForm(key, value)]));
}

/** The client id and secret, where an app sends them as HTTP Basic authentication. */
function clientOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const encoded = /^Basic (.+)$/i.exec(headers.authorization ?? "")?.[1];
  if (encoded === undefined) return {};
  const [client_id = "", client_secret = ""] = Buffer.from(encoded, "base64").toString().split(":");
  return { client_id, client_secret };
}

const STRUCTURED = ["blocks", "view", "attachments", "metadata", "files", "args"];

function fromForm(key: string, value: string): unknown {
  if (STRUCTURED.includes(key)) return parseJson(value) ?? value;
  return value === "true" ? true : value === "false" ? false : value;
}
