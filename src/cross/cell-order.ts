import type { Criterion } from "../core/cross/criteria.ts";
import type { CrossCell } from "../store/cross.ts";

/**
 * The values that cells have of one criterion: tiers, cohorts and size classes in their own order, others by what they
 * come to, and none at all last.
 */
export function orderedValues(
  criterion: Criterion,
  cells: readonly CrossCell[],
  place: number,
): readonly (string | undefined)[] {
  const sums = new Map<string | undefined, number>();
  for (const { values, value } of cells) sums.set(values[place], (sums.get(values[place]) ?? 0) + value);
  const values = [...sums.keys()];
  const hasOrder =
    criterion === "tier" ||
    criterion === "cohort" ||
    criterion === "cohort-year" ||
    values.every((value) => value === undefined || /^\d/.test(value));
  return values.sort((left, right) => {
    if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? 1 : -1;
    const byName = left.localeCompare(right, "en", { numeric: true });
    return hasOrder ? byName : (sums.get(right) ?? 0) - (sums.get(left) ?? 0) || byName;
  });
}
