import type { TextColumn } from "./text-column.ts";

/** Deals as a CRM keeps them; every column has as many places as there are deals. */
export interface DealRecords {
  /** How each ended; see `dealEnds`. */
  readonly ends: Uint8Array;
  /** Days since 1970; NaN where not known, and the second of an open deal. */
  readonly createdOn: Float64Array;
  readonly closedOn: Float64Array;
  /** What is known of them; no two have the same name. */
  readonly columns: readonly TextColumn[];
}

export const dealEnds = { lost: 0, won: 1, open: 2 } as const;

export function endedRows({ ends }: Pick<DealRecords, "ends">): Int32Array {
  return Int32Array.from(ends.keys()).filter((row) => ends[row] !== dealEnds.open);
}

export function openRows({ ends }: Pick<DealRecords, "ends">): Int32Array {
  return Int32Array.from(ends.keys()).filter((row) => ends[row] === dealEnds.open);
}
