import { nameWords } from "./name-words.ts";
import { type ReadFeature, readCategory } from "./read-category.ts";
import { codes, type TextColumn } from "./text-column.ts";

/** How the texts of a column are read: undefined for what is no number, or no day. */
export interface Reading {
  readonly numberOf: (text: string) => number | undefined;
  /** In days, from any one on. */
  readonly dayOf: (text: string) => number | undefined;
}

/** What a column is: known before the end, days, or nothing that a model learns from. */
export type ReadColumn =
  | ReadFeature
  | { readonly kind: "days" /** NaN where there is none. */; readonly days: Float64Array };

/** Of the rows with a text: from these shares on they are numbers, or days. */
const [nearlyAllNumbers, mostNumbers, nearlyAllDays] = [0.95, 0.5, 0.9];
/** Words beside numbers, such as "none" and "more than 5", and how many numbers there must be for them to be an exception. */
const [fewWords, manyNumbers] = [5, 20];
/** Filled in fewer rows than this, and than this share of them. */
const [leastFilled, leastShareFilled] = [3, 0.002];
/** Nearly every row with another one; in fewer rows that may be chance. */
const [distinctNumbers, leastRows] = [0.99, 20];

/** Numbers that are names: more of them is not more of anything. */
const codeName =
  / (?:id|ids|key|uuid|guid|code|zip|zipcode|postcode|plz|phone|telephone|mobile|fax|iban|sku) $/;
const numberName = / (?:number|no|nr|num|nummer|numero|ref|reference|index|unnamed \d+|column \d+) $/;

/** Reads some rows of a column. */
export function readFeature(column: TextColumn, rows: Int32Array, reading: Reading): ReadColumn {
  const tally = tallyOf(column, rows);
  const filled = rows.length - tally.blank;
  if (filled < Math.max(leastFilled, leastShareFilled * rows.length))
    return { kind: "excluded", why: { code: "empty", filled } };
  const words = nameWords(column.name);
  if (!codeName.test(words)) {
    const values = numbersOf(column, rows, reading, tally, filled);
    if (values) return judgeNumbers(column.name, values, words);
    const days = daysOf(column, rows, reading, tally, filled);
    if (days) return { kind: "days", days };
  }
  return readCategory(column, rows);
}

interface Tally {
  readonly blank: number;
  readonly numbers: number;
  readonly unkept: number;
  /** Rows by text. */
  readonly counts: Uint32Array;
}

function tallyOf({ places, texts }: TextColumn, rows: Int32Array): Tally {
  const counts = new Uint32Array(texts.length);
  let [blank, numbers, unkept] = [0, 0, 0];
  for (const row of rows) {
    const place = places[row] ?? codes.blank;
    if (place >= 0) counts[place] = (counts[place] ?? 0) + 1;
    else if (place === codes.number) numbers += 1;
    else if (place === codes.unkept) unkept += 1;
    else blank += 1;
  }
  return { blank, numbers, unkept, counts };
}

/** What each text is by a reading, NaN for none, and how many rows have one that is something. */
function readTexts({ texts }: TextColumn, { counts }: Tally, read: (text: string) => number | undefined) {
  let [rows, others] = [0, 0];
  const values = Float64Array.from(texts, (text, place) => {
    if (counts[place] === 0) return Number.NaN;
    const value = read(text) ?? Number.NaN;
    if (Number.isFinite(value)) rows += counts[place] ?? 0;
    else others += 1;
    return value;
  });
  return { values, rows, others };
}

function numbersOf(column: TextColumn, rows: Int32Array, reading: Reading, tally: Tally, filled: number) {
  const read = readTexts(column, tally, reading.numberOf);
  const share = (tally.numbers + read.rows) / filled;
  const values = Float64Array.from(rows, (row) => valueIn(column, read.values, row));
  const hasExceptions = share >= mostNumbers && read.others <= fewWords && tally.unkept === 0;
  return share >= nearlyAllNumbers || (hasExceptions && distinctOf(values) > manyNumbers)
    ? values
    : undefined;
}

/** @param values of the column's texts. */
export function valueIn({ places, numbers }: TextColumn, values: Float64Array, row: number): number {
  const place = places[row] ?? codes.blank;
  return place === codes.number ? (numbers[row] ?? Number.NaN) : (values[place] ?? Number.NaN);
}

function daysOf({ ...column }: TextColumn, rows: Int32Array, reading: Reading, tally: Tally, filled: number) {
  const read = readTexts(column, tally, reading.dayOf);
  if (read.rows < nearlyAllDays * filled) return undefined;
  return Float64Array.from(rows, (row) => read.values[column.places[row] ?? codes.blank] ?? Number.NaN);
}

function judgeNumbers(name: string, values: Float64Array, words: string): ReadColumn {
  const known = values.filter((value) => Number.isFinite(value));
  const distinct = distinctOf(known);
  if (distinct === 1 && known.length === values.length)
    return { kind: "excluded", why: { code: "constant" } };
  const isDistinct = known.length >= leastRows && distinct >= distinctNumbers * known.length;
  if (isDistinct && known.every(Number.isInteger) && (numberName.test(words) || isCounted(known)))
    return { kind: "excluded", why: { code: "identifier" } };
  return { kind: "feature", feature: { kind: "number", name, values } };
}

/** Whether numbers, all different, count the rows: 1, 2, 3 and so on, with some left out. */
function isCounted(known: Float64Array): boolean {
  const [least, most] = [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))];
  return most - least < 1.5 * known.length;
}

function distinctOf(values: Float64Array): number {
  const sorted = values.filter((value) => Number.isFinite(value)).sort();
  return sorted.reduce((count, value, at) => count + Number(at === 0 || value !== sorted[at - 1]), 0);
}
