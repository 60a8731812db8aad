import { distance } from "fastest-levenshtein";
import type { Context } from "../command.ts";
import { isManaging } from "../core/access.ts";
import { repKey, workerKeys } from "../core/worker-keys.ts";
import { findAccount } from "../find-account.ts";
import { type Filters, formatFilters, type Query } from "../query.ts";
import { resolveFilters } from "../resolve-filters.ts";
import type { ActionSelection } from "../store/actions.ts";
import type { Snapshot } from "../store/reads.ts";
import { UsageError } from "../usage-error.ts";
import { kindNames, kindWords } from "./kind-words.ts";
import type { TypedList } from "./typed-actions.ts";

/** Letters by which a mistyped kind is another word. */
const MOST_SLIPS = 2;

/** Whose actions a list shows. */
export interface SelectedActions {
  readonly selection: ActionSelection;
  /** The reader's own, since nothing else was asked for, or because they said `mine`. */
  readonly isOwn: boolean;
  readonly account: { readonly id: string; readonly name: string } | undefined;
  /** Filters as people read them, without what is said in other words. */
  readonly spoken: readonly string[];
  /** How filters were understood. */
  readonly notes: readonly string[];
}

/** Whether a list without an owner or a team is of one's own: for reps who are reps of the data. */
export function isOwnByDefault(
  { isEverybodys, account }: TypedList,
  { owner, team }: Filters,
  { access }: Pick<Context, "access">,
): boolean {
  const isNarrowed = isEverybodys || account !== "" || owner !== undefined || team !== undefined;
  return !isNarrowed && !isManaging(access.role) && access.repIds.length > 0;
}

/**
 * What a typed list is over. `mine` and a colleague mean who is to do it; a team, whose accounts they are.
 *
 * @throws UsageError for a filter that says nothing of actions, and as `resolveFilters` and `findAccount`.
 */
export async function selectActions(
  typed: TypedList,
  { filters }: Query,
  snapshot: Snapshot,
  context: Context,
): Promise<SelectedActions> {
  if (filters.sinceDays !== undefined)
    throw new UsageError("`since` is for what was answered: `actions answered since 30d`.", [
      { label: "Answered in the last 30 days", line: "actions answered since 30d" },
    ]);
  const { tier, owner, ...others } = filters;
  const isOwn = owner?.kind === "me" || isOwnByDefault(typed, filters, context);
  const colleague = owner === undefined || owner.kind === "me" ? {} : { owner };
  const [{ selection, spoken, notes }, account] = await Promise.all([
    resolveFilters({ ...others, ...colleague }, snapshot, context),
    typed.account === "" ? undefined : accountNamed(typed.account, context),
  ]);
  const { ownerIds = [], ...rest } = selection;
  const holderKeys = isOwn ? workerKeys(context.access) : colleague.owner && ownerIds.map(repKey);
  return {
    selection: {
      ...rest,
      ...(filters.team === undefined || colleague.owner ? {} : { ownerIds }),
      ...(holderKeys && { holderKeys }),
      ...(tier && { tier }),
      ...(typed.kinds.length > 0 && { kinds: typed.kinds }),
      ...(account && { accountId: account.id }),
    },
    isOwn,
    account,
    spoken: formatFilters({ ...spoken, ...(owner?.kind === "me" && { owner }), ...(tier && { tier }) }),
    notes,
  };
}

async function accountNamed(typed: string, context: Context) {
  try {
    return await findAccount(typed, "actions", context);
  } catch (error) {
    if (!(error instanceof UsageError) || typed.startsWith("id:")) throw error;
    const kinds = Object.values(kindNames).map(([one]) => one);
    const near = kindWords.filter((word) => distance(word, typed.toLowerCase()) <= MOST_SLIPS).slice(0, 1);
    throw new UsageError(
      `${error.message} Kinds of actions are ${kinds.slice(0, -1).join(", ")} and ${kinds.at(-1)}.`,
      [...near.map((word) => ({ label: word, line: `actions ${word}` })), ...error.suggestions],
    );
  }
}
