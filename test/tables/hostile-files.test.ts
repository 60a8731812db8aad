import { execFileSync } from "node:child_process";
import { chmodSync, closeSync, openSync, symlinkSync, writeFileSync, writeSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { deflateRawSync, gzipSync } from "node:zlib";
import { array, assert, asyncProperty, constantFrom, integer, nat, option, record } from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { FileFault } from "../../src/tables/file-fault.ts";
import { openTable, type TableOptions } from "../../src/tables/read-table.ts";
import { rowsOf, tempFile, tempFolder } from "../helpers/temp-file.ts";
import { textRow, workbookParts, writeWorkbook } from "../helpers/write-workbook.ts";
import { deflateRepeated, writeZip } from "../helpers/write-zip.ts";

const table = "Pond,Depth\nGrum,3\n";
const rows = textRow("Pond", "Depth") + textRow("Grum", "3");
const sheets = [{ name: "Ponds", rows }];
const workbook = writeWorkbook({ sheets });

/** The sentence with which a file is refused, when it is opened or while it is read. */
async function refusal(path: string, options?: TableOptions): Promise<string> {
  try {
    for await (const _ of await openTable(path, options));
  } catch (error) {
    if (error instanceof FileFault) return error.message;
    throw error;
  }
  return "not refused";
}

const exportAgain = 'Open it where it comes from and export it as "CSV UTF-8" or .xlsx.';
const saveAgain = 'Open it in Excel and save it as "CSV UTF-8" or .xlsx.';
const distrust = "Do not trust it: ask for a new export from where it comes from.";
const damaged =
  "ponds is an Excel workbook or zip archive that is damaged or cut off. Export or copy it again.";
const noDeclarations = `ponds contains XML with a document type or entities, which no workbook needs. ${distrust}`;
const packedBomb =
  "ponds unpacks to more than 200 times its size and was given up after 64 MB. Make sure it comes from someone you trust, unpack it and import its parts one by one.";

describe("refused, whatever the name says", () => {
  test.each<[string, string | Buffer, string]>([
    ["an empty file", "", "ponds is empty. Export it again, with a header line."],
    ["white space only", " \n\t\r\n ", "ponds is empty. Export it again, with a header line."],
    ["a byte order mark only", "\uFEFF", "ponds is empty. Export it again, with a header line."],
    ["a gzip of nothing", gzipSync(""), "ponds is empty. Export it again, with a header line."],
    [
      "an old workbook or one with a password",
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]),
      "ponds is an old Excel workbook (.xls) or one with a password. Open it in Excel and save it as .xlsx without a password.",
    ],
    ["a PDF", "%PDF-1.7\n%âãÏÓ\n", `ponds is a PDF, not a table. ${exportAgain}`],
    [
      "a PNG",
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
      `ponds is a picture, not a table. ${exportAgain}`,
    ],
    [
      "a 7z archive",
      Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]),
      "ponds is a 7z archive. Unpack it first, or compress it with gzip.",
    ],
    [
      "a web page",
      "\uFEFF\n<!DOCTYPE html><html><table><tr><td>Pond</td></tr></table></html>",
      `ponds is a web page, whatever its name says. ${saveAgain}`,
    ],
    [
      "a table of a web page, as some programs save for Excel",
      '<table border="1"><tr><td>Pond</td></tr></table>',
      `ponds is a web page, whatever its name says. ${saveAgain}`,
    ],
    [
      "a workbook of Excel 2003 in XML",
      '<?xml version="1.0"?><Workbook></Workbook>',
      `ponds is XML, not CSV. ${saveAgain}`,
    ],
    ["JSON", '[{"pond": "Grum", "depth": 3}]', `ponds is JSON, not CSV. ${exportAgain}`],
    ["lines of JSON", '{"pond": "Grum"}\n{"pond": "Zig"}\n', `ponds is JSON, not CSV. ${exportAgain}`],
    [
      "NUL bytes",
      "Pond,Depth\nGrum,\0\u0001\u0002\n",
      'ponds contains binary data in line 2. Export it again as "CSV UTF-8" or .xlsx.',
    ],
    [
      "a mixture of UTF-8 and Windows-1252",
      Buffer.concat([Buffer.from("Pond\nTümpel\n"), Buffer.from("Weiher für Grüm\n", "latin1")]),
      'ponds mixes encodings or has an unknown one: line 3 is not UTF-8. Save it again as "CSV UTF-8", or name its encoding, such as --encoding windows-1252.',
    ],
    [
      "bytes that Windows-1252 does not have",
      Buffer.concat([Buffer.from("Pond\r\nGrum\r\nT"), Buffer.from([0x81]), Buffer.from("mpel\r\n")]),
      'ponds mixes encodings or has an unknown one: line 3 is not UTF-8. Save it again as "CSV UTF-8", or name its encoding, such as --encoding windows-1252.',
    ],
    [
      "UTF-16 that ends in half a letter",
      Buffer.concat([Buffer.from("\uFEFFPond\nGrum\n", "utf16le"), Buffer.from([0x00, 0xd8])]),
      'ponds is not UTF-16LE text in line 3. Save it again as "CSV UTF-8", or name its encoding, such as --encoding windows-1252.',
    ],
    [
      "a header whose quote is left open",
      '"Pond,Depth\nGrum,3\n',
      "ponds has a header line that does not end. Check the quotes in its first line.",
    ],
    [
      "no header",
      "4711,Grum,2025-03-14,12.50\n4712,Zig,2025-03-15,3.75\n",
      'ponds has no header line: line 1 begins with "4711", "Grum", "2025-03-14". Put a line with the names of the columns above the first row.',
    ],
    [
      "no header in a list of addresses",
      "ida@grum.example\nada@zig.example\n",
      'ponds has no header line: line 1 begins with "ida@grum.example". Put a line with the names of the columns above the first row.',
    ],
    [
      "no header in a file of figures and spaces",
      " 00004 0001 19970101  2   29.33\r\n 00004 0001 19970118  2   29.73\r\n",
      'ponds has no header line: line 1 begins with "00004", "0001", "19970101". Put a line with the names of the columns above the first row.',
    ],
    [
      "a header that is mostly blank",
      ",,,Ponds\nGrum,3,1,1\n",
      'ponds has no header line: line 1 begins with "", "", "". Put a line with the names of the columns above the first row.',
    ],
    [
      "more than 2,000 columns",
      `${Array.from({ length: 2_001 }, (_, index) => `Pond ${index}`).join(",")}\n`,
      "ponds has 2001 columns in line 1, more than the 2000 that are read. Leave out the columns that are not needed.",
    ],
    [
      "a gzip that is cut off",
      gzipSync(table.repeat(100)).subarray(0, 40),
      "ponds is compressed and damaged or cut off. Export or copy it again.",
    ],
    [
      "a gzip that is damaged",
      Buffer.concat([gzipSync(table).subarray(0, 12), Buffer.from("grum grum grum grum grum")]),
      "ponds is compressed and damaged or cut off. Export or copy it again.",
    ],
    [
      "a gzip in a gzip",
      gzipSync(gzipSync(table)),
      "ponds is compressed twice with gzip. Unpack it once and import what comes out.",
    ],
    [
      "a workbook in a gzip",
      gzipSync(workbook),
      "ponds is a gzip file with a workbook or zip archive in it. Unpack it first and import the workbook.",
    ],
    [
      "a PDF in a gzip",
      gzipSync("%PDF-1.7\n"),
      `ponds is compressed with gzip, and what it holds is a PDF, not a table. ${exportAgain}`,
    ],
    [
      "a zip of CSV files",
      writeZip([
        { name: "ponds.csv", content: table },
        { name: "frogs.csv", content: table },
      ]),
      "ponds is a zip archive of 2 files. Unpack it and import the files in it.",
    ],
    [
      "a zip of something else",
      writeZip([{ name: "word/document.xml", content: "<document/>" }]),
      "ponds is a zip archive without a workbook in it. Name a CSV file or a workbook.",
    ],
    [
      "an OpenDocument sheet",
      writeZip([{ name: "content.xml", content: "<office/>" }]),
      'ponds is an OpenDocument file. Save it as .xlsx or as "CSV UTF-8".',
    ],
    [
      "a binary workbook",
      writeZip([{ name: "xl/workbook.bin", content: "…" }]),
      "ponds is a binary Excel workbook (.xlsb). Save it as .xlsx.",
    ],
    ["a workbook that is cut off", workbook.subarray(0, workbook.length - 100), damaged],
    ["a workbook of which only the beginning is left", workbook.subarray(0, 30), damaged],
    [
      "a workbook whose XML is cut off",
      writeWorkbook({
        sheets,
        parts: [{ name: "xl/worksheets/sheet1.xml", content: "<worksheet><sheetData>" }],
      }),
      damaged,
    ],
    [
      "a workbook with a part that is not what was packed",
      writeWorkbook({
        sheets,
        parts: [
          {
            name: "xl/worksheets/sheet1.xml",
            content: "<worksheet>…</worksheet>",
            packed: deflateRawSync("<worksheet>!!!</worksheet>"),
          },
        ],
      }),
      damaged,
    ],
    [
      "a workbook that refers to a text that is not there",
      writeWorkbook({
        sheets: [{ name: "Ponds", rows: '<row><c t="s"><v>7</v></c></row>' }],
        sharedStrings: "",
      }),
      damaged,
    ],
    [
      "a workbook of the billion laughs",
      writeWorkbook({
        sheets,
        parts: [
          {
            name: "xl/workbook.xml",
            content:
              '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]><workbook>&c;</workbook>',
          },
        ],
      }),
      noDeclarations,
    ],
    [
      "a document type in the shared texts",
      writeWorkbook({
        sheets,
        sharedStrings: "",
        parts: [
          {
            name: "xl/sharedStrings.xml",
            content: '<!DOCTYPE sst SYSTEM "file:///etc/passwd"><sst><si><t>Grum</t></si></sst>',
          },
        ],
      }),
      noDeclarations,
    ],
    [
      "a path out of the archive",
      writeWorkbook({ sheets, parts: [{ name: "../../ponds.xml", content: "" }] }),
      `ponds contains a file with an unsafe name, "../../ponds.xml". ${distrust}`,
    ],
    [
      "an absolute path",
      writeWorkbook({ sheets, parts: [{ name: "/etc/ponds", content: "" }] }),
      `ponds contains a file with an unsafe name, "/etc/ponds". ${distrust}`,
    ],
    [
      "a path with backslashes",
      writeWorkbook({ sheets, parts: [{ name: "xl\\..\\ponds.xml", content: "" }] }),
      `ponds contains a file with an unsafe name, "xl\\..\\ponds.xml". ${distrust}`,
    ],
    [
      "two parts of one name",
      writeWorkbook({ sheets, parts: [{ name: "XL/Workbook.xml", content: "" }] }),
      `ponds contains "XL/Workbook.xml" twice. ${distrust}`,
    ],
    [
      "an encrypted part",
      writeWorkbook({
        sheets,
        parts: [{ name: "xl/workbook.xml", content: "<workbook/>", encrypted: true }],
      }),
      "ponds is encrypted with a password. Save it again without one.",
    ],
    [
      "tags in tags without end",
      writeWorkbook({
        sheets,
        parts: [{ name: "xl/workbook.xml", content: "<a>".repeat(1_000) + "</a>".repeat(1_000) }],
      }),
      damaged,
    ],
    [
      "a workbook without anything in it",
      writeWorkbook({ sheets: [{ name: "Ponds", rows: "" }] }),
      "ponds is empty. Export it again, with a header line.",
    ],
    [
      "a workbook of several sheets",
      writeWorkbook({
        sheets: [
          { name: "Ponds", rows },
          { name: "Blank", rows: "" },
          { name: "Frogs", rows },
        ],
      }),
      "ponds has several sheets with data. Name one of them with --sheet: Ponds, Frogs.",
    ],
  ])("%s", async (_, content, sentence) => {
    expect(await refusal(tempFile(content, "ponds"))).toBe(sentence);
  });

  test("a sheet that is not there", async () => {
    expect(await refusal(tempFile(workbook, "ponds"), { sheet: "Frogs" })).toBe(
      'ponds has no sheet "Frogs". Name one of its sheets with --sheet: Ponds.',
    );
  });

  test("an encoding that is none, and one that the file does not have", async () => {
    expect(await refusal(tempFile(table, "ponds"), { encoding: "klingon" })).toBe(
      'ponds cannot be read as "klingon", which is no known encoding. Name another one, such as --encoding windows-1252.',
    );
    const latin = Buffer.from("Pond\nGrum\nTümpel\n", "latin1");
    expect(await refusal(tempFile(latin, "ponds"), { encoding: "utf8" })).toBe(
      'ponds is not UTF-8 text in line 3. Save it again as "CSV UTF-8", or name its encoding, such as --encoding windows-1252.',
    );
  });
});

