import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { z } from "zod";
import { attempt } from "./slack-fault.ts";

/** What marks a message as a digest, for programs alone. */
export const METADATA_EVENT = "portfolio_digest";

const PAGE = 200;
/** Busier channels are not searched to the end: that a message is not there cannot be said then. */
const MOST_PAGES = 25;
/** Slack's clock may differ from ours. */
const CLOCKS_DIFFER_MS = 10 * 60_000;

const page = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({
          event_type: z.string(),
          event_payload: z.object({ key: z.string() }).optional().catch(undefined),
        })
        .optional()
        .catch(undefined),
    }),
  ),
  has_more: z.boolean().optional(),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

export type Sought =
  | { readonly kind: "found"; readonly channelId: string; readonly messageTs: string }
  /** It was not there when Slack was asked. */
  | { readonly kind: "absent" }
  /** Nobody can tell: the app may not read this conversation, as it was not granted the scope for its history. */
  | { readonly kind: "unable" }
  | { readonly kind: "later" };

/** Looks through what was posted to a conversation since a moment for the message with a key. */
export type FindMessage = (channelId: string, key: string, since: Date) => Promise<Sought>;

/**
 * Needs `channels:history` in public channels and `groups:history` in private ones, which are optional; direct messages are
 * read with `im:history`, which the app always has.
 */
export function createFindMessage(options: {
  readonly client: Pick<WebClient, "conversations">;
  readonly log: Pick<Logger, "warn">;
}): FindMessage {
  const { client, log } = options;
  return async (channelId, key, since) => {
    const oldest = ((since.getTime() - CLOCKS_DIFFER_MS) / 1000).toFixed(6);
    let cursor: string | undefined;
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const wanted = { channel: channelId, oldest, limit: PAGE, include_all_metadata: true };
      const outcome = await attempt(
        client.conversations.history({ ...wanted, ...(cursor !== undefined && { cursor }) }).then(page.parse),
      );
      if (!outcome.ok) {
        const { fault } = outcome;
        log.warn(
          { where: "conversations.history", channelId, ...fault },
          "a message could not be looked for",
        );
        return { kind: fault.fate === "unknown" || fault.retryAfterMs !== undefined ? "later" : "unable" };
      }
      const { messages, response_metadata } = outcome.value;
      const found = messages.find(
        ({ metadata }) => metadata?.event_type === METADATA_EVENT && metadata.event_payload?.key === key,
      );
      if (found) return { kind: "found", channelId, messageTs: found.ts };
      cursor = response_metadata?.next_cursor || undefined;
      if (cursor === undefined) return { kind: "absent" };
    }
    return { kind: "unable" };
  };
}
