import { codes, type TextColumn } from "../core/win/text-column.ts";
import { DateOrderFault } from "../ingest/dialect.ts";
import { FileFault } from "../tables/file-fault.ts";
import { readingOf, type WrittenOptions } from "./written-cells.ts";

/** When each row began: in days since 1970, or in numbers that rise with time. */
export interface ReadTime {
  readonly unit: "day" | "number";
  /** NaN where a row has none. */
  readonly at: Float64Array;
}

const most = 0.5;

/**
 * Reads when each row began, such as the day a lead was created, the number of a year or of a week.
 *
 * @throws FileFault for a column that does not say it.
 */
export function readTime(path: string, column: TextColumn, options: WrittenOptions): ReadTime {
  const { name, texts } = column;
  const { dayOf, numberOf, isAmbiguous } = readingOf(column, options);
  if (isAmbiguous)
    throw new DateOrderFault(
      path,
      `has days in ${name} that can be read two ways, such as ${texts.find((text) => /\d/.test(text)) ?? ""}`,
      "Say which: --dates dmy or --dates mdy",
    );
  const filled = column.places.reduce((count, place) => count + Number(place !== codes.blank), 0);
  for (const [unit, read] of [
    ["day", dayOf],
    ["number", numberOf],
  ] as const) {
    const values = texts.map((text) => read(text) ?? Number.NaN);
    const at = Float64Array.from(column.places, (place, row) =>
      place === codes.number && unit === "number"
        ? (column.numbers[row] ?? Number.NaN)
        : (values[place] ?? Number.NaN),
    );
    const known = at.reduce((count, value) => count + Number(Number.isFinite(value)), 0);
    if (known > 0 && known >= most * filled) return { unit, at };
  }
  const example = texts[0] === undefined ? "is empty" : `has texts such as "${texts[0].slice(0, 40)}"`;
  throw new FileFault(
    path,
    `has no days in ${name}: it ${example}`,
    "Name the column that says when each row began, such as the day it was created, or leave out --time",
  );
}
