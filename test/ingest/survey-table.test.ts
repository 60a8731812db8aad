import { describe, expect, test } from "vitest";
import { type DialectOptions, decideDialect } from "../../src/ingest/dialect.ts";
import { surveyTable } from "../../src/ingest/survey-table.ts";
import { FileFault } from "../../src/tables/file-fault.ts";
import { openTable } from "../../src/tables/read-table.ts";
import { tempFile } from "../helpers/temp-file.ts";
import { textRow, writeWorkbook } from "../helpers/write-workbook.ts";

const columns = { days: ["Close Date", "Create Date"], amounts: ["AMOUNT"] };

async function survey(...rows: readonly string[]) {
  const path = tempFile(`Record ID;Close Date;Amount\n${rows.map((row) => `1;${row}\n`).join("")}`);
  return surveyTable(await openTable(path), columns);
}

async function decide(rows: readonly string[], options?: DialectOptions) {
  return decideDialect("puddles.csv", await survey(...rows), options);
}

describe("a survey", () => {
  test("tells what the file shows, and where", async () => {
    expect(await survey("03/04/2025;1.234", "14/03/2025 ;12,50", "2025-03-14;", "soon;n/a")).toEqual({
      dateOrder: "dmy",
      decimalMark: ",",
      rows: 4,
      examples: {
        ambiguous: { line: 2, column: "Close Date", value: "03/04/2025" },
        dmy: { line: 3, column: "Close Date", value: "14/03/2025" },
        ",": { line: 3, column: "Amount", value: "12,50" },
      },
    });
  });

  test.each([
    [["03/14/2025;1,234.50"], "mdy", "."],
    [["03/04/2025;1.234"], "ambiguous", undefined],
    [["3.4.2025;1234"], undefined, undefined],
    [["14/03/2025;3.75", "03/14/2025;3,75"], "mixed", "mixed"],
  ] as const)("%j", async (rows, dateOrder, decimalMark) => {
    expect(await survey(...rows)).toMatchObject({ dateOrder, decimalMark });
  });

  test("a slip in a hundred rows does not make it mixed, one in fifty does", async () => {
    const many = (count: number) => Array.from({ length: count }, () => "14/03/2025;1,5");
    expect(await survey(...many(100), "03/14/2025;1.5")).toMatchObject({
      dateOrder: "dmy",
      decimalMark: ",",
    });
    expect(await survey("03/14/2025;1.5", ...many(50))).toMatchObject({
      dateOrder: "mixed",
      decimalMark: "mixed",
    });
  });

  test("rows at fault count and show nothing", async () => {
    expect(await survey("14/03/2025;1,5;too many")).toEqual({
      dateOrder: undefined,
      decimalMark: undefined,
      rows: 1,
      examples: {},
    });
  });
});

test.each([
  ["<c><v>1.234</v></c>", "."],
  ['<c t="str"><v>12,50</v></c>', "mixed"],
])("in a workbook numbers have a point, so %s shows %s", async (cell, decimalMark) => {
  const rows = `${textRow("Close Date", "Amount")}<row><c/>${cell}</row><row><c/><c><v>55.125</v></c></row>`;
  const table = await openTable(tempFile(writeWorkbook({ sheets: [{ name: "Ponds", rows }] })));
  expect(await surveyTable(table, columns)).toMatchObject({ decimalMark, rows: 2 });
});

describe("a decision", () => {
  test("follows the evidence", async () => {
    expect(await decide(["14/03/2025;12,50"])).toEqual({
      dateOrder: "dmy",
      decimalMark: ",",
      timeZone: "UTC",
    });
    expect(await decide(["2025-03-14;1234"], { timeZone: "Europe/Berlin" })).toEqual({
      timeZone: "Europe/Berlin",
    });
  });

  test("leaves amounts of both marks to be judged one by one", async () => {
    expect(await decide(["2025-03-14;3.75", "2025-03-14;3,75"])).toEqual({ timeZone: "UTC" });
  });

  test("follows what a person said before the evidence", async () => {
    const said = { dates: "mdy", decimal: "." } as const;
    const expected = { dateOrder: "mdy", decimalMark: ".", timeZone: "UTC" };
    for (const rows of [["03/04/2025;1.234"], ["14/03/2025;12,50"], ["14/03/2025;1", "03/14/2025;1"]])
      expect(await decide(rows, said)).toEqual(expected);
  });

  test.each([
    [
      ["2025-03-14;1", "03/04/2025;1"],
      "puddles.csv has dates that can be read two ways, such as 03/04/2025 (line 3, column Close Date). Say which: --dates dmy or --dates mdy.",
    ],
    [
      ["14/03/2025;1", "03/15/2025;1"],
      "puddles.csv has dates with the day first, such as 14/03/2025 (line 2, column Close Date), and with the month first, such as 03/15/2025 (line 3, column Close Date). Say how the others are to be read: --dates dmy or --dates mdy.",
    ],
  ])("asks about %j", async (rows, sentence) => {
    const deciding = decide(rows);
    await expect(deciding).rejects.toBeInstanceOf(FileFault);
    await expect(deciding).rejects.toThrow(sentence);
  });
});
