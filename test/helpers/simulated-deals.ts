import { createRandom, drawNormal } from "../../src/core/random.ts";
import { chanceOf } from "../../src/core/win/design.ts";
import type { Feature, Outcomes, WinTable } from "../../src/core/win/win-table.ts";

/** Deals of which the chance is known that each is won. */
export interface SimulatedDeals {
  readonly table: WinTable;
  readonly outcomes: Required<Outcomes>;
  readonly chances: Float64Array;
}

export interface Simulation {
  readonly rows: number;
  /** Standard deviation of a number's slope and of a level's effect, in log-odds; 0 for pure noise. */
  readonly effect: number;
  readonly numbers?: number;
  readonly categories?: number;
  readonly levels?: number;
  /** Log-odds of the average deal. */
  readonly intercept?: number;
  /** The share of cells that nobody knows, about which the chance knows nothing either. */
  readonly missing?: number;
}

/** Normal numbers with linear effects, and categories of equally frequent levels; deals begin one after the other. */
export function simulateDeals(
  seed: string | number,
  { rows, effect, numbers = 3, categories = 2, levels = 6, intercept = -0.5, missing = 0 }: Simulation,
): SimulatedDeals {
  const random = createRandom(seed);
  const logOdds = new Float64Array(rows).fill(intercept);
  const add = (row: number, step: number) => {
    logOdds[row] = (logOdds[row] ?? 0) + step;
  };
  const features: Feature[] = [];
  for (let at = 0; at < numbers; at += 1) {
    const slope = effect * drawNormal(random);
    const values = new Float64Array(rows).map(() => (random() < missing ? Number.NaN : drawNormal(random)));
    for (const [row, value] of values.entries()) if (!Number.isNaN(value)) add(row, slope * value);
    features.push({ kind: "number", name: `number ${at}`, values });
  }
  for (let at = 0; at < categories; at += 1) {
    const effects = Array.from({ length: levels }, () => effect * drawNormal(random));
    const codes = new Int32Array(rows).map(() => (random() < missing ? -1 : Math.floor(random() * levels)));
    for (const [row, code] of codes.entries()) add(row, effects[code] ?? 0);
    features.push({
      kind: "category",
      name: `category ${at}`,
      levels: effects.map((_, level) => `level ${level}`),
      codes,
    });
  }
  const chances = logOdds.map(chanceOf);
  const won = Uint8Array.from(chances, (chance) => Number(random() < chance));
  return {
    table: { rows, features },
    outcomes: { won, at: Float64Array.from({ length: rows }, (_, row) => row) },
    chances,
  };
}
