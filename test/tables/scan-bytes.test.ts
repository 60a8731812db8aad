import { isUtf8 } from "node:buffer";
import { array, assert, asyncProperty, constantFrom, integer } from "fast-check";
import { expect, test } from "vitest";
import { lineOfByte, scanBytes } from "../../src/tables/scan-bytes.ts";

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const samples = ["a", "\n", "é", "€", "🐙", "ü".repeat(3)].map((text) => Buffer.from(text));
const strays = [[0xe9], [0x81], [0xc3], [0xf0, 0x9f], [0xed, 0xa0, 0x80], [0xc0, 0xaf]].map((bytes) =>
  Buffer.from(bytes),
);

test("what bytes tell does not depend on how they are cut, and agrees with the decoder", async () => {
  await assert(
    asyncProperty(
      array(constantFrom(...samples, ...strays), { maxLength: 12 }),
      integer({ min: 1, max: 9 }),
      async (parts, size) => {
        const bytes = Buffer.concat(parts);
        const evidence = await scanBytes(pieces(bytes, size));
        expect(evidence).toEqual(await scanBytes(pieces(bytes, bytes.length + 1)));
        const { firstNotUtf8 } = evidence;
        expect(firstNotUtf8 === undefined).toBe(isUtf8(bytes));
        if (firstNotUtf8 !== undefined) expect(isUtf8(bytes.subarray(0, firstNotUtf8))).toBe(true);
      },
    ),
    { numRuns: 1_000, seed: 1252 },
  );
});

test("the line of a byte is counted by any line break, however the bytes are cut", async () => {
  const bytes = Buffer.from("a\r\nb\rc\nd\r\n\r\ne");
  for (const size of [1, 2, 3, 100]) {
    const lines = await Promise.all(
      ["a", "b", "c", "d", "e"].map((letter) => lineOfByte(pieces(bytes, size), bytes.indexOf(letter))),
    );
    expect(lines).toEqual([1, 2, 3, 4, 6]);
  }
});
