import { assert, asyncProperty, integer } from "fast-check";
import { describe, expect, test } from "vitest";
import writeExcelFile from "write-excel-file/node";
import { isBuiltinDate, isDateFormat, serialToText } from "../../src/tables/excel-dates.ts";
import { plainNumber } from "../../src/tables/plain-number.ts";
import { openTable } from "../../src/tables/read-table.ts";
import { rowsOf, tempFile } from "../helpers/temp-file.ts";
import { textRow, type WorkbookXml, writeWorkbook } from "../helpers/write-workbook.ts";

/** The cells of the rows below a header of as many columns. */
async function cellsOf(width: number, rows: string, workbook: Partial<WorkbookXml> = {}) {
  const header = textRow(...Array.from({ length: width }, (_, index) => `Column ${index + 1}`));
  const content = writeWorkbook({ sheets: [{ name: "Ponds", rows: header + rows }], ...workbook });
  const read = await rowsOf(tempFile(content));
  return read.map((row) => ("cells" in row ? Object.values(row.cells) : row.fault));
}

describe("cells", () => {
  test("shared texts, in parts and without what tells their pronunciation", async () => {
    const sharedStrings =
      '<si><t>Grum</t></si><si><r><t>Zig</t></r><r><rPr><b/></rPr><t xml:space="preserve"> mere</t></r></si><si><t>東</t><rPh><t>ヒガシ</t></rPh></si><si><t>a_x000D_b &amp; c</t></si><si/>';
    const rows = `<row>${[0, 1, 2, 3, 4].map((index) => `<c t="s"><v>${index}</v></c>`).join("")}</row>`;
    expect(await cellsOf(5, rows, { sharedStrings })).toEqual([["Grum", "Zig mere", "東", "a\rb & c", ""]]);
  });

  test("truth, errors, formulas and texts", async () => {
    const rows = `<row>${[
      '<c t="b"><v>1</v></c>',
      '<c t="b"><v>0</v></c>',
      '<c t="e"><v>#REF!</v></c>',
      "<c><f>SUM(A1:A9)</f><v>42</v></c>",
      '<c t="str"><f>A1&amp;"x"</f><v>Grum x</v></c>',
      '<c t="d"><v>2025-03-14T08:26:00</v></c>',
      "<c><f>A1</f></c>",
    ].join("")}</row>`;
    expect(await cellsOf(7, rows)).toEqual([
      ["TRUE", "FALSE", "#REF!", "42", "Grum x", "2025-03-14T08:26:00", ""],
    ]);
  });

  test("gaps in rows and columns are blank, and rows keep their numbers", async () => {
    const content = writeWorkbook({
      sheets: [
        {
          name: "Ponds",
          rows: `<row r="3"><c r="A3" t="str"><v>Pond</v></c><c r="C3" t="str"><v>Depth</v></c></row>
            <row r="7"><c r="C7"><v>3</v></c></row><row r="8"><c r="B8" s="1"/></row>
            <row r="9"><c r="D9"><v>1</v></c></row><row><c><v>5</v></c></row>`,
        },
      ],
    });
    const path = tempFile(content);
    expect((await openTable(path)).headers).toEqual(["Pond", "Column 2", "Depth"]);
    expect(await rowsOf(path)).toEqual([
      { line: 7, cells: { Pond: "", "Column 2": "", Depth: "3" } },
      { line: 9, fault: "4 cells where the header has 3" },
      { line: 10, cells: { Pond: "5", "Column 2": "", Depth: "" } },
    ]);
  });

  const styles =
    '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/><numFmt numFmtId="165" formatCode="0.00&quot; days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs>';
  const dated = (values: readonly (readonly [number, string])[]) =>
    `<row>${values.map(([style, value]) => `<c s="${style}"><v>${value}</v></c>`).join("")}</row>`;

  test("numbers with a date's format are dates", async () => {
    const rows = dated([
      [0, "44927"],
      [1, "44927"],
      [2, "44927.351388888892"],
      [3, "44927.5"],
      [4, "0.35138888888888886"],
      [1, "-1"],
    ]);
    expect(await cellsOf(6, rows, { styles })).toEqual([
      ["44927", "2023-01-01", "2023-01-01T08:26:00", "44927.5", "08:26:00", "-1"],
    ]);
  });

  test("a workbook may count from 1904", async () => {
    expect(
      await cellsOf(
        2,
        dated([
          [1, "0"],
          [1, "43465"],
        ]),
        { styles, from1904: true },
      ),
    ).toEqual([["1904-01-01", "2023-01-01"]]);
  });
});

