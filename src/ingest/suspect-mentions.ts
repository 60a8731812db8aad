import { nameKey } from "../core/names.ts";
import { externalIdOfName } from "./drafts.ts";
import { edits, hasSameDigits, tolerant } from "./near-names.ts";
import type { Suspect } from "./suspects.ts";
import { byText, mostFrequent, type Tally } from "./tally.ts";

/** Names that facts mention and the catalogue does not have, though it has one that is nearly the same. */
export function suspectMentions(column: string, mentioned: Tally, catalogue: Tally): readonly Suspect[] {
  if (catalogue.full) return [];
  const ids = new Set([...catalogue.rows.keys()].map(externalIdOfName));
  const entries = [...catalogue.rows.keys()].sort(byText).map((name) => ({ name, key: nameKey(name) }));
  return mostFrequent(mentioned)
    .filter(([value]) => !ids.has(externalIdOfName(value)))
    .flatMap(([value, rows]) => {
      const suggestion = nearestEntry(value, entries);
      if (suggestion === undefined) return [];
      const reason = `not in the catalogue, which has "${suggestion}"`;
      return [{ column, value, suggestion, rows, reason }];
    });
}

interface Entry {
  readonly name: string;
  readonly key: string;
}

/** The entry with the same key, else the one with the fewest edits; the first of equals in the order given. */
function nearestEntry(value: string, entries: readonly Entry[]): string | undefined {
  const key = nameKey(value);
  let nearest: { readonly name: string; readonly count: number } | undefined;
  for (const entry of entries) {
    const shorter = Math.min(entry.key.length, key.length);
    const allowed = tolerant(shorter);
    if (key === "" || Math.abs(entry.key.length - key.length) > allowed) continue;
    const count = entry.key === key ? 0 : edits(entry.key, key);
    if (count > allowed || (nearest && nearest.count <= count)) continue;
    if (hasSameDigits(entry.key, key)) nearest = { name: entry.name, count };
  }
  return nearest?.name;
}
