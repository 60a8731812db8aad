import { crc32, deflateRawSync } from "node:zlib";

/** One file in a zip archive, which may say untrue things about itself. */
export interface ZipPart {
  readonly name: string;
  readonly content: string | Buffer;
  /** What stands for the content, packed. */
  readonly packed?: Buffer;
  readonly declaredBytes?: number;
  readonly encrypted?: boolean;
}

/** A zip archive of the parts, in their order. */
export function writeZip(parts: readonly ZipPart[]): Buffer {
  const files: Buffer[] = [];
  const list: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const content = Buffer.from(part.content);
    const packed = part.packed ?? deflateRawSync(content);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(part.encrypted ? 0x801 : 0x800, 2);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(crc32(content), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(part.declaredBytes ?? content.length, 18);
    about.writeUInt16LE(name.length, 22);
    const file = Buffer.concat([Buffer.from("PK\u0003\u0004"), about, name, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    list.push(Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\0"), about, place, name]));
    files.push(file);
    offset += file.length;
  }
  const listing = Buffer.concat(list);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(listing.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, listing, Buffer.from("PK\u0005\u0006"), end]);
}

/** A raw deflate stream that repeats a text for many times its own size. */
export function deflateRepeated(start: string, block: string, times: number, end: string): Buffer {
  // A stream that ends with a full flush can be followed by any other.
  const flushed = (text: string) => deflateRawSync(text, { finishFlush: 3 });
  const repeated = flushed(block);
  const blocks = Array.from({ length: times }, () => repeated);
  return Buffer.concat([flushed(start), ...blocks, deflateRawSync(end)]);
}
