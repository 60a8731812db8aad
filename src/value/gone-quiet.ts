import type { Context } from "../command.ts";
import { type Day, daysUntil } from "../core/calendar.ts";
import type { Snapshot } from "../store/reads.ts";
import { UsageError } from "../usage-error.ts";
import { countOf, formatDay } from "../wording.ts";
import { isListed } from "./require-values.ts";

/** Where no model can tell who has left, this long without a purchase counts as quiet. */
const INSTEAD_DAYS = 90;

/** How accounts that have gone quiet are told apart. */
export type Quietness =
  /** By the chance of still being a customer, in per cent. */
  | { readonly kind: "chance"; readonly belowPercent: number }
  /** By the time since the last purchase; `note` says why. */
  | { readonly kind: "days"; readonly days: number; readonly since: Day; readonly note: string };

/**
 * How accounts of a snapshot that have gone quiet are told apart: by a model that can tell, or else by days.
 *
 * @throws UsageError for a snapshot whose chances are no longer kept.
 */
export async function quietnessOf(snapshot: Snapshot, context: Pick<Context, "store">): Promise<Quietness> {
  const { id, asOf } = snapshot;
  const basis = await context.store.valueBasis(snapshot);
  if (!basis) return byDays(asOf, `Snapshot ${id} was made before there were models that tell who has left`);
  if (basis.fit.teller === undefined)
    return byDays(asOf, "The data does not let any model tell who has left");
  if (await isListed(basis, snapshot, context))
    return { kind: "chance", belowPercent: basis.quietBelowPercent };
  throw new UsageError(
    `Who had gone quiet on ${formatDay(asOf)} is not kept any more: only the newest snapshots list it. Say how long they have not bought instead, as in \`quiet ${INSTEAD_DAYS}d\`.`,
    [{ label: `Quiet for ${INSTEAD_DAYS} days`, line: `top quiet ${INSTEAD_DAYS}d` }],
  );
}

function byDays(asOf: Day, why: string): Quietness {
  const note = `${why}: quiet means no purchase for ${countOf(INSTEAD_DAYS, "day")}.`;
  return { kind: "days", days: INSTEAD_DAYS, since: daysUntil(asOf, INSTEAD_DAYS).after, note };
}
