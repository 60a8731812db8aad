import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { FileFault } from "./file-fault.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** What the first bytes of a file tell, before it is read in earnest. */
export interface FileHead {
  readonly encoding: Encoding;
  readonly bytesTotal: number;
  /** The first part, decoded; it may end within a row. */
  readonly text: string;
  /** True when the first part is the whole file. */
  readonly whole: boolean;
}

const headBytes = 64 * 1024;

const notCsv = [
  { magic: [0x50, 0x4b, 0x03, 0x04], problem: "is a zip archive or an Excel workbook, not CSV" },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], problem: "is an old Excel workbook, not CSV" },
  { magic: [0x1f, 0x8b], problem: "is compressed with gzip" },
  { magic: [0x25, 0x50, 0x44, 0x46], problem: "is a PDF, not CSV" },
] as const;

/** Reads the head of a file; throws a `FileFault` for what is no text file. */
export async function readHead(path: string): Promise<FileHead> {
  const { bytes, bytesTotal } = await readFirstBytes(path);
  const foreign = notCsv.find(({ magic }) => magic.every((byte, index) => bytes[index] === byte));
  if (foreign) throw new FileFault(path, foreign.problem, "Save it as CSV first");
  const encoding = encodingOf(bytes);
  if (encoding === "utf-8" && bytes.includes(0))
    throw new FileFault(path, "contains binary data", "Save it as CSV first");
  const whole = bytes.length >= bytesTotal;
  const text = createDecoder(path, encoding)(bytes, !whole);
  return { encoding, bytesTotal, text, whole };
}

/** The file's text piece by piece, without its byte order mark. */
export async function* readText(
  path: string,
  encoding: Encoding,
  onBytes: (bytes: number) => void,
): AsyncGenerator<string> {
  const decode = createDecoder(path, encoding);
  for await (const chunk of createReadStream(path)) {
    const bytes: Buffer = chunk;
    onBytes(bytes.length);
    yield decode(bytes, true);
  }
  yield decode(Buffer.alloc(0), false);
}

async function readFirstBytes(
  path: string,
): Promise<{ readonly bytes: Buffer; readonly bytesTotal: number }> {
  const file = await open(path).catch((error: unknown) => {
    throw openFault(path, error);
  });
  try {
    const stats = await file.stat();
    if (stats.isDirectory()) throw new FileFault(path, "is a folder", "Name a file in it");
    if (!stats.isFile()) throw new FileFault(path, "is not a regular file", "Name a CSV file");
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return { bytes: buffer.subarray(0, bytesRead), bytesTotal: stats.size };
  } finally {
    await file.close();
  }
}

function openFault(path: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR")
    return new FileFault(path, "does not exist", `Check the path: ${path}`);
  if (code === "EACCES" || code === "EPERM")
    return new FileFault(path, "may not be read", "Ask for permission to read it");
  return error;
}

/** Only a byte order mark tells UTF-16, which is what Excel writes for "Unicode text". */
function encodingOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return "utf-8";
}

function createDecoder(path: string, encoding: Encoding) {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (bytes: Buffer, more: boolean): string => {
    try {
      return decoder.decode(bytes, { stream: more });
    } catch {
      throw new FileFault(
        path,
        `is not ${encoding.toUpperCase()} text`,
        'Save it again as "CSV UTF-8", so that letters such as é or ß survive',
      );
    }
  };
}
