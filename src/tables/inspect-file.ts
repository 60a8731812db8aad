import { open, stat } from "node:fs/promises";
import { FileFault } from "./file-fault.ts";

export interface InspectedFile {
  readonly path: string;
  readonly bytesTotal: number;
  /** Enough of the first bytes to tell what kind of file it is. */
  readonly start: Buffer;
}

const startBytes = 64;

/** Makes sure that a path is a file that can be read; throws a `FileFault` otherwise. */
export async function inspectFile(path: string): Promise<InspectedFile> {
  try {
    // Asked before opening, which would wait for ever on a pipe that nobody writes to.
    const stats = await stat(path);
    if (stats.isDirectory()) throw new FileFault(path, "is a folder", "Name a file in it");
    if (!stats.isFile())
      throw new FileFault(path, "is not a regular file", "Name a CSV file or an Excel workbook");
    return { path, bytesTotal: stats.size, start: await readStart(path) };
  } catch (error) {
    throw accessFault(path, error);
  }
}

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(startBytes), 0, startBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The system's refusal to hand out a file, in a sentence; any other error as it is. */
export function accessFault(path: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return new FileFault(path, "does not exist", `Check the path: ${path}`);
    case "EACCES":
    case "EPERM":
      return new FileFault(path, "may not be read", "Ask for permission to read it");
    case "ELOOP":
      return new FileFault(path, "is a link that leads back to itself", "Name the file it stands for");
    case "ENAMETOOLONG":
      return new FileFault(path, "has a name that is too long", "Rename it");
    default:
      return error;
  }
}
