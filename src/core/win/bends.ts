import { chanceOf } from "./design.ts";

/** How far, in standard deviations of what chance gives, groups may lie beside a straight line. */
const beyondChance = 5;
const fewestInGroup = 10;

/**
 * Whether the log-odds of winning bend with a number beyond chance: a straight line is fitted to it alone, and what its groups
 * won is compared with what the line expects of them (Hosmer & Lemeshow 1980).
 *
 * @param numbers standardised.
 * @param codes of groups, the last for what is not known.
 */
export function bends(numbers: Float64Array, codes: Int32Array, codeCount: number, won: Uint8Array): boolean {
  const known = Int32Array.from(codes.keys()).filter((row) => codes[row] !== codeCount - 1);
  const line = fitLine(numbers, won, known);
  const expected = new Float64Array(codeCount);
  const [came, variance, counts] = [expected.slice(), expected.slice(), expected.slice()];
  for (const row of known) {
    const code = codes[row] ?? 0;
    const chance = chanceAt(line, numbers[row] ?? 0);
    expected[code] = (expected[code] ?? 0) + chance;
    variance[code] = (variance[code] ?? 0) + chance * (1 - chance);
    came[code] = (came[code] ?? 0) + (won[row] ?? 0);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  const groups = [...counts.keys()].filter((code) => (counts[code] ?? 0) >= fewestInGroup);
  const freedom = groups.length - 2;
  if (freedom < 1) return false;
  const square = groups.reduce((sum, code) => {
    const difference = (came[code] ?? 0) - (expected[code] ?? 0);
    return sum + difference ** 2 / Math.max(variance[code] ?? 0, 0.5);
  }, 0);
  return square - freedom > beyondChance * Math.sqrt(2 * freedom);
}

interface Line {
  readonly intercept: number;
  readonly slope: number;
}

/** Newton's steps, with a hair of a penalty so that a number that tells the end by itself has a slope, too. */
function fitLine(numbers: Float64Array, won: Uint8Array, rows: Int32Array): Line {
  const penalty = 1;
  let line: Line = { intercept: 0, slope: 0 };
  for (let step = 0; step < 12; step += 1) {
    let [level, tilt, levels, tilts, both] = [0, -penalty * line.slope, 1e-9, penalty, 0];
    for (const row of rows) {
      const x = numbers[row] ?? 0;
      const chance = chanceAt(line, x);
      const weight = chance * (1 - chance);
      level += (won[row] ?? 0) - chance;
      tilt += ((won[row] ?? 0) - chance) * x;
      levels += weight;
      tilts += weight * x * x;
      both += weight * x;
    }
    const determinant = levels * tilts - both * both;
    const up = (tilts * level - both * tilt) / determinant;
    const turn = (levels * tilt - both * level) / determinant;
    // Held back, since far from the maximum a whole step may go too far.
    line = { intercept: line.intercept + held(up), slope: line.slope + held(turn) };
    if (Math.abs(up) + Math.abs(turn) < 1e-6) break;
  }
  return line;
}

function held(step: number): number {
  return Number.isFinite(step) ? Math.min(2, Math.max(-2, step)) : 0;
}

function chanceAt({ intercept, slope }: Line, x: number): number {
  return chanceOf(intercept + slope * x);
}
