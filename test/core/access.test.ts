import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Asking, commonOwners, managedReps, type Owners, scopesFor } from "../../src/core/access.ts";
import type { RepIdentity } from "../../src/core/sellers.ts";
import { type PersonSetting, roles, visibilityModes } from "../../src/core/settings.ts";

const rep = (id: string, fields: Partial<RepIdentity> = {}): RepIdentity => ({
  ...{
    id,
    standsFor: undefined,
    name: `Rep ${id}`,
    email: `${id}@x.example`,
    team: undefined,
    manager: undefined,
  },
  ...fields,
});
const person = (email: string, fields: Partial<PersonSetting> = {}): PersonSetting => ({
  ...{ email, role: "rep", manages: [] },
  ...fields,
});
const member = (email: string): Asking => ({ standing: "member", email });
const nobody = { role: undefined, repIds: [], owners: [] };

const reps = [
  rep("ann", { team: "North", manager: "Mia Moor" }),
  rep("ann-books", { standsFor: "ann", name: "A. Ann", email: undefined, team: "Books" }),
  rep("ann-sheet", { email: " ANN@x.example " }),
  rep("bob", { team: "north " }),
  rep("cleo", { team: "South", manager: "max@x.example" }),
  rep("dan", { manager: "max@x.example" }),
  rep("mia", { name: "Mia Moor" }),
];
const ann = ["ann", "ann-books", "ann-sheet"];
const scope = (
  asking: Asking,
  visibility: (typeof visibilityModes)[number],
  people: PersonSetting[] = [],
) => {
  const found = scopesFor(reps, { visibility, people })(asking);
  return { ...found, owners: found.owners === "all" ? found.owners : [...found.owners].sort() };
};

describe("who somebody is", () => {
  test("the terminal without a name is an admin who sees everything", () => {
    for (const mode of visibilityModes)
      expect(scope({ standing: "operator" }, mode)).toEqual({ role: "admin", repIds: [], owners: "all" });
  });

  test("whom nobody vouches for is nobody, whatever address they give", () => {
    for (const mode of visibilityModes)
      expect(scope({ email: "ann@x.example", name: "Rep ann" }, mode)).toEqual(nobody);
  });

  test("an address in any case is every record with it, and what stands for those", () => {
    expect(scope(member("Ann@X.example"), "own")).toEqual({ role: "rep", repIds: ann, owners: ann });
  });

  test("a name counts at the terminal only, and only when one person has it", () => {
    expect(scope({ standing: "operator", name: "a. ann" }, "own")).toMatchObject({
      repIds: ann,
      owners: ann,
    });
    expect(scope({ standing: "operator", name: "Rep" }, "all")).toEqual(nobody);
    expect(scope({ standing: "operator", name: "Nobody" }, "all")).toEqual(nobody);
    expect(scope({ standing: "member", name: "Rep ann" }, "own")).toEqual({
      role: "rep",
      repIds: [],
      owners: [],
    });
  });

  test("an admin of the Slack workspace is one here until somebody is named", () => {
    const asking = { standing: "workspace-admin", email: "bob@x.example" } as const;
    expect(scope(asking, "own")).toMatchObject({ role: "admin", owners: "all" });
    const named = [person("cleo@x.example", { role: "admin" })];
    expect(scope(asking, "own", named)).toMatchObject({ role: "rep", owners: ["bob"] });
    expect(scope(member("cleo@x.example"), "own", named)).toMatchObject({ role: "admin", owners: "all" });
  });

  test("a role is that of the address that asks, not of another one of the same person", () => {
    const twice = [rep("one", { standsFor: "two" }), rep("two")];
    const ask = scopesFor(twice, { visibility: "own", people: [person("two@x.example", { role: "admin" })] });
    expect(ask(member("one@x.example"))).toMatchObject({ role: "rep", owners: ["one", "two"] });
  });
});

