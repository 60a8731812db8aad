import { FileFault } from "../tables/file-fault.ts";

export type DateOrder = "dmy" | "mdy";
export type DecimalMark = "." | ",";

/** A file that leaves the order of day and month open: it can be read once somebody says which. */
export class DateOrderFault extends FileFault {}

/** How a file writes its days and amounts. */
export interface Dialect {
  /** Which of day and month comes first in `03/04/2025`; undefined where no date says. */
  readonly dateOrder?: DateOrder;
  /** Undefined where no amount says: then every amount is read by itself. */
  readonly decimalMark?: DecimalMark;
  /** IANA zone of the days that instants such as `2025-03-14T23:30:00Z` fall on. */
  readonly timeZone: string;
}

/** What a person said about a file. */
export interface DialectOptions {
  readonly dates?: DateOrder;
  readonly decimal?: DecimalMark;
  /** UTC without it. */
  readonly timeZone?: string;
}

/** A cell that shows how a file writes. */
export interface Example {
  readonly line: number;
  readonly column: string;
  readonly value: string;
}

/** What a whole file shows of its dialect. */
export interface Evidence {
  /** Undefined when no date has an order that could be asked. */
  readonly dateOrder: DateOrder | "ambiguous" | "mixed" | undefined;
  readonly decimalMark: DecimalMark | "mixed" | undefined;
  readonly rows: number;
  /** The first cell that shows each. */
  readonly examples: Readonly<Partial<Record<DateOrder | "ambiguous" | DecimalMark, Example>>>;
}

/**
 * The dialect in which a file is read: what a person said, or else what the file shows. The order of day and
 * month is never guessed. An amount that only mixed marks could explain is left to be judged by itself.
 *
 * @throws DateOrderFault when the order of day and month must be asked.
 */
export function decideDialect(path: string, evidence: Evidence, options: DialectOptions = {}): Dialect {
  const { dateOrder, decimalMark } = evidence;
  const order = options.dates ?? dateOrder;
  if (order === "ambiguous" || order === "mixed") throw orderFault(path, evidence);
  const mark = options.decimal ?? (decimalMark === "mixed" ? undefined : decimalMark);
  return {
    ...(order === undefined ? {} : { dateOrder: order }),
    ...(mark === undefined ? {} : { decimalMark: mark }),
    timeZone: options.timeZone ?? "UTC",
  };
}

function orderFault(path: string, { dateOrder, examples }: Evidence): DateOrderFault {
  const { ambiguous, dmy, mdy } = examples;
  return dateOrder === "mixed"
    ? new DateOrderFault(
        path,
        `has dates with the day first, such as ${show(dmy)}, and with the month first, such as ${show(mdy)}`,
        "Say how the others are to be read: --dates dmy or --dates mdy",
      )
    : new DateOrderFault(
        path,
        `has dates that can be read two ways, such as ${show(ambiguous)}`,
        "Say which: --dates dmy or --dates mdy",
      );
}

function show(example: Example | undefined): string {
  return example ? `${example.value} (line ${example.line}, column ${example.column})` : "none";
}
