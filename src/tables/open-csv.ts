import { detectDelimiter, readDelimited, sampleRecords } from "./delimiters.ts";
import { FileFault } from "./file-fault.ts";
import { openTextFile } from "./file-text.ts";
import type { InspectedFile } from "./inspect-file.ts";
import type { RecordFile } from "./raw-record.ts";

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
  const delimiter = await detectDelimiter(head, whole, path);
  return {
    path,
    format: "csv",
    encoding: text.encoding,
    delimiter,
    notes: text.notes,
    bytesTotal: text.bytesTotal,
    firstRecords: await sampleRecords(head, whole, delimiter, path),
    read: (onBytesRead) => readDelimited(() => text.read(onBytesRead), delimiter, path),
  };
}
