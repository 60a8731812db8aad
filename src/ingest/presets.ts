import { FileFault } from "../tables/file-fault.ts";
import { headerKey } from "../tables/headers.ts";
import { hubspotPresets } from "./hubspot.ts";
import { ledgerPresets } from "./ledgers.ts";
import { mavenCrmPresets } from "./maven-crm.ts";
import type { Header, Preset } from "./preset.ts";
import { salesforcePresets } from "./salesforce.ts";

/** Every kind of file that can be imported without a mapping. */
export const presets: readonly Preset[] = [
  ...hubspotPresets,
  ...salesforcePresets,
  ...mavenCrmPresets,
  ...ledgerPresets,
];

/** The preset whose required headers are all there; of several, the one that asks for most. */
export function recognise(headers: readonly string[]): Preset | undefined {
  const keys = new Set(headers.map(headerKey));
  const [best] = presets
    .filter((preset) => missingOf(preset, keys).length === 0 && foreignOf(preset, headers).length === 0)
    .sort(
      (left, right) =>
        right.required.length - left.required.length || knownOf(right, keys) - knownOf(left, keys),
    );
  return best;
}

/** The preset that an unknown file comes nearest to, and what is in the way. */
export interface NearMiss {
  readonly preset: Preset;
  /** Headers that it lacks; alternatives as "Team or Main team". */
  readonly missing: readonly string[];
  /** Headers that tell another kind of file, or that stand beside another one of the same meaning. */
  readonly foreign: readonly string[];
}

/** Undefined when no preset has a required header in common with the file. */
export function nearestPreset(headers: readonly string[]): NearMiss | undefined {
  const keys = new Set(headers.map(headerKey));
  const shareThere = ({ preset, missing }: NearMiss) => 1 - missing.length / preset.required.length;
  const [nearest] = presets
    .map((preset) => ({ preset, missing: missingOf(preset, keys), foreign: foreignOf(preset, headers) }))
    .filter((candidate) => shareThere(candidate) > 0)
    .sort(
      (left, right) =>
        shareThere(right) - shareThere(left) ||
        left.foreign.length - right.foreign.length ||
        knownOf(right.preset, keys) - knownOf(left.preset, keys),
    );
  return nearest;
}

/** What to say of a file that no preset recognises. */
export function notRecognised(path: string, headers: readonly string[]): FileFault {
  const nearest = nearestPreset(headers);
  // A column in common is no likeness.
  const isNear = nearest !== undefined && nearest.missing.length * 2 <= nearest.preset.required.length;
  const near = isNear ? nearest : undefined;
  const obstacles = near && [
    ...near.missing.map((header) => `no column ${header}`),
    ...near.foreign.map((header) => `a column ${header}`),
  ];
  const problem = near
    ? `it looks most like ${near.preset.title}, but has ${obstacles?.join(" and ")}`
    : `its columns are ${headers.slice(0, 8).join(", ")}${headers.length > 8 ? " …" : ""}`;
  return new FileFault(
    path,
    `is not recognised: ${problem}`,
    `Known by their usual headers are ${presets.map(({ title }) => title).join(", ")}. Any other file is read with --map mapping.yaml, which says what its columns mean: see docs/mapping.md`,
  );
}

function missingOf({ required }: Preset, keys: ReadonlySet<string>): readonly string[] {
  return required
    .filter((header) => !has(keys, header))
    .map((header) => [header].flat().slice(0, mostAlternatives).join(" or "));
}

/** Ledgers have dozens of names for each column; a message shows the most usual ones. */
const mostAlternatives = 3;

function foreignOf({ excluded, single = [] }: Preset, headers: readonly string[]): readonly string[] {
  const tells = (header: string) =>
    excluded.some((other) =>
      typeof other === "string" ? headerKey(other) === headerKey(header) : other.test(headerKey(header)),
    );
  const repeated = single.flatMap((role) => headers.filter((header) => isOneOf(role, header)).slice(1));
  return [...new Set([...headers.filter(tells), ...repeated])];
}

function knownOf({ required, optional }: Preset, keys: ReadonlySet<string>): number {
  return [...required, ...optional].filter((header) => has(keys, header)).length;
}

function has(keys: ReadonlySet<string>, header: Header): boolean {
  return [header].flat().some((name) => keys.has(headerKey(name)));
}

function isOneOf(role: Header, header: string): boolean {
  return [role].flat().some((name) => headerKey(name) === headerKey(header));
}
