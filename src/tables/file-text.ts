import { bytesOf, type OnBytesRead, type OpenBytes, readStart } from "./file-bytes.ts";
import { FileFault } from "./file-fault.ts";
import { kindOfBytes, kindOfText } from "./file-kinds.ts";
import type { InspectedFile } from "./inspect-file.ts";
import { detectEncoding, namedEncoding, type TextEncoding } from "./text-encoding.ts";

export interface TextFile extends TextEncoding {
  readonly path: string;
  readonly bytesTotal: number;
  /** The first part; it may end within a row. */
  readonly head: string;
  /** True when the first part is the whole file. */
  readonly whole: boolean;
  /** The text piece by piece from the start, without its byte order mark. */
  read(onBytesRead: OnBytesRead): AsyncGenerator<string>;
}

/** More than the longest header line. */
const headBytes = 1024 * 1024;

/**
 * Opens a text file, packed with gzip or not. Unless the encoding is named, all of it is read once to find
 * that out.
 *
 * @throws FileFault for what is no text.
 */
export async function openTextFile(
  { path, bytesTotal }: InspectedFile,
  gzip: boolean,
  encoding: string | undefined,
): Promise<TextFile> {
  const open = bytesOf(path, gzip);
  const { bytes, whole } = await readStart(open, headBytes);
  if (gzip) refusePacked(path, bytes);
  const found =
    encoding === undefined ? await detectEncoding(path, bytes, open) : namedEncoding(path, encoding);
  const head = await decodeHead(path, found.encoding, bytes, whole, open);
  const foreign = kindOfText(head);
  if (foreign) throw new FileFault(path, foreign.problem, foreign.remedy);
  const read = (onBytesRead: OnBytesRead) => readText(path, found.encoding, open, onBytesRead);
  return { path, bytesTotal, ...found, head, whole, read };
}

function refusePacked(path: string, content: Buffer): void {
  const kind = kindOfBytes(content);
  if (kind === undefined) return;
  if (kind === "gzip")
    throw new FileFault(path, "is compressed twice with gzip", "Unpack it once and import what comes out");
  if (kind === "zip")
    throw new FileFault(
      path,
      "is a gzip file with a workbook or zip archive in it",
      "Unpack it first and import the workbook",
    );
  throw new FileFault(path, `is compressed with gzip, and what it holds ${kind.problem}`, kind.remedy);
}

async function decodeHead(
  path: string,
  encoding: string,
  bytes: Buffer,
  whole: boolean,
  open: OpenBytes,
): Promise<string> {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !whole });
  } catch {
    throw await decodingFault(path, encoding, open);
  }
}

async function* readText(
  path: string,
  encoding: string,
  open: OpenBytes,
  onBytesRead: OnBytesRead,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (bytes?: Buffer): string | undefined => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      return undefined;
    }
  };
  for await (const bytes of open(onBytesRead)) {
    const text = decode(bytes);
    if (text === undefined) throw await decodingFault(path, encoding, open);
    yield text;
  }
  const last = decode();
  if (last === undefined) throw await decodingFault(path, encoding, open);
  yield last;
}

/** Reads the file again, up to the first replacement character, to name the line. */
async function decodingFault(path: string, encoding: string, open: OpenBytes): Promise<FileFault> {
  const decoder = new TextDecoder(encoding);
  let line = 1;
  for await (const bytes of open()) {
    const [good = "", ...bad] = decoder.decode(bytes, { stream: true }).split("\uFFFD");
    line += good.split(/\r\n|\n|\r/).length - 1;
    if (bad.length > 0) break;
  }
  return new FileFault(
    path,
    `is not ${encoding.toUpperCase()} text in line ${line}`,
    'Save it again as "CSV UTF-8", or name its encoding, such as --encoding windows-1252',
  );
}
