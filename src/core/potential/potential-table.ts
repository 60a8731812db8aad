/** Accounts of a portfolio, customers and prospects alike; every column is in step with the others. */
export interface PotentialTable {
  /** Margin of the last twelve months in minor units; NaN for a prospect. */
  readonly margin: Float64Array;
  readonly traits: readonly Trait[];
}

/** Something that accounts are told apart by: industry, region, or a band of size. */
export interface Trait {
  readonly name: string;
  /** A number below `count`, where 0 is what is not known. */
  readonly codes: Int32Array;
  readonly count: number;
}

/** The rows of customers that brought something in the last twelve months: what others could bring follows from them. */
export function buyersOf(margin: Float64Array): Int32Array {
  const rows = new Int32Array(margin.length);
  let found = 0;
  for (const [row, own] of margin.entries())
    if (own > 0) {
      rows[found] = row;
      found += 1;
    }
  return rows.slice(0, found);
}
