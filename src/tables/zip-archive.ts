import { crc32, createInflateRaw } from "node:zlib";
import yauzl, { type Entry } from "yauzl";
import type { OnBytesRead } from "./file-bytes.ts";
import { FileFault } from "./file-fault.ts";
import { inflate } from "./inflate.ts";

/** A zip archive whose list of entries is read and harmless; the file itself is closed. */
export interface Archive {
  readonly path: string;
  /** By name in small letters, without the folders. */
  readonly entries: ReadonlyMap<string, Entry>;
}

const mostBytes = 4 * 1024 ** 3;
const mostEntries = 10_000;

/** Lists a zip archive's entries; throws a `FileFault` for one that is damaged, hostile or encrypted. */
export async function openArchive(path: string): Promise<Archive> {
  const entries = new Map<string, Entry>();
  let declaredBytes = 0;
  const zip = await openZip(path);
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry, path);
      if (name.endsWith("/")) continue;
      const key = name.toLowerCase();
      if (entries.has(key)) throw hostileFault(path, `contains "${name}" twice`);
      entries.set(key, entry);
      declaredBytes += entry.uncompressedSize;
      if (entries.size > mostEntries)
        throw hostileFault(path, `contains more than ${mostEntries} files, far more than a workbook`);
      if (declaredBytes > mostBytes) throw hostileFault(path, "unpacks to more than 4 GB");
    }
  } catch (error) {
    throw error instanceof FileFault ? error : damagedFault(path);
  } finally {
    zip.close();
  }
  return { path, entries };
}

/** An entry's content piece by piece; throws a `FileFault` when it is not what the archive's list says. */
export async function* readEntry(
  { path }: Archive,
  entry: Entry,
  onBytesRead?: OnBytesRead,
): AsyncGenerator<Buffer> {
  if (entry.isEncrypted())
    throw new FileFault(path, "is encrypted with a password", "Save it again without one");
  if (!entry.canDecodeFileData())
    throw new FileFault(path, "is packed in a way that is not read here", "Save it again in Excel as .xlsx");
  const zip = await openZip(path);
  try {
    const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false }).catch(() => {
      throw damagedFault(path);
    });
    const inflater = entry.compressionMethod === 8 ? createInflateRaw({ chunkSize: 64 * 1024 }) : undefined;
    let bytesRead = 0;
    let checksum = 0;
    for await (const piece of inflater ? inflate(path, packed, inflater, mostBytes) : packed) {
      const bytes: Buffer = piece;
      bytesRead += bytes.length;
      // The sum of the sizes was checked, so no entry may be larger than it says.
      if (bytesRead > entry.uncompressedSize)
        throw hostileFault(path, `unpacks to more than the ${entry.uncompressedSize} bytes it declares`);
      checksum = crc32(bytes, checksum);
      onBytesRead?.(inflater?.bytesWritten ?? bytesRead);
      yield bytes;
    }
    if (bytesRead !== entry.uncompressedSize || checksum !== entry.crc32) throw damagedFault(path);
  } finally {
    zip.close();
  }
}

export function damagedFault(path: string): FileFault {
  return new FileFault(
    path,
    "is an Excel workbook or zip archive that is damaged or cut off",
    "Export or copy it again",
  );
}

function openZip(path: string) {
  // Names are decoded below, where a trick in them can be told from damage.
  return yauzl.openPromise(path, { autoClose: false, decodeStrings: false }).catch(() => {
    throw damagedFault(path);
  });
}

function nameOf(entry: Entry, path: string): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  const name = yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
  if (yauzl.validateFileName(name) !== null || name.includes("\0"))
    throw hostileFault(path, `contains a file with an unsafe name, "${name}"`);
  return name;
}

function hostileFault(path: string, problem: string): FileFault {
  return new FileFault(path, problem, "Do not trust it: ask for a new export from where it comes from");
}
