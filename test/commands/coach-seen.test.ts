import { beforeAll, describe, expect, test } from "vitest";
import { sixReps } from "../helpers/rep-boards.ts";
import { fullName, openRepWorld, type RepWorld, type WorldDeal } from "../helpers/rep-world.ts";

/** All of team North lose most of their deals of pumps. */
function change(deal: WorldDeal, index: number): WorldDeal {
  const isNorth = ["ann", "bob", "cleo"].includes(deal.rep);
  const isLost = isNorth && deal.product === "Pump" && index % 4 !== 0;
  return isLost ? { ...deal, status: "lost", amount: 0 } : deal;
}

let world: RepWorld;
let other: RepWorld;
beforeAll(async () => {
  world = await openRepWorld(sixReps, 84, "coached", change);
  other = await openRepWorld({ ann: { skill: 0.5, team: "North" } }, 30, "elsewhere");
});

const refusal =
  "What `coach` says of a rep is for that rep and for whoever manages them, and for nobody else.";

describe("is for the rep and whoever manages them", () => {
  test.each([
    ["ann", "coach"],
    ["ann", "coach ann"],
    ["ann", "coach mine"],
    ["mia", "coach bob"],
    ["mia", "coach Cleo Archer"],
    ["mia", "coach owner:cleo"],
    ["mia", "where does Cleo lag?"],
    // By the record of each rep.
    ["max", "coach dan"],
    ["max", "coach dan@reps.example"],
  ])("%s: %s", async (who, line) => {
    const { notes, actions } = await world.reply(who, line);
    expect(notes?.join(" ")).toContain("It cannot be shared.");
    expect((actions ?? []).map(({ kind }) => kind)).not.toContain("share");
  });
});

describe("is for nobody else, who is not told whether there is anything to tell", () => {
  test.each([
    ["ann", "coach bob"],
    ["ann", "coach owner:bob"],
    ["ann", "coach bob explain"],
    ["ann", "coach dan@reps.example"],
    ["ann", "where does Bob lag?"],
    ["mia", "coach dan"],
    ["max", "coach ann"],
    // Who administers Portfolio manages nobody by that.
    ["ada", "coach ann"],
    [undefined, "coach ann"],
    ["a stranger", "coach ann"],
    ["mia", "coach nobody of that name"],
  ])("%s: %s", async (who, line) => {
    expect(await world.refused(who, line)).toContain(refusal);
  });

  test("who is no rep has nothing of their own", async () => {
    expect(await world.refused("a stranger", "coach")).toContain("I do not know which rep you are");
  });

  test("a mention is no way around", async () => {
    const people = async () => ({ name: fullName("bob"), email: "bob@reps.example" });
    expect(await world.refused("ann", "coach <@U0BOB>", { people })).toBe(refusal);
    expect((await world.reply("mia", "coach <@U0BOB>", { people })).headline).toContain(fullName("bob"));
  });

  test("neither is the same address in another workspace", async () => {
    const { data } = await other.reply("ann", "coach");
    expect(data).toMatchObject({ total: { closed: 30 } });
    expect(await other.refused("mia", "coach bob")).toBe(refusal);
  });

  test("whoever is made a rep again sees no more than one", async () => {
    await world.reply("ada", "settings person mia@reps.example rep");
    expect(await world.refused("mia", "coach bob")).toBe(refusal);
    await world.reply("ada", "settings person mia@reps.example manager manages:North");
    await world.reply("mia", "coach bob");
  });

  test.each(["coach", "coach bob", "coach team"])("%s is not told a channel", async (line) => {
    const members = ["mia", "ann"].map((name) => ({
      ...({ workspaceId: world.workspace.id, standing: "member" } as const),
      email: `${name}@reps.example`,
    }));
    const said = await world.refused("mia", line, { audience: { place: "#sales", members } });
    expect(said).toBe("What `coach` says is for whoever asks alone. Nothing was shared.");
  });
});

describe("what a team needs to train is for its manager", () => {
  interface Needs {
    readonly reps: readonly string[];
    readonly rows: readonly {
      readonly value: string;
      readonly deals: number;
      readonly won: number;
      readonly elsewhere: number;
      readonly reps: number;
      readonly repsBelow: number;
    }[];
  }

  test("who manages nobody has no team", async () => {
    for (const who of ["ann", "ada", "a stranger"])
      expect(await world.refused(who, "coach team")).toContain("is for those who manage reps");
    expect(await world.refused("mia", "coach team:South")).toContain("There is no team of yours");
  });

  test("what most of them find harder than their other deals is named", async () => {
    const { data, entries = [] } = await world.reply("mia", "coach team");
    const { reps, rows } = data as Needs;
    expect(reps).toEqual(["ann", "bob", "cleo"].map(fullName));
    const north = world.deals.filter(({ rep }) => reps.includes(fullName(rep)));
    const [pumps, rest] = [
      north.filter(({ product }) => product === "Pump"),
      north.filter(({ product }) => product !== "Pump"),
    ];
    const wonOf = (deals: readonly WorldDeal[]) => deals.filter(({ status }) => status === "won").length;
    expect(rows).toEqual([
      expect.objectContaining({
        ...{ value: "Pump", deals: pumps.length, won: wonOf(pumps), reps: 3, repsBelow: 3 },
        elsewhere: wonOf(rest) / rest.length,
      }),
    ]);
    expect(JSON.stringify(entries)).toContain("Suggestion: ");
    expect((await world.reply("max", "coach team")).data).toMatchObject({
      reps: ["dan", "eve", "fay"].map(fullName),
    });
  });
});
