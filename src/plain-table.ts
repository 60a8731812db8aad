import stringWidth from "string-width";
import type { Column } from "./command.ts";

/** A table in lines that line up where all characters are equally wide: header, rule, rows. */
export function plainTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const titles = columns.map(({ title }) => title);
  const widths = columns.map((_, index) =>
    Math.max(...[titles, ...rows].map((row) => widthOf(row[index] ?? ""))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((text, index) => padText(text, widths[index] ?? 0, columns[index]?.align ?? "left"))
      .join("  ")
      .trimEnd();
  return [line(titles), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(line)];
}

/** Fills a text with spaces up to so many columns of a terminal. */
export function padText(text: string, width: number, align: "left" | "right"): string {
  const space = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "right" ? space + text : text + space;
}

/** As a blank follows it: some letters (Unicode's Prepend) join what comes next and take its place. */
function widthOf(text: string): number {
  return stringWidth(`${text} `) - 1;
}
