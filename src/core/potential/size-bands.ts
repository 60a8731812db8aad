import type { Trait } from "./potential-table.ts";

/** A column of sizes that fewer have, or with fewer values, tells no bands apart. */
const [leastFilled, leastValues] = [0.5, 5];
/** Of fewer prospects it cannot be said whether they have a column. */
const leastProspects = 20;
const bands = 5;

/** Bands of a column of sizes, such as employees: where each begins, but for the first. */
export interface SizeBands {
  readonly column: string;
  readonly cuts: readonly number[];
}

/**
 * Fifths of the customers by a column of sizes. Undefined where it is no such column: customers or prospects mostly lack
 * it, as they do what is known of customers alone, or it has few values.
 *
 * @param values NaN where it is not known.
 * @param margin as in `PotentialTable`: who is a customer.
 */
export function sizeBands(column: string, values: Float64Array, margin: Float64Array): SizeBands | undefined {
  const customers = values.filter((_, row) => !Number.isNaN(margin[row]));
  const prospects = values.filter((_, row) => Number.isNaN(margin[row]));
  const isKnown = (side: Float64Array) => {
    const known = side.filter(Number.isFinite);
    return known.length >= leastFilled * side.length && new Set(known).size >= leastValues;
  };
  if (!isKnown(customers) || (prospects.length >= leastProspects && !isKnown(prospects))) return undefined;
  const ordered = customers.filter(Number.isFinite).sort();
  const at = (band: number) => ordered[Math.floor((band * ordered.length) / bands)] ?? 0;
  const cuts = Array.from({ length: bands - 1 }, (_, index) => at(index + 1));
  const [least = 0] = ordered;
  return { column, cuts: [...new Set(cuts)].filter((cut) => cut > least) };
}

/** The band of each value, from 1; 0 where it is not known. */
export function bandsOf({ column, cuts }: SizeBands, values: Float64Array): Trait {
  return {
    name: column,
    codes: Int32Array.from(values, (value) => bandAt(cuts, value)),
    count: cuts.length + 2,
  };
}

function bandAt(cuts: readonly number[], value: number): number {
  if (!Number.isFinite(value)) return 0;
  const next = cuts.findIndex((cut) => value < cut);
  return next < 0 ? cuts.length + 1 : next + 1;
}
