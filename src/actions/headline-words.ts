import { formatMoney } from "../core/money.ts";
import type { OpenActions } from "../store/actions.ts";
import { countOf, formatCount } from "../wording.ts";
import { kindNames } from "./kind-words.ts";
import type { SelectedActions } from "./select-actions.ts";
import type { TypedList } from "./typed-actions.ts";

const anyKind = ["action", "actions"] as const;

/** Whose and which a list is. */
export type Subject = Pick<TypedList, "kinds"> & Pick<SelectedActions, "isOwn" | "account" | "spoken">;

/**
 * What a list is about, counted: "7 actions for you", "3 renewals (mine)", "2 actions for Acme". Only whoever did not say
 * whose is told that they are theirs, since what was said may be read by others.
 */
export function wordSubject(
  { kinds, isOwn, account, spoken }: Subject,
  count: (one: string, many: string) => string,
): string {
  const [kind] = kinds;
  const counted = count(...(kind !== undefined && kinds.length === 1 ? kindNames[kind] : anyKind));
  const whose = isOwn && !spoken.includes("mine") ? " for you" : "";
  const filters = [...(kinds.length > 1 ? kinds.map((each) => kindNames[each][1]) : []), ...spoken];
  const narrowed = filters.length === 0 ? "" : ` (${filters.join(", ")})`;
  return `${counted}${account ? ` for ${account.name}` : whose}${narrowed}`;
}

/** "7 actions for you: €41,000 margin, 3 due this week". */
export function actionsHeadline(
  subject: Subject,
  { total, valueMinor, dueThisWeek }: OpenActions,
  currency: string,
): string {
  return [
    wordSubject(subject, (one, many) => countOf(total, one, many)),
    ...(valueMinor > 0 ? [`${formatMoney({ amount: valueMinor, currency })} margin`] : []),
    ...(dueThisWeek > 0 ? [`${formatCount(dueThisWeek)} due this week`] : []),
  ].join(", ");
}
