import type { Context } from "../command.ts";
import type { Snapshot } from "../store/reads.ts";
import { UsageError } from "../usage-error.ts";
import { formatDay } from "../wording.ts";
import { isListed } from "./require-values.ts";

/**
 * Below which chance of still being a customer, in per cent, an account of a snapshot has gone quiet.
 *
 * @throws UsageError where no model can tell, or the snapshot's chances are not kept; `quiet 90d` always works.
 */
export async function quietBelow(snapshot: Snapshot, context: Pick<Context, "store">): Promise<number> {
  const { id, asOf } = snapshot;
  const basis = await context.store.valueBasis(snapshot);
  if (!basis)
    throw sayDays(
      `Snapshot ${id} was made before there were lifetime values, so it does not tell who has gone quiet.`,
    );
  if (basis.fit.teller === undefined)
    throw sayDays("The data does not let me tell who has gone quiet: no model that can tell it fits.");
  if (!(await isListed(basis, snapshot, context)))
    throw sayDays(
      `Who had gone quiet on ${formatDay(asOf)} is not kept any more: only the newest snapshots list it.`,
    );
  return basis.quietBelowPercent;
}

function sayDays(reason: string): UsageError {
  return new UsageError(`${reason} Say how long they have not bought instead, as in \`quiet 90d\`.`, [
    { label: "Quiet for 90 days", line: "top quiet 90d" },
  ]);
}
