import { evaluate } from "./evaluate.ts";
import { findLeaks } from "./leaks-by-evidence.ts";
import { withoutColumns } from "./part-of-table.ts";
import { trainBaseRate, trainModel } from "./train-model.ts";
import type { WinFit } from "./win-model.ts";
import type { ExcludedFeature, Outcomes, WinTable } from "./win-table.ts";

/**
 * Below these a model is not tried: with 25 of the rarer kind the standard error of an AUC is .06, so that hardly any signal would
 * be seen, and what seemed one would mostly be chance.
 */
const [fewestDeals, fewestOfEach] = [100, 25];

/**
 * Learns which deals are won. Columns that leak are named and left out. The model is the base rate where outcomes are too few, or
 * where, on deals that were not shown, nothing told them better than that beyond two standard errors: the evaluation says so.
 * The rest is plain JSON.
 */
export function fitWinModel(table: WinTable, outcomes: Outcomes): WinFit {
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const base = trainBaseRate(outcomes, rows);
  if (table.rows < fewestDeals || Math.min(base.won, base.deals - base.won) < fewestOfEach) {
    const evaluation = evaluate(table, outcomes, (some) => trainBaseRate(outcomes, some));
    return { model: base, evaluation, excluded: [] };
  }
  const leaks = new Map<string, ExcludedFeature>();
  const without = (some: Int32Array) => {
    const known = withoutColumns(table, new Set(leaks.keys()));
    const found = findLeaks(known, outcomes.won, some);
    for (const leak of found) leaks.set(leak.feature, leak);
    return withoutColumns(known, new Set(found.map(({ feature }) => feature)));
  };
  const judged = () => evaluate(table, outcomes, (some) => trainModel(without(some), outcomes, some, true));
  const first = judged();
  const before = leaks.size;
  const clean = without(rows);
  // What shows in all deals only must have no say in the figures either.
  const evaluation = leaks.size > before ? judged() : first;
  const model = evaluation.signal ? trainModel(clean, outcomes, rows, false) : base;
  return { model, evaluation, excluded: [...leaks.values()] };
}
