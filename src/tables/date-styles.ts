import type { Entry } from "yauzl";
import { isBuiltinDate, isDateFormat } from "./excel-dates.ts";
import { readXml } from "./read-xml.ts";
import { type Archive, readEntry } from "./zip-archive.ts";

type StylePart =
  | { readonly kind: "format"; readonly id: number; readonly format: string }
  | { readonly kind: "cell"; readonly formatId: number };

/** The numbers of the cell styles that show a number as a date. */
export async function readDateStyles(
  archive: Archive,
  entry: Entry | undefined,
): Promise<ReadonlySet<number>> {
  const formats = new Map<number, string>();
  const dateStyles = new Set<number>();
  if (!entry) return dateStyles;
  let style = 0;
  const found = readXml<StylePart>(archive.path, readEntry(archive, entry), (emit) => {
    let inCells = false;
    return {
      open: (name, { numFmtId = "0", formatCode = "" }) => {
        if (name === "numFmt") emit({ kind: "format", id: Number(numFmtId), format: formatCode });
        if (name === "cellXfs") inCells = true;
        if (name === "xf" && inCells) emit({ kind: "cell", formatId: Number(numFmtId) });
      },
      close: (name) => {
        if (name === "cellXfs") inCells = false;
      },
    };
  });
  for await (const part of found) {
    if (part.kind === "format") {
      formats.set(part.id, part.format);
      continue;
    }
    const format = formats.get(part.formatId);
    if (format === undefined ? isBuiltinDate(part.formatId) : isDateFormat(format)) dateStyles.add(style);
    style += 1;
  }
  return dateStyles;
}
