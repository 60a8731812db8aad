import type { Trait } from "./potential-table.ts";

/** Accounts by traits, one trait after the other: the cells of a level lie within those of the level before. */
export interface Nesting {
  readonly levels: readonly {
    /** The cell of each account. */
    readonly codes: Int32Array;
    readonly count: number;
  }[];
}

/** What is usual in cells, as means of logarithms; see `fitCells`. */
export interface Cells {
  readonly mean: number;
  readonly levels: readonly {
    /** As many customers as the mean of the cell around counts for; infinite where cells do not differ beyond chance. */
    readonly prior: number;
    /** By cell. */
    readonly customers: Int32Array;
    readonly means: Float64Array;
  }[];
}

export function nest(traits: readonly Trait[], rows: number): Nesting {
  const levels: { codes: Int32Array; count: number }[] = [];
  let around = new Int32Array(rows);
  for (const { codes, count } of traits) {
    const numbers = new Map<number, number>();
    const own = new Int32Array(rows);
    for (let row = 0; row < rows; row += 1) {
      const key = (around[row] ?? 0) * count + (codes[row] ?? 0);
      const known = numbers.get(key) ?? numbers.size;
      numbers.set(key, known);
      own[row] = known;
    }
    levels.push({ codes: own, count: numbers.size });
    around = own;
  }
  return { levels };
}

/**
 * What customers usually bring, cell by cell, each mean drawn to that of the cell around it (empirical Bayes). At every
 * level, with `r` what customers lie above the mean of the cell around, `N` customers and `G` cells with any: the
 * variance within cells is `W = Σ (r − r̄)² ÷ (N − G)`, that between them `B = (Σ n r̄² − G W) ÷ N`, and the mean of a cell
 * with `n` customers lies `r̄ n ÷ (n + W ÷ B)` above that of the cell around. Where `B` is not above 0, cells are as the
 * cell around.
 *
 * @param rows the customers that are learned from, at least one.
 * @param logs by account; read at `rows` alone.
 */
export function fitCells({ levels }: Nesting, rows: Int32Array, logs: Float64Array): Cells {
  const logOf = (row: number) => logs[row] ?? 0;
  const mean = rows.reduce((sum, row) => sum + logOf(row), 0) / rows.length;
  let around = new Float64Array(rows.length).fill(mean);
  const fitted: Cells["levels"][number][] = [];
  for (const { codes, count } of levels) {
    const [customers, sums, means] = [
      new Int32Array(count),
      new Float64Array(count),
      new Float64Array(count),
    ];
    let squares = 0;
    for (const [place, row] of rows.entries()) {
      const [cell, above] = [codes[row] ?? 0, logOf(row) - (around[place] ?? 0)];
      customers[cell] = (customers[cell] ?? 0) + 1;
      sums[cell] = (sums[cell] ?? 0) + above;
      squares += above * above;
    }
    const prior = priorOf(rows.length, customers, sums, squares);
    const own = new Float64Array(rows.length);
    for (const [place, row] of rows.entries()) {
      const cell = codes[row] ?? 0;
      const step = (sums[cell] ?? 0) / ((customers[cell] ?? 0) + prior);
      own[place] = (around[place] ?? 0) + step;
      means[cell] = own[place] ?? 0;
    }
    fitted.push({ prior, customers, means });
    around = own;
  }
  return { mean, levels: fitted };
}

function priorOf(all: number, customers: Int32Array, sums: Float64Array, squares: number): number {
  let [cells, between] = [0, 0];
  for (const [cell, own] of customers.entries())
    if (own > 0) {
      cells += 1;
      between += (sums[cell] ?? 0) ** 2 / own;
    }
  if (all <= cells) return Number.POSITIVE_INFINITY;
  const within = Math.max(0, squares - between) / (all - cells);
  const variance = (between - cells * within) / all;
  return variance > 0 ? within / variance : Number.POSITIVE_INFINITY;
}

/** The mean of the innermost cell of an account that any customer is in. */
export function usualLog({ mean, levels }: Cells, nesting: Nesting, row: number): number {
  for (let level = levels.length - 1; level >= 0; level -= 1) {
    const cell = nesting.levels[level]?.codes[row] ?? 0;
    if ((levels[level]?.customers[cell] ?? 0) > 0) return levels[level]?.means[cell] ?? mean;
  }
  return mean;
}

/** How many levels of cells around an account hold so many customers, and how many the innermost of those holds. */
export function peersOf(
  { levels }: Cells,
  nesting: Nesting,
  row: number,
  least: number,
): { readonly levels: number; readonly customers: number } | undefined {
  for (let level = levels.length - 1; level >= 0; level -= 1) {
    const customers = levels[level]?.customers[nesting.levels[level]?.codes[row] ?? 0] ?? 0;
    if (customers >= least) return { levels: level + 1, customers };
  }
  return undefined;
}
