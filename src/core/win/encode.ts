import { z } from "zod";
import { bends } from "./bends.ts";
import { codeCount, codesOf, codingSchema, featureOf, learnCoding, sortedValues, thinned } from "./coding.ts";
import { createDesign, type Design } from "./design.ts";
import { learnScale, numberScaleSchema, standardise } from "./number-scale.ts";
import { selectRows, valuesOf } from "./part-of-table.ts";
import type { CategoryFeature, NumberFeature, WinTable } from "./win-table.ts";

/** How a table becomes the columns of a logistic model: learned once, the same for every table. */
export const encodingSchema = z.array(
  z.object({
    coding: codingSchema,
    /** By code, the place of its column among those of this feature, or -1: it does not occur, or needs none. */
    places: z.array(z.int()).readonly(),
    number: numberScaleSchema.optional(),
  }),
);

export type Encoding = z.infer<typeof encodingSchema>;
type EncodedFeature = Encoding[number];

/** Enough for quantiles. */
const mostRows = 20_000;
const [bins, leastRows, mostLevels] = [5, 10, 50];
/** Levels of all categories together: the covariance of a model has the square of that. */
const mostColumns = 300;

/**
 * Learns from some rows of a table: numbers are winsorised and standardised, with a column for those that are not known and,
 * where the outcomes bend beyond chance, for each fifth; every level of a category with at least ten rows has a column, the
 * rest has one in common, and so have those that are not known. What is the same in every row is left out.
 */
export function learnEncoding(table: WinTable, won: Uint8Array, rows: Int32Array): Encoding {
  const sample = thinned(rows, mostRows);
  const names = new Set<string>();
  const categories = table.features.filter(({ kind }) => kind === "category").length;
  const levels = Math.min(mostLevels, Math.max(3, Math.floor(mostColumns / Math.max(1, categories)) - 2));
  return table.features.flatMap((feature) => {
    if (names.has(feature.name)) return [];
    names.add(feature.name);
    const encoded =
      feature.kind === "number"
        ? encodeNumber(feature, won, rows, sample)
        : encodeCategory(feature, rows, levels);
    return encoded === undefined ? [] : [encoded];
  });
}

/** The rows of a table for a model with this encoding. */
export function encodeTable(encoding: Encoding, table: WinTable): Design {
  const numbers = encoding.flatMap(({ coding, number }) => {
    if (number === undefined) return [];
    const feature = featureOf(table, coding);
    return [feature?.kind === "number" ? standardise(feature.values, number) : new Float64Array(table.rows)];
  });
  const categories = encoding.filter(hasPlaces).map(({ coding, places }) => ({
    levels: places.filter((place) => place >= 0).length,
    codes: codesOf(coding, table).map((code) => places[code] ?? -1),
  }));
  return createDesign(table.rows, numbers, categories);
}

/** Of each column of a model, the place of its feature in the encoding; -1 for the intercept. */
export function featureOfColumns(encoding: Encoding): readonly number[] {
  const numbers = encoding.flatMap(({ number }, at) => (number === undefined ? [] : [at]));
  const levels = encoding.flatMap(({ places }, at) => places.filter((place) => place >= 0).map(() => at));
  return [-1, ...numbers, ...levels];
}

function hasPlaces({ places }: EncodedFeature): boolean {
  return places.some((place) => place >= 0);
}

/** Undefined where all rows have the same number, or none. */
function encodeNumber(
  feature: NumberFeature,
  won: Uint8Array,
  rows: Int32Array,
  sample: Int32Array,
): EncodedFeature | undefined {
  const { values } = feature;
  const filled = valuesOf(values, rows).filter(Number.isFinite);
  const number = learnScale(filled, sortedValues(values, sample));
  const hasMissing = filled.length > 0 && filled.length < rows.length;
  if (number === undefined && !hasMissing) return undefined;
  const coding = learnCoding(feature, sample, { bins, levels: 0, leastRows });
  const count = codeCount(coding);
  const shown = selectRows({ rows: values.length, features: [feature] }, sample);
  const hasBins =
    number !== undefined &&
    bends(
      standardise(valuesOf(values, sample), number),
      codesOf(coding, shown),
      count,
      Uint8Array.from(sample, (row) => won[row] ?? 0),
    );
  let next = 0;
  const places = Array.from({ length: count }, (_, code) => {
    const isWanted = code === count - 1 ? hasMissing : hasBins;
    return isWanted ? next++ : -1;
  });
  return { coding, places, ...(number && { number }) };
}

/** Undefined where all rows have the same level, or none. */
function encodeCategory(
  feature: CategoryFeature,
  rows: Int32Array,
  levels: number,
): EncodedFeature | undefined {
  const coding = learnCoding(feature, rows, { bins, levels, leastRows });
  const codes = codesOf(coding, { rows: feature.codes.length, features: [feature] });
  const counts = new Uint32Array(codeCount(coding));
  for (const row of rows) counts[codes[row] ?? 0] = (counts[codes[row] ?? 0] ?? 0) + 1;
  if (counts.filter((count) => count > 0).length < 2) return undefined;
  let next = 0;
  return { coding, places: Array.from(counts, (count) => (count > 0 ? next++ : -1)) };
}
