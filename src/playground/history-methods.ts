import { z } from "zod";
import { ApiError, type Method } from "./api-error.ts";
import { argumentsAs, paging } from "./arguments.ts";
import { isVisible } from "./conversations.ts";
import { objectOf } from "./json.ts";
import { messagePayload } from "./message-payload.ts";
import { paged } from "./paged.ts";
import { requireScope } from "./scopes.ts";

const HISTORY_SCOPES = {
  channel: "channels:history",
  group: "groups:history",
  mpim: "mpim:history",
  im: "im:history",
} as const;

const moment = z.union([z.string(), z.number()]).transform(Number);

/** https://docs.slack.dev/reference/methods/conversations.history */
export const historyMethods: Readonly<Record<string, Method>> = {
  "conversations.history": (workspace, args) => {
    const wanted = argumentsAs(args, {
      channel: z.string(),
      ...paging,
      oldest: moment.default(0),
      latest: moment.default(Number.POSITIVE_INFINITY),
      inclusive: z.boolean().default(false),
      include_all_metadata: z.boolean().default(false),
    });
    const conversation = workspace.conversations.get(wanted.channel);
    if (!conversation || !isVisible(conversation)) throw new ApiError("channel_not_found");
    requireScope(workspace, HISTORY_SCOPES[conversation.kind]);
    if (!conversation.appIsMember) throw new ApiError("not_in_channel");
    const { oldest, latest, inclusive } = wanted;
    const isWithin = (ts: number) => (inclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest);
    const messages = (workspace.messages.get(conversation.id) ?? [])
      .filter(({ ts, ephemeralTo }) => ephemeralTo === undefined && isWithin(Number(ts)))
      .toReversed()
      .map((message) => ({
        ...messagePayload(workspace, message),
        ...(wanted.include_all_metadata && message.metadata && { metadata: message.metadata }),
      }));
    const answer = paged(wanted, "messages", messages, 100);
    return { ...answer, has_more: objectOf(answer.response_metadata).next_cursor !== "" };
  },
};
