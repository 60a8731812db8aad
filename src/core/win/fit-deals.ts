import { type ChosenColumn, type ColumnReading, chooseFeatures } from "./choose-features.ts";
import { type DealRecords, dealEnds, endedRows, openRows } from "./deal-records.ts";
import { fitWinModel } from "./fit-win-model.ts";
import { knownTo } from "./known-to.ts";
import { type Maturity, matureCohorts } from "./mature-cohorts.ts";
import { selectRows, valuesOf } from "./part-of-table.ts";
import { explainWin, predictWins } from "./predict-wins.ts";
import type { WinFit, WinModel, WinPredictions, WinReason } from "./win-model.ts";
import type { WinTable } from "./win-table.ts";

/** What was known of deals that have ended, when they began. */
export interface KnownDeals {
  /** Their places among all deals. */
  readonly rows: Int32Array;
  readonly table: WinTable;
  readonly won: Uint8Array;
  readonly excluded: readonly Extract<ChosenColumn, { readonly kind: "excluded" }>[];
}

/** Which columns tell what was known when a deal began, as far as their names and cells say. */
export function knownDeals(deals: DealRecords, reading: ColumnReading): KnownDeals {
  const rows = endedRows(deals);
  const won = Uint8Array.from(rows, (row) => Number(deals.ends[row] === dealEnds.won));
  const days = valuesOf(deals.createdOn, rows);
  const chosen = chooseFeatures(
    deals.columns,
    { outcome: "deal stage", won, days: days.some(Number.isFinite) ? days : undefined, rows },
    () => reading,
  );
  const features = chosen.flatMap((each) => (each.kind === "feature" ? [each.feature] : []));
  const excluded = chosen.flatMap((each) => (each.kind === "excluded" ? [each] : []));
  return { rows, won, table: { rows: rows.length, features }, excluded };
}

/** A model of which deals are won, and the age from which on they tell it; undefined where that cannot be seen. */
export interface DealFit {
  readonly fit: WinFit;
  readonly maturity: Maturity | undefined;
}

/**
 * Learns which deals are won from those that are old enough for it to be known what comes of deals of their age: of younger ones
 * only those that closed fast have ended, and these end otherwise. A deal of which it is not known when it began counts as old.
 *
 * @param asOf in days since 1970.
 */
export function fitDeals(deals: DealRecords, { rows, table, won }: KnownDeals, asOf: number): DealFit {
  const { ends, createdOn, closedOn } = deals;
  // How long deals take is told by those that are open, and by those of which it is known when they ended.
  const lives = Int32Array.from(ends.keys()).filter(
    (row) => ends[row] === dealEnds.open || !Number.isNaN(closedOn[row]),
  );
  const maturity = matureCohorts(valuesOf(createdOn, lives), valuesOf(closedOn, lives), asOf);
  const lastDay = maturity?.lastDay ?? Number.POSITIVE_INFINITY;
  const at = valuesOf(deals.createdOn, rows);
  const mature = Int32Array.from(rows.keys()).filter((row) => !((at[row] ?? Number.NaN) > lastDay));
  const outcomes = {
    won: Uint8Array.from(mature, (row) => won[row] ?? 0),
    at: valuesOf(at, mature),
  };
  return { fit: fitWinModel(selectRows(table, mature), outcomes), maturity };
}

/** Of every open deal, in their order. */
export interface ForetoldDeals extends WinPredictions {
  readonly reasons: readonly (readonly WinReason[])[];
}

export function foretellDeals(model: WinModel, deals: DealRecords, reading: ColumnReading): ForetoldDeals {
  const rows = openRows(deals);
  const table = knownTo(model, { columns: deals.columns, rows, from: deals.createdOn }, reading);
  return {
    ...predictWins(model, table),
    reasons: Array.from(rows, (_, at) => explainWin(model, table, at)),
  };
}
