import type { RepSums } from "../core/reps/standardise.ts";

/** The same sums with the margin of what was sold in place of what was sold. */
export function inMargin<Sums extends RepSums>(sums: Sums, margin: number): Sums {
  const { money } = sums;
  if (money === undefined) return sums;
  return {
    ...sums,
    money: {
      wonMinor: money.wonMinor * margin,
      expectedMinor: money.expectedMinor * margin,
      weight: money.weight * margin ** 2,
      squares: money.squares * margin ** 2,
      fourths: money.fourths * margin ** 4,
    },
  };
}
