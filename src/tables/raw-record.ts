import type { OnBytesRead } from "./file-bytes.ts";

/** One row of a file before its cells have names. */
export interface RawRecord {
  /** 1-based line on which it starts; the row's number in a workbook. */
  readonly line: number;
  /** Lines it covers. */
  readonly lines: number;
  readonly cells: readonly string[];
  /** Why there are no cells. */
  readonly fault: string | undefined;
}

/** What a CSV file and a sheet of a workbook have in common. */
export interface RecordFile {
  readonly path: string;
  readonly format: "csv" | "xlsx";
  readonly encoding: string;
  /** Undefined for a workbook. */
  readonly delimiter: string | undefined;
  readonly notes: readonly string[];
  readonly bytesTotal: number;
  /** All records from the start, the header first; blank ones are left out. */
  read(onBytesRead: OnBytesRead): AsyncIterable<RawRecord>;
  /** The first records again, for looking at the header. */
  readonly firstRecords: readonly RawRecord[];
}

/** A record of more characters is not read. */
export const longestRecord = 1024 * 1024;
