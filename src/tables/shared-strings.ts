import type { Entry } from "yauzl";
import { detachedText } from "./detached-text.ts";
import { FileFault } from "./file-fault.ts";
import { longestRecord } from "./raw-record.ts";
import { readXml } from "./read-xml.ts";
import { type Archive, readEntry } from "./zip-archive.ts";

/** All of them are held in memory, so they may not be many gigabytes. */
const mostCharacters = 256 * 1024 * 1024;
/** What a string takes beside its characters. */
const overhead = 32;

/** The texts that a workbook's cells refer to by number. */
export async function readSharedStrings(
  archive: Archive,
  entry: Entry | undefined,
): Promise<readonly string[]> {
  if (!entry) return [];
  const strings: string[] = [];
  let characters = 0;
  const found = readXml<string>(archive.path, readEntry(archive, entry), (emit) => {
    let parts = "";
    let isText = false;
    let isPhonetic = false;
    return {
      open: (name) => {
        if (name === "si") parts = "";
        if (name === "rPh") isPhonetic = true;
        isText = name === "t" && !isPhonetic;
      },
      text: (text) => {
        if (isText && parts.length <= longestRecord) parts += text;
      },
      close: (name) => {
        isText = false;
        if (name === "rPh") isPhonetic = false;
        if (name === "si") emit(parts);
      },
    };
  });
  for await (const text of found) {
    characters += text.length + overhead;
    if (characters > mostCharacters)
      throw new FileFault(archive.path, "holds more text than fits", 'Save the sheet as "CSV UTF-8"');
    strings.push(unescapeText(detachedText(text)));
  }
  return strings;
}

/** Workbooks write control characters as `_x000D_`. */
export function unescapeText(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
