import type { Context } from "./command.ts";
import { wordRedefinition } from "./redefinition-words.ts";
import type { RedefinedTier } from "./store/read-redefined.ts";
import type { Against, MoveRow, Snapshot } from "./store/reads.ts";

/** What changes of definitions did to tiers between two days. */
export interface RedefinedSince {
  /** The newest such move of each account, of the accounts given. */
  readonly byAccount: ReadonlyMap<string, RedefinedTier>;
  readonly notes: readonly string[];
}

/** The newest move of one account by definitions alone. */
export async function redefinedAccount(
  { store }: Pick<Context, "store">,
  snapshot: Snapshot,
  accountId: string,
): Promise<RedefinedTier | undefined> {
  const span = { after: 0, until: snapshot.id };
  const changes = await store.redefinitions(span);
  if (changes.every(({ moves }) => moves === 0)) return undefined;
  const [newest] = await store.redefinedTiers(span, [accountId]);
  return newest;
}

/** Only an older snapshot went by definitions of its own: the other days are computed by those of now. */
export async function redefinedSince(
  { store }: Pick<Context, "store">,
  snapshot: Snapshot,
  against: Against,
  rows: readonly MoveRow[],
): Promise<RedefinedSince> {
  const isKept = against.kind === "snapshot";
  const span = { after: isKept ? against.id : 0, until: snapshot.id };
  const changes = (await store.redefinitions(span)).filter(({ moves }) => moves > 0);
  if (!isKept) {
    const [newest] = changes;
    return {
      byAccount: new Map(),
      notes: newest
        ? [`${wordRedefinition(newest)} No move here is by that: both days go by the definitions of now.`]
        : [],
    };
  }
  const moved =
    changes.length === 0
      ? []
      : await store.redefinedTiers(
          span,
          rows.map(({ accountId }) => accountId),
        );
  return {
    byAccount: new Map(moved.map((one) => [one.accountId, one] as const).toReversed()),
    notes: changes.map(wordRedefinition),
  };
}
