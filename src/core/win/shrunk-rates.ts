import { z } from "zod";
import { codesOf, codingSchema, learnCoding } from "./coding.ts";
import { type Cells, splitCells } from "./split-cells.ts";
import type { WinTable } from "./win-table.ts";

/** Log-odds of similar deals, and their variance. */
const rateSchema = z.tuple([z.number(), z.number()]);

/** Win rates of similar deals, nested: of those alike in one column, among these of those alike in another. */
export const shrunkRatesSchema = z.object({
  all: rateSchema,
  levels: z
    .array(
      z.object({
        coding: codingSchema,
        /** Deals that a rate of the level above counts for. */
        strength: z.number().positive(),
        /** By the codes of all columns so far, with points between them. */
        rates: z.record(z.string(), rateSchema),
      }),
    )
    .readonly(),
});

export type ShrunkRates = z.infer<typeof shrunkRatesSchema>;
export type LogOdds = { readonly logOdds: Float64Array; readonly variances: Float64Array };

/** Columns that deals are alike in, at most. */
const mostLevels = 3;
/** In nats: a further column must make the outcomes at least so much more likely, beyond that it was chosen from many. */
const leastGain = 3;
const coding = { bins: 5, levels: 50, leastRows: 10 };

/**
 * Empirical Bayes: a cell's win rate is a beta distribution around that of the cell it is part of, as wide as makes the
 * outcomes most likely (the beta-binomial's marginal likelihood). Columns are added while they make them more likely.
 */
export function fitShrunkRates(table: WinTable, won: Uint8Array): ShrunkRates {
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const total = won.reduce((sum, each) => sum + each, 0);
  const chance = (total + 0.5) / (rows.length + 1);
  let own: Cells = {
    cells: new Int32Array(rows.length),
    keys: [""],
    chances: [chance],
    variances: [1 / ((rows.length + 1) * chance * (1 - chance))],
  };
  const candidates = table.features.map((feature) => {
    const learned = learnCoding(feature, rows, coding);
    return { coding: learned, codes: codesOf(learned, table) };
  });
  const needed = leastGain + Math.log(Math.max(1, candidates.length));
  const levels: ShrunkRates["levels"][number][] = [];
  while (levels.length < mostLevels) {
    const splits = candidates
      .filter((candidate) => levels.every((level) => level.coding !== candidate.coding))
      .map((candidate) => ({ candidate, split: splitCells(own, candidate, won) }));
    const best = splits.toSorted((one, other) => other.split.gain - one.split.gain)[0];
    if (best === undefined || best.split.gain < needed) break;
    own = best.split.into();
    const rates = own.keys.map((key, cell) => [key, rateOf(own, cell)] as const);
    levels.push({
      coding: best.candidate.coding,
      strength: best.split.strength,
      rates: Object.fromEntries(rates),
    });
  }
  return { all: [Math.log(chance / (1 - chance)), 1 / ((rows.length + 1) * chance * (1 - chance))], levels };
}

/** The log-odds of every row of a table: where no deal was like it in a column, those of the deals alike so far. */
export function ratesOf({ all, levels }: ShrunkRates, table: WinTable): LogOdds {
  const codes = levels.map((level) => codesOf(level.coding, table));
  const known = new Map<string, readonly [number, number]>();
  const [logOdds, variances] = [new Float64Array(table.rows), new Float64Array(table.rows)];
  for (let row = 0; row < table.rows; row += 1) {
    const key = codes.map((own) => own[row] ?? 0).join(".");
    const rate = known.get(key) ?? rateAt({ all, levels }, key.split("."));
    known.set(key, rate);
    [logOdds[row], variances[row]] = rate;
  }
  return { logOdds, variances };
}

/** The step in log-odds that each column makes for a row, in the order of the columns. */
export function rateSteps(
  rates: ShrunkRates,
  table: WinTable,
): readonly { readonly name: string; readonly points: number }[] {
  const codes = rates.levels.map((level) => String(codesOf(level.coding, table)[0] ?? 0));
  return rates.levels.map((level, depth) => {
    const [after] = rateAt({ ...rates, levels: rates.levels.slice(0, depth + 1) }, codes);
    const [before] = rateAt({ ...rates, levels: rates.levels.slice(0, depth) }, codes);
    return { name: level.coding.name, points: after - before };
  });
}

function rateAt({ all, levels }: ShrunkRates, codes: readonly string[]): readonly [number, number] {
  let rate: readonly [number, number] = all;
  for (const [depth, level] of levels.entries()) {
    const next = level.rates[codes.slice(0, depth + 1).join(".")];
    // A cell that nobody has seen lies around the one above, as wide as its like do.
    if (next === undefined) return [rate[0], rate[1] + varianceOf(rate[0], level.strength)];
    rate = next;
  }
  return rate;
}

function varianceOf(logOdds: number, deals: number): number {
  const chance = 1 / (1 + Math.exp(-logOdds));
  return 1 / (deals * chance * (1 - chance));
}

function rateOf({ chances, variances }: Cells, cell: number): [number, number] {
  const chance = chances[cell] ?? 0.5;
  return [Math.log(chance / (1 - chance)), variances[cell] ?? 0];
}
