import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { z } from "zod";
import { keepNewest } from "../core/keep-newest.ts";
import type { Audience } from "../desk.ts";
import type { FindPerson } from "./people.ts";
import { remedyFor } from "./slack-advice.ts";
import { faultOf } from "./slack-fault.ts";
import { within } from "./time-limit.ts";

const REMEMBERED_MS = 60 * 1000;
/** Somebody has pressed a button and is waiting. */
const LOOKED_UP_WITHIN_MS = 10_000;
const MOST_MEMBERS = 1000;
const PAGE = 200;
const MOST_REMEMBERED = 200;

/** Who reads a conversation; or a sentence that says why nothing can be shared there. */
export type Readers =
  | { readonly ok: true; readonly audience: Audience }
  | { readonly ok: false; readonly sentence: string };

export type FindReaders = (channelId: string) => Promise<Readers>;

export interface ReadersOptions {
  readonly client: Pick<WebClient, "conversations">;
  readonly findPerson: FindPerson;
  readonly workspaceId: string;
  readonly now: () => Date;
  readonly log: Pick<Logger, "warn">;
}

const channelAnswer = z.object({
  channel: z.object({
    name: z.string().optional(),
    is_im: z.boolean().optional(),
    is_mpim: z.boolean().optional(),
    is_ext_shared: z.boolean().optional(),
    is_pending_ext_shared: z.boolean().optional(),
    connected_team_ids: z.array(z.string()).optional(),
  }),
});
const membersAnswer = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
/** Slack knows the conversation, but does not let the app see it. */
const hidden = z.object({
  data: z.object({ error: z.enum(["channel_not_found", "not_in_channel", "missing_scope"]) }),
});

interface Conversation {
  readonly place: string;
  readonly isExternal: boolean;
  /** Undefined where there are more than can be looked up. */
  readonly memberIds: readonly string[] | undefined;
}

/**
 * Finds out who reads a conversation, and remembers its members for a minute. Whoever cannot be looked up
 * makes it unknown, since they might be anybody.
 */
export function createReaders({ client, findPerson, workspaceId, now, log }: ReadersOptions): FindReaders {
  const remembered = new Map<
    string,
    { readonly conversation: Promise<Conversation>; readonly until: number }
  >();

  const lookUp = async (channelId: string): Promise<Conversation> => {
    const { channel } = channelAnswer.parse(await client.conversations.info({ channel: channelId }));
    const isExternal =
      channel.is_ext_shared === true ||
      channel.is_pending_ext_shared === true ||
      (channel.connected_team_ids ?? []).length > 0;
    const isNamed = channel.name !== undefined && !channel.is_im && !channel.is_mpim;
    return {
      place: isNamed ? `#${channel.name}` : "this conversation",
      isExternal,
      memberIds: isExternal ? undefined : await membersOf(channelId),
    };
  };

  const membersOf = async (channelId: string): Promise<readonly string[] | undefined> => {
    const memberIds: string[] = [];
    let cursor: string | undefined;
    do {
      const page = membersAnswer.parse(
        await client.conversations.members({ channel: channelId, limit: PAGE, ...(cursor && { cursor }) }),
      );
      memberIds.push(...page.members);
      if (memberIds.length > MOST_MEMBERS) return undefined;
      cursor = page.response_metadata?.next_cursor;
    } while (cursor);
    return memberIds;
  };

  const conversationOf = (channelId: string): Promise<Conversation> => {
    const known = remembered.get(channelId);
    if (known && known.until > now().getTime()) return known.conversation;
    const conversation = lookUp(channelId);
    const until = now().getTime() + REMEMBERED_MS;
    keepNewest(remembered, channelId, { conversation, until }, MOST_REMEMBERED);
    return conversation;
  };

  const readersOf = async (channelId: string): Promise<Readers> => {
    const { place, isExternal, memberIds } = await conversationOf(channelId);
    if (isExternal) return refusal(`People of another company read ${place}`);
    if (memberIds === undefined)
      return refusal(`${place} has more than ${MOST_MEMBERS} members, more than I can look up`);
    const people = await Promise.all(memberIds.map(findPerson));
    const unknown = people.filter((person) => person === undefined).length;
    if (unknown > 0)
      return refusal(`Slack did not say who ${unknown} of the members of ${place} are`, tryAgain);
    const readers = people.filter((person) => person !== undefined).filter(({ isBot }) => !isBot);
    const guests = readers.filter(({ standing }) => standing === undefined).length;
    if (guests > 0)
      return refusal(
        guests === 1
          ? `1 guest reads ${place}, and guests see no accounts`
          : `${guests} guests read ${place}, and guests see no accounts`,
      );
    const members = readers.map(({ email, standing }) => ({
      workspaceId,
      ...(email !== undefined && { email }),
      ...(standing !== undefined && { standing }),
    }));
    return { ok: true, audience: { place, members } };
  };

  return async (channelId) => {
    const late = refusal("Slack took too long to say who reads this conversation", tryAgain);
    try {
      return await within(LOOKED_UP_WITHIN_MS, readersOf(channelId), late);
    } catch (err) {
      // Asked again next time.
      remembered.delete(channelId);
      const fault = faultOf(err);
      log.warn({ channelId, ...fault }, "the readers of a conversation could not be looked up");
      return hidden.safeParse(err).success
        ? refusal(
            "I cannot see who reads this conversation",
            "Invite me with /invite @Portfolio and press Share again.",
          )
        : refusal("Slack did not say who reads this conversation", remedyFor(fault) ?? tryAgain);
    }
  };
}

const tryAgain = "Please try again in a minute.";

function refusal(reason: string, remedy?: string): Readers {
  return {
    ok: false,
    sentence: `${reason}, so nothing was shared.${remedy === undefined ? "" : ` ${remedy}`}`,
  };
}
