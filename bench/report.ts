/** A column: its key in JSON, its title on the screen. */
export interface Column {
  readonly key: string;
  readonly title: string;
  /** Digits after the point; 0 without. */
  readonly digits?: number;
  /** Differences carry their sign. */
  readonly isSigned?: boolean;
}

/** A figure that was not measured, or makes no sense in its row, is undefined. */
export type Row = Readonly<Record<string, string | number | undefined>>;

export interface Table {
  readonly title: string;
  /** The first column says what a row is about. */
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** What a reader has to know about the figures. */
  readonly notes: readonly string[];
}

export interface Report {
  /** What it was measured on and with. */
  readonly machine: Readonly<Record<string, string | number>>;
  readonly tables: readonly Table[];
}

/** The line above the tables. */
export function renderMachine(machine: Report["machine"]): string {
  return `${Object.entries(machine)
    .map(([name, value]) => `${name} ${value}`)
    .join(" · ")}\n`;
}

export function renderTable({ title, columns, rows, notes }: Table): string {
  const cells = [columns.map((column) => column.title), ...rows.map((row) => columns.map(wordCell(row)))];
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, index) =>
        index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  const below = [...(columns.length === 0 ? [] : lines), ...notes];
  return `\n${[title, ...below.map((line) => `  ${line}`)].join("\n")}\n`;
}

/** The rows of each table under their columns' keys, as exact as on the screen. */
export function reportAsJson({ machine, tables }: Report): string {
  const plain = tables.map(({ title, columns, rows, notes }) => ({
    title,
    rows: rows.map((row) =>
      Object.fromEntries(columns.flatMap(({ key, digits }) => entryOf(key, row[key], digits))),
    ),
    notes,
  }));
  return `${JSON.stringify({ machine, tables: plain }, undefined, 2)}\n`;
}

function entryOf(
  key: string,
  value: Row[string],
  digits = 0,
): readonly (readonly [string, string | number])[] {
  if (value === undefined) return [];
  return [[key, typeof value === "string" ? value : Number(value.toFixed(digits))]];
}

function wordCell(row: Row): (column: Column) => string {
  return ({ key, digits = 0, isSigned = false }) => {
    const value = row[key];
    if (value === undefined) return "";
    if (typeof value === "string") return value;
    return value.toLocaleString("en-GB", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: isSigned ? "exceptZero" : "auto",
    });
  };
}
