import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { z } from "zod";
import type { Person } from "../desk.ts";
import { patiently } from "./patiently.ts";
import { type FindPerson, personOf, slackUser } from "./people.ts";
import { remember } from "./remember.ts";
import { attempt } from "./slack-fault.ts";

const REMEMBERED_MS = 10 * 60_000;
/** After so many questions within that time, everybody is asked for at once. */
const MOST_SINGLE = 50;
const PAGE = 500;
const MOST_PAGES = 200;

const page = z.object({
  members: z.array(slackUser.extend({ id: z.string() })),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/**
 * Finds people one by one while there are few, and all of the workspace at once when many are asked for: Slack answers some
 * hundred questions about single people in a minute, and as many pages of hundreds. Who is not on the list is asked for.
 */
export function createRoster(options: {
  readonly client: Pick<WebClient, "users">;
  readonly teamId: string;
  /** For single people. */
  readonly findPerson: FindPerson;
  readonly now: () => Date;
  readonly log: Pick<Logger, "warn">;
}): FindPerson {
  const { client, teamId, findPerson, now, log } = options;
  let asked = { count: 0, sinceMs: 0 };

  async function everybody(): Promise<ReadonlyMap<string, Person>> {
    const people = new Map<string, Person>();
    let cursor: string | undefined;
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const wanted = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
      const outcome = await patiently(
        () => attempt(client.users.list(wanted).then(page.parse)),
        () => {},
      );
      if (!outcome.ok) {
        log.warn({ where: "users.list", ...outcome.fault }, "Slack did not say who everybody is");
        return people;
      }
      for (const user of outcome.value.members) people.set(user.id, personOf(user, teamId));
      cursor = outcome.value.response_metadata?.next_cursor || undefined;
      if (cursor === undefined) break;
    }
    return people;
  }

  const list = remember(everybody, { forMs: REMEMBERED_MS, most: 1, now });

  return async (userId) => {
    const nowMs = now().getTime();
    if (nowMs > asked.sinceMs + REMEMBERED_MS) asked = { count: 0, sinceMs: nowMs };
    asked.count += 1;
    if (asked.count <= MOST_SINGLE) return findPerson(userId);
    return (await list("everybody")).get(userId) ?? findPerson(userId);
  };
}
