import { FileFault } from "../tables/file-fault.ts";
import { countOf, formatCount } from "../wording.ts";

/** A column that was named as the outcome. */
export interface OutcomeValues {
  readonly path: string;
  readonly name: string;
  /** Rows by value, in the order of the file. */
  readonly counts: ReadonlyMap<string, number>;
}

const mostListed = 12;

export function allAlike({ path, name, counts }: OutcomeValues): FileFault {
  const values = [...counts.keys()].slice(0, 3).map((value) => `"${value}"`);
  return new FileFault(
    path,
    `has only ${values.join(", ")} in ${name}: all rows ended alike`,
    "Keep the rows that ended otherwise, too; nothing can be told apart without them",
  );
}

export function unclear({ path, name, counts }: OutcomeValues): FileFault {
  const listed = [...counts]
    .toSorted(([, one], [, more]) => more - one)
    .slice(0, mostListed)
    .map(([value, count]) => `"${value.slice(0, 40)}" (${formatCount(count)})`);
  const more = counts.size > mostListed ? ` and ${countOf(counts.size - mostListed, "more value")}` : "";
  return new FileFault(
    path,
    `does not say in ${name} which rows were won: it has ${listed.join(", ")}${more}`,
    'Say which value counts as won: --won "…", or --won filled where a blank means lost',
  );
}
