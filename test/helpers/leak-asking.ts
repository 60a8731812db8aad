import type { VisibilityMode } from "../../src/core/settings.ts";
import { people } from "./leak-people.ts";
import { type WorldAccount, worldAccounts } from "./leak-world.ts";

/** The long run asks everybody in every mode. */
export const isLong = process.env.PROVE !== undefined;

/** Each way to come to see accounts, in a mode that tells it from the others; the rest are more of the same. */
const tellingIn: Readonly<Record<VisibilityMode, readonly string[]>> = {
  // An admin, both kinds of managers, a rep, a team without accounts, a rep by name, and a name that is several people's.
  own: ["ada", "mia", "max", "nora", "tess", "asSara", "unclear"],
  // An operator, a rep with colleagues, one in a team of the settings, one without records, and who has no accounts.
  team: ["operator", "nora", "eda", "tess", "wanda", "nameless"],
  // Members see everything, and whoever is none nothing.
  all: ["nameless", "guest", "stranger"],
};

/** By name, who asks in a mode. */
export function askingIn(mode: VisibilityMode): readonly string[] {
  return isLong ? Object.keys(people) : tellingIn[mode];
}

const probes = ["Quorlix", "Vantrell", "Luminark", "Pellucor", "Wexcombe", "Hadrimont"];

/** Accounts that are asked for by id: one of each rep and one of nobody, those that are held back among them. */
export const probedAccounts: readonly WorldAccount[] = isLong
  ? worldAccounts
  : worldAccounts.filter(({ words: [word = ""] }) => probes.includes(word));
