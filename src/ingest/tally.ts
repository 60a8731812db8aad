import { cleanText } from "../core/names.ts";

/** How many rows have which value, up to a number of different values. */
export interface Tally {
  readonly rows: ReadonlyMap<string, number>;
  /** True when values beyond the limit were left out. */
  readonly full: boolean;
  add(value: string | undefined): void;
}

/** Longer texts are no names or categories. */
const longestValue = 200;

/** Counts in bounded memory: past `limit` different values, new ones are left out and `full` says so. */
export function createTally(limit = 5_000): Tally {
  const rows = new Map<string, number>();
  let full = false;
  return {
    rows,
    get full() {
      return full;
    },
    add(value) {
      const clean = cleanText(value ?? "");
      if (clean === "" || clean.length > longestValue) return;
      const count = rows.get(clean);
      if (count !== undefined || rows.size < limit) rows.set(clean, (count ?? 0) + 1);
      else full = true;
    },
  };
}

/** The most frequent first; of equals by code units, not by locale: the order must not depend on the machine. */
export function mostFrequent({ rows }: Tally): readonly (readonly [string, number])[] {
  return [...rows].sort(
    ([left, leftRows], [right, rightRows]) => rightRows - leftRows || byText(left, right),
  );
}

export function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
