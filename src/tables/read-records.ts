import { finished } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { FileFault } from "./file-fault.ts";
import { plainRecords } from "./plain-records.ts";
import { longestRecord, type RawRecord } from "./raw-record.ts";

/** What costs a line and not the file. */
const faults: ReadonlyMap<string, string> = new Map([
  ["CSV_QUOTE_NOT_CLOSED", "a quote opens a cell and does not end it"],
  ["CSV_MAX_RECORD_SIZE", "longer than 1 MB: is a quote left open?"],
]);
/** A file with more rows like that is no table. */
const mostRestarts = 20;

/**
 * Records of a CSV text, as RFC 4180 has them; blank lines are none. Up to the first quote lines are records, and cut many
 * times faster. A quote that is left open costs its line: reading starts again at the next one, which is why the text is
 * opened anew.
 */
export async function* readRecords(
  openText: () => AsyncIterable<string> | Iterable<string>,
  delimiter: string,
  path: string,
): AsyncGenerator<RawRecord> {
  let line = 1;
  let isPlain = true;
  for await (const records of plainRecords(linesFrom(openText(), 1), delimiter)) {
    isPlain = records !== "quoted";
    if (records === "quoted") break;
    for (const cells of records) {
      if (cells.some((cell) => cell !== "")) yield { line, lines: 1, cells, fault: undefined };
      line += 1;
    }
  }
  if (isPlain) return;
  for (let restarts = 0; restarts <= mostRestarts; restarts += 1) {
    try {
      for await (const records of parsed(openText(), line, delimiter)) {
        for (const cells of records) {
          const lines = 1 + cells.reduce((sum, cell) => sum + countBreaks(cell), 0);
          if (cells.some((cell) => cell !== "")) yield { line, lines, cells, fault: undefined };
          line += lines;
        }
      }
      return;
    } catch (error) {
      const fault = error instanceof CsvError ? faults.get(error.code) : undefined;
      if (fault === undefined) throw error;
      yield { line, lines: 1, cells: [], fault };
      line += 1;
    }
  }
  throw new FileFault(
    path,
    `has more than ${mostRestarts} rows without end`,
    "Check that its rows are lines",
  );
}

/** Hands out the records of each piece together: one by one would take as long as parsing them. */
async function* parsed(
  text: AsyncIterable<string> | Iterable<string>,
  firstLine: number,
  delimiter: string,
): AsyncGenerator<readonly (readonly string[])[]> {
  let ready: string[][] = [];
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: "\n",
    max_record_size: longestRecord,
    // Taken here and not from the stream, which drops what it has read when it then fails.
    on_record: (cells: string[]) => {
      ready.push(cells);
      return null;
    },
  });
  parser.on("error", () => {});
  const feed = async (step: (done: (error?: Error | null) => void) => void) => {
    const failure = await new Promise<Error | null | undefined>((resolve) => step(resolve));
    const records = ready;
    ready = [];
    return { records, failure };
  };
  for await (const piece of linesFrom(text, firstLine)) {
    const { records, failure } = await feed((done) => parser.write(piece, done));
    yield records;
    if (failure) throw failure;
  }
  const { records, failure } = await feed((done) => {
    finished(parser.resume(), done);
    parser.end();
  });
  yield records;
  if (failure) throw failure;
}

/** The text from a line on, with `\n` as its only line break: a `\r\n` inside quotes then counts once. */
export async function* linesFrom(
  text: AsyncIterable<string> | Iterable<string>,
  firstLine: number,
): AsyncGenerator<string> {
  let toSkip = firstLine - 1;
  let endedInReturn = false;
  for await (const piece of text) {
    const joined = endedInReturn && piece.startsWith("\n") ? piece.slice(1) : piece;
    endedInReturn = piece === "" ? endedInReturn : piece.endsWith("\r");
    let rest = joined.replace(/\r\n?/g, "\n");
    while (toSkip > 0 && rest !== "") {
      const end = rest.indexOf("\n");
      rest = end === -1 ? "" : rest.slice(end + 1);
      if (end !== -1) toSkip -= 1;
    }
    if (rest !== "") yield rest;
  }
}

function countBreaks(cell: string): number {
  return cell.includes("\n") ? cell.split("\n").length - 1 : 0;
}
