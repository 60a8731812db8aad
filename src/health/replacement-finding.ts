import { acquisitionSpan } from "../core/outlook/acquisition.ts";
import { outlookOf } from "../core/outlook/outlook.ts";
import { type Replacement, replacementOf } from "../core/outlook/replacement.ts";
import type { ValueFit } from "../core/value/value-fit.ts";
import { replacementFindings } from "../outlook/replacement-words.ts";
import { isEnough, simulatePolitely } from "../outlook/simulate-politely.ts";
import type { Snapshot, StoreReads } from "../store/reads.ts";
import type { Finding } from "./health-findings.ts";

/**
 * Warns, unasked, where fewer accounts are won than those who leave take with them, and never where it cannot be told who is
 * new.
 */
export async function acquisitionFindings(
  store: Pick<StoreReads, "outlookBasis">,
  snapshot: Snapshot,
  fit: ValueFit,
): Promise<readonly Finding[]> {
  const replacement = await replacementNow(store, snapshot, fit);
  return replacement ? replacementFindings(replacement) : [];
}

/** Acquisition held against what replaces those who leave; undefined where it cannot be told. Both steps are remembered. */
export async function replacementNow(
  store: Pick<StoreReads, "outlookBasis">,
  snapshot: Snapshot,
  fit: ValueFit,
): Promise<Replacement | undefined> {
  const span = acquisitionSpan(fit.firstDay, snapshot.asOf);
  if (span === undefined) return undefined;
  const basis = await store.outlookBasis(snapshot, {}, span.after);
  const simulated = isEnough(basis.totals)
    ? await simulatePolitely(basis, { asOf: snapshot.asOf, fit })
    : undefined;
  return simulated && replacementOf(outlookOf(simulated), simulated.acquisition);
}
