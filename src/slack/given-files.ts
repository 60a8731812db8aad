import { z } from "zod";
import { type ImportRequest, MOST_FILES, readImportRequest } from "./import-request.ts";
import type { Interaction } from "./payloads.ts";

const messageEvent = z.object({
  team_id: z.string(),
  event: z.object({
    channel_type: z.literal("im"),
    /** Nothing else is new: edits, deletions and what bots say have other ones. */
    subtype: z.literal("file_share").optional(),
    bot_id: z.undefined().optional(),
    channel: z.string(),
    user: z.string(),
    /** The author's workspace, where it is another one. */
    team: z.string().optional(),
    ts: z.string(),
    files: z.array(z.object({ id: z.string() })).min(1),
  }),
});

/**
 * Files that a person gave to the app in their direct messages; undefined for every other event. The same message
 * may be delivered several times, and has the same `requestId` then.
 *
 * https://docs.slack.dev/reference/events/message.im
 */
export function readGivenFiles(
  body: unknown,
): { readonly from: Interaction; readonly request: ImportRequest } | undefined {
  const parsed = messageEvent.safeParse(body);
  if (!parsed.success) return undefined;
  const { team_id, event } = parsed.data;
  const files = event.files.slice(0, MOST_FILES).map(({ id }) => id);
  const request = readImportRequest(JSON.stringify({ files }));
  if (!request) return undefined;
  const from: Interaction = {
    userId: event.user,
    handle: undefined,
    teamIds: [team_id, ...(event.team === undefined ? [] : [event.team])],
    channelId: event.channel,
    responseUrl: undefined,
    requestId: `message:${event.channel}:${event.ts}`,
    message: undefined,
  };
  return { from, request };
}
