import { randomBytes } from "node:crypto";
import { ApiError } from "./api-error.ts";
import type { PlaygroundOptions } from "./model.ts";

/** What the app has been given to call the Web API with. */
export interface Credentials {
  /** Every bot token there ever was. */
  readonly botTokens: Map<string, BotToken>;
  /** Refresh tokens that were not used yet. */
  readonly refreshTokens: Set<string>;
  /** Codes of `/oauth/v2/authorize`, used or not. */
  readonly codes: Map<string, OAuthCode>;
  /** What the bot may do; everything when undefined. */
  scopes: readonly string[] | undefined;
}

export interface BotToken {
  /** Undefined without token rotation: it never expires. */
  readonly expiresAtMs: number | undefined;
  isRevoked: boolean;
}

export interface OAuthCode {
  readonly userId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly issuedAtMs: number;
  isUsed: boolean;
}

export function createCredentials({ botToken, scopes }: PlaygroundOptions): Credentials {
  const fixed: readonly [string, BotToken][] =
    botToken === undefined ? [] : [[botToken, { expiresAtMs: undefined, isRevoked: false }]];
  return { botTokens: new Map(fixed), refreshTokens: new Set(), codes: new Map(), scopes };
}

/** Refuses a token that is unknown, expired, revoked or of another kind, as every Web API method does. */
export function requireBotToken(credentials: Credentials, token: string, nowMs: number): void {
  if (token.startsWith("xapp-")) throw new ApiError("not_allowed_token_type");
  const known = credentials.botTokens.get(token);
  if (!known) throw new ApiError("invalid_auth");
  // https://docs.slack.dev/reference/methods/auth.test#errors: for bots a revoked token is an inactive account
  if (known.isRevoked) throw new ApiError("account_inactive");
  if (isExpired(known, nowMs)) throw new ApiError("token_expired");
}

export function isValidBotToken(credentials: Credentials, token: string, nowMs: number): boolean {
  const known = credentials.botTokens.get(token);
  return known !== undefined && !known.isRevoked && !isExpired(known, nowMs);
}

/** Whether the workspace has the app: a token may have expired, but not all were revoked. */
export function isInstalled({ botTokens }: Credentials): boolean {
  return [...botTokens.values()].some((token) => !token.isRevoked);
}

/** A new bot token; with a lifetime it comes with a refresh token, as token rotation has it. */
export function issueBotToken(
  credentials: Credentials,
  expiresInSeconds: number | undefined,
  nowMs: number,
): { readonly access_token: string; readonly refresh_token?: string; readonly expires_in?: number } {
  const secret = () => randomBytes(18).toString("hex");
  if (expiresInSeconds === undefined) {
    const access_token = `xoxb-${secret()}`;
    credentials.botTokens.set(access_token, { expiresAtMs: undefined, isRevoked: false });
    return { access_token };
  }
  const access_token = `xoxe.xoxb-1-${secret()}`;
  const refresh_token = `xoxe-1-${secret()}`;
  credentials.botTokens.set(access_token, { expiresAtMs: nowMs + expiresInSeconds * 1000, isRevoked: false });
  credentials.refreshTokens.add(refresh_token);
  return { access_token, refresh_token, expires_in: expiresInSeconds };
}

/** Revokes every bot token, and with them what could refresh them. */
export function revokeBotTokens({ botTokens, refreshTokens }: Credentials): void {
  for (const token of botTokens.values()) token.isRevoked = true;
  refreshTokens.clear();
}

function isExpired({ expiresAtMs }: BotToken, nowMs: number): boolean {
  return expiresAtMs !== undefined && nowMs >= expiresAtMs;
}