describe("bombs are given up early", () => {
  const tenGigabytes = { block: "1,2,3,4\n".repeat(131_072), times: 10_240 };

  test("a gzip that unpacks to 10 GB", async () => {
    const { block, times } = tenGigabytes;
    const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
    const bomb = Buffer.concat([header, deflateRepeated("a,b,c,d\n", block, times, "")]);
    expect(await refusal(tempFile(bomb, "ponds"))).toBe(packedBomb);
  });

  const row = `<row>${"<c><v>1</v></c>".repeat(1_000)}</row>`;
  const manyRows = {
    name: "xl/worksheets/sheet1.xml",
    content: "",
    packed: deflateRepeated(
      `<worksheet><sheetData>${textRow("Pond", "Depth")}`,
      row.repeat(70),
      10_240,
      "</sheetData></worksheet>",
    ),
  };

  test("a sheet that says it has 3 GB", async () => {
    const bomb = writeWorkbook({ sheets, parts: [{ ...manyRows, declaredBytes: 3 * 1024 ** 3 }] });
    expect(await refusal(tempFile(bomb, "ponds"))).toBe(packedBomb);
  });

  test("a sheet that says it has 1,000 bytes", async () => {
    const bomb = writeWorkbook({ sheets, parts: [{ ...manyRows, declaredBytes: 1_000 }] });
    expect(await refusal(tempFile(bomb, "ponds"))).toBe(
      `ponds unpacks to more than the 1000 bytes it declares. ${distrust}`,
    );
  });

  test("parts that are small by themselves and large together", async () => {
    const media = Array.from({ length: 5 }, (_, index) => ({
      name: `xl/media/${index}.png`,
      content: "",
      declaredBytes: 1024 ** 3,
    }));
    expect(await refusal(tempFile(writeZip([...workbookParts({ sheets }), ...media]), "ponds"))).toBe(
      `ponds unpacks to more than 4 GB. ${distrust}`,
    );
  });

  test("a text without end", async () => {
    const packed = deflateRepeated("<worksheet><sheetData><row><c><v>", "1".repeat(1024 ** 2), 1_000, "");
    const bomb = writeWorkbook({
      sheets,
      parts: [{ name: "xl/worksheets/sheet1.xml", content: "", packed, declaredBytes: 2 * 1024 ** 3 }],
    });
    expect(await refusal(tempFile(bomb, "ponds"))).toBe(
      "ponds contains a text of more than 8 MB. Leave that column out.",
    );
  });
});

