import { ApiError } from "./api-error.ts";
import type { Workspace } from "./workspace.ts";

/** The scopes of each method, of which one is enough; https://docs.slack.dev/reference/scopes */
const METHOD_SCOPES: Readonly<Record<string, readonly string[]>> = {
  "chat.postMessage": ["chat:write"],
  "chat.postEphemeral": ["chat:write"],
  "chat.update": ["chat:write"],
  "chat.delete": ["chat:write"],
  "users.info": ["users:read"],
  "users.list": ["users:read"],
  "users.lookupByEmail": ["users:read.email"],
  "conversations.history": ["channels:history", "groups:history", "mpim:history", "im:history"],
  "conversations.info": ["channels:read", "groups:read", "mpim:read", "im:read"],
  "conversations.list": ["channels:read", "groups:read", "mpim:read", "im:read"],
  "conversations.members": ["channels:read", "groups:read", "mpim:read", "im:read"],
  "conversations.open": ["channels:manage", "groups:write", "mpim:write", "im:write"],
  "files.getUploadURLExternal": ["files:write"],
  "files.completeUploadExternal": ["files:write"],
  "files.delete": ["files:write"],
  "files.info": ["files:read"],
};

/** The scope without which Slack does not let an app subscribe to an event; https://docs.slack.dev/reference/events */
const EVENT_SCOPES: Readonly<Record<string, string>> = {
  app_mention: "app_mentions:read",
  "message.im": "im:history",
  "message.mpim": "mpim:history",
  "message.groups": "groups:history",
  "message.channels": "channels:history",
};

export function hasScope(workspace: Workspace, scope: string): boolean {
  return workspace.credentials.scopes?.includes(scope) ?? true;
}

/** Refuses with `missing_scope` unless the token has one of the scopes. */
export function requireScope(workspace: Workspace, ...anyOf: readonly string[]): void {
  if (anyOf.some((scope) => hasScope(workspace, scope))) return;
  const provided = workspace.credentials.scopes?.join(",") ?? "";
  throw new ApiError("missing_scope", { needed: anyOf.join(","), provided });
}

export function requireMethodScope(workspace: Workspace, method: string): void {
  const scopes = METHOD_SCOPES[method];
  if (scopes) requireScope(workspace, ...scopes);
}

/** Subscribed events that lack their scope, as a sentence each; Slack would not save such a manifest. */
export function faultsOfSubscriptions(workspace: Workspace): readonly string[] {
  return (workspace.options.events ?? []).flatMap((name) => {
    const scope = EVENT_SCOPES[name];
    return scope === undefined || hasScope(workspace, scope)
      ? []
      : [`The event ${name} needs the scope ${scope}, which the app does not ask for.`];
  });
}
