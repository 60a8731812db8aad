import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { z } from "zod";
import type { SlackMessage } from "./block-parts.ts";
import type { Interaction } from "./payloads.ts";

/** How an answer appears: only to the person, in place of the message they pressed in, or to the channel. */
export type Manner = "private" | "replace" | "channel";

/** Resolves with whether the message has arrived; never rejects. */
export type Deliver = (to: Interaction, message: SlackMessage, manner: Manner) => Promise<boolean>;

const ANSWER_WITHIN_MS = 5000;

type Outcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: string; readonly status?: number };

/**
 * Sends answers to the request's response URL. It works five times within half an hour, so a private answer
 * falls back to `chat.postEphemeral`, once. A post to the channel does not: it might appear twice.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
export function createDelivery(options: {
  readonly client: Pick<WebClient, "chat">;
  readonly log: Pick<Logger, "warn" | "error">;
}): Deliver {
  const { client, log } = options;

  const throughResponseUrl = async (
    to: Interaction,
    message: SlackMessage,
    manner: Manner,
  ): Promise<Outcome> => {
    if (to.responseUrl === undefined) return { ok: false, error: "no response_url" };
    const outcome = await post(to.responseUrl, {
      text: message.text,
      ...(message.blocks.length === 0 ? {} : { blocks: message.blocks }),
      response_type: manner === "channel" ? "in_channel" : "ephemeral",
      replace_original: manner === "replace",
    });
    // The address itself is a secret: who knows it can post.
    if (!outcome.ok) log.warn({ ...outcome, manner }, "response_url failed");
    return outcome;
  };

  const throughWebApi = async (to: Interaction, message: SlackMessage): Promise<boolean> => {
    if (to.channelId === undefined) return false;
    try {
      await client.chat.postEphemeral({
        channel: to.channelId,
        user: to.userId,
        text: message.text,
        blocks: [...message.blocks],
        parse: "none",
        link_names: false,
      });
      return true;
    } catch (err) {
      log.error({ err, channelId: to.channelId, userId: to.userId }, "an answer could not be delivered");
      return false;
    }
  };

  return async (to, message, manner) => {
    const outcome = await throughResponseUrl(to, message, manner);
    if (outcome.ok) return true;
    // Blocks that Slack refuses must not cost the person the answer.
    if (outcome.error.includes("block") && message.blocks.length > 0) {
      return (await throughResponseUrl(to, { ...message, blocks: [] }, manner)).ok;
    }
    return manner === "channel" ? false : throughWebApi(to, message);
  };
}

const refusal = z.object({ ok: z.literal(false), error: z.string() });

async function post(url: string, body: object): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json; charset=utf-8" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const text = await response.text();
    const refused = refusal.safeParse(parseJson(text));
    if (response.ok && !refused.success) return { ok: true };
    const error = refused.success ? refused.data.error : text.slice(0, 200);
    return { ok: false, error, status: response.status };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? `${error.name}: ${error.message}` : "unknown" };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