describe("whose accounts they see", () => {
  test.each([
    ["a rep sees their own", member("bob@x.example"), "own", [], ["bob"]],
    ["in mode team their team's", member("bob@x.example"), "team", [], [...ann, "bob"]],
    [
      "a team in the settings counts before the data's",
      member("bob@x.example"),
      "team",
      [person("bob@x.example", { team: "South" })],
      ["bob", "cleo"],
    ],
    [
      "a member without records sees the team the settings give them",
      member("new@x.example"),
      "team",
      [person("new@x.example", { team: "SOUTH" })],
      ["cleo"],
    ],
    ["and without one nothing", member("new@x.example"), "team", [], []],
    [
      "a manager sees the teams they manage",
      member("boss@x.example"),
      "own",
      [person("boss@x.example", { role: "manager", manages: ["North"] })],
      [...ann, "bob"],
    ],
    [
      "and whom the data says report to their address",
      member("max@x.example"),
      "own",
      [person("max@x.example", { role: "manager" })],
      ["cleo", "dan"],
    ],
    [
      "or to the name of their own rep record, with the whole team",
      member("mia@x.example"),
      "own",
      [person("mia@x.example", { role: "manager" })],
      [...ann, "bob", "mia"],
    ],
    ["the data alone makes nobody a manager", member("max@x.example"), "team", [], []],
    [
      "to manage teams without being a manager gives nothing",
      member("bob@x.example"),
      "own",
      [person("bob@x.example", { manages: ["South"] })],
      ["bob"],
    ],
  ] as const)("%s", (_what, asking, mode, people, owners) => {
    expect(scope(asking, mode, [...people]).owners).toEqual(owners);
  });
});

const askings = fc.record({
  standing: fc.constantFrom("operator" as const, "member" as const, "workspace-admin" as const),
  email: fc.constantFrom("ann@x.example", "bob@x.example", "mia@x.example", "max@x.example", "new@x.example"),
});
const peopleOf = fc.uniqueArray(
  fc.record({
    email: fc.constantFrom(
      "ann@x.example",
      "bob@x.example",
      "mia@x.example",
      "max@x.example",
      "new@x.example",
    ),
    role: fc.constantFrom(...roles),
    manages: fc.subarray(["North", "South", "Books"]),
  }),
  { selector: ({ email }) => email },
);
const size = (owners: Owners) => (owners === "all" ? Number.POSITIVE_INFINITY : owners.length);

test("own shows no more than team, and team no more than all; own records are always in it", () => {
  fc.assert(
    fc.property(askings, peopleOf, (asking, people) => {
      const [all, team, own] = visibilityModes.map((mode) => scope(asking, mode, people));
      if (!all || !team || !own) throw new RangeError("three modes");
      expect(all.owners).toBe("all");
      expect(commonOwners([own.owners, team.owners])).toEqual(own.owners);
      expect(size(own.owners)).toBeLessThanOrEqual(size(team.owners));
      for (const { owners, repIds, role } of [team, own]) {
        expect(owners === "all").toBe(role === "admin");
        if (owners !== "all") expect(owners).toEqual(expect.arrayContaining([...repIds]));
      }
    }),
    { seed: 11 },
  );
});

const ownerSets = fc.oneof(fc.constant("all" as const), fc.subarray(["a", "b", "c", "d"]));

test("what all see is what each of them sees, in whatever order", () => {
  fc.assert(
    fc.property(fc.array(ownerSets), (all) => {
      const sees = (owners: Owners, id: string) => owners === "all" || owners.includes(id);
      const common = commonOwners(all);
      for (const id of ["a", "b", "c", "d", "unowned"])
        expect(sees(common, id)).toBe(all.every((owners) => sees(owners, id)));
      expect(size(commonOwners([...all].reverse()))).toBe(size(common));
    }),
    { seed: 12 },
  );
});

describe("whom somebody manages", () => {
  const managed = (
    role: "rep" | "manager" | "admin" | undefined,
    address: string,
    people: PersonSetting[] = [],
  ) =>
    [
      ...managedReps(reps, people, { role, repIds: address === "mia@x.example" ? ["mia"] : [], address }),
    ].sort();

  test("a manager, those whom the data says so of, by address or by name, whatever they may see", () => {
    expect(managed("manager", "max@x.example")).toEqual(["cleo", "dan"]);
    expect(managed("manager", "MIA@x.example")).toEqual([]);
    expect(managed("manager", "mia@x.example")).toEqual(ann);
  });

  test("and those of the teams that settings give them, but not themselves", () => {
    const people = [person("mia@x.example", { role: "manager", manages: ["North"], team: "North" })];
    expect(managed("manager", "mia@x.example", people)).toEqual([...ann, "bob"]);
  });

  test("to administer is not to manage; an admin who is named as somebody's manager is one", () => {
    expect(managed("admin", "ada@x.example")).toEqual([]);
    expect(managed("admin", "max@x.example")).toEqual(["cleo", "dan"]);
  });

  test("a rep manages nobody, even one whom the data names, as they do not see their accounts either", () => {
    expect(managed("rep", "max@x.example")).toEqual([]);
    expect(managed(undefined, "max@x.example")).toEqual([]);
  });
});