describe("damage of any kind", () => {
  const files = [
    Buffer.from('Pond;Tiefe\r\n"Grüm ""3""";3,5\r\nZig;4\r\n'),
    Buffer.from("\uFEFFPond\tTiefe\r\nGrüm\t3\r\n", "utf16le"),
    gzipSync(table.repeat(20)),
    writeWorkbook({ sheets, sharedStrings: "<si><t>Grum</t></si>", styles: "<cellXfs><xf/></cellXfs>" }),
  ];

  test("is told in a sentence or costs rows, and is never an error of ours", async () => {
    const path = tempFile("", "ponds");
    await assert(
      asyncProperty(
        constantFrom(...files),
        array(record({ at: nat(), byte: integer({ min: 0, max: 255 }) }), { minLength: 1, maxLength: 5 }),
        option(nat()),
        async (file, changes, cut) => {
          const damagedFile = Buffer.from(file);
          for (const { at, byte } of changes) damagedFile[at % file.length] = byte;
          writeFileSync(path, damagedFile.subarray(0, cut === null ? undefined : cut % file.length));
          expect(await refusal(path)).toMatch(/^(?:not refused|ponds .*\. .*\.)$/s);
        },
      ),
      { numRuns: 500, seed: 77 },
    );
  });
});

describe("what is no file", () => {
  test("a folder, a pipe, a device, a socket, nothing, a link to itself", async () => {
    const folder = tempFolder();
    const notRegular = "is not a regular file. Name a CSV file or an Excel workbook.";
    const inFolder = (name: string) => join(folder, name);
    execFileSync("mkfifo", [inFolder("pipe")]);
    symlinkSync(inFolder("link"), inFolder("link"));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(inFolder("socket"), resolve));
    onTestFinished(() => void server.close());
    expect(await refusal(folder)).toMatch(/ is a folder\. Name a file in it\.$/);
    expect(await refusal(inFolder("pipe"))).toBe(`pipe ${notRegular}`);
    expect(await refusal("/dev/null")).toBe(`null ${notRegular}`);
    expect(await refusal(inFolder("socket"))).toBe(`socket ${notRegular}`);
    expect(await refusal(inFolder("none"))).toBe(`none does not exist. Check the path: ${inFolder("none")}.`);
    expect(await refusal(inFolder("link"))).toBe(
      "link is a link that leads back to itself. Name the file it stands for.",
    );
  });

  // Nothing is forbidden to root.
  test.skipIf(process.getuid?.() === 0)("a file that may not be read", async () => {
    const path = tempFile(table, "ponds");
    chmodSync(path, 0o000);
    expect(await refusal(path)).toBe("ponds may not be read. Ask for permission to read it.");
  });
});

