/** Ridge logistic regression by plain gradient ascent with momentum: slow, short, and nothing of the one that is tested. */
export function fitPlainLogistic(
  design: readonly (readonly number[])[],
  won: readonly number[],
  penalty = 1,
): (known: readonly number[]) => number {
  const weights: number[] = Array.from({ length: (design[0]?.length ?? 0) + 1 }, () => 0);
  const speed = weights.map(() => 0);
  const chance = (known: readonly number[]) =>
    1 /
    (1 + Math.exp(-known.reduce((sum, value, at) => sum + value * (weights[at + 1] ?? 0), weights[0] ?? 0)));
  for (let step = 0; step < 400; step += 1) {
    const rise = weights.map((weight, at) => (at === 0 ? 0 : -penalty * weight));
    for (const [row, known] of design.entries()) {
      const error = (won[row] ?? 0) - chance(known);
      rise[0] = (rise[0] ?? 0) + error;
      for (const [at, value] of known.entries()) rise[at + 1] = (rise[at + 1] ?? 0) + error * value;
    }
    for (const [at, each] of rise.entries()) {
      speed[at] = 0.9 * (speed[at] ?? 0) + each / design.length;
      weights[at] = (weights[at] ?? 0) + 0.5 * (speed[at] ?? 0);
    }
  }
  return chance;
}

/** By counting all pairs. */
export function plainAuc(scores: readonly number[], won: readonly number[]): number {
  const [winners, losers] = [1, 0].map((end) => scores.filter((_, row) => won[row] === end));
  let ahead = 0;
  for (const winner of winners ?? [])
    for (const loser of losers ?? []) ahead += winner > loser ? 1 : winner === loser ? 0.5 : 0;
  return ahead / ((winners?.length ?? 0) * (losers?.length ?? 0));
}
