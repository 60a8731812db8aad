import { logBeta } from "../models/special-functions.ts";
import { type Coding, codeCount } from "./coding.ts";

/** Deals that are alike in all columns so far, cell by cell. */
export interface Cells {
  /** By row: the place of its cell. */
  readonly cells: Int32Array;
  readonly keys: readonly string[];
  readonly chances: readonly number[];
  /** Of the log-odds. */
  readonly variances: readonly number[];
}

/** As many deals as a cell above may count for. */
const strengths = [2, 5, 10, 20, 50, 100, 200, 500, 1_000];

/**
 * Cells, split by one more column: with the strength that makes the outcomes most likely, and how much more likely, in nats, than
 * the rates above do.
 */
export function splitCells(
  above: Cells,
  { coding: own, codes }: { readonly coding: Coding; readonly codes: Int32Array },
  outcomes: Uint8Array,
) {
  const count = codeCount(own);
  const [deals, wins] = [new Map<number, number>(), new Map<number, number>()];
  for (let at = 0; at < codes.length; at += 1) {
    const cell = (above.cells[at] ?? 0) * count + (codes[at] ?? 0);
    deals.set(cell, (deals.get(cell) ?? 0) + 1);
    wins.set(cell, (wins.get(cell) ?? 0) + (outcomes[at] ?? 0));
  }
  const cells = [...deals].map(([cell, n]) => {
    const parent = Math.floor(cell / count);
    return { cell, n, won: wins.get(cell) ?? 0, parent, chance: above.chances[parent] ?? 0.5 };
  });
  const none = cells.reduce(
    (sum, { n, won, chance }) => sum + won * Math.log(chance) + (n - won) * Math.log1p(-chance),
    0,
  );
  const likelihoodOf = (strength: number) =>
    cells.reduce((sum, { n, won, chance }) => {
      const [alpha, beta] = [strength * chance, strength * (1 - chance)];
      return sum + logBeta(alpha + won, beta + n - won) - logBeta(alpha, beta);
    }, 0);
  const tried = strengths.map((strength) => ({ strength, gain: likelihoodOf(strength) - none }));
  const { strength, gain } = tried.reduce((best, each) => (each.gain > best.gain ? each : best));
  const into = (): Cells => {
    const places = new Map(cells.map(({ cell }, place) => [cell, place]));
    const chances = cells.map(({ n, won, chance }) => (won + strength * chance) / (n + strength));
    return {
      cells: codes.map((code, at) => places.get((above.cells[at] ?? 0) * count + code) ?? 0),
      keys: cells.map(({ cell, parent }) =>
        [above.keys[parent] ?? "", String(cell % count)].filter((key) => key !== "").join("."),
      ),
      chances,
      variances: cells.map(({ n, parent }, place) => {
        const chance = chances[place] ?? 0.5;
        const share = strength / (n + strength);
        return 1 / ((n + strength) * chance * (1 - chance)) + share ** 2 * (above.variances[parent] ?? 0);
      }),
    };
  };
  return { strength, gain, into };
}
