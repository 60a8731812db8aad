import { z } from "zod";
import type { Feature, WinTable } from "./win-table.ts";

/** How a column falls into few groups: numbers between edges, categories by the levels that have a group of their own. */
export const codingSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("number"),
    name: z.string(),
    /** Ascending; a number on an edge is below it. */
    edges: z.array(z.number()).readonly(),
  }),
  z.object({ kind: z.literal("category"), name: z.string(), levels: z.array(z.string()).readonly() }),
]);

export type Coding = z.infer<typeof codingSchema>;

/** How many codes a coding has. The last is for what is not known; before it, of a category, that of all other levels. */
export function codeCount(coding: Coding): number {
  return coding.kind === "number" ? coding.edges.length + 2 : coding.levels.length + 2;
}

/** Whether a code is that of what is not known. */
export function isMissing(coding: Coding, code: number): boolean {
  return code === codeCount(coding) - 1;
}

/**
 * The coding of a column by some of its rows.
 *
 * @param bins of a number, each with about as many rows; few where many rows have the same number.
 * @param levels of a category that get a code of their own: the most frequent, with at least `leastRows` rows each.
 */
export function learnCoding(
  feature: Feature,
  rows: Int32Array,
  { bins, levels, leastRows }: { readonly bins: number; readonly levels: number; readonly leastRows: number },
): Coding {
  const { name } = feature;
  if (feature.kind === "number") return { kind: "number", name, edges: edgesOf(feature.values, rows, bins) };
  const counts = new Map<string, number>();
  const byCode = new Uint32Array(feature.levels.length);
  for (const row of rows) {
    const code = feature.codes[row] ?? -1;
    if (code >= 0 && code < byCode.length) byCode[code] = (byCode[code] ?? 0) + 1;
  }
  for (const [code, level] of feature.levels.entries())
    counts.set(level, (counts.get(level) ?? 0) + (byCode[code] ?? 0));
  const kept = [...counts]
    .filter(([, count]) => count >= Math.max(1, leastRows))
    .toSorted(([one, most], [other, more]) => more - most || (one < other ? -1 : 1))
    .slice(0, levels);
  return { kind: "category", name, levels: kept.map(([level]) => level) };
}

/** The code of every row. A table without the column, or with one of another kind, knows it of no row. */
export function codesOf(coding: Coding, table: WinTable): Int32Array {
  const feature = featureOf(table, coding);
  const missing = codeCount(coding) - 1;
  const codes = new Int32Array(table.rows).fill(missing);
  if (coding.kind === "number" && feature?.kind === "number") {
    for (let row = 0; row < codes.length; row += 1) {
      const value = feature.values[row] ?? Number.NaN;
      if (Number.isFinite(value)) codes[row] = binOf(coding.edges, value);
    }
  }
  if (coding.kind === "category" && feature?.kind === "category") {
    const places = new Map(coding.levels.map((level, place) => [level, place]));
    const own = feature.levels.map((level) => places.get(level) ?? coding.levels.length);
    for (let row = 0; row < codes.length; row += 1) codes[row] = own[feature.codes[row] ?? -1] ?? missing;
  }
  return codes;
}

/** The column of a table that a coding is about: the first of that name, if it is still of that kind. */
export function featureOf(
  table: WinTable,
  { name, kind }: Pick<Coding, "name" | "kind">,
): Feature | undefined {
  const feature = table.features.find((each) => each.name === name);
  return feature?.kind === kind ? feature : undefined;
}

/** Rows at equal distances, at most so many: enough for quantiles and for telling candidates apart. */
export function thinned(rows: Int32Array, most: number): Int32Array {
  if (rows.length <= most) return rows;
  return Int32Array.from({ length: most }, (_, at) => rows[Math.floor((at * rows.length) / most)] ?? 0);
}

/** The finite numbers of some rows, ascending. */
export function sortedValues(values: Float64Array, rows: Int32Array): Float64Array {
  const finite = new Float64Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const value = values[row] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    finite[count] = value;
    count += 1;
  }
  return finite.subarray(0, count).sort();
}

function edgesOf(values: Float64Array, rows: Int32Array, bins: number): readonly number[] {
  const sorted = sortedValues(values, rows);
  const last = sorted.at(-1);
  const edges = Array.from(
    { length: bins - 1 },
    (_, bin) => sorted[Math.ceil(((bin + 1) * sorted.length) / bins) - 1] ?? last ?? 0,
  );
  // What most rows have in common takes several quantiles; above the last edge there must be something.
  return [...new Set(edges)].filter((edge) => last !== undefined && edge < last);
}

function binOf(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (edges[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}
