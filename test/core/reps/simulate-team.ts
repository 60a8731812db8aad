import { createRandom, drawNormal, type Random } from "../../../src/core/random.ts";
import { expectWins } from "../../../src/core/reps/mix-model.ts";
import type { RepSums } from "../../../src/core/reps/standardise.ts";
import { chanceOf } from "../../../src/core/win/design.ts";
import type { WinTable } from "../../../src/core/win/win-table.ts";

/** How territories show in what is known of a deal. */
export type Territory =
  /** Six regions, each rep in one. */
  | "regions"
  /** Fifteen regions of two reps each, most deals of a rep in theirs. */
  | "mostly"
  /** Eight industries, of which each rep has a mix of their own. */
  | "industries"
  /** A number that says how good it is, its own for each rep. */
  | "quality"
  /** There is none: regions are chance, and tell nothing. */
  | "none";

export interface Team {
  readonly table: WinTable;
  readonly won: Uint8Array;
  readonly reps: Int32Array;
  readonly skills: readonly number[];
  /** What each would have won with skill over what without. */
  readonly ratios: readonly number[];
}

export interface TeamPlan {
  readonly territory: Territory;
  readonly reps: number;
  readonly deals: number;
  readonly skillDeviation: number;
  readonly territoryDeviation: number;
  readonly baseLogOdds: number;
}

export const usualTeam: TeamPlan = {
  ...{ territory: "regions", reps: 30, deals: 150 },
  ...{ skillDeviation: 0.3, territoryDeviation: 0.8, baseLogOdds: -0.8 },
};

export function simulateTeam(seed: string, plan: TeamPlan): Team {
  const random = createRandom(seed);
  const { reps: count, deals, territory } = plan;
  const rows = count * deals;
  const levels = { regions: 6, mostly: Math.ceil(count / 2), industries: 8, quality: count, none: 6 }[
    territory
  ];
  const effects = Array.from({ length: levels }, () => plan.territoryDeviation * drawNormal(random));
  const skills = Array.from({ length: count }, () => plan.skillDeviation * drawNormal(random));
  const mixes = Array.from({ length: count }, () => mixOf(random, levels));
  const [reps, won] = [new Int32Array(rows), new Uint8Array(rows)];
  const [place, size, tier] = [new Int32Array(rows), new Float64Array(rows), new Int32Array(rows)];
  const [withSkill, without] = [new Float64Array(count), new Float64Array(count)];
  for (let row = 0; row < rows; row += 1) {
    const rep = row % count;
    reps[row] = rep;
    place[row] = placeOf(random, territory, rep, levels, mixes[rep] ?? []);
    size[row] = drawNormal(random);
    tier[row] = Math.floor(4 * random());
    const own = territory === "none" ? 0 : (effects[place[row] ?? 0] ?? 0);
    const mix = plan.baseLogOdds + own + 0.3 * (size[row] ?? 0) - 0.2 * (tier[row] ?? 0);
    const chance = chanceOf(mix + (skills[rep] ?? 0));
    withSkill[rep] = (withSkill[rep] ?? 0) + chance;
    without[rep] = (without[rep] ?? 0) + chanceOf(mix);
    won[row] = random() < chance ? 1 : 0;
  }
  const names = Array.from({ length: levels }, (_, level) => `level ${level}`);
  const shown =
    territory === "quality"
      ? ({
          kind: "number",
          name: "quality",
          values: Float64Array.from(place, (at) => effects[at] ?? 0),
        } as const)
      : ({ kind: "category", name: territory, levels: names, codes: place } as const);
  const table: WinTable = {
    rows,
    features: [
      shown,
      { kind: "number", name: "size", values: size },
      { kind: "category", name: "tier", levels: ["A", "B", "C", "D"], codes: tier },
    ],
  };
  const ratios = skills.map((_, rep) => (withSkill[rep] ?? 0) / (without[rep] ?? 1));
  return { table, won, reps, skills, ratios };
}

function mixOf(random: Random, levels: number): readonly number[] {
  const weights = Array.from({ length: levels }, () => (-Math.log(1 - random())) ** 2);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
}

function placeOf(
  random: Random,
  territory: Territory,
  rep: number,
  levels: number,
  mix: readonly number[],
): number {
  switch (territory) {
    case "industries": {
      const share = random();
      const sums = mix.map((_, level) => mix.slice(0, level + 1).reduce((sum, weight) => sum + weight, 0));
      const at = sums.findIndex((sum) => share < sum);
      return at < 0 ? levels - 1 : at;
    }
    case "mostly":
      return random() < 0.8 ? rep % levels : Math.floor(levels * random());
    case "none":
      return Math.floor(levels * random());
    default:
      return rep % levels;
  }
}

/** What the store would sum up. */
export function sumTeam({ table, won, reps }: Pick<Team, "table" | "won" | "reps">): readonly RepSums[] {
  const { expected, doubts } = expectWins(table, won, reps);
  return doubts.map((doubt, rep) => {
    let [deals, wins, sum, variance] = [0, 0, 0, 0];
    for (const [row, chance] of expected.entries()) {
      if (reps[row] !== rep) continue;
      deals += 1;
      wins += won[row] ?? 0;
      sum += chance;
      variance += chance * (1 - chance);
    }
    const name = `Rep ${String(rep).padStart(3, "0")}`;
    return { repId: name, name, deals, won: wins, expected: sum, variance, doubt };
  });
}

export function correlation(left: readonly number[], right: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(left), mean(right)];
  const cross = mean(left.map((value, at) => (value - a) * ((right[at] ?? 0) - b)));
  const spread = (values: readonly number[], middle: number) =>
    Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
  return cross / (spread(left, a) * spread(right, b));
}
