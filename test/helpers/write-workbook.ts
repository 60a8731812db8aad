import { writeZip, type ZipPart } from "./write-zip.ts";

export interface SheetXml {
  readonly name: string;
  /** What stands in `<sheetData>`. */
  readonly rows: string;
  readonly hidden?: boolean;
}

export interface WorkbookXml {
  readonly sheets: readonly SheetXml[];
  /** What stands in `<sst>`. */
  readonly sharedStrings?: string;
  /** What stands in `<styleSheet>`. */
  readonly styles?: string;
  readonly from1904?: boolean;
  /** In place of parts of the same name, or beside them. */
  readonly parts?: readonly ZipPart[];
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relationType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export function workbookParts(workbook: WorkbookXml): readonly ZipPart[] {
  const { sheets, sharedStrings, styles, from1904, parts = [] } = workbook;
  const relations = [
    ...sheets.map((_, index) => ["worksheet", `worksheets/sheet${index + 1}.xml`, `s${index + 1}`]),
    ...(sharedStrings === undefined ? [] : [["sharedStrings", "/xl/sharedStrings.xml", "strings"]]),
    ...(styles === undefined ? [] : [["styles", "styles.xml", "styles"]]),
  ];
  const own: readonly ZipPart[] = [
    { name: "[Content_Types].xml", content: "<Types/>" },
    { name: "_rels/.rels", content: relationList([["officeDocument", "xl/workbook.xml", "r1"]]) },
    { name: "xl/_rels/workbook.xml.rels", content: relationList(relations) },
    {
      name: "xl/workbook.xml",
      content: `<workbook ${main} xmlns:r="${relationType}"><workbookPr date1904="${from1904 ? 1 : 0}"/><sheets>${sheets
        .map(
          ({ name, hidden }, index) =>
            `<sheet name="${name}" sheetId="${index + 1}" r:id="s${index + 1}"${hidden ? ' state="hidden"' : ""}/>`,
        )
        .join("")}</sheets></workbook>`,
    },
    ...(sharedStrings === undefined
      ? []
      : [{ name: "xl/sharedStrings.xml", content: `<sst ${main}>${sharedStrings}</sst>` }]),
    ...(styles === undefined
      ? []
      : [{ name: "xl/styles.xml", content: `<styleSheet ${main}>${styles}</styleSheet>` }]),
    ...sheets.map(({ rows }, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      content: `<?xml version="1.0" encoding="UTF-8"?><worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`,
    })),
  ];
  const replaced = new Set(parts.map(({ name }) => name));
  return [...own.filter(({ name }) => !replaced.has(name)), ...parts];
}

export function writeWorkbook(workbook: WorkbookXml): Buffer {
  return writeZip(workbookParts(workbook));
}

/** A row of inline texts. */
export function textRow(...cells: readonly string[]): string {
  return `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join("")}</row>`;
}

function relationList(relations: readonly (readonly string[])[]): string {
  const items = relations.map(
    ([type, target, id]) => `<Relationship Id="${id}" Type="${relationType}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join("")}</Relationships>`;
}
