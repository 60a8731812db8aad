import type { Context } from "../command.ts";
import type { Worker } from "../core/offers/offer.ts";
import { repKey } from "../core/worker-keys.ts";
import { resolveOwner } from "../resolve-filters.ts";
import { UsageError } from "../usage-error.ts";
import { isWord } from "./reason-words.ts";

/**
 * Who is to work an account: a rep by name or mention, or a mentioned member who is none.
 *
 * @throws UsageError that names the reps there are.
 */
export async function resolveWorker(typed: string, context: Context): Promise<Worker> {
  if (isWord(typed, "me")) return (await context.decisions.actor()).worker;
  const reps = await context.store.reps();
  const userId = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(typed)?.[1];
  if (userId === undefined) {
    const { id, name } = await resolveOwner({ kind: "name", name: typed.replace(/^@/, "") }, reps, context);
    return { key: repKey(id), name };
  }
  const person = await context.people(userId);
  const address = person?.email?.toLowerCase();
  if (person === undefined || address === undefined)
    throw new UsageError("Slack does not tell me this person's address. Write a rep's name instead.");
  const rep = reps.find(({ email }) => email?.toLowerCase() === address);
  if (rep) return { key: repKey(rep.id), name: rep.name };
  if (person.standing === undefined || person.isBot)
    throw new UsageError(
      `${person.name} is no full member of this workspace, and no rep in the imported data.`,
    );
  return { key: `mail:${address}`, name: person.name };
}
