import { finished } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { FileFault } from "./file-fault.ts";

/** One record of a CSV text. */
export interface RawRecord {
  /** 1-based physical line on which the record starts. */
  readonly line: number;
  /** Physical lines it covers. */
  readonly lines: number;
  readonly cells: readonly string[];
  /** Its quote is never closed, or closed so late that it was probably forgotten: there are no cells. */
  readonly unclosed: boolean;
}

/** A record longer than this is taken for one whose quote was forgotten. */
const longestRecord = 1024 * 1024;
/** A file with more records like that is no table. */
const mostRestarts = 20;

/**
 * Records of a CSV text, as RFC 4180 has them; blank lines are none. A quote that is left open costs its
 * line: reading starts again at the next one, which is why the text is opened anew.
 */
export async function* readRecords(
  openText: () => AsyncIterable<string> | Iterable<string>,
  delimiter: string,
  path: string,
): AsyncGenerator<RawRecord> {
  let line = 1;
  for (let restarts = 0; restarts <= mostRestarts; restarts += 1) {
    try {
      for await (const cells of parsed(openText(), line, delimiter)) {
        const lines = 1 + cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
        if (cells.some((cell) => cell !== "")) yield { line, lines, cells, unclosed: false };
        line += lines;
      }
      return;
    } catch (error) {
      if (!isUnclosed(error)) throw error;
      yield { line, lines: 1, cells: [], unclosed: true };
      line += 1;
    }
  }
  throw new FileFault(
    path,
    `has more than ${mostRestarts} rows without end`,
    "Check that its rows are lines",
  );
}

async function* parsed(
  text: AsyncIterable<string> | Iterable<string>,
  firstLine: number,
  delimiter: string,
): AsyncGenerator<readonly string[]> {
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
    yield* records;
    if (failure) throw failure;
  }
  const { records, failure } = await feed((done) => {
    finished(parser.resume(), done);
    parser.end();
  });
  yield* records;
  if (failure) throw failure;
}

/** The text from a line on, with `\n` as its only line break: a `\r\n` inside quotes then counts once. */
async function* linesFrom(
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

function isUnclosed(error: unknown): boolean {
  return (
    error instanceof CsvError &&
    (error.code === "CSV_QUOTE_NOT_CLOSED" || error.code === "CSV_MAX_RECORD_SIZE")
  );
}
