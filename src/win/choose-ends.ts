import { FileFault } from "../tables/file-fault.ts";
import { UsageError } from "../usage-error.ts";
import { closestNames } from "./closest-names.ts";
import { allAlike, type OutcomeValues, unclear } from "./outcome-faults.ts";
import { wordedEnd } from "./outcome-words.ts";

/** Which values of an outcome are which end. */
export interface Ends {
  readonly won: readonly string[];
  /** Also `(blank)`, where nothing is written for those that were lost. */
  readonly lost: readonly string[];
  /** What people should know where the values do not say it in themselves. */
  readonly note: string | undefined;
}

export interface Listed extends OutcomeValues {
  readonly blanks: number;
}

export const filledWord = "filled";
export const blankWord = "(blank)";

/** What a person named is won. Lost is what says so, else all the rest. */
export function endsAsSaid(listed: Listed, said: readonly string[]): Ends {
  const { name, counts, blanks } = listed;
  const byKey = new Map([...counts.keys()].map((value) => [value.toLowerCase(), value]));
  const won = said.map((value) => {
    const found = byKey.get(value.trim().toLowerCase());
    if (found !== undefined) return found;
    const near = closestNames(value, [...counts.keys()]).map((each) => `"${each}"`);
    throw new UsageError(`--won "${value}": ${name} has no such value. It has ${near.join(", ")}.`);
  });
  const others = [...counts.keys()].filter((value) => !won.includes(value));
  const worded = others.filter((value) => wordedEnd(value) === "lost");
  if (worded.length > 0) return { won, lost: worded, note: undefined };
  if (others.length > 0) return { won, lost: others, note: undefined };
  if (blanks > 0) return { won, lost: [blankWord], note: undefined };
  throw allAlike(listed);
}

/** What the values say, or else the rarer of two. */
export function endsAsWritten(listed: Listed): Ends {
  const { path, name, counts, blanks } = listed;
  const values = [...counts.keys()];
  const won = values.filter((value) => wordedEnd(value) === "won");
  const lost = values.filter((value) => wordedEnd(value) === "lost");
  if (won.length > 0 && lost.length > 0) return { won, lost, note: undefined };
  const [one, other] = values;
  if (one === undefined)
    throw new FileFault(path, `has nothing in ${name}`, "Name another column: --outcome <column>");
  if (other === undefined) {
    if (blanks === 0 || lost.length > 0) throw allAlike(listed);
    return { won: [one], lost: [blankWord], note: `A blank in ${name} counts as lost.` };
  }
  if (values.length > 2) throw unclear(listed);
  const event =
    won[0] ?? values.find((value) => lost.length > 0 && value !== lost[0]) ?? eventOf(one, other, counts);
  const rest = event === one ? other : one;
  return {
    ...{ won: [event], lost: [rest] },
    note: `"${event}" in ${name} counts as won, "${rest}" as lost: if it is the other way round, say --won "${rest}".`,
  };
}

/** Of two numbers the larger, of two words the rarer: what is told is mostly what seldom happens. */
function eventOf(one: string, other: string, counts: ReadonlyMap<string, number>): string {
  const [first = one, second = other] = [one, other].toSorted();
  if (Number.isFinite(Number(one)) && Number.isFinite(Number(other)))
    return Number(first) > Number(second) ? first : second;
  return (counts.get(first) ?? 0) < (counts.get(second) ?? 0) ? first : second;
}
