import {
  addressOf,
  groupReps,
  keyOf,
  namedSeller,
  type RepIdentity,
  type Seller,
  sellersByAddress,
} from "./sellers.ts";
import type { PersonSetting, Role, Settings } from "./settings.ts";

/** How somebody else's name stands in what is shared. */
export const anotherRep = "another rep";

/** Whether a role decides for others, too. */
export function isManaging(role: Role | undefined): boolean {
  return role === "manager" || role === "admin";
}

/** Whose accounts somebody sees: everybody's, unowned ones included, or those of these rep records. */
export type Owners = "all" | readonly string[];

/** Who asks, as far as somebody vouches for it; see `Viewer`. */
export interface Asking {
  readonly standing?: "operator" | "member" | "workspace-admin";
  readonly email?: string;
  readonly name?: string;
}

export interface Scope {
  /** Undefined for nobody in particular, who sees nothing. */
  readonly role: Role | undefined;
  /** Record ids of the reps that they are. */
  readonly repIds: readonly string[];
  readonly owners: Owners;
}

const nobody: Scope = { role: undefined, repIds: [], owners: [] };

/**
 * Says of anybody what they may see. An address ties them to their settings and rep records; a name does
 * so only at the terminal, where whoever runs the server vouches for it.
 */
export function scopesFor(
  reps: readonly RepIdentity[],
  { visibility, people }: Pick<Settings, "visibility" | "people">,
): (asking: Asking) => Scope {
  const everybody = groupReps(reps, people);
  const hasAdmin = people.some(({ role }) => role === "admin");
  const byAddress = sellersByAddress(everybody);

  return (asking) => {
    const { standing, email, name } = asking;
    if (standing === undefined) return nobody;
    if (standing === "operator" && email === undefined && name === undefined)
      return { role: "admin", repIds: [], owners: "all" };
    const named = standing === "operator" && name !== undefined ? namedSeller(name, everybody) : undefined;
    const seller = email === undefined ? named : byAddress.get(addressOf(email));
    if (standing === "operator" && email === undefined && !seller) return nobody;
    const addresses = email === undefined ? [...(seller?.emails ?? [])] : [addressOf(email)];
    const setting = people.find((person) => addresses.includes(person.email));
    const role = standing === "workspace-admin" && !hasAdmin ? "admin" : (setting?.role ?? "rep");
    const repIds = seller?.ids ?? [];
    if (role === "admin" || visibility === "all") return { role, repIds, owners: "all" };
    const reporting = role === "manager" ? everybody.filter(reportsTo(addresses, seller)) : [];
    const teams = new Set([
      ...(visibility === "team" ? teamsOf(seller, setting) : []),
      ...(role === "manager" ? (setting?.manages ?? []).map(keyOf) : []),
      ...reporting.flatMap((other) => [...other.teams]),
    ]);
    const inTeam = everybody.filter((other) => [...other.teams].some((team) => teams.has(team)));
    const seen = [...(seller ? [seller] : []), ...reporting, ...inTeam];
    return { role, repIds, owners: [...new Set(seen.flatMap(({ ids }) => ids))] };
  };
}

/** What all of them see. */
export function commonOwners(all: readonly Owners[]): Owners {
  return all.reduce<Owners>((common, owners) => {
    if (owners === "all") return common;
    const theirs = new Set(owners);
    return common === "all" ? owners : common.filter((id) => theirs.has(id));
  }, "all");
}

/** What the settings say counts before what the data says. */
function teamsOf(seller: Seller | undefined, setting: PersonSetting | undefined): readonly string[] {
  return setting?.team === undefined ? [...(seller?.teams ?? [])] : [keyOf(setting.team)];
}

/** Whether the data names them as the manager: by address, or by a name that their own rep record has. */
function reportsTo(addresses: readonly string[], seller: Seller | undefined): (other: Seller) => boolean {
  const names = [...addresses, ...(seller?.names ?? [])].map(keyOf);
  return ({ managers }) => names.some((name) => managers.has(name));
}

/**
 * Record ids of the reps whom somebody manages: those that the data names them as the manager of, and those in teams that the
 * settings give them. To administer Portfolio is not to manage anybody.
 */
export function managedReps(
  reps: readonly RepIdentity[],
  people: readonly PersonSetting[],
  manager: Pick<Scope, "role" | "repIds"> & { readonly address: string | undefined },
): readonly string[] {
  if (!isManaging(manager.role)) return [];
  const everybody = groupReps(reps, people);
  const self = everybody.find(({ ids }) => ids.some((id) => manager.repIds.includes(id)));
  const addresses = [
    ...(manager.address === undefined ? [] : [addressOf(manager.address)]),
    ...(self?.emails ?? []),
  ];
  const setting = people.find(({ email }) => addresses.includes(email));
  const teams = new Set((setting?.manages ?? []).map(keyOf));
  const isReporting = reportsTo(addresses, self);
  return everybody
    .filter((rep) => rep !== self && (isReporting(rep) || [...rep.teams].some((team) => teams.has(team))))
    .flatMap(({ ids }) => ids);
}
