import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { z } from "zod";
import { keepNewest } from "../core/keep-newest.ts";
import type { Person } from "../desk.ts";
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

const answer = z.object({
  user: z.object({
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
    profile: z
      .object({
        real_name: z.string().optional(),
        display_name: z.string().optional(),
        email: z.string().optional(),
      })
      .optional(),
  }),
});
type User = z.infer<typeof answer>["user"];

/**
 * Asks Slack who somebody is and remembers it for ten minutes.
 */
export function createPeople({ client, teamId, now, log }: PeopleOptions): FindPerson {
  const remembered = new Map<
    string,
    { readonly person: Promise<Person | undefined>; readonly until: number }
  >();

  const ask = async (userId: string): Promise<Person | undefined> => {
    try {
      const { user } = answer.parse(await client.users.info({ user: userId }));
      return personOf(user, teamId);
    } catch (err) {
      // Asked again next time, instead of being a stranger for ten minutes.
      remembered.delete(userId);
      log.warn({ where: "users.info", userId, ...faultOf(err) }, "Slack did not say who somebody is");
      return undefined;
    }
  };

  return (userId) => {
    const known = remembered.get(userId);
    if (known && known.until > now().getTime()) return known.person;
    const person = ask(userId);
    keepNewest(remembered, userId, { person, until: now().getTime() + REMEMBERED_MS }, MOST_REMEMBERED);
    return person;
  };
}

/** Only a full member has standing, and an address that counts: guests and people of other companies could name any. */
function personOf(user: User, teamId: string): Person {
  const name =
    user.profile?.real_name || user.real_name || user.profile?.display_name || user.name || "somebody";
  const email = user.profile?.email;
  const isMember =
    user.team_id === teamId &&
    !(user.deleted || user.is_restricted || user.is_ultra_restricted || user.is_stranger);
  if (user.is_bot) return { name, isBot: true };
  if (!isMember) return { name };
  const standing = user.is_admin || user.is_owner ? "workspace-admin" : "member";
  return email && user.is_email_confirmed !== false ? { name, standing, email } : { name, standing };
}
