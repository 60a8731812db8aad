import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { z } from "zod";
import { isZone } from "../core/calendar.ts";
import type { Person } from "../desk.ts";
import { remember } from "./remember.ts";
import { faultOf } from "./slack-fault.ts";

const REMEMBERED_MS = 10 * 60 * 1000;
const MOST_REMEMBERED = 1000;

/** Finds out who a Slack user is; `undefined` when Slack does not say. */
export type FindPerson = (userId: string) => Promise<Person | undefined>;

export interface PeopleOptions {
  readonly client: Pick<WebClient, "users">;
  /** The workspace whose members are trusted. */
  readonly teamId: string;
  readonly now: () => Date;
  readonly log: Pick<Logger, "warn">;
}

/** Somebody as Slack describes them. */
export const slackUser = z.object({
  team_id: z.string().optional(),
  name: z.string().optional(),
  real_name: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_admin: z.boolean().optional(),
  is_owner: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  is_email_confirmed: z.boolean().optional(),
  tz: z.string().nullish(),
  profile: z
    .object({
      real_name: z.string().optional(),
      display_name: z.string().optional(),
      email: z.string().optional(),
    })
    .optional(),
});
const answer = z.object({ user: slackUser });

/** Asks Slack who somebody is and remembers it for ten minutes; a failure makes nobody a stranger for as long. */
export function createPeople({ client, teamId, now, log }: PeopleOptions): FindPerson {
  const find = remember(
    async (userId) => personOf(answer.parse(await client.users.info({ user: userId })).user, teamId),
    { forMs: REMEMBERED_MS, most: MOST_REMEMBERED, now },
  );
  return async (userId) => {
    try {
      return await find(userId);
    } catch (err) {
      log.warn({ where: "users.info", userId, ...faultOf(err) }, "Slack did not say who somebody is");
      return undefined;
    }
  };
}

/** Only a full member has standing, and an address that counts: guests and people of other companies could name any. */
export function personOf(user: z.infer<typeof slackUser>, teamId: string): Person {
  const name =
    user.profile?.real_name || user.real_name || user.profile?.display_name || user.name || "somebody";
  const email = user.profile?.email;
  const isMember =
    user.team_id === teamId &&
    !(user.deleted || user.is_restricted || user.is_ultra_restricted || user.is_stranger);
  if (user.is_bot) return { name, isBot: true };
  if (!isMember) return { name };
  return {
    name,
    standing: user.is_admin || user.is_owner ? "workspace-admin" : "member",
    ...(email && user.is_email_confirmed !== false && { email }),
    ...(user.tz && isZone(user.tz) && { timeZone: user.tz }),
  };
}
