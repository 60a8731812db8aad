import type { OpenBytes } from "./file-bytes.ts";
import { FileFault } from "./file-fault.ts";
import { lineOfByte, scanBytes } from "./scan-bytes.ts";

export interface TextEncoding {
  /** A name that `TextDecoder` knows. */
  readonly encoding: string;
  /** What people should know about how it was found. */
  readonly notes: readonly string[];
}

/** A NUL byte this early tells binary data; a stray one later is cleaned out of its cell. */
const binaryHeadBytes = 64 * 1024;

/** The name that `TextDecoder` gives to an encoding that a person named. */
export function namedEncoding(path: string, label: string): TextEncoding {
  try {
    return { encoding: new TextDecoder(label).encoding, notes: [] };
  } catch {
    throw new FileFault(
      path,
      `cannot be read as "${label}", which is no known encoding`,
      "Name another one, such as --encoding windows-1252",
    );
  }
}

/**
 * Finds the encoding of a content by evidence: a byte order mark, the pattern of NUL bytes that UTF-16 has,
 * or else every single byte.
 *
 * @throws FileFault for binary data and for a mixture, with the line.
 */
export async function detectEncoding(path: string, head: Buffer, open: OpenBytes): Promise<TextEncoding> {
  const unicode = markedEncoding(head) ?? patternOfNuls(head);
  if (unicode) return unicode;
  const lineOf = (position: number) => lineOfByte(open(), position);
  const firstNul = head.subarray(0, binaryHeadBytes).indexOf(0);
  if (firstNul !== -1)
    throw new FileFault(
      path,
      `contains binary data in line ${await lineOf(firstNul)}`,
      'Export it again as "CSV UTF-8" or .xlsx',
    );
  const evidence = await scanBytes(open());
  if (evidence.firstNotUtf8 === undefined) return { encoding: "utf-8", notes: [] };
  if (!evidence.hasUtf8Letters && evidence.firstNotWindows1252 === undefined)
    return { encoding: "windows-1252", notes: ["read as Windows-1252"] };
  throw new FileFault(
    path,
    `mixes encodings or has an unknown one: line ${await lineOf(evidence.firstNotUtf8)} is not UTF-8`,
    'Save it again as "CSV UTF-8", or name its encoding, such as --encoding windows-1252',
  );
}

function markedEncoding(head: Buffer): TextEncoding | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", notes: [] };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", notes: [] };
  return undefined;
}

/** In UTF-16 every Latin letter, digit and delimiter has a NUL byte beside it, always on the same side. */
function patternOfNuls(head: Buffer): TextEncoding | undefined {
  const pairs = Math.floor(head.length / 2);
  const nuls = [0, 0];
  for (let at = 0; at < pairs * 2; at += 1) if (head[at] === 0) nuls[at % 2] = (nuls[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = nuls;
  if (odd > pairs * 0.4 && even === 0) return { encoding: "utf-16le", notes: ["read as UTF-16"] };
  if (even > pairs * 0.4 && odd === 0) return { encoding: "utf-16be", notes: ["read as UTF-16"] };
  return undefined;
}
