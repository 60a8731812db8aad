import type { Feature } from "./win-table.ts";

/** Few values, each of many rows: a word for the end, and no name that happens to occur once. */
const [mostValues, rowsOfEach] = [20, 10];
const nearlyAll = 0.99;
const slips = 0.001;

/**
 * Whether a column says how each row ended in words of its own: it is known nearly everywhere, and each of its few values goes
 * with one end.
 */
export function isSameAsOutcome(feature: Feature, won: Uint8Array): boolean {
  const ends = new Map<number, [lost: number, won: number]>();
  let known = 0;
  for (let row = 0; row < won.length; row += 1) {
    const value =
      feature.kind === "number" ? (feature.values[row] ?? Number.NaN) : (feature.codes[row] ?? -1);
    if (feature.kind === "number" ? !Number.isFinite(value) : value < 0) continue;
    known += 1;
    const counts = ends.get(value) ?? [0, 0];
    counts[won[row] === 1 ? 1 : 0] += 1;
    ends.set(value, counts);
    if (ends.size > mostValues) return false;
  }
  if (known < nearlyAll * won.length || known < rowsOfEach * ends.size) return false;
  const all = [...ends.values()];
  const exceptions = all.reduce((sum, [lostHere, wonHere]) => sum + Math.min(lostHere, wonHere), 0);
  const tellsBoth =
    all.some(([lostHere, wonHere]) => wonHere > lostHere) &&
    all.some(([lostHere, wonHere]) => lostHere > wonHere);
  return tellsBoth && exceptions <= slips * known;
}
