import { createHash } from "node:crypto";
import { z } from "zod";
import type { RowCounts } from "./table-rows.ts";
import { type Migration, migration } from "./tables.ts";
import { TransferRefused } from "./transfer-refused.ts";

/** Raised whenever an older version could not read what is written. */
const VERSION = 1;
/** Characters of rows that are handed over together. */
const BATCH_CHARACTERS = 4_000_000;
const BATCH_ROWS = 2_000;
/** No row is longer; a file that has such a line is none of ours. */
const LONGEST_LINE_BYTES = 256 * 1024 * 1024;
const NEWLINE = 0x0a;

/** What the first line of a backup says. */
export interface BackupHeader {
  readonly createdAt: Date;
  readonly migrations: readonly Migration[];
}

/** Rows of one table, as JSON. */
export interface RowBatch {
  readonly table: string;
  readonly rows: readonly string[];
}

const header = z
  .object({ portfolioBackup: z.number(), createdAt: z.coerce.date(), migrations: z.array(migration) })
  .readonly();
const footer = z.object({
  end: z.object({ rows: z.record(z.string(), z.number()), sha256: z.string() }),
});

/**
 * A backup as lines of JSON: a header, a line a row, and a footer with the number of rows of each table and a
 * SHA-256 of everything before it. A row's JSON is PostgreSQL's own and is never parsed on the way.
 */
export async function* encodeBackup(
  { createdAt, migrations }: BackupHeader,
  batches: AsyncIterable<RowBatch>,
): AsyncGenerator<string, RowCounts> {
  const hash = createHash("sha256");
  const counts: Record<string, number> = {};
  const hashed = (lines: string) => {
    hash.update(lines);
    return lines;
  };
  yield hashed(`${JSON.stringify({ portfolioBackup: VERSION, createdAt, migrations })}\n`);
  for await (const { table, rows } of batches) {
    counts[table] = (counts[table] ?? 0) + rows.length;
    const start = `{"t":${JSON.stringify(table)},"r":`;
    yield hashed(rows.map((row) => `${start}${row}}\n`).join(""));
  }
  yield `${JSON.stringify({ end: { rows: counts, sha256: hash.digest("hex") } })}\n`;
  return counts;
}

/**
 * Reads a backup back. `begin` gets the header before any row is read; the rows follow in batches, and the
 * counts come last, once the footer has proved that every byte is there and none was altered.
 *
 * @throws TransferRefused when the bytes are no backup, or not a whole one.
 */
export async function* decodeBackup(
  bytes: AsyncIterable<Uint8Array>,
  begin: (header: BackupHeader) => void,
): AsyncGenerator<RowBatch, RowCounts> {
  const hash = createHash("sha256");
  const counts: Record<string, number> = {};
  let batch: { table: string; rows: string[]; characters: number } | undefined;
  let begun = false;
  let end: z.infer<typeof footer>["end"] | undefined;
  for await (const line of linesOf(bytes)) {
    if (end) throw damaged("something follows its end");
    if (!begun) {
      begin(readHeader(line));
      begun = true;
    } else {
      const text = line.toString("utf8");
      const [, table, row] = /^\{"t":"([^"\\]+)","r":(\{.*\})\}$/s.exec(text) ?? [];
      if (table === undefined || row === undefined) {
        end = readFooter(text);
        continue;
      }
      counts[table] = (counts[table] ?? 0) + 1;
      if (
        batch &&
        (batch.table !== table || batch.rows.length >= BATCH_ROWS || batch.characters >= BATCH_CHARACTERS)
      ) {
        yield batch;
        batch = undefined;
      }
      batch ??= { table, rows: [], characters: 0 };
      batch.rows.push(row);
      batch.characters += row.length;
    }
    hash.update(line).update("\n");
  }
  if (!end) throw damaged("its end is missing");
  if (end.sha256 !== hash.digest("hex") || !areEqual(end.rows, counts)) throw damaged("it was altered");
  if (batch) yield batch;
  return counts;
}

function readHeader(line: Buffer): BackupHeader {
  const parsed = header.safeParse(parseJson(line.toString("utf8")));
  if (!parsed.success) throw new TransferRefused("This is no backup of Portfolio.");
  if (parsed.data.portfolioBackup !== VERSION)
    throw new TransferRefused(
      `This backup is of format ${parsed.data.portfolioBackup}, and this version of Portfolio reads format ${VERSION}. Restore it with the version that made it.`,
    );
  return parsed.data;
}

function readFooter(line: string): z.infer<typeof footer>["end"] {
  const parsed = footer.safeParse(parseJson(line));
  if (!parsed.success) throw damaged("a line is no row");
  return parsed.data.end;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The lines of a file. Only a newline ends one: Node's own reader also stops at U+2028, which names contain. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let open: Buffer[] = [];
  let openBytes = 0;
  for await (const chunk of bytes) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...open, chunk.subarray(start, end)]);
      [open, openBytes, start] = [[], 0, end + 1];
    }
    open.push(Buffer.from(chunk.subarray(start)));
    openBytes += chunk.length - start;
    if (openBytes > LONGEST_LINE_BYTES) throw damaged("a line never ends");
  }
  if (openBytes > 0) throw damaged("its last line is cut off");
}

function areEqual(left: RowCounts, right: RowCounts): boolean {
  const tables = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...tables].every((table) => left[table] === right[table]);
}

/** Says that a backup cannot be trusted. */
export function damaged(what: string): TransferRefused {
  return new TransferRefused(
    `This backup is damaged: ${what}. Nothing was restored. Copy the file again, or use another backup.`,
  );
}
