import { isAscii, isUtf8 } from "node:buffer";

/** What a whole content tells about its encoding; positions count bytes from the start. */
interface ByteEvidence {
  /** A letter of two bytes or more that only UTF-8 would write so. */
  readonly hasUtf8Letters: boolean;
  readonly firstNotUtf8: number | undefined;
  readonly firstNotWindows1252: number | undefined;
}

const notInWindows1252: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** Looks at every byte, in constant memory: the first letter with an accent may come at the very end. */
export async function scanBytes(content: AsyncIterable<Buffer>): Promise<ByteEvidence> {
  let hasUtf8Letters = false;
  let firstNotUtf8: number | undefined;
  let firstNotWindows1252: number | undefined;
  let position = 0;

  const examine = (bytes: Buffer) => {
    if (isAscii(bytes)) return;
    if (isUtf8(bytes)) {
      hasUtf8Letters = true;
      return;
    }
    for (let at = 0; at < bytes.length; ) {
      const byte = bytes[at] ?? 0;
      const length = sequenceLength(byte);
      if (byte < 0x80) {
        at += 1;
      } else if (length > 0 && isUtf8(bytes.subarray(at, at + length))) {
        hasUtf8Letters = true;
        at += length;
      } else {
        firstNotUtf8 ??= position + at;
        if (notInWindows1252.has(byte)) firstNotWindows1252 ??= position + at;
        at += 1;
      }
    }
  };

  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of content) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const end = bytes.length - unfinishedLength(bytes);
    examine(bytes.subarray(0, end));
    position += end;
    rest = bytes.subarray(end);
  }
  examine(rest);
  return { hasUtf8Letters, firstNotUtf8, firstNotWindows1252 };
}

/** The 1-based line in which a byte stands. */
export async function lineOfByte(content: AsyncIterable<Buffer>, position: number): Promise<number> {
  let line = 1;
  let start = 0;
  let afterReturn = false;
  for await (const piece of content) {
    const bytes = piece.subarray(0, Math.max(0, position - start));
    for (const byte of bytes) {
      if (byte === 0x0d || (byte === 0x0a && !afterReturn)) line += 1;
      afterReturn = byte === 0x0d;
    }
    start += piece.length;
    if (start >= position) break;
  }
  return line;
}

/** Bytes of the letter that a first byte announces; 0 for none. */
function sequenceLength(lead: number): number {
  if (lead >= 0xf5 || lead < 0xc2) return 0;
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}

/** How many last bytes begin a letter that goes on in the next piece. */
function unfinishedLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}
