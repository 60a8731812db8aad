import { type Delimiter, detectDelimiter, readDelimited, sampleRecords } from "./delimiters.ts";
import type { OnBytesRead } from "./file-bytes.ts";
import { FileFault } from "./file-fault.ts";
import { openTextFile } from "./file-text.ts";
import type { InspectedFile } from "./inspect-file.ts";
import type { RawRecord, RecordFile } from "./raw-record.ts";

/** What some programs write above the header, for Excel. */
const separatorLine = /^"?sep=([,;\t|])"?[\r\n]/i;

/** Opens delimited text, packed with gzip or not; throws a `FileFault` for what is none. */
export async function openCsv(
  file: InspectedFile,
  gzip: boolean,
  encoding: string | undefined,
): Promise<RecordFile> {
  const { path } = file;
  const text = await openTextFile(file, gzip, encoding);
  const { head, whole } = text;
  if (head.trim() === "") throw new FileFault(path, "is empty", "Export it again, with a header line");
  if (!whole && !/[\r\n]/.test(head.trimStart()))
    throw new FileFault(path, "has a header line that does not end", "Check that its rows are lines");
  const told = separatorLine.exec(head)?.[1] as Delimiter | undefined;
  const delimiter = told ?? (await detectDelimiter(head, whole, path));
  const firstRecords = await sampleRecords(head, whole, delimiter, path);
  const read = (onBytesRead: OnBytesRead) => readDelimited(() => text.read(onBytesRead), delimiter, path);
  return {
    path,
    format: "csv",
    encoding: text.encoding,
    delimiter,
    notes: text.notes,
    bytesTotal: text.bytesTotal,
    firstRecords: told === undefined ? firstRecords : firstRecords.filter(isBelow),
    read: told === undefined ? read : (onBytesRead) => onlyBelow(read(onBytesRead)),
  };
}

function isBelow({ line }: RawRecord): boolean {
  return line > 1;
}

async function* onlyBelow(records: AsyncIterable<RawRecord>): AsyncGenerator<RawRecord> {
  for await (const record of records) if (isBelow(record)) yield record;
}
