import { readDateStyles } from "./date-styles.ts";
import { FileFault } from "./file-fault.ts";
import type { RawRecord, RecordFile } from "./raw-record.ts";
import { readSheet, type SheetContext } from "./read-sheet.ts";
import { readSharedStrings } from "./shared-strings.ts";
import { findParts, type Worksheet } from "./workbook-parts.ts";
import { type Archive, openArchive } from "./zip-archive.ts";

/** Rows that are looked at to tell a header from data. */
const sampleSize = 2;

interface SheetHead {
  readonly sheet: Worksheet;
  readonly firstRecords: readonly RawRecord[];
}

/**
 * Opens a sheet of an Excel workbook: the named one, or the only one with a header of several columns.
 *
 * @throws FileFault for what is no workbook, and for one with several sheets of which none is named.
 */
export async function openWorkbook(path: string, sheetName: string | undefined): Promise<RecordFile> {
  const archive = await openArchive(path);
  const { worksheets, from1904, styles, sharedStrings } = await findParts(archive);
  const context: SheetContext = {
    from1904,
    dateStyles: await readDateStyles(archive, styles),
    sharedStrings: await readSharedStrings(archive, sharedStrings),
  };
  const head = await chooseSheet(archive, worksheets, context, sheetName);
  const { sheet } = head;
  const width = head.firstRecords[0]?.cells.length ?? 0;
  return {
    path,
    format: "xlsx",
    encoding: "utf-8",
    delimiter: undefined,
    notes: worksheets.length > 1 ? [`sheet ${sheet.name}`] : [],
    bytesTotal: sheet.entry.compressedSize,
    firstRecords: head.firstRecords.map((record) => padded(record, width)),
    async *read(onBytesRead) {
      for await (const record of readSheet(archive, sheet.entry, context, onBytesRead))
        yield padded(record, width);
    },
  };
}

async function chooseSheet(
  archive: Archive,
  worksheets: readonly Worksheet[],
  context: SheetContext,
  sheetName: string | undefined,
): Promise<SheetHead> {
  const { path } = archive;
  const key = sheetName?.trim().toLowerCase();
  const candidates = worksheets.filter(({ name, hidden }) =>
    key === undefined ? !hidden : name.trim().toLowerCase() === key,
  );
  if (key !== undefined && candidates.length === 0)
    throw new FileFault(
      path,
      `has no sheet "${sheetName}"`,
      `Name one of its sheets with --sheet: ${namesOf(worksheets)}`,
    );
  const heads: SheetHead[] = [];
  for (const sheet of candidates) {
    const firstRecords = await firstRecordsOf(archive, sheet, context);
    if (firstRecords.length > 0) heads.push({ sheet, firstRecords });
  }
  const wide = heads.filter(
    ({ firstRecords: [header] }) => (header?.cells ?? []).filter((cell) => cell.trim() !== "").length > 1,
  );
  const [only, another] = wide.length > 0 ? wide : heads;
  if (!only) throw new FileFault(path, "is empty", "Export it again, with a header line");
  if (another)
    throw new FileFault(
      path,
      `has several sheets with data`,
      `Name one of them with --sheet: ${namesOf(heads.map(({ sheet }) => sheet))}`,
    );
  return only;
}

async function firstRecordsOf(
  archive: Archive,
  { entry }: Worksheet,
  context: SheetContext,
): Promise<readonly RawRecord[]> {
  const records: RawRecord[] = [];
  for await (const record of readSheet(archive, entry, context)) {
    records.push(record);
    if (records.length === sampleSize) break;
  }
  return records;
}

/** Rows end with their last cell that holds something: the others are blank as far as the header goes. */
function padded(record: RawRecord, width: number): RawRecord {
  const blank = width - record.cells.length;
  return record.fault === undefined && blank > 0
    ? { ...record, cells: [...record.cells, ...Array.from({ length: blank }, () => "")] }
    : record;
}

function namesOf(sheets: readonly Worksheet[]): string {
  return sheets.map(({ name }) => name).join(", ");
}
