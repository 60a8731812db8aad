import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

export interface Random {
  /** A whole number, both ends included. */
  integer(from: number, to: number): number;
  /** True in `perMille` of 1,000 cases. */
  chance(perMille: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Weights are whole numbers, so that no rounding can change a draw. */
  pickWeighted<T>(entries: readonly (readonly [T, number])[]): T;
  shuffled<T>(list: readonly T[]): readonly T[];
}

export function elementAt<T>(list: readonly T[], index: number): T {
  const element = list[index];
  if (element === undefined) throw new RangeError(`no element ${index} in a list of ${list.length}`);
  return element;
}

export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const integer = (from: number, to: number) => uniformInt(generator, from, to);
  return {
    integer,
    chance: (perMille) => integer(0, 999) < perMille,
    pick: (list) => elementAt(list, integer(0, list.length - 1)),
    pickWeighted(entries) {
      const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
      let left = integer(0, total - 1);
      for (const [value, weight] of entries) {
        if (left < weight) return value;
        left -= weight;
      }
      throw new RangeError("nothing to pick from");
    },
    shuffled(list) {
      const copy = [...list];
      for (let last = copy.length - 1; last > 0; last--) {
        const other = integer(0, last);
        const held = elementAt(copy, last);
        copy[last] = elementAt(copy, other);
        copy[other] = held;
      }
      return copy;
    },
  };
}
