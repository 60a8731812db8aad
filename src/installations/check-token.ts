import { WebAPIPlatformError, WebClient, type WebClientOptions } from "@slack/web-api";

/** Whether Slack still takes a token; unknown where it cannot be asked, or the token has expired anyway. */
export type TokenState = "works" | "revoked" | "unknown";

export type CheckToken = (token: string) => Promise<TokenState>;

const CHECKED_WITHIN_MS = 5_000;

/** https://docs.slack.dev/reference/methods/auth.test#errors */
const revokedErrors = ["account_inactive", "invalid_auth", "token_revoked", "team_access_not_granted"];

export function createCheckToken(clientOptions: WebClientOptions): CheckToken {
  return async (token) => {
    const client = new WebClient(token, {
      ...clientOptions,
      timeout: CHECKED_WITHIN_MS,
      retryConfig: { retries: 1 },
      rejectRateLimitedCalls: true,
    });
    try {
      await client.auth.test();
      return "works";
    } catch (err) {
      const isRevoked = err instanceof WebAPIPlatformError && revokedErrors.includes(err.data.error);
      return isRevoked ? "revoked" : "unknown";
    }
  };
}
