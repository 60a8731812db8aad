import { countOf } from "../wording.ts";
import type { PitchView } from "./pitch-view.ts";

/** Why nobody can be pitched, and what to do. */
export function nobodyToPitch({
  name,
  filters,
  waves,
}: Pick<PitchView, "name" | "filters" | "waves">): string {
  const heldBack = waves.reduce((sum, { totals }) => sum + totals.excluded, 0);
  if (heldBack > 0)
    return `Nobody to pitch "${name}" to: ${heldBack === 1 ? "the one account is" : `all ${countOf(heldBack, "account")} are`} held back`;
  return filters === ""
    ? `Nobody to pitch "${name}" to: there are no A, B or C accounts, and no prospects that resemble them`
    : `Nobody to pitch "${name}" to: no A, B or C account and no prospect fits ${filters}`;
}
