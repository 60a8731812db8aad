import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { z } from "zod";
import type { Channel } from "../desk.ts";
import { UsageError } from "../usage-error.ts";
import { remember } from "./remember.ts";
import { faultOf } from "./slack-fault.ts";

const REMEMBERED_MS = 60 * 1000;
const MOST_REMEMBERED = 200;

/** Finds out about a channel; undefined for one that is not there or that the app is not let to see. */
export type FindChannel = (channelId: string) => Promise<Channel | undefined>;

const channelAnswer = z.object({
  channel: z.object({
    name: z.string().optional(),
    is_im: z.boolean().optional(),
    is_mpim: z.boolean().optional(),
    is_member: z.boolean().optional(),
    is_ext_shared: z.boolean().optional(),
    is_pending_ext_shared: z.boolean().optional(),
    connected_team_ids: z.array(z.string()).optional(),
  }),
});

/** Slack knows the conversation, but does not let the app see it. */
const hidden = z.object({
  data: z.object({ error: z.enum(["channel_not_found", "not_in_channel", "missing_scope"]) }),
});

export function isHidden(err: unknown): boolean {
  return hidden.safeParse(err).success;
}

/** Asks Slack about a conversation; rejects as the Web API does. */
export async function askChannel(
  client: Pick<WebClient, "conversations">,
  channelId: string,
): Promise<Channel> {
  const { channel } = channelAnswer.parse(await client.conversations.info({ channel: channelId }));
  const { name, is_im, is_mpim, is_member, connected_team_ids = [] } = channel;
  return {
    id: channelId,
    name: name !== undefined && !is_im && !is_mpim ? `#${name}` : "this conversation",
    isMember: is_member === true || is_im === true,
    isExternal:
      channel.is_ext_shared === true ||
      channel.is_pending_ext_shared === true ||
      connected_team_ids.length > 0,
  };
}

/**
 * Looks channels up and remembers them for a minute.
 *
 * @throws UsageError while Slack does not say: a channel must not pass for one that is not there.
 */
export function createChannels(options: {
  readonly client: Pick<WebClient, "conversations">;
  readonly now: () => Date;
  readonly log: Pick<Logger, "warn">;
}): FindChannel {
  const { client, now, log } = options;
  const find = remember((channelId) => askChannel(client, channelId), {
    forMs: REMEMBERED_MS,
    most: MOST_REMEMBERED,
    now,
  });
  return async (channelId) => {
    try {
      return await find(channelId);
    } catch (err) {
      if (isHidden(err)) return undefined;
      log.warn(
        { where: "conversations.info", channelId, ...faultOf(err) },
        "a channel could not be looked up",
      );
      throw new UsageError("Slack did not say what channel that is. Please try again in a minute.");
    }
  };
}
