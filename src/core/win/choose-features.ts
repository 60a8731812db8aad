import { findLeaks } from "./leaks-by-evidence.ts";
import { judgeName, type NameVerdict } from "./leaks-by-name.ts";
import { type Reading, readFeature } from "./read-features.ts";
import { isSameAsOutcome } from "./same-as-outcome.ts";
import { codes, type TextColumn } from "./text-column.ts";
import type { Exclusion, Feature } from "./win-table.ts";

/** Why a column has no say, beyond what a model says of it. */
export type ColumnExclusion =
  | Exclusion
  /** Days, without a time column to count from, or such as can be read two ways. */
  | { readonly code: "date"; readonly order: "no-time" | "ambiguous" }
  /** Days of which so large a share is after the time column. */
  | { readonly code: "after-time"; readonly share: number };

/** How a column's texts are read; whether its days can be read two ways. */
export interface ColumnReading extends Reading {
  readonly isAmbiguous: boolean;
}

/** What the columns are judged by. */
export interface Known {
  readonly outcome: string;
  /** Of the rows below, in their order. */
  readonly won: Uint8Array;
  /** In days since 1970; undefined without a time column, or where it holds numbers. */
  readonly days: Float64Array | undefined;
  /** Rows of the table whose end is known. */
  readonly rows: Int32Array;
}

export type ChosenColumn =
  | { readonly kind: "feature"; readonly feature: Feature; readonly suspicious: NameVerdict | undefined }
  | { readonly kind: "excluded"; readonly column: string; readonly why: ColumnExclusion };

/** Days after the time column in more rows than this share are no slips. */
const someLater = 0.02;

/** Which columns a model may be shown, of all but the outcome and the time: those that are known beforehand, as far as their names and their cells tell. */
export function chooseFeatures(
  columns: readonly TextColumn[],
  known: Known,
  readingOf: (column: TextColumn) => ColumnReading,
): readonly ChosenColumn[] {
  const names = columns.map(({ name }) => name);
  return columns.map((column) => {
    const { name } = column;
    const reading = readingOf(column);
    const read = readFeature(column, known.rows, reading);
    if (read.kind === "feature" && isSameAsOutcome(read.feature, known.won))
      return excluded(name, { code: "outcome" });
    const verdict = judgeName(name, { names, outcome: known.outcome });
    if (verdict?.kind === "leak") return excluded(name, { code: "leak-by-name", word: verdict.word });
    if (read.kind === "feature") return { kind: "feature", feature: read.feature, suspicious: verdict };
    if (read.kind === "excluded" && (read.why.code === "constant" || read.why.code === "empty"))
      return excluded(name, read.why);
    // What is filled for one end only is a leak, whatever it is filled with.
    const [leak] = findLeaks(
      { rows: known.rows.length, features: [fillingOf(column, known.rows)] },
      known.won,
      known.rows.map((_, at) => at),
    );
    if (leak) return excluded(name, leak.why);
    if (read.kind === "excluded") return excluded(name, read.why);
    return fromDays(name, read.days, reading.isAmbiguous, known.days);
  });
}

/** How many days before the time of each row: an age, such as that of an account or a contract. */
function fromDays(
  name: string,
  days: Float64Array,
  isAmbiguous: boolean,
  from: Float64Array | undefined,
): ChosenColumn {
  if (from === undefined) return excluded(name, { code: "date", order: "no-time" });
  if (isAmbiguous) return excluded(name, { code: "date", order: "ambiguous" });
  const values = days.map((day, at) => (from[at] ?? Number.NaN) - day);
  const known = values.filter(Number.isFinite);
  const share = known.filter((age) => age < -1).length / Math.max(1, known.length);
  if (share > someLater) return excluded(name, { code: "after-time", share });
  if (known.length === 0 || known.every((age) => age === known[0]))
    return excluded(name, { code: "constant" });
  return { kind: "feature", feature: { kind: "number", name, values }, suspicious: undefined };
}

function fillingOf({ name, places }: TextColumn, rows: Int32Array): Feature {
  return {
    kind: "number",
    name,
    values: Float64Array.from(rows, (row) => (places[row] === codes.blank ? Number.NaN : 1)),
  };
}

function excluded(column: string, why: ColumnExclusion): ChosenColumn {
  return { kind: "excluded", column, why };
}
