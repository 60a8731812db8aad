/** How likely at most, and at least, so many of trials with unlike chances come true: by convolution, trial by trial. */
export function plainTails(
  chances: readonly number[],
  count: number,
): { readonly below: number; readonly above: number } {
  let counts = [1];
  for (const chance of chances)
    counts = Array.from(
      { length: counts.length + 1 },
      (_, at) => (counts[at] ?? 0) * (1 - chance) + (counts[at - 1] ?? 0) * chance,
    );
  const sum = (parts: readonly number[]) => parts.reduce((all, part) => all + part, 0);
  return { below: sum(counts.slice(0, count + 1)), above: sum(counts.slice(count)) };
}
