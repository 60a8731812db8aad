/** What the first bytes of a file tell: two kinds that are read, others that are refused. */
export type FileKind = "gzip" | "zip" | ForeignKind;

/** Words that complete `shop.csv …`, and what to do. */
export interface ForeignKind {
  readonly problem: string;
  readonly remedy: string;
}

const saveAsTable = 'Open it where it comes from and export it as "CSV UTF-8" or .xlsx';
const unpack = "Unpack it first, or compress it with gzip";

const magics: readonly { readonly bytes: readonly number[]; readonly kind: FileKind }[] = [
  { bytes: [0x1f, 0x8b], kind: "gzip" },
  { bytes: [0x50, 0x4b, 0x03, 0x04], kind: "zip" },
  { bytes: [0x50, 0x4b, 0x05, 0x06], kind: "zip" },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    kind: {
      problem: "is an old Excel workbook (.xls) or one with a password",
      remedy: "Open it in Excel and save it as .xlsx without a password",
    },
  },
  { bytes: codesOf("%PDF"), kind: { problem: "is a PDF, not a table", remedy: saveAsTable } },
  { bytes: [0x89, ...codesOf("PNG")], kind: { problem: "is a picture, not a table", remedy: saveAsTable } },
  { bytes: [0xff, 0xd8, 0xff], kind: { problem: "is a picture, not a table", remedy: saveAsTable } },
  { bytes: codesOf("GIF8"), kind: { problem: "is a picture, not a table", remedy: saveAsTable } },
  { bytes: codesOf("BZh"), kind: { problem: "is compressed with bzip2", remedy: unpack } },
  { bytes: [0xfd, ...codesOf("7zXZ")], kind: { problem: "is compressed with xz", remedy: unpack } },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], kind: { problem: "is compressed with zstd", remedy: unpack } },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], kind: { problem: "is a 7z archive", remedy: unpack } },
  { bytes: codesOf("Rar!"), kind: { problem: "is a RAR archive", remedy: unpack } },
  {
    bytes: codesOf("SQLite format 3"),
    kind: { problem: "is a database, not a table", remedy: saveAsTable },
  },
  { bytes: codesOf("PAR1"), kind: { problem: "is a Parquet file, not CSV", remedy: saveAsTable } },
];

/** Undefined for what may be text. */
export function kindOfBytes(start: Buffer): FileKind | undefined {
  return magics.find(({ bytes }) => bytes.every((byte, index) => start[index] === byte))?.kind;
}

/** The same for text that is no table; undefined for what may be one. */
export function kindOfText(head: string): ForeignKind | undefined {
  const start = head.slice(0, 2_000).trimStart();
  if (/^<(?:!doctype html|html|head|body|table|meta)\b/i.test(start))
    return {
      problem: "is a web page, whatever its name says",
      remedy: 'Open it in Excel and save it as "CSV UTF-8" or .xlsx',
    };
  if (/^<(?:\?xml|[a-z][\w:.-]*[\s>])/i.test(start))
    return { problem: "is XML, not CSV", remedy: 'Open it in Excel and save it as "CSV UTF-8" or .xlsx' };
  if (/^\{\\rtf/.test(start)) return { problem: "is a text document, not a table", remedy: saveAsTable };
  if (/^(?:\{\s*["}]|\[\s*(?:[{["\]]|-?\d+\s*[,\]]))/.test(start))
    return { problem: "is JSON, not CSV", remedy: saveAsTable };
  return undefined;
}

function codesOf(text: string): readonly number[] {
  return [...Buffer.from(text)];
}
