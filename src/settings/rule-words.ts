import { matchNames } from "../core/names.ts";
import { quoted } from "../query.ts";
import { type RuleColumn, ruleColumns } from "../store/value-rules.ts";
import { UsageError } from "../usage-error.ts";

export const acceptUsage = 'accept <column> "<value>" as "<other>"';

/** What was typed after `accept`. */
export type TypedRule =
  | { readonly kind: "list" }
  | {
      readonly kind: "accept";
      readonly column: RuleColumn;
      readonly value: string;
      readonly standsFor: string;
    }
  | { readonly kind: "end"; readonly column: RuleColumn; readonly value: string };

/** @throws UsageError saying what is missing. */
export function readRule([first, ...words]: readonly string[]): TypedRule {
  if (first === undefined) return { kind: "list" };
  const [column, another] = matchNames(first, ruleColumns, (name) => name);
  if (column === undefined || another !== undefined)
    throw new UsageError(`There is no column "${first}": there are ${ruleColumns.join(", ")}.`);
  const as = words.findLastIndex((word) => word.toLowerCase() === "as");
  const value = words.slice(0, as < 0 ? undefined : as).join(" ");
  const standsFor = as < 0 ? "" : words.slice(as + 1).join(" ");
  if (as < 0 && words.length > 1 && words.at(-1)?.toLowerCase() === "none")
    return { kind: "end", column, value: words.slice(0, -1).join(" ") };
  if (value === "" || standsFor === "")
    throw new UsageError(
      `Say what stands for what: \`${acceptUsage}\`, or \`accept ${column} "<value>" none\` to end it.`,
    );
  return { kind: "accept", column, value, standsFor };
}

/** The line that accepts a value, to press or to type. */
export function acceptLine(column: RuleColumn, value: string, standsFor: string): string {
  return `accept ${column} ${quoted(value)} as ${quoted(standsFor)}`;
}

/** The line that ends a rule. */
export function endLine(column: RuleColumn, value: string): string {
  return `accept ${column} ${quoted(value)} none`;
}
