import { posix } from "node:path";
import type { Entry } from "yauzl";
import { FileFault } from "./file-fault.ts";
import { readXml } from "./read-xml.ts";
import { type Archive, damagedFault, readEntry } from "./zip-archive.ts";

export interface Worksheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly entry: Entry;
}

/** Where the parts of a workbook are. */
export interface WorkbookParts {
  readonly worksheets: readonly Worksheet[];
  /** Days are counted from 1904 on, as old Macs did. */
  readonly from1904: boolean;
  readonly styles: Entry | undefined;
  readonly sharedStrings: Entry | undefined;
}

interface Relation {
  readonly id: string;
  /** The last word of its type: `worksheet`. */
  readonly type: string;
  readonly target: string;
}

/** Finds the parts of an Excel workbook; throws a `FileFault` for any other zip archive. */
export async function findParts(archive: Archive): Promise<WorkbookParts> {
  const { path, entries } = archive;
  const start = (await relationsOf(archive, "")).find(({ type }) => type === "officeDocument");
  const name = start?.target ?? "xl/workbook.xml";
  const workbook = entries.get(name.toLowerCase());
  if (!workbook || !/(?:^|\/)workbook[^/]*\.xml$/i.test(name)) throw noWorkbook(archive);
  const relations = await relationsOf(archive, name);
  const entryOf = (relation: Relation | undefined) => relation && entries.get(relation.target.toLowerCase());
  const { sheets, from1904 } = await readWorkbook(archive, workbook);
  const worksheets = sheets.flatMap(({ name: sheet, hidden, relationId }) => {
    const relation = relations.find(({ id }) => id === relationId);
    if (relation?.type !== "worksheet") return [];
    const entry = entryOf(relation);
    if (!entry) throw damagedFault(path);
    return [{ name: sheet, hidden, entry }];
  });
  const partOf = (type: string) => entryOf(relations.find((relation) => relation.type === type));
  return { worksheets, from1904, styles: partOf("styles"), sharedStrings: partOf("sharedStrings") };
}

/** What a part refers to inside the archive: what lies outside is never followed. */
async function relationsOf(archive: Archive, part: string): Promise<readonly Relation[]> {
  const folder = posix.dirname(part);
  const entry = archive.entries.get(
    posix.join(folder, "_rels", `${posix.basename(part)}.rels`).toLowerCase(),
  );
  if (!entry) return [];
  const content = readEntry(archive, entry);
  const relations: Relation[] = [];
  const found = readXml<Relation>(archive.path, content, (emit) => ({
    open: (name, { Id = "", Type = "", Target = "", TargetMode }) => {
      if (name !== "Relationship" || TargetMode === "External") return;
      const target = posix.join(Target.startsWith("/") ? "" : folder, Target).replace(/^\//, "");
      emit({ id: Id, type: posix.basename(Type), target });
    },
  }));
  for await (const relation of found) relations.push(relation);
  return relations;
}

interface SheetMention {
  readonly name: string;
  readonly hidden: boolean;
  readonly relationId: string;
}

async function readWorkbook(archive: Archive, entry: Entry) {
  const sheets: SheetMention[] = [];
  let from1904 = false;
  const found = readXml<SheetMention>(archive.path, readEntry(archive, entry), (emit) => ({
    open: (element, attributes) => {
      if (element === "workbookPr") from1904 = /^(?:1|true)$/.test(attributes.date1904 ?? "");
      if (element !== "sheet") return;
      const [, relationId = ""] = Object.entries(attributes).find(([key]) => /:id$/.test(key)) ?? [];
      const { name = "", state = "visible" } = attributes;
      emit({ name, hidden: state !== "visible", relationId });
    },
  }));
  for await (const sheet of found) sheets.push(sheet);
  return { sheets, from1904 };
}

function noWorkbook({ path, entries }: Archive): FileFault {
  const names = [...entries.keys()];
  if (names.includes("xl/workbook.bin"))
    return new FileFault(path, "is a binary Excel workbook (.xlsb)", "Save it as .xlsx");
  if (names.includes("content.xml"))
    return new FileFault(path, "is an OpenDocument file", 'Save it as .xlsx or as "CSV UTF-8"');
  if (names.some((name) => /\.(?:csv|tsv|txt|xlsx|gz)$/.test(name)))
    return new FileFault(
      path,
      `is a zip archive of ${names.length === 1 ? "one file" : `${names.length} files`}`,
      "Unpack it and import the files in it",
    );
  return new FileFault(path, "is a zip archive without a workbook in it", "Name a CSV file or a workbook");
}
