import { WebAPIPlatformError, WebClient, type WebClientOptions } from "@slack/web-api";
import { z } from "zod";

/** A bot's token and what it is refreshed with. */
export interface Tokens {
  readonly token: string;
  /** Undefined where tokens do not rotate. */
  readonly refreshToken?: string;
}

export interface Refreshed extends Tokens {
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
}

/** Slack does not take the refresh token any more, whoever asks and however often. */
export class RefreshRefused extends Error {
  override readonly name = "RefreshRefused";
}

/** Exchanges a refresh token for a new pair. Rejects with RefreshRefused when it never will again. */
export type RefreshToken = (refreshToken: string) => Promise<Refreshed>;

/** Somebody may be waiting for the answer. */
const REFRESHED_WITHIN_MS = 10_000;

/** Errors that are about the token and not about us or the network. https://docs.slack.dev/reference/methods/oauth.v2.access */
const finalErrors = [
  "invalid_refresh_token",
  "refresh_token_expired",
  "invalid_grant",
  "token_revoked",
  "token_expired",
  "account_inactive",
  "authorization_not_found",
];

const answer = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.int().positive(),
});

/** https://docs.slack.dev/authentication/using-token-rotation */
export function createRefreshToken(app: {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientOptions: WebClientOptions;
}): RefreshToken {
  // The same refresh token works once, so that a call is not repeated before its outcome is known.
  const client = new WebClient(undefined, {
    ...app.clientOptions,
    timeout: REFRESHED_WITHIN_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  return async (refreshToken) => {
    try {
      const refreshed = answer.parse(
        await client.oauth.v2.access({
          client_id: app.clientId,
          client_secret: app.clientSecret,
          grant_type: "refresh_token",
          refresh_token: refreshToken,
        }),
      );
      return {
        token: refreshed.access_token,
        refreshToken: refreshed.refresh_token,
        expiresInSeconds: refreshed.expires_in,
      };
    } catch (error) {
      if (error instanceof WebAPIPlatformError && finalErrors.includes(error.data.error))
        throw new RefreshRefused(error.data.error, { cause: error });
      throw error;
    }
  };
}
