import type { FindPerson } from "./people.ts";
import { within } from "./time-limit.ts";

/** A form waits to be opened meanwhile, and Slack waits three seconds for that. */
const NAMED_WITHIN_MS = 800;
/** More people than that are not looked up. */
const MOST_NAMED = 10;

/**
 * What people read in somebody's message, out of Slack's markup: links by their labels, people and channels by name.
 * https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
 */
export async function saidIn(text: string, findPerson: FindPerson): Promise<string> {
  const mentioned = [...new Set([...text.matchAll(/<@([A-Z0-9]+)>/g)].map(([, id]) => id ?? ""))];
  const named = await within(NAMED_WITHIN_MS, namesOf(mentioned.slice(0, MOST_NAMED), findPerson), new Map());
  return text
    .replace(/<@([A-Z0-9]+)(?:\|([^<>]*))?>/g, (_, id, label) => `@${label || named.get(id) || "somebody"}`)
    .replace(/<#[A-Z0-9]+(?:\|([^<>]*))?>/g, (_, label) => (label ? `#${label}` : "a channel"))
    .replace(/<!([a-z]+)(?:\^[^<>|]*)?(?:\|([^<>]*))?>/g, (_, what, label) => label || `@${what}`)
    .replace(/<(?:mailto:|tel:)?([^<>|]+)(?:\|([^<>]*))?>/g, (_, address, label) => label || address)
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

async function namesOf(
  userIds: readonly string[],
  findPerson: FindPerson,
): Promise<ReadonlyMap<string, string>> {
  const people = await Promise.all(
    userIds.map(async (id) => [id, (await findPerson(id))?.name ?? ""] as const),
  );
  return new Map(people);
}
