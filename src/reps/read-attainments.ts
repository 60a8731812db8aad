import type { Context } from "../command.ts";
import { addDays } from "../core/calendar.ts";
import type { Snapshot } from "../store/reads.ts";
import type { Attainments } from "./board-table.ts";
import { attainmentOf, quotaPeriod } from "./quota-attainment.ts";
import type { BoardRow } from "./read-board.ts";

/** What share of their quotas reps have sold, of those that the viewer may know; undefined where there is none. */
export async function readAttainments(
  snapshot: Snapshot,
  fiscalPeriod: string | undefined,
  rows: readonly BoardRow[],
  { store }: Pick<Context, "store">,
): Promise<Attainments | undefined> {
  if (rows.length === 0) return undefined;
  const quotas = await store.repQuotas();
  const addresses = new Set(rows.flatMap(({ result: { email } }) => email?.trim().toLowerCase() ?? []));
  const period = quotaPeriod(
    quotas.filter(({ email }) => addresses.has(email)),
    fiscalPeriod,
    snapshot,
  );
  if (period === undefined) return undefined;
  const { label, first, last } = period;
  const window = { after: addDays(first, -1), until: last };
  const sold = await store.repResults(snapshot, { deals: {}, window, isMature: false });
  const { currency } = snapshot;
  const shares = rows.flatMap(({ repId, result }): readonly (readonly [string, number])[] => {
    const own = sold.rows.find((row) => row.repId === repId);
    const share = attainmentOf(result, own, { quotas, label, currency });
    return share === undefined ? [] : [[repId, share]];
  });
  return { label, shares: new Map(shares) };
}
