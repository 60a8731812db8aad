import { hubspotPresets } from "./hubspot.ts";
import { mavenCrmPresets } from "./maven-crm.ts";
import type { Header, Preset } from "./preset.ts";
import { headerKey } from "./read-table.ts";

/** Every kind of file that can be imported. */
export const presets: readonly Preset[] = [...hubspotPresets, ...mavenCrmPresets];

/** The preset whose required headers are all there; of several, the one that asks for most. */
export function recognise(headers: readonly string[]): Preset | undefined {
  const keys = new Set(headers.map(headerKey));
  const [best] = presets
    .filter((preset) => missingOf(preset, keys).length === 0 && foreignOf(preset, keys).length === 0)
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
  /** Headers that tell another kind of file. */
  readonly foreign: readonly string[];
}

/** Undefined when no preset has a required header in common with the file. */
export function nearestPreset(headers: readonly string[]): NearMiss | undefined {
  const keys = new Set(headers.map(headerKey));
  const shareThere = ({ preset, missing }: NearMiss) => 1 - missing.length / preset.required.length;
  const [nearest] = presets
    .map((preset) => ({ preset, missing: missingOf(preset, keys), foreign: foreignOf(preset, keys) }))
    .filter((candidate) => shareThere(candidate) > 0)
    .sort(
      (left, right) =>
        shareThere(right) - shareThere(left) ||
        left.foreign.length - right.foreign.length ||
        knownOf(right.preset, keys) - knownOf(left.preset, keys),
    );
  return nearest;
}

function missingOf({ required }: Preset, keys: ReadonlySet<string>): readonly string[] {
  return required.filter((header) => !has(keys, header)).map((header) => [header].flat().join(" or "));
}

function foreignOf({ excluded }: Preset, keys: ReadonlySet<string>): readonly string[] {
  return excluded.filter((header) => has(keys, header));
}

function knownOf({ required, optional }: Preset, keys: ReadonlySet<string>): number {
  return [...required, ...optional].filter((header) => has(keys, header)).length;
}

function has(keys: ReadonlySet<string>, header: Header): boolean {
  return [header].flat().some((name) => keys.has(headerKey(name)));
}
