import { daysPerWeek } from "./history-columns.ts";

/**
 * What follows from frequency and age alone, worked out once for each two of them: accounts share both by the thousand.
 *
 * @param work takes the age in weeks.
 */
export function remembering<Result extends object>(work: (frequency: number, age: number) => Result) {
  const known = new Map<number, Map<number, Result>>();
  return (frequency: number, ageDays: number): Result => {
    const ages = known.get(frequency) ?? new Map<number, Result>();
    const found = ages.get(ageDays);
    if (found) return found;
    const result = work(frequency, ageDays / daysPerWeek);
    known.set(frequency, ages.set(ageDays, result));
    return result;
  };
}
