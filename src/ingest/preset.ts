import type { Day } from "../core/calendar.ts";
import { cleanText } from "../core/names.ts";
import { headerKey } from "../tables/headers.ts";
import type { Cells } from "../tables/read-table.ts";
import { parseDecimal } from "./decimals.ts";
import type { Dialect } from "./dialect.ts";
import type { Custom, Draft } from "./drafts.ts";
import { parseDay } from "./parse-day.ts";
import { parseAmount } from "./values.ts";

/** A header, or several of which a file has one: `["Team", "Main team"]`. */
export type Header = string | readonly string[];

/** What one kind of file of one source looks like, and what its rows become. */
export interface Preset {
  readonly id: string;
  readonly sourceId: string;
  readonly sourceName: string;
  /** As people call the file: `HubSpot deals`. */
  readonly title: string;
  readonly required: readonly Header[];
  readonly optional: readonly string[];
  /** The columns by which a file shows how it writes days and amounts. */
  readonly days: readonly string[];
  readonly amounts: readonly string[];
  /** Headers that tell another kind of file with the same required ones; a pattern is matched in lower case. */
  readonly excluded: readonly (string | RegExp)[];
  /** What a file must not have twice under two headers, for then it is not clear which one counts. */
  readonly single?: readonly Header[];
  /** Files are read in this order: what facts mention before the facts. */
  readonly order: number;
  /** No draft at all means that the row is left out on purpose. */
  read(cells: Cells, context: ReadContext): readonly Draft[] | Rejection;
}

export interface ReadContext {
  /** Of amounts that do not say theirs. */
  readonly currency: string;
  /** How the file writes days and amounts. */
  readonly dialect: Dialect;
}

/** Why a row is not loaded; the value is shortened where it is long. */
export interface Rejection {
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

export function isRejection(result: readonly Draft[] | Rejection): result is Rejection {
  return "reason" in result;
}

/** The columns of a file that its preset does not know: they are kept as custom fields. */
export function unknownColumns(preset: Preset, headers: readonly string[]): readonly string[] {
  const known = new Set([...preset.required.flat(), ...preset.optional].map(headerKey));
  return headers.filter((header) => !known.has(headerKey(header)));
}

/** Thrown by `Row` and turned into a result by `readRow`, so that a preset reads as a list of fields. */
class RejectedRow extends Error {
  readonly rejection: Rejection;
  constructor(rejection: Rejection) {
    super(rejection.reason);
    this.rejection = rejection;
  }
}

/** Runs a preset's reading of one row; the first field at fault rejects it. */
export function readRow(
  cells: Cells,
  context: ReadContext,
  read: (row: Row) => Draft | readonly Draft[],
): readonly Draft[] | Rejection {
  try {
    return [read(new Row(cells, context))].flat();
  } catch (error) {
    if (error instanceof RejectedRow) return error.rejection;
    throw error;
  }
}

/** One row by column, whatever the letter case of the header; it remembers which columns were taken. */
export class Row {
  readonly #cells: Cells;
  readonly #dialect: Dialect;
  readonly #headers = new Map<string, string>();
  readonly #taken = new Set<string>();

  constructor(cells: Cells, { dialect }: ReadContext) {
    this.#cells = cells;
    this.#dialect = dialect;
    for (const header of Object.keys(cells)) this.#headers.set(headerKey(header), header);
  }

  /** The cell's text; undefined when it is blank or the file has no such column. */
  text(column: string): string | undefined {
    this.#taken.add(headerKey(column));
    return this.peek(column);
  }

  /** The same, but the column stays among the rest. */
  peek(column: string): string | undefined {
    const header = this.#headers.get(headerKey(column));
    return header === undefined ? undefined : cleanText(this.#cells[header] ?? "") || undefined;
  }

  /** Of several headers the one that the file has, or else the first. */
  headed(headers: readonly string[]): string {
    const keys = keysOf(headers);
    for (const [key, header] of this.#headers) if (keys.has(key)) return header;
    return headers[0] ?? "";
  }

  required(column: string): string {
    return this.text(column) ?? this.reject(column, "is missing");
  }

  day(column: string): Day | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const parsed = parseDay(text, this.#dialect);
    return parsed.ok ? parsed.day : this.reject(column, parsed.reason);
  }

  amount(column: string, currency: string): bigint | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const parsed = parseAmount(text, currency, this.#dialect.decimalMark);
    return parsed.ok ? parsed.minor : this.reject(column, parsed.reason);
  }

  decimal(column: string, currency: string): string | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const parsed = parseDecimal(text, currency, this.#dialect.decimalMark);
    if (!parsed.ok) return this.reject(column, parsed.reason);
    // The store keeps twelve digits before the point.
    return /\d{13}/.test(parsed.decimal.replace(/\..*/, ""))
      ? this.reject(column, "too large for a price")
      : parsed.decimal;
  }

  reject(column: string, reason: string): never {
    throw new RejectedRow({ column, value: shorten(this.peek(column) ?? ""), reason });
  }

  /** The columns that were not taken, as they are headed, without the blank cells. */
  rest(): Custom {
    const others: [string, string][] = [];
    for (const [key, header] of this.#headers) {
      const value = this.#taken.has(key) ? "" : cleanText(this.#cells[header] ?? "");
      if (value !== "") others.push([header, value]);
    }
    return Object.fromEntries(others);
  }
}

/** Asked for every row, so worked out once for each list. */
const keySets = new WeakMap<readonly string[], ReadonlySet<string>>();

function keysOf(headers: readonly string[]): ReadonlySet<string> {
  const known = keySets.get(headers);
  if (known) return known;
  const keys = new Set(headers.map(headerKey));
  keySets.set(headers, keys);
  return keys;
}

function shorten(value: string): string {
  return value.length > 100 ? `${value.slice(0, 99)}…` : value;
}

type Present<Fields> = { readonly [Field in keyof Fields]?: Exclude<Fields[Field], undefined> };

/** The fields that have a value: an absent field is left out, not undefined. */
export function present<Fields extends object>(fields: Fields): Present<Fields> {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Present<Fields>;
}
