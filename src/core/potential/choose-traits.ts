import { fitCells, nest, usualLog } from "./cells.ts";
import type { Trait } from "./potential-table.ts";

/** Parts that customers are cut into, in turn: each is told by the others. */
const folds = 5;
/** More levels of cells would be cells of one account. */
const mostTraits = 3;
/** Of fewer customers nothing can be learned. */
const fewestCustomers = 30;

/** What is told of customers that were not shown. */
export interface TraitsJudged {
  /** Mean of what the squared error in log margin is smaller than by the mean of all, and its standard error. */
  readonly gain: number;
  readonly gainError: number;
  /** Whether the gain is beyond two standard errors. */
  readonly signal: boolean;
  readonly customers: number;
}

/**
 * The traits whose cells tell best what customers bring, the most telling first, and how well the same choice tells
 * customers that it was not shown. Without a signal there are none.
 *
 * @param rows customers in an order that tells nothing of them, such as that of hashed ids.
 */
export function chooseTraits(
  traits: readonly Trait[],
  rows: Int32Array,
  logs: Float64Array,
): { readonly chosen: readonly Trait[]; readonly judged: TraitsJudged } {
  const nothing = { gain: 0, gainError: 0, signal: false, customers: rows.length };
  if (rows.length < fewestCustomers || traits.length === 0) return { chosen: [], judged: nothing };
  const errors = errorsOf(rows, logs, (shown) => choose(traits, shown, logs));
  const { gain, gainError } = gainOver(
    errorsOf(rows, logs, () => []),
    errors,
  );
  const signal = gain > 2 * gainError;
  return {
    chosen: signal ? choose(traits, rows, logs) : [],
    judged: { gain, gainError, signal, customers: rows.length },
  };
}

/** One after the other, the one that helps most, for as long as it helps beyond its standard error. */
function choose(traits: readonly Trait[], rows: Int32Array, logs: Float64Array): readonly Trait[] {
  let chosen: readonly Trait[] = [];
  let errors = errorsOf(rows, logs, () => chosen);
  while (chosen.length < mostTraits) {
    const tried = traits
      .filter((trait) => !chosen.includes(trait))
      .map((trait) => {
        const wider = [...chosen, trait];
        const own = errorsOf(rows, logs, () => wider);
        return { wider, own, ...gainOver(errors, own) };
      });
    const best = tried.reduce<(typeof tried)[number] | undefined>(
      (most, each) => (each.gain > (most?.gain ?? 0) ? each : most),
      undefined,
    );
    if (!best || best.gain <= best.gainError) return chosen;
    chosen = best.wider;
    errors = best.own;
  }
  return chosen;
}

/** Squared errors of every customer, told by the traits that the others are told best by. */
function errorsOf(
  rows: Int32Array,
  logs: Float64Array,
  chosenBy: (shown: Int32Array) => readonly Trait[],
): Float64Array {
  return residuals(rows, logs, folds, chosenBy).map((error) => error * error);
}

/** How far each customer lies above what is usual among the others that are like it, in their order. */
export function residuals(
  rows: Int32Array,
  logs: Float64Array,
  parts: number,
  chosenBy: (shown: Int32Array) => readonly Trait[],
): Float64Array {
  const found = new Float64Array(rows.length);
  const known = new Map<readonly Trait[], ReturnType<typeof nest>>();
  for (let part = 0; part < parts; part += 1) {
    const shown = rows.filter((_, place) => place % parts !== part);
    if (shown.length === 0) continue;
    const chosen = chosenBy(shown);
    const nesting = known.get(chosen) ?? nest(chosen, logs.length);
    known.set(chosen, nesting);
    const cells = fitCells(nesting, shown, logs);
    for (let place = part; place < rows.length; place += parts) {
      const row = rows[place] ?? 0;
      found[place] = (logs[row] ?? 0) - usualLog(cells, nesting, row);
    }
  }
  return found;
}

function gainOver(before: Float64Array, after: Float64Array) {
  const gains = before.map((error, place) => error - (after[place] ?? 0));
  const gain = gains.reduce((sum, each) => sum + each, 0) / gains.length;
  const variance = gains.reduce((sum, each) => sum + (each - gain) ** 2, 0) / Math.max(1, gains.length - 1);
  return { gain, gainError: Math.sqrt(variance / gains.length) };
}
