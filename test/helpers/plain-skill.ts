const chanceOf = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));
const oddsOf = (chance: number) => Math.log(chance / (1 - chance));

/** Deals of one rep: the chance that others win each, and whether it was won. */
export type Trials = readonly { readonly expected: number; readonly isWon: boolean }[];

/** Sums of log-likelihoods by skill, deal by deal. */
function logLikelihoods(trials: Trials, skills: readonly number[]): readonly number[] {
  return skills.map((skill) =>
    trials.reduce((sum, { expected, isWon }) => {
      const chance = chanceOf(oddsOf(expected) + skill);
      return sum + Math.log(isWon ? chance : 1 - chance);
    }, 0),
  );
}

const grid = (low: number, high: number, points: number) =>
  Array.from({ length: points }, (_, at) => low + ((high - low) * at) / (points - 1));

/**
 * What is believed of reps whose skills are normal around a common level, by plain sums over every common level, spread and
 * skill on a grid: levels alike beforehand, spreads as their squares. Wins over those expected, with an interval of 80 %.
 */
export function plainSkills(
  reps: readonly Trials[],
): readonly { readonly ratio: number; readonly low: number; readonly high: number }[] {
  const skills = grid(-2.5, 2.5, 101);
  const [centers, spreads] = [grid(-0.8, 0.8, 33), grid(0.02, 1.6, 40)];
  const told = reps.map((trials) => {
    const logs = logLikelihoods(trials, skills);
    const most = Math.max(...logs);
    return logs.map((log) => Math.exp(log - most));
  });
  const beliefs = reps.map(() => skills.map(() => 0));
  for (const center of centers)
    for (const spread of spreads) {
      const prior = skills.map((skill) => Math.exp(-((skill - center) ** 2) / (2 * spread ** 2)) / spread);
      const parts = told.map((likely) => likely.map((each, at) => each * (prior[at] ?? 0)));
      const masses = parts.map((part) => part.reduce((sum, each) => sum + each, 0));
      const weight = spread ** 2 * masses.reduce((product, mass) => product * mass, 1);
      for (const [place, part] of parts.entries())
        for (const [at, each] of part.entries())
          (beliefs[place] as number[])[at] =
            (beliefs[place]?.[at] ?? 0) + (weight * each) / (masses[place] ?? 1);
    }
  return reps.map((trials, place) => {
    const belief = beliefs[place] ?? [];
    const total = belief.reduce((sum, each) => sum + each, 0);
    const mean = belief.reduce((sum, each, at) => sum + each * (skills[at] ?? 0), 0) / total;
    const ratioOf = (skill: number) =>
      trials.reduce((sum, { expected }) => sum + chanceOf(oddsOf(expected) + skill), 0) /
      trials.reduce((sum, { expected }) => sum + expected, 0);
    const quantile = (share: number) => {
      let below = 0;
      const at = belief.findIndex((each) => {
        below += each / total;
        return below >= share;
      });
      const over = below - share;
      const step = (skills[1] ?? 0) - (skills[0] ?? 0);
      return (skills[at] ?? 0) + step * (0.5 - over / ((belief[at] ?? 1) / total));
    };
    return { ratio: ratioOf(mean), low: ratioOf(quantile(0.1)), high: ratioOf(quantile(0.9)) };
  });
}

/** How often chance alone puts results at least as far apart as they are, by drawing every deal so many times. */
export function chanceOfSpread(reps: readonly Trials[], random: () => number, draws: number): number {
  const spreadOf = (won: readonly number[]) => {
    const away = reps.map((trials, place) => {
      const expected = trials.reduce((sum, each) => sum + each.expected, 0);
      const variance = trials.reduce((sum, each) => sum + each.expected * (1 - each.expected), 0);
      return { difference: (won[place] ?? 0) - expected, variance };
    });
    const level =
      away.reduce((sum, { difference }) => sum + difference, 0) /
      away.reduce((sum, { variance }) => sum + variance, 0);
    return away.reduce(
      (sum, { difference, variance }) => sum + (difference - level * variance) ** 2 / variance,
      0,
    );
  };
  const seen = spreadOf(reps.map((trials) => trials.filter(({ isWon }) => isWon).length));
  let further = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const won = reps.map((trials) => trials.filter(({ expected }) => random() < expected).length);
    if (spreadOf(won) >= seen) further += 1;
  }
  return further / draws;
}