describe("sheets", () => {
  const rows = textRow("Pond", "Depth") + textRow("Grum", "3");

  test("the only one with a table is read, and named when there are others", async () => {
    const content = writeWorkbook({
      sheets: [
        { name: "About", rows: textRow("Ponds of Wales") },
        { name: "Hidden", rows, hidden: true },
        { name: "Ponds", rows },
      ],
    });
    const { format, notes, headers, delimiter } = await openTable(tempFile(content));
    expect({ format, notes, headers, delimiter }).toEqual({
      format: "xlsx",
      notes: ["sheet Ponds"],
      headers: ["Pond", "Depth"],
      delimiter: undefined,
    });
  });

  test("a named one is read, in any letter case, hidden or not", async () => {
    const content = writeWorkbook({
      sheets: [
        { name: "Ponds", rows },
        { name: "Frogs &amp; Co", rows: textRow("Frog"), hidden: true },
      ],
    });
    expect((await openTable(tempFile(content), { sheet: "frogs & co" })).headers).toEqual(["Frog"]);
  });

  test("prefixes and parts of other names are no hindrance", async () => {
    const content = writeWorkbook({
      sheets: [{ name: "Ponds", rows }],
      parts: [
        {
          name: "xl/worksheets/sheet1.xml",
          content: `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c t="str"><x:v>Pond</x:v></x:c></x:row><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
        },
      ],
    });
    expect(await rowsOf(tempFile(content))).toEqual([{ line: 2, cells: { Pond: "7" } }]);
  });

  test("what another program wrote", async () => {
    const content = await writeExcelFile(
      [
        ["Pond", "Depth", "Dug", "Dry"].map((value) => ({ value })),
        [
          { value: "Grüm & Söhne <1>" },
          { value: 0.1 + 0.2 },
          { value: new Date("2025-03-14T00:00:00Z"), type: Date, format: "dd.mm.yyyy" },
          { value: true },
        ],
        [{ value: "Zig\nmere" }, { value: 1e21 }, null, null],
      ],
      {},
    ).toBuffer();
    expect(await rowsOf(tempFile(content))).toEqual([
      {
        line: 2,
        cells: { Pond: "Grüm & Söhne <1>", Depth: "0.30000000000000004", Dug: "2025-03-14", Dry: "TRUE" },
      },
      { line: 3, cells: { Pond: "Zig\nmere", Depth: "1000000000000000000000", Dug: "", Dry: "" } },
    ]);
  });
});

describe("serials", () => {
  test.each([
    [1, "1900-01-01"],
    [59, "1900-02-28"],
    [60, "1900-02-29"],
    [61, "1900-03-01"],
    [25_569, "1970-01-01"],
    [44_927, "2023-01-01"],
    [2_958_465, "9999-12-31"],
    [44_927.999_999_9, "2023-01-02"],
    [44_927.5, "2023-01-01T12:00:00"],
    [0.5, "12:00:00"],
    [0, "00:00:00"],
    [-1, undefined],
    [2_958_466, undefined],
    [Number.NaN, undefined],
  ])("%s is %s", (serial, text) => {
    expect(serialToText(serial, false)).toBe(text);
  });

  test("count days and seconds as the clock does", async () => {
    await assert(
      asyncProperty(
        integer({ min: 61, max: 80_000 }),
        integer({ min: 1, max: 86_399 }),
        async (days, seconds) => {
          const expected = new Date(Date.UTC(1899, 11, 30) + (days * 86_400 + seconds) * 1_000);
          expect(serialToText(days + seconds / 86_400, false)).toBe(expected.toISOString().slice(0, 19));
          expect(serialToText(days - 1_462 + seconds / 86_400, true)).toBe(
            days >= 1_462 ? expected.toISOString().slice(0, 19) : undefined,
          );
        },
      ),
      { numRuns: 300, seed: 44927 },
    );
  });

  test.each([
    ["yyyy-mm-dd", true],
    ["d/m/yy h:mm;@", true],
    ["[$-409]mmm\\ d, yyyy", true],
    ["mm:ss.0", true],
    ["h:mm AM/PM", true],
    ["General", false],
    ["0.00", false],
    ["#,##0.00\\ \\d", false],
    ['0 "days"', false],
    ["[Red]0.00", false],
    ["0.00E+00", false],
    ["[h]:mm:ss", false],
    ["@", false],
  ])("format %s", (format, isDate) => {
    expect(isDateFormat(format)).toBe(isDate);
  });

  test("formats that Excel knows by number", () => {
    expect([0, 2, 9, 13, 14, 22, 30, 37, 46, 49, 57].filter(isBuiltinDate)).toEqual([14, 22, 30, 57]);
  });
});

test.each([
  ["1.0000000000000001E-2", "0.01"],
  ["0.30000000000000004", "0.30000000000000004"],
  ["0.10000000000000001", "0.1"],
  ["1E+21", "1000000000000000000000"],
  ["1.5E21", "1500000000000000000000"],
  ["-1.25E-7", "-0.000000125"],
  ["123456789.12300001", "123456789.12300001"],
  ["12345678901234567890", "12345678901234567890"],
  ["42", "42"],
  ["4.20", "4.2"],
  ["Grum", "Grum"],
])("number %s is %s", (stored, plain) => {
  expect(plainNumber(stored)).toBe(plain);
});
