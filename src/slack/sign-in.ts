import { setTimeout as sleep } from "node:timers/promises";
import { WebAPIPlatformError, WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { z } from "zod";
import { boltLog } from "./bolt-log.ts";

const ASKED_WITHIN_MS = 10_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

/** Slack refuses a token from the environment; the message says which and what to do. */
export class SlackRefused extends Error {
  override readonly name = "SlackRefused";
}

/** Slack's words for what is its own trouble and passes. */
const passing = ["internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited"];

/** What Slack says is wrong with a token; undefined where the cause may pass. */
export function refusalOf(err: unknown): string | undefined {
  if (!(err instanceof WebAPIPlatformError) || passing.includes(err.data.error)) return undefined;
  return err.data.error;
}

/** The wait before the next attempt. */
export function retryDelayMs(failures: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.max(0, failures - 1), LONGEST_RETRY_MS);
}

const answer = z.object({ team_id: z.string() });

/**
 * The id of the workspace that a bot token is for. Waits for a network that is not there yet.
 *
 * @throws SlackRefused
 */
export async function findOwnTeam(
  botToken: string,
  options: { readonly slackApiUrl?: string; readonly log: Pick<Logger, "warn" | "error"> },
): Promise<string> {
  const { slackApiUrl, log } = options;
  const client = new WebClient(botToken, {
    ...(slackApiUrl !== undefined && { slackApiUrl }),
    logger: boltLog(log),
    timeout: ASKED_WITHIN_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  for (let failures = 1; ; failures += 1) {
    try {
      return answer.parse(await client.auth.test()).team_id;
    } catch (err) {
      const refusal = refusalOf(err);
      if (refusal !== undefined)
        throw new SlackRefused(
          `Slack does not take SLACK_BOT_TOKEN (${refusal}). Copy it from "OAuth & Permissions" of the app again.`,
          { cause: err },
        );
      const delayMs = retryDelayMs(failures);
      log.warn({ err, delayMs }, "Slack cannot be reached; it is tried again");
      await sleep(delayMs);
    }
  }
}
