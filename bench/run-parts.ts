import type { BenchOptions, Part } from "./options.ts";
import type { Report, Table } from "./report.ts";

/** Where a measurement says how far it is, and shows each table as soon as it has it. */
export interface Output {
  tell(sentence: string): void;
  show(table: Table): void;
}

export type Measure = (options: BenchOptions, output: Output) => Promise<void>;

/**
 * One part after the other, so that none disturbs another. What a part that breaks has measured until then stays,
 * with a table that says what broke.
 */
export async function runParts(
  options: BenchOptions,
  measures: Readonly<Record<Part, Measure>>,
  output: Output,
): Promise<Pick<Report, "tables"> & { readonly isWhole: boolean }> {
  const tables: Table[] = [];
  let isWhole = true;
  const show = (table: Table) => {
    tables.push(table);
    output.show(table);
  };
  for (const part of options.parts) {
    try {
      await measures[part](options, { show, tell: (sentence) => output.tell(`${part}: ${sentence}`) });
    } catch (error) {
      isWhole = false;
      const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").trim();
      show({ title: `The rest of "${part}" could not be measured`, columns: [], rows: [], notes: [reason] });
    }
  }
  return { tables, isWhole };
}
