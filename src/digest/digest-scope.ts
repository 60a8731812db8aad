import type { Context } from "../command.ts";
import { accountFilters, formatFilters, parseQuery, without } from "../query.ts";
import { resolveFilters } from "../resolve-filters.ts";
import type { Selection, Snapshot } from "../store/reads.ts";
import { UsageError } from "../usage-error.ts";
import { scopeNotes } from "../wording.ts";
import type { DigestScope } from "./digest-facts.ts";
import type { DigestAbout } from "./digest-reply.ts";

/** The filters that a digest understands. */
export const digestFilters = without(accountFilters, "from", "direction");

/**
 * What a digest looks at: what its reader owns and holds, unless the filters name somebody, it is for everybody in a channel,
 * or the reader owns nothing.
 *
 * @throws UsageError for words that are no filters, and for filters that name nothing.
 */
export async function scopeOf(
  { filters, isShared = false }: DigestAbout,
  snapshot: Snapshot,
  context: Context,
): Promise<{ readonly scope: DigestScope; readonly selection: Selection }> {
  const { words, filters: typed } = parseQuery(filters, digestFilters);
  if (words.length > 0)
    throw new UsageError(`A digest does not understand "${words.join(" ")}". It takes filters alone.`);
  const { tier, owner, ...others } = typed;
  const isOwnerAsked = owner !== undefined && owner.kind !== "me";
  const isMine = !isShared && !isOwnerAsked && typed.team === undefined && context.access.repIds.length > 0;
  const asked = isMine || owner === undefined ? others : { ...others, owner };
  const isEverything = Object.keys(asked).length === 0;
  const { selection, spoken } = isEverything
    ? { selection: {}, spoken: {} }
    : await resolveFilters(asked, snapshot, context);
  return {
    scope: {
      isMine,
      isShared,
      filters: formatFilters({ ...spoken, ...(tier && { tier }) }).join(" "),
      notes: isMine ? [] : scopeNotes(context.access).map((note) => note.replace(/\.$/, "")),
    },
    selection: { ...selection, ...(tier && { tier }) },
  };
}
