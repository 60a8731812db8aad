import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { inflate } from "./inflate.ts";
import { accessFault } from "./inspect-file.ts";

const mostUnpackedBytes = 50 * 1024 ** 3;

/** Told how many bytes of the file itself are read so far, packed as they are. */
export type OnBytesRead = (bytesRead: number) => void;

/** A file's content from the start, piece by piece and unpacked. */
export type OpenBytes = (onBytesRead?: OnBytesRead) => AsyncGenerator<Buffer>;

export function bytesOf(path: string, gzip: boolean): OpenBytes {
  return gzip ? (onBytesRead) => readGzip(path, onBytesRead) : (onBytesRead) => readPlain(path, onBytesRead);
}

async function* readPlain(path: string, onBytesRead?: OnBytesRead): AsyncGenerator<Buffer> {
  const file = createReadStream(path);
  try {
    for await (const piece of file) {
      const bytes: Buffer = piece;
      onBytesRead?.(file.bytesRead);
      yield bytes;
    }
  } catch (error) {
    throw accessFault(path, error);
  }
}

async function* readGzip(path: string, onBytesRead?: OnBytesRead): AsyncGenerator<Buffer> {
  const file = createReadStream(path);
  try {
    for await (const bytes of inflate(
      path,
      file,
      createGunzip({ chunkSize: 64 * 1024 }),
      mostUnpackedBytes,
    )) {
      onBytesRead?.(file.bytesRead);
      yield bytes;
    }
  } catch (error) {
    throw accessFault(path, error);
  }
}

/** The first part of a content, and whether that is all of it. */
export async function readStart(
  open: OpenBytes,
  most: number,
): Promise<{ readonly bytes: Buffer; readonly whole: boolean }> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of open()) {
    pieces.push(piece);
    length += piece.length;
    if (length > most) break;
  }
  return { bytes: Buffer.concat(pieces).subarray(0, most), whole: length <= most };
}
