import type { HeldAction } from "./rank.ts";

/** What is shown of what is open, and how much is not. */
export interface Capped<Action> {
  /** In the order that was given. */
  readonly shown: readonly Action[];
  /** Since something better is shown for the account, and since the holder has enough to do. */
  readonly heldBack: { readonly byAccount: number; readonly byCap: number };
}

/**
 * At most one action for an account at a time, its best, and at most so many for a holder. Complaints are always shown:
 * they take their account's place, since nobody wants to be sold to before they are answered, and count for the cap.
 * Accounts that nobody owns have no cap.
 *
 * @param ranked the best first, what is open only.
 */
export function capActions<Action extends Pick<HeldAction, "accountId" | "kind" | "holderKey">>(
  ranked: readonly Action[],
  perHolder: number,
): Capped<Action> {
  const complaints = ranked.filter(isComplaint);
  const taken = new Set(complaints.map(({ accountId }) => accountId));
  const best = ranked.filter((action) => {
    if (isComplaint(action)) return true;
    if (taken.has(action.accountId)) return false;
    taken.add(action.accountId);
    return true;
  });
  const held = new Map<string, number>();
  for (const { holderKey } of complaints) if (holderKey !== undefined) count(holderKey);
  const shown = best.filter((action) => {
    const { holderKey } = action;
    if (isComplaint(action) || holderKey === undefined) return true;
    if ((held.get(holderKey) ?? 0) >= perHolder) return false;
    count(holderKey);
    return true;
  });
  return {
    shown,
    heldBack: { byAccount: ranked.length - best.length, byCap: best.length - shown.length },
  };

  function count(holderKey: string): void {
    held.set(holderKey, (held.get(holderKey) ?? 0) + 1);
  }
}

function isComplaint({ kind }: Pick<HeldAction, "kind">): boolean {
  return kind === "complaint";
}
