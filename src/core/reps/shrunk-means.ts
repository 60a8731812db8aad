/** How values of one cell vary: alike in every cell, or in proportion to the cell's mean. */
export type Variation = "alike" | "in-proportion";

interface Sums {
  count: number;
  sum: number;
  squares: number;
}

/**
 * The mean of values like each deal's, without those of its rep: of all, drawn towards that of deals alike in the first code as
 * far as such means differ by more than chance, from there to those alike in the second code too, and so on.
 *
 * @param values by deal; NaN where there is none to learn from.
 * @param codes by deal, a column for each way of being alike; -1 where not known.
 * @param reps by deal the place of its rep, or -1.
 * @returns by deal, with those that have no value; NaN where nobody has one.
 */
export function meansWithoutRep(
  values: Float64Array,
  codes: readonly Int32Array[],
  reps: Int32Array,
  variation: Variation,
): Float64Array {
  const levels = cellsOf(values.length, codes).map((cells) => sumUp(values, cells, reps));
  const spreads = levels.map(({ sums }, level) => spreadOf(sums, level, levels, variation));
  return values.map((_, deal) => {
    let mean = Number.NaN;
    for (const [level, { cells, sums, byRep }] of levels.entries()) {
      const cell = cells[deal] ?? -1;
      if (cell < 0) break;
      const { count, sum } = minus(sums[cell], byRep.get(keyOf(cell, reps[deal] ?? -1)));
      // Whoever made all of them is compared with their own: there is no other.
      if (level === 0) {
        const all = count > 0 ? { count, sum } : (sums[0] ?? { count: 0, sum: 0 });
        mean = all.sum / all.count;
        continue;
      }
      const spread = spreads[level];
      if (count === 0 || spread === undefined) continue;
      const chance = withinOf(spread, sum / count) / count;
      const share = spread.between / (spread.between + chance);
      if (Number.isFinite(share)) mean += share * (sum / count - mean);
    }
    return mean;
  });
}

interface Spread {
  readonly variation: Variation;
  /** The variance of values in a cell, or that variance over the square of its mean. */
  readonly within: number;
  /** The variance of the means of cells around those of the cells that they are part of. */
  readonly between: number;
}

function withinOf({ variation, within }: Pick<Spread, "variation" | "within">, mean: number): number {
  return variation === "alike" ? within : within * mean ** 2;
}

interface Level {
  readonly cells: Int32Array;
  readonly parents: Int32Array;
  readonly sums: readonly Sums[];
  readonly byRep: ReadonlyMap<number, Sums>;
}

/** By moments: how much further means lie from those above them than chance puts them. */
function spreadOf(
  sums: readonly Sums[],
  level: number,
  levels: readonly Level[],
  variation: Variation,
): Spread | undefined {
  const above = levels[level - 1];
  const own = levels[level];
  if (!above || !own) return undefined;
  let [squares, scale] = [0, 0];
  for (const { count, sum, squares: square } of sums) {
    if (count < 2) continue;
    squares += square - sum ** 2 / count;
    scale += (count - 1) * (variation === "alike" ? 1 : (sum / count) ** 2);
  }
  if (!(scale > 0)) return undefined;
  const within = Math.max(0, squares / scale);
  let [excess, cells] = [0, 0];
  for (const [cell, { count, sum }] of sums.entries()) {
    const parent = above.sums[own.parents[cell] ?? -1];
    if (count === 0 || !parent || parent.count === count) continue;
    const mean = sum / count;
    const rest = 1 - count / parent.count;
    excess +=
      (mean - parent.sum / parent.count) ** 2 - withinOf({ variation, within }, mean) * (rest / count);
    cells += rest;
  }
  return { variation, within, between: cells > 0 ? Math.max(0, excess / cells) : 0 };
}

interface Cells {
  readonly cells: Int32Array;
  readonly parents: Int32Array;
}

/** Of each level the cell of each deal, or -1, and of each cell the one above. */
function cellsOf(deals: number, codes: readonly Int32Array[]): readonly Cells[] {
  const found: Cells[] = [{ cells: new Int32Array(deals), parents: Int32Array.of(-1) }];
  for (const column of codes) {
    const above = found.at(-1)?.cells ?? new Int32Array(deals);
    const places = new Map<string, number>();
    const parents: number[] = [];
    const cells = above.map((parent, deal) => {
      const code = column[deal] ?? -1;
      if (parent < 0 || code < 0) return -1;
      const key = `${parent}.${code}`;
      const place = places.get(key) ?? parents.push(parent) - 1;
      places.set(key, place);
      return place;
    });
    found.push({ cells, parents: Int32Array.from(parents) });
  }
  return found;
}

function sumUp(values: Float64Array, { cells, parents }: Cells, reps: Int32Array): Level {
  const sums = Array.from(parents, (): Sums => ({ count: 0, sum: 0, squares: 0 }));
  const byRep = new Map<number, Sums>();
  for (const [deal, value] of values.entries()) {
    const cell = cells[deal] ?? -1;
    const own = sums[cell];
    if (!own || !Number.isFinite(value)) continue;
    add(own, value);
    const rep = reps[deal] ?? -1;
    if (rep < 0) continue;
    const key = keyOf(cell, rep);
    const theirs = byRep.get(key) ?? { count: 0, sum: 0, squares: 0 };
    byRep.set(key, theirs);
    add(theirs, value);
  }
  return { cells, parents, sums, byRep };
}

function add(sums: Sums, value: number): void {
  sums.count += 1;
  sums.sum += value;
  sums.squares += value ** 2;
}

function minus(all: Sums | undefined, own: Sums | undefined): Pick<Sums, "count" | "sum"> {
  const [count, sum] = [all?.count ?? 0, all?.sum ?? 0];
  return { count: count - (own?.count ?? 0), sum: sum - (own?.sum ?? 0) };
}

/** Reps are fewer than 2^20. */
function keyOf(cell: number, rep: number): number {
  return cell * 2 ** 20 + rep;
}
