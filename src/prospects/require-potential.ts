import type { Context } from "../command.ts";
import { formatQuery, type Query } from "../query.ts";
import type { PotentialBasis } from "../store/prospects.ts";
import type { Snapshot } from "../store/reads.ts";
import { UsageError } from "../usage-error.ts";
import { formatDay } from "../wording.ts";

/**
 * What the potentials of a snapshot follow from, where accounts are listed by them.
 *
 * @throws UsageError where there are none.
 */
export async function requirePotential(
  command: string,
  snapshot: Snapshot,
  query: Query,
  { store }: Pick<Context, "store">,
): Promise<PotentialBasis> {
  const basis = await store.potentialBasis(snapshot);
  if (basis?.isListed) return basis;
  const { snapshot: asked, ...others } = query;
  const newest =
    asked === undefined
      ? []
      : [{ label: "As of the newest data", line: formatQuery(command, { ...others, page: 1 }) }];
  throw new UsageError(
    basis
      ? `Accounts are no longer listed by the potential they had on ${formatDay(snapshot.asOf)}: only the newest snapshots keep that.`
      : `Nobody bought anything in the 12 months to ${formatDay(snapshot.asOf)}, so nothing says what accounts could bring.`,
    newest,
  );
}
