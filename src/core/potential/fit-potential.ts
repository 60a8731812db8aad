import { type Cells, fitCells, type Nesting, nest, peersOf, usualLog } from "./cells.ts";
import { residuals } from "./choose-traits.ts";
import { buyersOf, type PotentialTable, type Trait } from "./potential-table.ts";

/** Parts for the spread: each customer is told by nine tenths of the others. */
const parts = 10;
/** A cell with fewer customers is not named as what an account is like. */
const leastPeers = 5;

/** What customers bring in a year, by what they are like. */
export interface PotentialFit {
  /** Those that brought something in the last twelve months. */
  readonly customers: number;
  readonly traits: readonly Trait[];
  readonly nesting: Nesting;
  readonly cells: Cells;
  /**
   * The mean of like customers is so many times what is usual among them, which is a mean of logarithms: with it, the
   * customers together come to what they brought.
   */
  readonly factor: number;
  /** How far customers lie above what is usual among those like them, in logarithms. */
  readonly spread: Spread;
}

/** Of four in five between low and high; one in four is above the upper. */
export interface Spread {
  readonly low: number;
  readonly upper: number;
  readonly high: number;
}

/** What an account could bring in a year, in whole minor units, with an interval of 80 %. */
export interface Potential {
  readonly potential: number;
  readonly low: number;
  readonly high: number;
}

/** Undefined where no customer brought anything in the last twelve months. */
export function fitPotential(table: PotentialTable, traits: readonly Trait[]): PotentialFit | undefined {
  const { margin } = table;
  const rows = buyersOf(margin);
  if (rows.length === 0) return undefined;
  const logs = margin.map(Math.log);
  const nesting = nest(traits, margin.length);
  const cells = fitCells(nesting, rows, logs);
  let [brought, usual] = [0, 0];
  for (const row of rows) {
    brought += margin[row] ?? 0;
    usual += Math.exp(usualLog(cells, nesting, row));
  }
  const errors = residuals(rows, logs, Math.min(parts, rows.length), () => traits).sort();
  return {
    customers: rows.length,
    traits,
    nesting,
    cells,
    factor: brought / usual,
    spread: spreadOf(errors),
  };
}

/** The ends are so far out that a new one is between them with at least 80 %, however few there are to tell from. */
function spreadOf(errors: Float64Array): Spread {
  const at = (place: number) => errors[Math.min(errors.length, Math.max(1, place)) - 1] ?? 0;
  const places = errors.length + 1;
  return {
    low: at(Math.floor(places * 0.1)),
    upper: at(Math.round(places * 0.75)),
    high: at(Math.ceil(places * 0.9)),
  };
}

/**
 * Of a prospect: what customers like it bring on average, and what four in five of them bring. Of a customer: what one in
 * four of those like it exceeds, and never less than it brings now.
 */
export function potentialOf(fit: PotentialFit, margin: Float64Array, row: number): Potential {
  const { cells, nesting, factor, spread } = fit;
  const usual = usualLog(cells, nesting, row);
  const at = (above: number) => Math.round(Math.exp(usual + above));
  const own = margin[row] ?? Number.NaN;
  const least = Number.isNaN(own) ? 0 : Math.max(0, own);
  const potential = Number.isNaN(own)
    ? Math.round(factor * Math.exp(usual))
    : Math.max(least, at(spread.upper));
  return {
    potential,
    low: Math.min(potential, Math.max(least, at(spread.low))),
    high: Math.max(potential, at(spread.high)),
  };
}

/** The traits that an account has in common with enough customers, and how many those are. */
export function likeOf(
  fit: PotentialFit,
  row: number,
): { readonly traits: readonly Trait[]; readonly customers: number } {
  const peers = peersOf(fit.cells, fit.nesting, row, leastPeers);
  return peers
    ? { traits: fit.traits.slice(0, peers.levels), customers: peers.customers }
    : { traits: [], customers: fit.customers };
}
