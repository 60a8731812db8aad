import { categoryOf } from "./read-category.ts";
import { type Reading, valueIn } from "./read-features.ts";
import type { TextColumn } from "./text-column.ts";
import type { WinModel } from "./win-model.ts";
import { readLogistic, readRates } from "./win-parameters.ts";
import type { Feature, WinTable } from "./win-table.ts";

/** Deals, or accounts without one, as they are written. */
export interface Written {
  readonly columns: readonly TextColumn[];
  readonly rows: Int32Array;
  /** From which day on each is told, in days since 1970: days are counted back from there. */
  readonly from: Float64Array;
}

/**
 * What a model looks at, of rows that it was not shown: each column is read as the kind that it was then, so that a text among
 * few rows does not make it another one. A column that they lack is not known of them.
 */
export function knownTo(model: WinModel, { columns, rows, from }: Written, reading: Reading): WinTable {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const features = featuresOf(model).flatMap(({ name, kind }): readonly Feature[] => {
    const column = byName.get(name);
    if (!column) return [];
    if (kind === "category") return [categoryOf(column, rows).feature];
    const read = (by: (text: string) => number | undefined) =>
      Float64Array.from(column.texts, (text) => by(text) ?? Number.NaN);
    const [numbers, days] = [read(reading.numberOf), read(reading.dayOf)];
    const valueAt = (row: number) => {
      const number = valueIn(column, numbers, row);
      return Number.isNaN(number)
        ? (from[row] ?? Number.NaN) - (days[column.places[row] ?? -1] ?? Number.NaN)
        : number;
    };
    return [{ kind, name, values: Float64Array.from(rows, valueAt) }];
  });
  return { rows: rows.length, features };
}

/** The columns that a model looks at. */
export function featuresOf(model: WinModel) {
  switch (model.method) {
    case "base-rate":
      return [];
    case "shrunk-rates":
      return readRates(model).rates.levels.map(({ coding }) => coding);
    case "logistic":
      return readLogistic(model).encoding.map(({ coding }) => coding);
  }
}
