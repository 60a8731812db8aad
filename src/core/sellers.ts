import { cleanText, matchNames } from "./names.ts";
import type { PersonSetting } from "./settings.ts";

/** A rep as one source knows them. */
export interface RepIdentity {
  readonly id: string;
  /** The record that this one is another spelling of, or the same person in another source. */
  readonly standsFor: string | undefined;
  readonly name: string;
  readonly email: string | undefined;
  readonly team: string | undefined;
  /** Name or e-mail address of their manager. */
  readonly manager: string | undefined;
}

/** A person who sells: one or several rep records. Teams, managers and addresses as `keyOf` gives them. */
export interface Seller {
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly emails: ReadonlySet<string>;
  readonly teams: ReadonlySet<string>;
  readonly managers: ReadonlySet<string>;
}

/** Records of one person together: those that stand for one another or have the same address. */
export function groupReps(reps: readonly RepIdentity[], people: readonly PersonSetting[]): readonly Seller[] {
  const above = new Map<string, string>();
  const rootOf = (key: string): string => {
    let root = key;
    for (let next = above.get(root); next !== undefined; next = above.get(root)) root = next;
    return root;
  };
  for (const { id, standsFor, email } of reps)
    for (const other of [...(standsFor ? [standsFor] : []), ...(email ? [addressOf(email)] : [])]) {
      const [one, another] = [rootOf(id), rootOf(other)];
      if (one !== another) above.set(one, another);
    }
  const groups = new Map<string, RepIdentity[]>();
  for (const rep of reps) {
    const root = rootOf(rep.id);
    groups.set(root, [...(groups.get(root) ?? []), rep]);
  }
  const settings = new Map(people.map((person) => [person.email, person]));
  return [...groups.values()].map((records) => {
    const emails = new Set(records.flatMap(({ email }) => (email ? [addressOf(email)] : [])));
    const team = [...emails].flatMap((email) => settings.get(email)?.team ?? []);
    const teams = team.length > 0 ? team : records.flatMap((record) => record.team ?? []);
    return {
      ids: [...new Set(records.flatMap(({ id, standsFor }) => (standsFor ? [id, standsFor] : [id])))],
      names: records.map(({ name }) => name),
      emails,
      teams: new Set(teams.map(keyOf)),
      managers: new Set(records.flatMap(({ manager }) => (manager ? [keyOf(manager)] : []))),
    };
  });
}

/** Everybody by their addresses; of two with the same one, the first. */
export function sellersByAddress(everybody: readonly Seller[]): ReadonlyMap<string, Seller> {
  return new Map(
    everybody
      .toReversed()
      .flatMap((seller) => [...seller.emails].map((address) => [address, seller] as const)),
  );
}

/** The one person of that name; undefined when several could be meant. */
export function namedSeller(name: string, everybody: readonly Seller[]): Seller | undefined {
  const named = everybody.flatMap((seller) => seller.names.map((spelling) => ({ seller, spelling })));
  const found = new Set(matchNames(name, named, ({ spelling }) => spelling).map(({ seller }) => seller));
  return found.size === 1 ? [...found][0] : undefined;
}

export function addressOf(email: string): string {
  return email.trim().toLowerCase();
}

/** What two spellings of a team or a manager have in common. */
export function keyOf(name: string): string {
  return cleanText(name).toLowerCase();
}
