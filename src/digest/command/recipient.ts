import type { Context } from "../../command.ts";
import type { Channel } from "../../desk.ts";
import type { DigestSchedule } from "../../store/digests.ts";
import { UsageError } from "../../usage-error.ts";
import type { Calendar } from "./calendar.ts";
import type { Target } from "./typed-digest.ts";

/** Who gets a digest. */
export type Recipient = Pick<DigestSchedule, "target" | "targetName" | "isChannel">;

/**
 * Whoever asks, or a channel that may get digests.
 *
 * @throws UsageError saying what to do so that it may.
 */
export async function recipientOf(
  wished: Target | undefined,
  userId: string,
  calendar: Calendar,
  context: Context,
): Promise<Recipient> {
  const channelId = channelMeant(wished, context);
  if (channelId !== undefined) return channelRecipient(channelId, calendar, context);
  const { people, viewer } = context;
  const name = viewer.name ?? (await people(userId))?.name ?? viewer.email ?? userId;
  return { target: userId, targetName: name, isChannel: false };
}

/** The same channel again, as it is called now. @throws UsageError as `recipientOf` */
export async function channelRecipient(
  channelId: string,
  { slackConnect }: Calendar,
  { channels }: Pick<Context, "channels">,
): Promise<Recipient> {
  const { id, name } = checked(await channels(channelId), slackConnect);
  return { target: id, targetName: name, isChannel: true };
}

function channelMeant(wished: Target | undefined, { place }: Context): string | undefined {
  if (wished === undefined || wished === "me") return undefined;
  if (wished !== "here") return wished.channelId;
  if (place) return place.isDirect ? undefined : place.channelId;
  throw new UsageError("There is no channel here: say which, such as `digest on for #sales`, in Slack.");
}

function checked(channel: Channel | undefined, slackConnect: boolean): Channel {
  if (!channel)
    throw new UsageError(
      "I cannot see this channel. Type `/invite @Portfolio` in it, then turn its digest on again.",
    );
  if (!channel.isMember)
    throw new UsageError(
      `I am not in ${channel.name}. Type \`/invite @Portfolio\` there, then turn its digest on again.`,
    );
  if (channel.isExternal && !slackConnect)
    throw new UsageError(
      `People of another company read ${channel.name}, so it gets no digest unless an admin allows it: \`settings digest-slack-connect yes\`.`,
    );
  return channel;
}
