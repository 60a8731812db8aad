import type { ColumnReading } from "../core/win/choose-features.ts";
import { codes, type TextColumn } from "../core/win/text-column.ts";
import { decimalMarkOf, parseDecimal } from "../ingest/decimals.ts";
import type { DateOrder, DecimalMark } from "../ingest/dialect.ts";
import { parseDay } from "../ingest/parse-day.ts";
import { dateOrderOf, readMoment } from "../ingest/written-days.ts";

/** What a person said about a file. */
export interface WrittenOptions {
  readonly dates?: DateOrder;
  readonly decimal?: DecimalMark;
}

/** How a column writes days: `ambiguous` where neither it nor a person says whether the day or the month comes first. */
export type DayOrder = DateOrder | "ambiguous" | undefined;

const currencySign = /\p{Sc}|\b[A-Z]{3}\b/gu;
/** 12 %, 4.5k and 1.2M beside plain numbers. */
const scales: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, mn: 1e6, mio: 1e6, bn: 1e9, b: 1e9 };
const scaled = /^(.*\d)\s*(k|mn?|mio|bn?)\.?$/i;
/** As programs write very large and very small numbers. */
const scientific = /^[-+]?\d(?:\.\d+)?e[-+]?\d{1,3}$/i;
const shareOfSlips = 0.01;
const [monthForm, quarterForm] = [/^(\d{4})[-/.](\d{1,2})$/, /^(\d{4})[-\s]?Q([1-4])$/i];
const dayMs = 86_400_000;

/** How the texts of a column are to be read, as most of them show it. */
export function readingOf(column: TextColumn, options: WrittenOptions): ColumnReading {
  const mark = options.decimal ?? decimalMarkIn(column);
  const order = orderOfDays(column, options);
  return {
    numberOf: (text) => numberIn(text, mark),
    dayOf: (text) => dayIn(text, order),
    isAmbiguous: order === "ambiguous",
  };
}

/** Which of day and month a column writes first; undefined where none of its texts leaves that open. */
function orderOfDays({ texts }: TextColumn, { dates }: WrittenOptions): DayOrder {
  if (dates !== undefined) return dates;
  const counts = { dmy: 0, mdy: 0, ambiguous: 0 };
  for (const text of texts) {
    const order = dateOrderOf(text);
    if (order !== undefined) counts[order] += 1;
  }
  const shown = counts.dmy + counts.mdy;
  if (shown === 0) return counts.ambiguous > 0 ? "ambiguous" : undefined;
  if (counts.mdy <= shareOfSlips * shown) return "dmy";
  return counts.dmy <= shareOfSlips * shown ? "mdy" : "ambiguous";
}

function decimalMarkIn({ texts, numbers, places }: TextColumn): DecimalMark | undefined {
  if (numbers.some((number) => number % 1 !== 0 && Number.isFinite(number))) return ".";
  const counts = { ".": 0, ",": 0 };
  for (const text of texts) {
    const mark = decimalMarkOf(bare(text));
    if (mark !== undefined) counts[mark] += 1;
  }
  if (counts["."] + counts[","] > 0) return counts["."] >= counts[","] ? "." : ",";
  // 1.234 beside 950 is more than a thousand; where all have three decimals, they are decimals.
  return texts.some((text) => /\.\d{3}\b/.test(text)) && !places.includes(codes.number) ? "." : undefined;
}

function bare(text: string): string {
  return text.replace(/\s*%$/, "").replace(currencySign, "").trim();
}

function numberIn(text: string, mark: DecimalMark | undefined): number | undefined {
  if (!/\d/.test(text) || text.length > 40) return undefined;
  if (scientific.test(text)) return Number(text);
  const scale = scaled.exec(text);
  const digits = bare(scale?.[1] ?? text);
  const times = scale ? (scales[(scale[2] ?? "").toLowerCase()] ?? 1) : 1;
  const parsed = parseDecimal(digits, "USD", mark);
  // One that could be 1234 or 1.234 is the former where nothing else in the column says: so are counts and amounts written.
  const read = parsed.ok ? parsed : parseDecimal(digits, "USD", digits.includes(".") ? "," : ".");
  return read.ok ? Number(read.decimal) * times : undefined;
}

/** With the time of day as a fraction; a month or a quarter is its first day. */
export function dayIn(text: string, order: DayOrder): number | undefined {
  const month = monthForm.exec(text);
  if (month) return firstOf(Number(month[1]), Number(month[2]));
  const quarter = quarterForm.exec(text);
  if (quarter) return firstOf(Number(quarter[1]), Number(quarter[2]) * 3 - 2);
  const moment = readMoment(text);
  if (!moment || moment.written.kind === "serial") return undefined;
  // In which order does not matter for whether it is a day.
  const dateOrder = order === "ambiguous" ? orderThatFits(text) : order;
  const parsed = parseDay(text, { timeZone: "UTC", ...(dateOrder === undefined ? {} : { dateOrder }) });
  if (!parsed.ok) return undefined;
  const { hour = 0, minute = 0, offset } = moment.time ?? {};
  return Date.parse(parsed.day) / dayMs + (offset === undefined ? (hour * 60 + minute) / 1_440 : 0);
}

function orderThatFits(text: string): DateOrder {
  const order = dateOrderOf(text);
  return order === "mdy" ? "mdy" : "dmy";
}

function firstOf(year: number, month: number): number | undefined {
  return month >= 1 && month <= 12 ? Date.UTC(year, month - 1, 1) / dayMs : undefined;
}
