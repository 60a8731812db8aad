import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { z } from "zod";
import type { Audience } from "../desk.ts";
import { askChannel, isHidden } from "./channels.ts";
import type { FindPerson } from "./people.ts";
import { remember } from "./remember.ts";
import { remedyFor } from "./slack-advice.ts";
import { faultOf } from "./slack-fault.ts";
import { within } from "./time-limit.ts";

const REMEMBERED_MS = 60 * 1000;
/** Somebody has pressed a button and is waiting. */
const LOOKED_UP_WITHIN_MS = 10_000;
const MOST_MEMBERS = 1000;
const PAGE = 200;
const MOST_REMEMBERED = 200;

/** Who reads a conversation; or why nothing can be shown to them, without a full stop, and what to do about it. */
export type Readers =
  | { readonly ok: true; readonly audience: Audience }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly remedy?: string;
      /** Whether waiting does not help. */
      readonly isLasting: boolean;
    };

/** People of another company are no readers, unless `externalAllowed` says that they may be. */
export type FindReaders = (
  channelId: string,
  rules?: { readonly externalAllowed: boolean },
) => Promise<Readers>;

export interface ReadersOptions {
  readonly client: Pick<WebClient, "conversations">;
  readonly findPerson: FindPerson;
  readonly workspaceId: string;
  readonly now: () => Date;
  readonly log: Pick<Logger, "warn">;
}

const membersAnswer = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/**
 * Finds out who reads a conversation, and remembers its members for a minute. Whoever cannot be looked up
 * makes it unknown, since they might be anybody.
 */
export function createReaders({ client, findPerson, workspaceId, now, log }: ReadersOptions): FindReaders {
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

  const asked = { forMs: REMEMBERED_MS, most: MOST_REMEMBERED, now };
  const channelOf = remember((channelId) => askChannel(client, channelId), asked);
  /** Undefined where there are more than can be looked up. */
  const memberIdsOf = remember(membersOf, asked);

  const readersOf = async (channelId: string, externalAllowed: boolean): Promise<Readers> => {
    const { name: place, isExternal } = await channelOf(channelId);
    if (isExternal && !externalAllowed) return lasting(`People of another company read ${place}`);
    const memberIds = await memberIdsOf(channelId);
    if (memberIds === undefined)
      return lasting(`${place} has more than ${MOST_MEMBERS} members, more than I can look up`);
    const people = await Promise.all(memberIds.map(findPerson));
    const unknown = people.filter((person) => person === undefined).length;
    if (unknown > 0) return passing(`Slack did not say who ${unknown} of the members of ${place} are`);
    const readers = people.filter((person) => person !== undefined).filter(({ isBot }) => !isBot);
    const members = readers.filter(({ standing }) => standing !== undefined);
    const guests = readers.length - members.length;
    // Slack tells guests and people of another company apart no better than this.
    if (guests > 0 && !isExternal)
      return lasting(
        guests === 1
          ? `1 guest reads ${place}, and guests see no accounts`
          : `${guests} guests read ${place}, and guests see no accounts`,
      );
    const viewers = members.map(({ email, standing }) => ({
      workspaceId,
      ...(email !== undefined && { email }),
      ...(standing !== undefined && { standing }),
    }));
    return { ok: true, audience: { place, members: viewers } };
  };

  return async (channelId, { externalAllowed } = { externalAllowed: false }) => {
    const late = passing("Slack took too long to say who reads this conversation");
    try {
      return await within(LOOKED_UP_WITHIN_MS, readersOf(channelId, externalAllowed), late);
    } catch (err) {
      const fault = faultOf(err);
      log.warn({ channelId, ...fault }, "the readers of a conversation could not be looked up");
      return isHidden(err)
        ? lasting("I cannot see who reads this conversation", "Invite me with /invite @Portfolio.")
        : passing("Slack did not say who reads this conversation", remedyFor(fault));
    }
  };
}

function lasting(reason: string, remedy?: string): Readers {
  return { ok: false, reason, isLasting: true, ...(remedy !== undefined && { remedy }) };
}

function passing(reason: string, remedy = "Please try again in a minute."): Readers {
  return { ok: false, reason, isLasting: false, remedy };
}
