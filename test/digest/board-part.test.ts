import { expect, test } from "vitest";
import type { DigestRequest } from "../../src/desk.ts";
import { boardOf, sixAlike, sixReps } from "../helpers/rep-boards.ts";
import { openRepWorld, type RepWorld } from "../helpers/rep-world.ts";

const memberOf = ({ workspace }: RepWorld, who: string) => ({
  ...({ workspaceId: workspace.id, standing: "member" } as const),
  email: `${who}@reps.example`,
});

/** The line about the board in somebody's first digest. */
async function boardLine(world: RepWorld, who: string, asked: Partial<DigestRequest> = {}) {
  const about = { viewer: memberOf(world, who), filters: "", last: undefined, lastAt: undefined };
  const digest = await world.desk.digest({ ...about, ...asked });
  if (!digest.ok) throw new Error(digest.message);
  return digest.content.lines.find((line) => /board/i.test(line));
}

test("managers and admins are told who leads the adjusted board; reps and channels are not", async () => {
  const world = await openRepWorld(sixReps, 60, "leaderboard");
  const { rows } = await boardOf(world, "leaderboard");
  const first = rows.slice(0, 3).map(({ rep, adjusted }) => `${rep} ${Math.round(adjusted * 100)} %`);
  for (const who of ["mia", "max", "ada"])
    expect(await boardLine(world, who)).toBe(
      `Adjusted board: ${first.join(", ")} of the margin to be expected, the first of 6 reps`,
    );
  for (const who of ["ann", "bob"]) expect(await boardLine(world, who)).toBeUndefined();
  const audience = { place: "#sales", members: [memberOf(world, "mia"), memberOf(world, "ada")] };
  expect(await boardLine(world, "mia", { audience })).toBeUndefined();
  await world.reply("ada", "settings leaderboard off");
  expect(await boardLine(world, "mia")).toBeUndefined();
});

test("nothing is told where reps cannot be told apart", async () => {
  const alike = await openRepWorld(sixAlike, 40, "even");
  expect(await boardLine(alike, "mia")).toBeUndefined();
});

test("it is told again when others lead, and not before", async () => {
  const world = await openRepWorld(sixReps, 60, "leaderboard");
  const about = { viewer: memberOf(world, "mia"), filters: "", last: undefined, lastAt: undefined };
  const first = await world.desk.digest(about);
  if (!first.ok) throw new Error(first.message);
  const second = await boardLine(world, "mia", {
    last: first.content,
    lastAt: new Date("2026-07-01T12:00:00Z"),
  });
  expect(second).toBeUndefined();
});
