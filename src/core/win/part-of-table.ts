import type { Feature, WinTable } from "./win-table.ts";

/** Some rows of a table, in the order that they are named in. */
export function selectRows({ features }: WinTable, rows: Int32Array): WinTable {
  return {
    rows: rows.length,
    features: features.map(
      (feature): Feature =>
        feature.kind === "number"
          ? { ...feature, values: valuesOf(feature.values, rows) }
          : { ...feature, codes: codesAt(feature.codes, rows) },
    ),
  };
}

/** A table without some of its columns. */
export function withoutColumns({ rows, features }: WinTable, names: ReadonlySet<string>): WinTable {
  return { rows, features: features.filter(({ name }) => !names.has(name)) };
}

/** One row of a table, with the levels that it has only. */
export function rowOf({ features }: WinTable, row: number): WinTable {
  return {
    rows: 1,
    features: features.map((feature): Feature => {
      if (feature.kind === "number") return { ...feature, values: feature.values.slice(row, row + 1) };
      const level = feature.levels[feature.codes[row] ?? -1];
      return level === undefined
        ? { ...feature, levels: [], codes: Int32Array.of(-1) }
        : { ...feature, levels: [level], codes: Int32Array.of(0) };
    }),
  };
}

/** The numbers of some rows. A loop, since `Float64Array.from` takes ten times as long. */
export function valuesOf(values: Float64Array, rows: Int32Array): Float64Array {
  const some = new Float64Array(rows.length);
  for (let at = 0; at < some.length; at += 1) some[at] = values[rows[at] ?? -1] ?? Number.NaN;
  return some;
}

function codesAt(codes: Int32Array, rows: Int32Array): Int32Array {
  const some = new Int32Array(rows.length);
  for (let at = 0; at < some.length; at += 1) some[at] = codes[rows[at] ?? -1] ?? -1;
  return some;
}
