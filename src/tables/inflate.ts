import { pipeline, type Readable } from "node:stream";
import type { Gunzip, InflateRaw } from "node:zlib";
import { FileFault } from "./file-fault.ts";

const megabyte = 1024 * 1024;
/** Text is rarely packed more than 30 times; what exceeds this is made to fill a disk or a memory. */
const mostTimesLarger = 200;
/** Small files may be packed as tightly as they like: they do no harm. */
const harmlessBytes = 64 * megabyte;

/**
 * What a compressed stream holds, piece by piece. It is judged by what really comes out and not by what its
 * header says.
 *
 * @throws FileFault for a stream that is damaged, cut off, or unpacks to more than `mostBytes` or to
 * suspiciously much.
 */
export async function* inflate(
  path: string,
  source: Readable,
  inflater: Gunzip | InflateRaw,
  mostBytes: number,
): AsyncGenerator<Buffer> {
  let inflatedBytes = 0;
  // An error of either stream reaches the loop.
  pipeline(source, inflater, () => {});
  try {
    for await (const piece of inflater) {
      const bytes: Buffer = piece;
      inflatedBytes += bytes.length;
      const suspicious =
        inflatedBytes > harmlessBytes && inflatedBytes > mostTimesLarger * inflater.bytesWritten;
      if (suspicious || inflatedBytes > mostBytes) throw bombFault(path, inflatedBytes, suspicious);
      yield bytes;
    }
  } catch (error) {
    throw isZlibError(error)
      ? new FileFault(path, "is compressed and damaged or cut off", "Export or copy it again")
      : error;
  } finally {
    source.destroy();
  }
}

function bombFault(path: string, inflatedBytes: number, suspicious: boolean): FileFault {
  const unpacked = `${Math.floor(inflatedBytes / megabyte)} MB`;
  return new FileFault(
    path,
    suspicious
      ? `unpacks to more than ${mostTimesLarger} times its size and was given up after ${unpacked}`
      : `unpacks to too much and was given up after ${unpacked}`,
    "Make sure it comes from someone you trust, unpack it and import its parts one by one",
  );
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}
