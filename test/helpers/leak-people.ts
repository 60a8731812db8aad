import type { VisibilityMode } from "../../src/core/settings.ts";
import type { Viewer } from "../../src/store/viewer.ts";
import type { RawWorkspace } from "./facts.ts";
import { type WorldAccount, worldAccounts } from "./leak-world.ts";

/** Whose accounts somebody sees, by the reps' names. */
export type Sees = "all" | readonly string[];
interface Person {
  readonly viewer: Omit<Viewer, "workspaceId">;
  /** Whose accounts: a rep's name each. Written by hand, not computed. */
  readonly own: Sees;
  readonly team: Sees;
  readonly all: Sees;
}

const member = (name: string): Omit<Viewer, "workspaceId"> => ({
  standing: "member",
  email: `${name}@leak.example`,
});
const north = ["Nora Quill", "Nils Brandt"];
const south = ["Sven Ostler", "Sara Vance"];
const nothing = { own: [], team: [], all: [] };

export const people: Readonly<Record<string, Person>> = {
  ada: { viewer: member("ada"), own: "all", team: "all", all: "all" },
  operator: { viewer: { standing: "operator" }, own: "all", team: "all", all: "all" },
  mia: { viewer: member("mia"), own: north, team: north, all: "all" },
  max: { viewer: member("max"), own: ["Sven Ostler", "Sara Vance"], team: south, all: "all" },
  nora: { viewer: member("NORA"), own: ["Nora Quill"], team: north, all: "all" },
  nils: { viewer: member("nils"), own: ["Nils Brandt"], team: north, all: "all" },
  sven: { viewer: member("sven"), own: ["Sven Ostler"], team: south, all: "all" },
  eda: { viewer: member("eda"), own: ["Eda Finch"], team: ["Eda Finch"], all: "all" },
  tess: { viewer: member("tess"), own: [], team: south, all: "all" },
  wanda: {
    viewer: { standing: "workspace-admin", email: "wanda@leak.example" },
    own: [],
    team: [],
    all: "all",
  },
  nameless: { viewer: { standing: "member" }, own: [], team: [], all: "all" },
  asSara: {
    viewer: { standing: "operator", name: "sara vance" },
    ...{ own: ["Sara Vance"], team: south, all: "all" },
  },
  guest: { viewer: { email: "guest@leak.example" }, ...nothing },
  stranger: { viewer: { email: "nora@leak.example", name: "Nora Quill" }, ...nothing },
  unclear: { viewer: { standing: "operator", name: "n" }, ...nothing },
};
export const modes: readonly VisibilityMode[] = ["own", "team", "all"];

/** The roles they have, beside those that the data gives. */
export const peopleSettings = [
  { email: "ada@leak.example", role: "admin" as const },
  { email: "mia@leak.example", role: "manager" as const, manages: ["northgate"] },
  { email: "max@leak.example", role: "manager" as const },
  { email: "tess@leak.example", role: "rep" as const, team: "Southbank" },
  { email: "eda@leak.example", role: "rep" as const, team: "Eastwick" },
];

export function viewerIn({ id }: Pick<RawWorkspace, "id">, name: string): Viewer {
  return { workspaceId: id, ...people[name]?.viewer };
}

export function seenBy(name: string, mode: VisibilityMode): Sees {
  return people[name]?.[mode] ?? [];
}

export function isSeen(sees: Sees, { owner }: WorldAccount): boolean {
  return sees === "all" || (owner !== undefined && sees.includes(owner));
}

export function accountsOf(sees: Sees): readonly WorldAccount[] {
  return worldAccounts.filter((account) => isSeen(sees, account));
}
