import { acquisitionSpan } from "../core/outlook/acquisition.ts";
import { outlookOf } from "../core/outlook/outlook.ts";
import { replacementOf } from "../core/outlook/replacement.ts";
import type { ValueFit } from "../core/value/value-fit.ts";
import { replacementFindings } from "../outlook/replacement-words.ts";
import { isEnough, simulatePolitely } from "../outlook/simulate-politely.ts";
import type { Snapshot, StoreReads } from "../store/reads.ts";
import type { Finding } from "./health-findings.ts";

/**
 * Warns, unasked, where fewer accounts are won than those who leave take with them, and never where it cannot be told who is
 * new; both steps are remembered.
 */
export async function acquisitionFindings(
  store: Pick<StoreReads, "outlookBasis">,
  snapshot: Snapshot,
  fit: ValueFit,
): Promise<readonly Finding[]> {
  const span = acquisitionSpan(fit.firstDay, snapshot.asOf);
  if (span === undefined) return [];
  const basis = await store.outlookBasis(snapshot, {}, span.after);
  const simulated = isEnough(basis.totals)
    ? await simulatePolitely(basis, { asOf: snapshot.asOf, fit })
    : undefined;
  if (simulated === undefined) return [];
  return replacementFindings(replacementOf(outlookOf(simulated), simulated.acquisition));
}
