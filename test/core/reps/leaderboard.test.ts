import { describe, expect, it } from "vitest";
import { rankReps } from "../../../src/core/reps/leaderboard.ts";
import type { RepSums } from "../../../src/core/reps/standardise.ts";
import {
  correlation,
  simulateTeam,
  sumTeam,
  type TeamPlan,
  type Territory,
  usualTeam,
} from "./simulate-team.ts";

const territories: readonly Territory[] = ["regions", "mostly", "industries", "quality"];
/** 1,000 teams of each kind where proof is asked for, a few otherwise. */
const runs = process.env.PROVE ? 1_000 : 5;

interface Simulated {
  readonly ranked: number;
  /** In how many of the teams the adjusted result goes with true skill better than the raw win rate. */
  readonly better: number;
  /** Of all reps, whose interval holds what they truly are. */
  readonly ratiosHeld: number;
  readonly skillsHeld: number;
}

function simulate(plan: TeamPlan): Simulated {
  let [ranked, better, ratiosHeld, skillsHeld, told] = [0, 0, 0, 0, 0];
  for (let run = 0; run < runs; run += 1) {
    const team = simulateTeam(`${plan.territory} ${plan.deals} ${run}`, plan);
    const sums = sumTeam(team);
    const board = rankReps(sums, "wins");
    if (board.kind === "ranked") ranked += 1;
    const byRep = new Map(board.rows.map((row) => [row.repId, row.adjusted]));
    const reps = sums.flatMap((sum, rep) => {
      const adjusted = byRep.get(sum.repId);
      const [skill, ratio] = [team.skills[rep] ?? 0, team.ratios[rep] ?? 1];
      return adjusted ? [{ adjusted, skill, ratio, raw: sum.won / sum.deals }] : [];
    });
    const skills = reps.map(({ skill }) => skill);
    const adjusted = reps.map((rep) => rep.adjusted.skill);
    if (
      correlation(skills, adjusted) >
      correlation(
        skills,
        reps.map(({ raw }) => raw),
      )
    )
      better += 1;
    told += reps.length;
    ratiosHeld += reps.filter(
      ({ adjusted: { ratioLow, ratioHigh }, ratio }) => ratioLow <= ratio && ratio <= ratioHigh,
    ).length;
    skillsHeld += reps.filter(({ adjusted: { low, high }, skill }) => low <= skill && skill <= high).length;
  }
  return {
    ranked: ranked / runs,
    better: better / runs,
    ratiosHeld: ratiosHeld / told,
    skillsHeld: skillsHeld / told,
  };
}

/** What a share can be off in so many runs, three standard errors. */
function chanceIn(share: number, of: number): number {
  return 3 * Math.sqrt((share * (1 - share)) / of);
}

function report(what: string, plan: TeamPlan, simulated: Simulated): string {
  const figures = Object.entries(simulated).map(([name, value]) => `${name} ${value.toFixed(3)}`);
  return `${what}, ${plan.territory}, ${plan.reps} × ${plan.deals}, ${runs} teams: ${figures.join(", ")}`;
}

describe("simulated teams of 30 reps with 150 deals, territory sd .8", () => {
  it.each(territories)("tells reps apart beyond their territory: %s", { timeout: 3_600_000 }, (territory) => {
    const plan = { ...usualTeam, territory };
    const simulated = simulate(plan);
    const message = report("skill sd .3", plan, simulated);
    if (process.env.PROVE) process.stdout.write(`${message}\n`);
    expect(simulated.better, message).toBeGreaterThanOrEqual(process.env.PROVE ? 0.95 : 0.6);
    const tolerance = process.env.PROVE ? 0 : chanceIn(0.8, runs * 15);
    expect(simulated.ratiosHeld, message).toBeGreaterThanOrEqual(0.8 - tolerance);
    expect(simulated.skillsHeld, message).toBeGreaterThanOrEqual(0.8 - tolerance);
  });

  it.each(["regions", "mostly", "quality"] as const)(
    "ranks nobody where nobody has more skill: %s",
    { timeout: 3_600_000 },
    (territory) => {
      const plan = { ...usualTeam, territory, skillDeviation: 0 };
      const simulated = simulate(plan);
      const message = report("no skill", plan, simulated);
      if (process.env.PROVE) process.stdout.write(`${message}\n`);
      expect(simulated.ranked, message).toBeLessThanOrEqual(process.env.PROVE ? 0.035 : 0.2);
      expect(simulated.ratiosHeld, message).toBeGreaterThanOrEqual(0.9);
    },
  );

  it.runIf(process.env.PROVE)(
    "ranks nobody without skill in small teams with few deals",
    { timeout: 3_600_000 },
    () => {
      for (const [reps, deals] of [
        [2, 60],
        [3, 40],
        [6, 25],
        [12, 15],
        [30, 30],
        [60, 40],
      ] as const) {
        const plan = { ...usualTeam, territory: "none", reps, deals, skillDeviation: 0 } as const;
        const simulated = simulate(plan);
        const message = report("no skill", plan, simulated);
        process.stdout.write(`${message}\n`);
        expect(simulated.ranked, message).toBeLessThanOrEqual(0.035);
      }
    },
  );
});

