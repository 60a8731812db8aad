import type { Context } from "../command.ts";
import { formatQuery, type Query } from "../query.ts";
import type { Snapshot } from "../store/reads.ts";
import type { ValueBasis } from "../store/values.ts";
import { UsageError } from "../usage-error.ts";
import { formatDay } from "../wording.ts";

type Asking = Pick<Context, "store">;

/**
 * What the values of a snapshot follow from.
 *
 * @throws UsageError for a snapshot of before there were lifetime values.
 */
export async function requireBasis(
  command: string,
  snapshot: Snapshot,
  query: Query,
  { store }: Asking,
): Promise<ValueBasis> {
  const basis = await store.valueBasis(snapshot);
  if (basis) return basis;
  throw new UsageError(
    `Snapshot ${snapshot.id} was made before there were lifetime values. The next one has them: it comes with new data, or within the hour.`,
    newestSnapshot(command, query),
  );
}

/**
 * The same where accounts are wanted by their worth.
 *
 * @throws UsageError also for a snapshot whose accounts are no longer listed by it.
 */
export async function requireListed(
  command: string,
  snapshot: Snapshot,
  query: Query,
  context: Asking,
): Promise<ValueBasis> {
  const basis = await requireBasis(command, snapshot, query, context);
  if (await isListed(basis, snapshot, context)) return basis;
  throw new UsageError(
    `Accounts are no longer listed by the lifetime value they had on ${formatDay(snapshot.asOf)}: only the newest snapshots keep that. \`ltv <name>\` still tells it of one account.`,
    newestSnapshot(command, query),
  );
}

/** Whether accounts can be picked by their values; where nobody ever bought there are none to list. */
export async function isListed(basis: ValueBasis, snapshot: Snapshot, { store }: Asking): Promise<boolean> {
  return basis.isListed || (await store.totals(snapshot)).accounts === 0;
}

function newestSnapshot(command: string, { snapshot: _, ...query }: Query) {
  return [{ label: "As of the newest data", line: formatQuery(command, { ...query, page: 1 }) }];
}
