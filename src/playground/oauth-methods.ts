import { ApiError, type Method } from "./api-error.ts";
import { type JsonObject, textOf } from "./json.ts";
import { isInstalled, issueBotToken, type OAuthCode } from "./tokens.ts";
import { uninstall } from "./uninstalling.ts";
import type { Workspace } from "./workspace.ts";

/** https://docs.slack.dev/authentication/installing-with-oauth: a code is good for ten minutes. */
const CODE_LIFETIME_MS = 10 * 60 * 1000;

/** Methods an app calls with its client secret, before it has a token. */
export const tokenlessMethods: Readonly<Record<string, Method>> = {
  "oauth.v2.access": (workspace, args) => {
    requireClient(workspace, args);
    switch (args.grant_type ?? "authorization_code") {
      case "authorization_code":
        return install(workspace, usableCode(workspace, args));
      case "refresh_token":
        return refresh(workspace, textOf(args.refresh_token) ?? "");
      default:
        throw new ApiError("invalid_grant_type");
    }
  },
};

/** Methods with which an app gives up its token; what follows from it is delivered as events. */
export const revokingMethods: Readonly<Record<string, Method>> = {
  "auth.revoke": (workspace, args) => {
    const isTest = args.test === true || args.test === "1";
    // It is the app's only kind of token, so that the app is gone with it.
    if (!isTest) void uninstall(workspace);
    return { revoked: !isTest };
  },
  "apps.uninstall": (workspace, args) => {
    requireClient(workspace, args);
    void uninstall(workspace);
    return {};
  },
};

function requireClient({ options }: Workspace, args: JsonObject): void {
  if (args.client_id !== options.oauth?.clientId || !options.oauth) throw new ApiError("invalid_client_id");
  if (args.client_secret !== options.oauth.clientSecret) throw new ApiError("bad_client_secret");
}

function usableCode({ credentials, nowMs }: Workspace, args: JsonObject): OAuthCode {
  const code = credentials.codes.get(textOf(args.code) ?? "");
  if (!code || nowMs() - code.issuedAtMs > CODE_LIFETIME_MS) throw new ApiError("invalid_code");
  if (code.isUsed) throw new ApiError("code_already_used");
  if (args.redirect_uri !== code.redirectUri) throw new ApiError("bad_redirect_uri");
  return code;
}

function install(workspace: Workspace, code: OAuthCode): JsonObject {
  const { credentials } = workspace;
  code.isUsed = true;
  // Whoever adds the app again does not take away what it may do already.
  const kept = isInstalled(credentials) ? (credentials.scopes ?? []) : [];
  credentials.scopes = [...new Set([...kept, ...code.scopes])];
  return { ...tokenAnswer(workspace), authed_user: { id: code.userId } };
}

/** A refresh token works once; the token it replaces goes on until it expires. */
function refresh(workspace: Workspace, refreshToken: string): JsonObject {
  if (!workspace.credentials.refreshTokens.delete(refreshToken)) throw new ApiError("invalid_refresh_token");
  return tokenAnswer(workspace);
}

function tokenAnswer({ app, options, credentials, nowMs }: Workspace): JsonObject {
  return {
    ...issueBotToken(credentials, options.oauth?.tokenExpiresInSeconds, nowMs()),
    token_type: "bot",
    scope: credentials.scopes?.join(",") ?? "",
    bot_user_id: app.userId,
    app_id: app.id,
    team: options.team,
    enterprise: null,
    is_enterprise_install: false,
  };
}
