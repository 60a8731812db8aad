const HEIGHTS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** A run of values as one line of characters, at most so many; a gap where there is no value. */
export function sparkline(values: readonly number[], most: number): string {
  const cells = averaged(values, Math.min(most, values.length));
  const known = cells.filter(Number.isFinite);
  const low = Math.min(...known);
  const range = Math.max(...known) - low;
  return cells
    .map((value) => {
      if (!Number.isFinite(value)) return " ";
      const height = range > 0 ? Math.round(((value - low) / range) * (HEIGHTS.length - 1)) : 3;
      return HEIGHTS[height] ?? "";
    })
    .join("");
}

/** Neighbours taken together, so that so many are left. */
function averaged(values: readonly number[], count: number): readonly number[] {
  return Array.from({ length: count }, (_, cell) => {
    const start = Math.floor((cell * values.length) / count);
    const end = Math.max(start + 1, Math.floor(((cell + 1) * values.length) / count));
    const known = values.slice(start, end).filter(Number.isFinite);
    return known.length === 0 ? Number.NaN : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}