const rep = (name: string, won: number, deals = 100, expected = deals / 2): RepSums => ({
  ...{ repId: name.toLowerCase(), name, deals, won, expected },
  variance: (expected * (deals - expected)) / deals,
});

describe("rankReps", () => {
  it("ranks those who differ beyond chance, the best first, and says how sure it is", () => {
    const board = rankReps([rep("Bo", 30), rep("Al", 50), rep("Di", 72), rep("Cy", 4, 8)], "win-rate");
    expect(board.kind).toBe("ranked");
    expect(board.rows.map(({ name, standing, place }) => [name, standing, place])).toEqual([
      ["Di", "ranked", 1],
      ["Al", "ranked", 2],
      ["Bo", "ranked", 3],
      ["Cy", "too-early", undefined],
    ]);
    const best = board.rows[0];
    expect(best).toMatchObject({ n: 100, observed: 0.72, expected: 0.5, ratio: 1.44, difference: 22 });
    expect(best?.adjusted?.ratio).toBeLessThan(1.44);
    expect(best?.adjusted?.ratioLow).toBeGreaterThan(1);
    expect(best?.adjusted?.ratioHigh).toBeGreaterThan(best?.adjusted?.ratio ?? 9);
    expect(board.rows[3]?.adjusted).toBeUndefined();
  });

  it("ranks nobody where chance says as much: by name, each within chance", () => {
    const board = rankReps([rep("Cy", 53), rep("Al", 48), rep("Bo", 50)], "wins");
    expect(board.kind).toBe("tied");
    expect(board.rows.map(({ name, standing }) => [name, standing])).toEqual([
      ["Al", "within-chance"],
      ["Bo", "within-chance"],
      ["Cy", "within-chance"],
    ]);
    expect(board.kind === "tied" && board.test.chance).toBeGreaterThan(0.5);
  });

  it("compares nobody where fewer than two have enough", () => {
    expect(rankReps([rep("Al", 90), rep("Bo", 1, 9)], "wins").kind).toBe("too-few");
    expect(rankReps([], "wins")).toEqual({ kind: "too-few", rows: [] });
  });

  it("puts the quicker one first by days", () => {
    const cycle = (ratio: number) => ({
      ...{ won: 40, expectedDays: 40 * 30, logs: 40 * Math.log(ratio) },
      squares: 40 * (Math.log(ratio) ** 2 + 0.25),
    });
    const board = rankReps(
      [
        { ...rep("Slow", 50), cycle: cycle(1.5) },
        { ...rep("Quick", 50), cycle: cycle(0.7) },
        { ...rep("None", 50) },
      ],
      "cycle",
    );
    expect(board.rows.map(({ name, standing }) => [name, standing])).toEqual([
      ["Quick", "ranked"],
      ["Slow", "ranked"],
      ["None", "too-early"],
    ]);
    expect(board.rows[0]?.ratio).toBeCloseTo(0.7);
    expect(board.rows[0]?.observed).toBeCloseTo(21);
    expect(board.rows[0]?.difference).toBeCloseTo(-9);
  });

  it("holds for who won nothing and who won all", () => {
    const board = rankReps([rep("None", 0, 40), rep("All", 40, 40), rep("Half", 20, 40)], "wins");
    expect(board.rows.map(({ name }) => name)).toEqual(["All", "Half", "None"]);
    for (const { adjusted } of board.rows) {
      expect(Object.values(adjusted ?? { gone: Number.NaN }).every(Number.isFinite)).toBe(true);
      expect(adjusted?.ratioLow).toBeGreaterThan(0);
    }
  });
});
