import { expectDeals } from "../core/reps/expect-deals.ts";
import {
  type DealFit,
  type ForetoldDeals,
  fitDeals,
  foretellDeals,
  knownDeals,
} from "../core/win/fit-deals.ts";
import { valuesOf } from "../core/win/part-of-table.ts";
import type { WinModel } from "../core/win/win-model.ts";
import type { StoredDeals } from "./read-deals.ts";
import { storedReading } from "./stored-reading.ts";

/** What is computed of deals, away from everything else: plain data goes in and out. */
export type DealTask =
  /** All of them: learns which are won, and what was to be expected of those that ended. As of a day since 1970. */
  | { readonly kind: "judge"; readonly deals: StoredDeals; readonly asOf: number }
  /** Foretells the open ones by a model that holds. */
  | { readonly kind: "foretell"; readonly deals: StoredDeals; readonly model: WinModel };

export interface JudgedDeals extends DealFit {
  /** Columns that the model was shown, and why others were not. */
  readonly columns: readonly string[];
  readonly excluded: ReturnType<typeof knownDeals>["excluded"];
  /** The places of deals that ended, and in step with them what was to be expected. */
  readonly rows: Int32Array;
  readonly expected: ReturnType<typeof expectDeals>;
}

export interface DealAnswers {
  readonly judged: JudgedDeals | undefined;
  readonly foretold: ForetoldDeals;
}

export function answerDealTask(task: DealTask): DealAnswers {
  if (task.kind === "foretell")
    return { judged: undefined, foretold: foretellDeals(task.model, task.deals, storedReading) };
  const judged = judge(task.deals, task.asOf);
  return { judged, foretold: foretellDeals(judged.fit.model, task.deals, storedReading) };
}

function judge(deals: StoredDeals, asOf: number): JudgedDeals {
  const known = knownDeals(deals, storedReading);
  const { rows, table, won, excluded } = known;
  const at = (places: Int32Array) => Int32Array.from(rows, (row) => places[row] ?? -1);
  const days = Float64Array.from(
    rows,
    (row) => (deals.closedOn[row] ?? Number.NaN) - (deals.createdOn[row] ?? Number.NaN),
  );
  const expected = expectDeals({
    ...{ table, won, reps: at(deals.reps), products: at(deals.products), tiers: at(deals.tiers) },
    ...{ amounts: valuesOf(deals.amounts, rows), days },
  });
  const columns = table.features.map(({ name }) => name);
  return { ...fitDeals(deals, known, asOf), columns, excluded, rows, expected };
}
