import { describe, expect, it } from "vitest";
import { rankReps } from "../../../src/core/reps/leaderboard.ts";
import { sumTeam } from "./simulate-team.ts";

/** Of the Maven CRM pipeline: closed deals, and won ones, of each of the 30 reps that have any. */
const closedAndWon: readonly (readonly [number, number])[] = (
  "336 208, 153 101, 261 163, 160 107, 229 150, 187 114, 553 349, 275 158, 126 80, 123 75, 232 135, 152 107, 206 135, 264 171, " +
  "272 174, 335 209, 231 127, 227 130, 194 122, 213 149, 195 129, 175 105, 237 155, 110 72, 121 78, 264 176, 347 221, 193 122, " +
  "79 55, 261 161"
)
  .split(", ")
  .map((pair) => {
    const [closed = 0, won = 0] = pair.split(" ").map(Number);
    return [closed, won] as const;
  });

function teamOf(results: readonly (readonly [number, number])[]) {
  const reps = results.flatMap(([closed], rep) => Array.from({ length: closed }, () => rep));
  const won = results.flatMap(([closed, wins]) =>
    Array.from({ length: closed }, (_, at) => Number(at < wins)),
  );
  const table = { rows: reps.length, features: [] };
  return sumTeam({ table, won: Uint8Array.from(won), reps: Int32Array.from(reps) });
}

describe("the reps of Maven CRM", () => {
  const sums = teamOf(closedAndWon);

  it.each(["wins", "win-rate"] as const)("cannot be told apart by %s, and nobody is ranked", (measure) => {
    const board = rankReps(sums, measure);
    expect(board.kind).toBe("tied");
    expect(board.rows).toHaveLength(30);
    for (const { standing, place } of board.rows) {
      expect(standing).toBe("within-chance");
      expect(place).toBeUndefined();
    }
  });

  it("differ as the plain chi-square test says, which is 33.3 on 29 degrees of freedom", () => {
    const [closed, won] = [6_711, 4_238];
    expect(closedAndWon.reduce((sum, [each]) => sum + each, 0)).toBe(closed);
    expect(closedAndWon.reduce((sum, [, each]) => sum + each, 0)).toBe(won);
    const rate = won / closed;
    const square = closedAndWon.reduce(
      (sum, [each, wins]) => sum + (wins - each * rate) ** 2 / (each * rate * (1 - rate)),
      0,
    );
    expect(square).toBeCloseTo(33.35, 2);
    const board = rankReps(sums, "win-rate");
    // Without features, expectations are the others' rate: nearly the same statistic, with nearly the same degrees of freedom.
    const test = board.kind === "tied" ? board.test : undefined;
    expect(test?.freedom).toBeCloseTo(29, 1);
    expect(Math.abs((test?.statistic ?? 0) - square)).toBeLessThan(1.5);
    expect(test?.chance).toBeGreaterThan(0.2);
    expect(test?.chance).toBeLessThan(0.3);
  });

  it("would be ranked if they lay twice as far apart", () => {
    const further = closedAndWon.map(([closed, won]) => {
      const rate = 4_238 / 6_711;
      return [closed, Math.round(closed * (rate + 2 * (won / closed - rate)))] as const;
    });
    expect(rankReps(teamOf(further), "win-rate").kind).toBe("ranked");
  });
});
