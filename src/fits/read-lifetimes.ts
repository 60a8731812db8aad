import { daysBetween } from "../core/calendar.ts";
import type { Lifetime } from "../core/models/renewals.ts";
import { type DialectOptions, decideDialect } from "../ingest/dialect.ts";
import { parseDay } from "../ingest/parse-day.ts";
import { surveyTable } from "../ingest/survey-table.ts";
import type { Table } from "../tables/read-table.ts";
import type { Spell } from "./lifetimes.ts";
import type { SurvivalColumns } from "./survival-columns.ts";
import { writtenNumber } from "./written-number.ts";

/** Why a row is no subscription. */
type DropReason = "unreadable" | "endsBeforeStart" | "notOnePeriod";

interface ReadRows<Row> {
  readonly read: readonly Row[];
  readonly rows: number;
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
}

/** What stands where a day would, for those who are still there. */
const stillThere =
  /^(?:[-–—]|n\/?a|null|none|nan|active|current|present|open|ongoing|aktiv|laufend|9999.*)?$/i;
const yes = /^(?:yes|y|true|t|1|ja|wahr|churned|left|ended|cancell?ed|exited|attrited(?: customer)?)$/i;
const no = /^(?:no|n|false|f|0|nein|falsch|active|stayed|existing(?: customer)?|)$/i;

/** Reads from when to when somebody subscribed, a row a subscription. Throws a `FileFault` for days that can be read two ways. */
export async function readSpells(
  table: Table,
  { start, end }: Extract<SurvivalColumns, { readonly kind: "days" }>,
  said: DialectOptions,
): Promise<ReadRows<Spell>> {
  const evidence = await surveyTable(table, { days: [start, end], amounts: [] });
  const dialect = decideDialect(table.path, evidence, said);
  const dayOf = (text: string) => {
    const parsed = parseDay(text, dialect);
    return parsed.ok ? daysBetween("1970-01-01", parsed.day) : Number.NaN;
  };
  return readRows(table, (cells) => {
    const from = dayOf((cells[start] ?? "").trim());
    const text = (cells[end] ?? "").trim();
    const to = stillThere.test(text) ? undefined : dayOf(text);
    if (Number.isNaN(from) || Number.isNaN(to)) return "unreadable";
    return to !== undefined && to < from ? "endsBeforeStart" : { start: from, end: to };
  });
}

/** Reads for how many periods somebody subscribed, and whether it ended then, a row a subscription. */
export async function readLengths(
  table: Table,
  { periods, ended }: Extract<SurvivalColumns, { readonly kind: "lengths" }>,
): Promise<ReadRows<Lifetime>> {
  return readRows(table, (cells) => {
    const [length, text] = [writtenNumber(cells[periods]), (cells[ended] ?? "").trim()];
    if (Number.isNaN(length) || (!yes.test(text) && !no.test(text))) return "unreadable";
    return length > 0 ? { periods: Math.ceil(length), ended: yes.test(text) } : "notOnePeriod";
  });
}

async function readRows<Row extends object>(
  table: Table,
  readRow: (cells: Readonly<Record<string, string>>) => Row | DropReason,
): Promise<ReadRows<Row>> {
  const read: Row[] = [];
  const dropped: Partial<Record<DropReason, number>> = {};
  let rows = 0;
  for await (const row of table) {
    rows += 1;
    const one = "fault" in row ? "unreadable" : readRow(row.cells);
    if (typeof one === "string") dropped[one] = (dropped[one] ?? 0) + 1;
    else read.push(one);
  }
  return { read, rows, dropped };
}