describe("broken, and read as far as it goes", () => {
  test.each<[string, string | Buffer, Readonly<Record<string, string>>]>([
    ["UTF-16 without a mark", Buffer.from("Pond,Depth\nGrüm,3\n", "utf16le"), { Pond: "Grüm", Depth: "3" }],
    [
      "UTF-16 without a mark, big end first",
      Buffer.from("Pond,Depth\nGrüm,3\n", "utf16le").swap16(),
      { Pond: "Grüm", Depth: "3" },
    ],
    ["Windows-1252", Buffer.from("Pond;Tiefe\nGrüm;3\n", "latin1"), { Pond: "Grüm", Tiefe: "3" }],
    ["gzip under any name", gzipSync(table), { Pond: "Grum", Depth: "3" }],
    [
      "two gzips one after the other",
      Buffer.concat([gzipSync("Pond,Depth\n"), gzipSync("Grum,3\n")]),
      { Pond: "Grum", Depth: "3" },
    ],
    [
      "a workbook with macros and links to others",
      writeWorkbook({
        sheets,
        parts: [
          { name: "xl/vbaProject.bin", content: "…" },
          { name: "xl/externalLinks/externalLink1.xml", content: "<!DOCTYPE x>" },
        ],
      }),
      { Pond: "Grum", Depth: "3" },
    ],
  ])("%s", async (_, content, cells) => {
    expect(await rowsOf(tempFile(content, "ponds.bin"))).toEqual([{ line: 2, cells }]);
  });

  test("the first letter that is not UTF-8 may come after megabytes", async () => {
    const content = Buffer.concat([
      Buffer.from(`Pond\n${"Grum\n".repeat(300_000)}`),
      Buffer.from("Tümpel\n", "latin1"),
    ]);
    const opened = await openTable(tempFile(content));
    expect([opened.encoding, opened.notes]).toEqual(["windows-1252", ["read as Windows-1252"]]);
    expect((await rowsOf(opened.path)).at(-1)).toEqual({ line: 300_002, cells: { Pond: "Tümpel" } });
  });

  test("a line of 100 MB costs one row", async () => {
    const path = tempFile("", "ponds");
    const file = openSync(path, "w");
    writeSync(file, "Pond,Depth\nGrum,3\n");
    for (let megabyte = 0; megabyte < 100; megabyte += 1) writeSync(file, "x".repeat(1024 ** 2));
    writeSync(file, "\nZig,4\n");
    closeSync(file);
    expect(await rowsOf(path)).toEqual([
      { line: 2, cells: { Pond: "Grum", Depth: "3" } },
      { line: 3, fault: "longer than 1 MB: is a quote left open?" },
      { line: 4, cells: { Pond: "Zig", Depth: "4" } },
    ]);
  });

  test("a cell of more than 1 MB in a workbook costs one row", async () => {
    const content = writeWorkbook({
      sheets: [{ name: "Ponds", rows: rows + textRow("Zig", "x".repeat(1024 ** 2)) + textRow("Oozle", "5") }],
    });
    expect(await rowsOf(tempFile(content))).toEqual([
      { line: 2, cells: { Pond: "Grum", Depth: "3" } },
      { line: 3, fault: "longer than 1 MB" },
      { line: 4, cells: { Pond: "Oozle", Depth: "5" } },
    ]);
  });

  test("a header alone is a table without rows, and that is noted", async () => {
    for (const content of [
      "Pond,Depth\n",
      writeWorkbook({ sheets: [{ name: "P", rows: textRow("Pond") }] }),
    ]) {
      const opened = await openTable(tempFile(content));
      expect(opened.notes).toEqual(["has a header and no rows"]);
      expect(await rowsOf(opened.path)).toEqual([]);
    }
  });
});
