import type { Table } from "./command.ts";
import { formatMoney } from "./core/money.ts";
import { type MoveKind, type MoveReason, moveKind } from "./core/moves.ts";
import { wordMove } from "./move-words.ts";
import { wordRedefined } from "./redefinition-words.ts";
import type { RedefinedTier } from "./store/read-redefined.ts";
import type { Against, MoveRow, Snapshot } from "./store/reads.ts";
import { formatDay } from "./wording.ts";

/** What moves are against. */
export interface Earlier {
  readonly against: Against;
  /** The last day of the earlier window. */
  readonly previousUntil: string;
  readonly byOtherRules: boolean;
}

/** Then and now, with one reason each; `redefined` are those that a changed definition moved in between. */
export function moveTable(
  rows: readonly MoveRow[],
  snapshot: Snapshot,
  previousUntil: string,
  redefined: ReadonlyMap<string, RedefinedTier>,
): Table {
  const { asOf, currency } = snapshot;
  const hasOwners = rows.some(({ owner }) => owner !== undefined);
  const money = (amount: number) => ({ text: formatMoney({ amount, currency }), value: amount });
  return {
    caption: "Moves, those of most money first",
    columns: [
      { title: "Account" },
      { title: "Tier" },
      { title: formatDay(previousUntil), align: "right" },
      { title: formatDay(asOf), align: "right" },
      { title: "Why" },
      ...(hasOwners ? [{ title: "Owner" }] : []),
    ],
    rows: rows.map(({ accountId, account, owner, tier, previousTier, value, previousValue, reason }) => [
      { text: account },
      { text: `${previousTier ?? "new"} → ${tier ?? "gone"}` },
      money(previousValue),
      money(value),
      { text: whyOf(reason, snapshot, redefined.get(accountId)) },
      ...(hasOwners ? [{ text: owner ?? "no owner" }] : []),
    ]),
  };
}

/** Exact figures, as a list that can be downloaded. */
export function moveData(
  rows: readonly MoveRow[],
  counts: Readonly<Record<MoveKind, number>>,
  {
    snapshot,
    against,
    previousUntil,
    redefined,
  }: Pick<Earlier, "against" | "previousUntil"> & {
    readonly snapshot: Snapshot;
    readonly redefined: ReadonlyMap<string, RedefinedTier>;
  },
) {
  const money = (amount: number) => ({ amount, currency: snapshot.currency });
  return {
    asOf: snapshot.asOf,
    previousUntil,
    against,
    counts,
    rows: rows.map(({ accountId, account, owner, tier, previousTier, value, previousValue, reason }) => ({
      accountId,
      account,
      move: moveKind({ tier, previousTier }),
      previousTier: previousTier ?? null,
      tier: tier ?? null,
      previousValue: money(previousValue),
      value: money(value),
      change: money(value - previousValue),
      reason: { ...reason, text: wordMove(reason, snapshot) },
      redefined: redefined.get(accountId) ?? null,
      owner: owner ?? null,
    })),
  };
}

function whyOf(reason: MoveReason, snapshot: Snapshot, redefined: RedefinedTier | undefined): string {
  const why = wordMove(reason, snapshot);
  return redefined ? `${why}; ${wordRedefined(redefined)}` : why;
}
