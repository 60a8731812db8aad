import { gzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { array, assert, asyncProperty, constantFrom, string, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { FileFault } from "../../src/tables/file-fault.ts";
import { readRecords } from "../../src/tables/read-records.ts";
import { openTable } from "../../src/tables/read-table.ts";
import { rowsOf, tempFile, tempFolder } from "../helpers/temp-file.ts";
import { textRow, writeWorkbook } from "../helpers/write-workbook.ts";

describe("reading", () => {
  test("yields cells by header, with the line each row starts on", async () => {
    const path = tempFile('Pond,Note\nGrum,"one\r\ntwo\nthree"\n\nZig,""\n,\nOozle,"a ""b"" c"');
    expect(await rowsOf(path)).toEqual([
      { line: 2, cells: { Pond: "Grum", Note: "one\ntwo\nthree" } },
      { line: 6, cells: { Pond: "Zig", Note: "" } },
      { line: 8, cells: { Pond: "Oozle", Note: 'a "b" c' } },
    ]);
  });

  test.each([
    ["\r\n", "line breaks of Windows"],
    ["\r", "line breaks of old Macs"],
    ["\n", "line breaks of Unix"],
  ])("%j: %s", async (lineBreak) => {
    const path = tempFile(["Pond,Depth", "Grum,3", "", 'Zig,"4"', ""].join(lineBreak));
    expect(await rowsOf(path)).toEqual([
      { line: 2, cells: { Pond: "Grum", Depth: "3" } },
      { line: 4, cells: { Pond: "Zig", Depth: "4" } },
    ]);
  });

  test.each([
    [",", "Pond,Depth\nGrum,3"],
    [";", 'Pond;"Depth, in feet, about"\nGrum;3,5'],
    ["\t", "Pond\tDepth\nGrum\t3"],
    [",", "Pond\nGrum"],
    ["|", "Pond|Depth\nGrum|3,5"],
    // The header has more commas, the rows have none.
    [";", "Pond, or lake, or sea;Depth\nGrum;3\nZig;4"],
    [";", "Pond;Length;Depth\nGrum;1,5;2,5\nZig;2,5;3,5"],
    [",", "Pond,Depth\nGrum,3\nZig\nOozle,4"],
    [" ", " Pond  Depth Day\r\n 00001 12.5   19970101\r\n 00002  3.0 19970102\r\n"],
    // One column of words is no table of several.
    [",", "Pond name\nGrum pond\nZig pond\n"],
  ])("detects %j from the first rows", async (delimiter, content) => {
    expect((await openTable(tempFile(content))).delimiter).toBe(delimiter);
  });

  test.each(["sep=;\r\n", '"sep=;"\n', "\uFEFFSEP=;\n"])(
    "heeds %j above the header, and takes it for no row",
    async (first) => {
      const path = tempFile(`${first}Pond;Note\nGrum;one, two, three\nZig;"four;\nfive"\n`);
      expect(await openTable(path)).toMatchObject({ delimiter: ";", headers: ["Pond", "Note"] });
      expect(await rowsOf(path)).toEqual([
        { line: 3, cells: { Pond: "Grum", Note: "one, two, three" } },
        { line: 4, cells: { Pond: "Zig", Note: "four;\nfive" } },
      ]);
    },
  );

  test.each([
    ["UTF-8 with a mark", Buffer.from("\uFEFFTümpel,Tiefe\nGrüm,3")],
    ["UTF-16, little end first", Buffer.from("\uFEFFTümpel,Tiefe\nGrüm,3", "utf16le")],
    ["UTF-16, big end first", Buffer.from("\uFEFFTümpel,Tiefe\nGrüm,3", "utf16le").swap16()],
  ])("%s", async (_, content) => {
    expect(await rowsOf(tempFile(content))).toEqual([{ line: 2, cells: { Tümpel: "Grüm", Tiefe: "3" } }]);
  });

  test("names headers that are padded, repeated or blank", async () => {
    const { headers } = await openTable(tempFile(" Pond ,pond,,POND (2),Pond\n"));
    expect(headers).toEqual(["Pond", "pond (2)", "Column 3", "POND (2) (2)", "Pond (3)"]);
  });

  test("a header alone is a table without rows", async () => {
    expect(await rowsOf(tempFile("Pond,Depth"))).toEqual([]);
  });

  test.each([
    ["years", "Region,2023,2024,2025\nNorth,1,2,3"],
    ["days above amounts", "Region,2025-01-01,2025-02-01\nNorth,100,200"],
    ["repetitions", "Pond,Pond,Pond\nGrum,3,4"],
    ["blank cells at the end", "Pond,,,,\nGrum,,,,"],
    ["names alone", "Pond,Owner\nGrum,Ida"],
  ])("a header of %s is one", async (_, content) => {
    expect((await openTable(tempFile(content))).headers[0]).toMatch(/Region|Pond/);
  });

  test("cells parted by spaces", async () => {
    const rows = Array.from({ length: 20 }, (_, row) => ` 000${row} 19970101  ${row}.5\r\n`);
    const path = tempFile([" Pond  Day   Depth\r\n", ...rows, "\r\n 3 4\r\n 77 19970112  12"].join(""));
    const read = await rowsOf(path);
    expect(read[0]).toEqual({ line: 2, cells: { Pond: "0000", Day: "19970101", Depth: "0.5" } });
    expect(read.slice(20)).toEqual([
      { line: 23, fault: "2 cells where the header has 3" },
      { line: 24, cells: { Pond: "77", Day: "19970112", Depth: "12" } },
    ]);
  });

  test("headers that are names of object properties are cells like others", async () => {
    const [row] = await rowsOf(tempFile("__proto__,constructor\nGrum,Zig"));
    expect(row && "cells" in row && Object.entries(row.cells)).toEqual([
      ["__proto__", "Grum"],
      ["constructor", "Zig"],
    ]);
  });

  test.each([
    ["CSV", "Pond\nGrum\nZig\n"],
    ["gzip", gzipSync("Pond\nGrum\nZig\n")],
    [
      "a workbook",
      writeWorkbook({
        sheets: [{ name: "P", rows: ["Pond", "Grum", "Zig"].map((pond) => textRow(pond)).join("") }],
      }),
    ],
  ])("%s tells how far it is, and can be read again", async (_, content) => {
    const table = await openTable(tempFile(content));
    for (const _ of [1, 2]) {
      let rows = 0;
      for await (const _row of table) rows += 1;
      expect([rows, table.bytesRead]).toEqual([2, table.bytesTotal]);
    }
  });
});

describe("rows at fault", () => {
  test("ragged ones are told by line, and the rest is read", async () => {
    expect(await rowsOf(tempFile('Pond,Depth\nGrum\n"Zig\nzag",1,2\nOozle,3\n'))).toEqual([
      { line: 2, fault: "1 cells where the header has 2" },
      { line: 3, fault: "3 cells where the header has 2, over 2 lines: is a quote left open?" },
      { line: 5, cells: { Pond: "Oozle", Depth: "3" } },
    ]);
  });

  test("a quote that is never closed costs one row", async () => {
    expect(await rowsOf(tempFile('Pond,Depth\n"Grum,1\nZig,2\nOozle,3\n'))).toEqual([
      { line: 2, fault: "a quote opens a cell and does not end it" },
      { line: 3, cells: { Pond: "Zig", Depth: "2" } },
      { line: 4, cells: { Pond: "Oozle", Depth: "3" } },
    ]);
  });

  test("the rest of a long file is read after a quote that is never closed", async () => {
    const rows = Array.from({ length: 300_000 }, (_, index) => `Pond ${index},${index}\n`).join("");
    const read = await rowsOf(tempFile(`Pond,Depth\n"Grum,1\n${rows}`));
    expect(read).toHaveLength(300_001);
    expect(read[0]).toEqual({ line: 2, fault: "longer than 1 MB: is a quote left open?" });
    expect(read.at(-1)).toEqual({ line: 300_002, cells: { Pond: "Pond 299999", Depth: "299999" } });
  });

  test("quotes inside a cell are letters", async () => {
    expect(await rowsOf(tempFile('Pond,Pipe\n"Big" Grum,5"\n'))).toEqual([
      { line: 2, cells: { Pond: '"Big" Grum', Pipe: '5"' } },
    ]);
  });
});

describe("files at fault", () => {
  test.each([
    ["empty", "", "puddles.csv is empty. Export it again, with a header line."],
    ["blank", "\uFEFF \n\n", "puddles.csv is empty. Export it again, with a header line."],
    ["a header without end", '"Pond,Depth', "puddles.csv has a header line that does not end."],
  ])("%s", async (_, content, sentence) => {
    const opening = openTable(tempFile(content));
    await expect(opening).rejects.toThrow(FileFault);
    await expect(opening).rejects.toThrow(sentence);
  });

  test("a missing file and a folder", async () => {
    const folder = tempFolder();
    await expect(openTable(`${folder}/nothing.csv`)).rejects.toThrow(
      "nothing.csv does not exist. Check the path",
    );
    await expect(openTable(folder)).rejects.toThrow("is a folder. Name a file in it.");
  });

  test("a file without line breaks does not fill the memory", async () => {
    const endless = function* () {
      yield "Pond\n";
      for (let piece = 0; piece < 30; piece += 1) yield "Grum".repeat(100_000);
    };
    const read = [];
    for await (const record of readRecords(endless, ",", "puddles.csv")) read.push(record);
    expect(read).toEqual([
      { line: 1, lines: 1, cells: ["Pond"], fault: undefined },
      { line: 2, lines: 1, cells: [], fault: "longer than 1 MB: is a quote left open?" },
    ]);
  });

  test("a file full of them is no table", async () => {
    const table = await openTable(tempFile(`Pond\n${`${"Grum".repeat(270_000)}\n`.repeat(21)}`));
    const read = async () => {
      for await (const _ of table);
    };
    await expect(read()).rejects.toThrow("puddles.csv has more than 20 rows without end.");
  });
});

describe("any table", () => {
  const cell = string({ unit: constantFrom("a", "é", "🐙", " ", ",", ";", '"', "\n", "\r\n"), maxLength: 6 });
  const delimiter = constantFrom(",", ";", "\t");

  test("is read as csv-parse reads it whole, however it is cut into pieces", async () => {
    await assert(
      asyncProperty(
        array(tuple(cell, cell, cell), { maxLength: 8 }),
        delimiter,
        constantFrom("\n", "\r\n"),
        constantFrom(1, 2, 3, 7, 1000),
        async (rows, separator, lineBreak, size) => {
          const content = stringify(rows, {
            delimiter: separator,
            record_delimiter: lineBreak,
            quoted_match: /[\r\n]/,
          });
          const oracle = parse(content, { delimiter: separator, record_delimiter: lineBreak });
          const read = [];
          for await (const { cells, fault } of readRecords(() => pieces(content, size), separator, "")) {
            expect(fault).toBeUndefined();
            read.push(cells);
          }
          const inUnixLines = oracle.map((cells) => cells.map((text) => text.replaceAll("\r\n", "\n")));
          expect(read).toEqual(inUnixLines.filter((cells) => cells.some((text) => text !== "")));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("has the right line numbers", async () => {
    await assert(
      asyncProperty(array(tuple(cell, cell)), constantFrom(1, 3, 1000), async (rows, size) => {
        let line = 1;
        const expected: number[] = [];
        let content = "";
        for (const row of rows) {
          const text = stringify([row]);
          if (row.some((value) => value !== "")) expected.push(line);
          line += text.split("\n").length - 1;
          content += text;
        }
        const lines: number[] = [];
        for await (const record of readRecords(() => pieces(content, size), ",", "")) lines.push(record.line);
        expect(lines).toEqual(expected);
      }),
    );
  });

  test("never throws on any text, and reads it the same however it is cut", async () => {
    const text = string({ unit: constantFrom("a", ",", '"', "\n", "\r"), maxLength: 40 });
    await assert(
      asyncProperty(text, constantFrom(1, 2, 1000), async (content, size) => {
        const whole = await all(readRecords(() => [content], ",", ""));
        expect(await all(readRecords(() => pieces(content, size), ",", ""))).toEqual(whole);
        const starts = whole.map(({ line }) => line);
        expect(starts).toEqual([...new Set(starts)].sort((left, right) => left - right));
      }),
      { numRuns: 1000 },
    );
  });
});

/** Between characters: a decoder never hands out half of one. */
function* pieces(text: string, size: number): Generator<string> {
  const characters = [...text];
  for (let at = 0; at < characters.length; at += size) yield characters.slice(at, at + size).join("");
}

async function all<Value>(values: AsyncIterable<Value>): Promise<readonly Value[]> {
  const list: Value[] = [];
  for await (const value of values) list.push(value);
  return list;
}
