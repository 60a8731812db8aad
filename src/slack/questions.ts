import { z } from "zod";
import type { Interaction } from "./payloads.ts";
import { readTypedLine } from "./typed-line.ts";

/** What bots say is not asked, nor what was changed or deleted. */
const said = {
  bot_id: z.undefined().optional(),
  channel: z.string(),
  user: z.string(),
  text: z.string(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  /** The author's workspace, where it is another one. */
  team: z.string().optional(),
  user_team: z.string().optional(),
  source_team: z.string().optional(),
};

const mention = z.object({
  ...said,
  type: z.literal("app_mention"),
  subtype: z.literal("file_share").optional(),
});

const directMessage = z.object({
  ...said,
  type: z.literal("message"),
  channel_type: z.literal("im"),
  subtype: z.undefined().optional(),
  /** Messages with files are imports. */
  files: z.array(z.unknown()).max(0).optional(),
});

const event = z.object({
  team_id: z.string(),
  /** The app itself, as a user. */
  authorizations: z.array(z.object({ user_id: z.string() })).default([]),
  event: z.discriminatedUnion("type", [mention, directMessage]),
});

/**
 * What a person asked the app in a channel by its name, or in their direct messages; undefined for every other event.
 * In a channel the answer goes to the person alone. The same message may be delivered several times, and has the
 * same `requestId` then.
 *
 * https://docs.slack.dev/reference/events/app_mention, https://docs.slack.dev/reference/events/message.im
 */
export function readQuestion(
  body: unknown,
): { readonly from: Interaction; readonly text: string } | undefined {
  const parsed = event.safeParse(body);
  if (!parsed.success) return undefined;
  const { team_id, authorizations, event: message } = parsed.data;
  const { channel, user, ts, thread_ts, team, user_team, source_team } = message;
  const own = authorizations.map(({ user_id }) => user_id);
  if (own.includes(user)) return undefined;
  const text = own.reduce(
    (left, id) => left.replace(new RegExp(`<@${id}(?:\\|[^<>]*)?>`, "g"), " "),
    message.text,
  );
  const from: Interaction = {
    userId: user,
    handle: undefined,
    teamIds: [team_id, team, user_team, source_team].filter((id) => id !== undefined),
    channelId: channel,
    responseUrl: undefined,
    requestId: `message:${channel}:${ts}`,
    message: undefined,
    ...(thread_ts === undefined ? {} : { threadTs: thread_ts }),
    ...(message.type === "message" && { isDirect: true }),
  };
  return { from, text: readTypedLine(text) };
}
