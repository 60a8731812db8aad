import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { exportCsv } from "../../src/exports/export-csv.ts";
import { exportXlsx } from "../../src/exports/export-xlsx.ts";
import { issuesCsv } from "../../src/exports/issues-csv.ts";
import { type ImportReport, importFiles } from "../../src/ingest/import-files.ts";
import { FileFault } from "../../src/tables/file-fault.ts";
import { openTable } from "../../src/tables/read-table.ts";
import { type Asked, openAsked } from "../helpers/small-portfolio.ts";
import { storeAddress } from "../helpers/store-address.ts";
import { tempFile } from "../helpers/temp-file.ts";
import { startTerminal } from "../helpers/terminal-process.ts";
import { company, deal, temporaryFolder, writeText } from "../helpers/workspace.ts";
import { textRow, writeWorkbook } from "../helpers/write-workbook.ts";
import { deflateRepeated, writeZip } from "../helpers/write-zip.ts";

// What people send, through the whole pipeline, into a workspace that has data already.

let portfolio: Asked;
beforeAll(async () => {
  portfolio = await openAsked();
  await portfolio.import({
    companies: [company("1", "Alder GmbH"), company("2", "Birch AG")],
    deals: [deal("1", "1", "700.00", "2026-01-10"), deal("2", "2", "300.00", "2026-02-11")],
  });
});

function load(files: readonly string[], into: Asked = portfolio): Promise<ImportReport> {
  return importFiles({
    store: into.store,
    workspaceId: into.id,
    files,
    currency: "EUR",
    now: () => new Date("2026-10-31T12:00:00Z"),
  });
}

const dealsHeader = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Associated Company IDs";
const deals = (...rows: readonly string[]) => `${[dealsHeader, ...rows].join("\n")}\n`;
const goodRow = "10,Pump,Closed Won,5.00,2026-03-01,1";
const ledgerHeader = "Invoice no,Date,Customer no,Customer,SKU,Quantity,Unit price";
const ledger = (...rows: readonly string[]) => `${[ledgerHeader, ...rows].join("\n")}\n`;
const dealsSheet = (...rows: readonly (readonly string[])[]) =>
  writeWorkbook({
    sheets: [
      { name: "Deals", rows: [dealsHeader.split(","), ...rows].map((cells) => textRow(...cells)).join("") },
    ],
  });
const workbook = dealsSheet(goodRow.split(","));

const entities = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>';
const sheets = [{ name: "Deals", rows: textRow("Record ID") }];
const packedBomb = Buffer.concat([
  Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
  deflateRepeated(`${dealsHeader}\n`, `${goodRow}\n`.repeat(30_000), 2_000, ""),
]);

/** A file that is refused whole, by name, and how it is said. */
const refused: readonly (readonly [string, string | Buffer, string])[] = [
  ["empty.csv", "", "is empty. Export it again"],
  ["blank.csv", " \n\t\r\n ", "is empty. Export it again"],
  [
    "picture.csv",
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
    "is a picture",
  ],
  ["report.pdf", "%PDF-1.7\n%âãÏÓ\n", "is a PDF, not a table"],
  ["old.xls", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), "save it as .xlsx"],
  ["page.csv", "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n", "is a web page"],
  ["data.csv", '{"deals": [{"Record ID": 1}]}\n', "JSON"],
  [
    "two.zip",
    writeZip([
      { name: "a.csv", content: deals(goodRow) },
      { name: "b.csv", content: "x" },
    ]),
    "Unpack it",
  ],
  ["cut.csv.gz", gzipSync(deals(goodRow).repeat(100)).subarray(0, 60), "damaged or cut off"],
  ["twice.csv.gz", gzipSync(gzipSync(deals(goodRow))), "compressed twice"],
  ["bomb.csv.gz", packedBomb, "unpacks to more than 200 times its size"],
  ["cut.xlsx", workbook.subarray(0, workbook.length - 50), "damaged or cut off"],
  [
    "laughs.xlsx",
    writeWorkbook({ sheets, parts: [{ name: "xl/workbook.xml", content: entities }] }),
    "Do not trust it",
  ],
  [
    "outside.xlsx",
    writeWorkbook({ sheets, parts: [{ name: "../../deals.xml", content: "" }] }),
    "unsafe name",
  ],
  [
    "sheets.xlsx",
    writeWorkbook({
      sheets: [
        { name: "North", rows: textRow("a") },
        { name: "South", rows: textRow("b") },
      ],
    }),
    "--sheet: North, South",
  ],
  ["headless.csv", "10,500,2026-03-01\n11,600,2026-03-02\n", "has no header line: line 1 begins"],
  ["ponds.csv", "Pond,Depth\nDuck,2\n", "is not recognised: its columns are Pond, Depth"],
  [
    "contacts.csv",
    "Id,AccountId,FirstName,LastName,Email,Title\n003,001,Ann,Archer,a@x.example,Dr\n",
    "is not recognised",
  ],
  ["gross.csv", `${ledgerHeader},VAT\nI-1,2026-01-02,C1,Fir,P1,1,5.00,0.95\n`, "a column VAT"],
  [
    "no-amount.csv",
    "Record ID,Deal Name,Deal Stage,Close Date\n1,a,Closed Won,2026-01-01\n",
    "no column Amount",
  ],
  ["twice.csv", `${ledgerHeader},Menge\nI-1,2026-01-02,C1,Fir,P1,1,5.00,7\n`, "a column Menge"],
  [
    "mixed.csv",
    Buffer.concat([
      Buffer.from(deals("10,Pümp,Closed Won,5.00,2026-03-01,1")),
      Buffer.from("11,P\xfcmp,Closed Won,5.00,2026-03-01,1\n", "latin1"),
    ]),
    "line 3 is not UTF-8",
  ],
  ["nul.csv", deals("10,Pu\u0000mp,Closed Won,5.00,2026-03-01,1"), "binary data in line 2"],
  [
    "halves.csv",
    Buffer.from(`\uFEFF${deals("10,\ud83e!,Closed Won,5.00,2026-03-01,1")}`, "utf16le"),
    "in line 2",
  ],
  [
    "order.csv",
    deals("10,Pump,Closed Won,5.00,03/04/2026,1"),
    "03/04/2026 (line 2, column Close Date). Say which: --dates dmy or --dates mdy",
  ],
  [
    "orders.csv",
    deals("10,Pump,Closed Won,5.00,13/04/2026,1", "11,Pump,Closed Won,5.00,04/13/2026,1"),
    "with the day first, such as 13/04/2026 (line 2",
  ],
  ["endless.csv", deals(...Array.from({ length: 21 }, () => "Grum".repeat(270_000))), "rows without end"],
  [
    "wide.csv",
    `${Array.from({ length: 2_001 }, (_, index) => `Column ${index}`).join(",")}\n`,
    "more than the 2000",
  ],
];

/** What a sales person does not say. */
const jargon =
  /\bat .*:\d+|node_modules|Error\b|undefined|null\b|exception|errno|ENO|stack|Prisma|SQL|parse|BOM\b|charset|NaN|\[object/i;

describe("a file that is refused", () => {
  test.each(refused)(
    "%s leaves everything as it was and says why in a sentence",
    async (name, content, words) => {
      const before = await portfolio.dump();
      const good = writeText("good.csv", deals("99,New,Closed Won,1.00,2026-05-05,1"));
      const path = tempFile(content, name);
      for (const files of [[path], [good, path], [path, good]]) {
        const error = await load(files).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        expect(error).toBeInstanceOf(FileFault);
        const { message } = error as FileFault;
        expect(message).toContain(words);
        expect(message).toMatch(/^[\w-]+(?:\.\w+)+ .*\.$/s);
        expect(message.startsWith(name)).toBe(true);
        expect(message).not.toMatch(jargon);
      }
      expect(await portfolio.dump()).toEqual(before);
    },
  );

  test("one that is not there, and a folder", async () => {
    const before = await portfolio.dump();
    const folder = temporaryFolder();
    await expect(load([join(folder, "gone.csv")])).rejects.toThrow(
      /^gone\.csv does not exist\. Check the path: /,
    );
    await expect(load([folder])).rejects.toThrow(/ is a folder\. Name a file in it\.$/);
    expect(await portfolio.dump()).toEqual(before);
  });
});

/** A row that costs itself: its line, column, value and the reason. */
type Bad = readonly [number, string | undefined, string | undefined, string];

const sparse: readonly (readonly [string, string | Buffer, readonly Bad[]])[] = [
  [
    "short.csv",
    deals("11,Too short,Closed Won", goodRow),
    [[2, undefined, undefined, "3 cells where the header has 6"]],
  ],
  [
    "long.csv",
    deals(`${goodRow},more,and more`, goodRow),
    [[2, undefined, undefined, "8 cells where the header has 6"]],
  ],
  [
    "open-quote.csv",
    deals('11,"Pump,Closed Won,5.00,2026-03-01,1', goodRow),
    [[2, undefined, undefined, "a quote opens a cell and does not end it"]],
  ],
  [
    "megabyte.csv",
    deals(`11,"${"x".repeat(1_100_000)}",Closed Won,5.00,2026-03-01,1`, goodRow),
    [[2, undefined, undefined, "longer than 1 MB: is a quote left open?"]],
  ],
  [
    "amount.csv",
    deals("11,P,Closed Won,lots,2026-03-01,1", goodRow),
    [[2, "Amount", "lots", "not an amount: write it as 12500.00"]],
  ],
  [
    "infinite.csv",
    deals("11,P,Closed Won,Infinity,2026-03-01,1", "12,P,Closed Won,1e400,2026-03-01,1", goodRow),
    [
      [2, "Amount", "Infinity", "not an amount: write it as 12500.00"],
      [3, "Amount", "1e400", "not an amount: write it as 12500.00"],
    ],
  ],
  [
    "enormous.csv",
    deals(`11,P,Closed Won,${"9".repeat(25)}.00,2026-03-01,1`, goodRow),
    [[2, "Amount", `${"9".repeat(25)}.00`, "too large for an amount"]],
  ],
  [
    "pounds.csv",
    deals("11,P,Closed Won,£5.00,2026-03-01,1", goodRow),
    [[2, "Amount", "£5.00", "written in £, expected EUR"]],
  ],
  [
    "no-day.csv",
    deals("11,P,Closed Won,5.00,2026-02-30,1", "12,P,Closed Won,5.00,soon,1", goodRow),
    [
      [2, "Close Date", "2026-02-30", "there is no 2026-02-30 in the calendar"],
      [3, "Close Date", "soon", expect.stringMatching(/^not a (?:date|day)/) as unknown as string],
    ],
  ],
  [
    "undated.csv",
    deals("11,P,Closed Won,5.00,,1", goodRow),
    [[2, "Close Date", "", "is missing: a won deal counts from a day on"]],
  ],
  ["nameless.csv", deals(",P,Closed Won,5.00,2026-03-01,1", goodRow), [[2, "Record ID", "", "is missing"]]],
  [
    "quantity.csv",
    ledger(
      "I-1,2026-01-02,C1,Fir,P1,1e9,5.00",
      `I-2,2026-01-02,C1,Fir,P1,${"9".repeat(20)},5.00`,
      "I-3,2026-01-02,C1,Fir,P1,1,5.00",
    ),
    [
      [2, "Quantity", "1e9", "not an amount: write it as 12500.00"],
      [3, "Quantity", "9".repeat(20), "too large for a price"],
    ],
  ],
  [
    "cells.xlsx",
    dealsSheet(["11", "P", "Closed Won", "lots", "2026-03-01", "1"], goodRow.split(",")),
    [[2, "Amount", "lots", "not an amount: write it as 12500.00"]],
  ],
];

describe("a file with bad rows", () => {
  test.each(sparse)(
    "%s: each is reported where it stands, and the others are loaded",
    async (name, content, bad) => {
      const into = await openAsked();
      const report = await load([tempFile(content, name)], into);
      const [source] = report.sources;
      expect(
        source?.rejected.map(({ line, column, value, reason }) => [line, column, value, reason]),
      ).toEqual(bad);
      expect(source?.rejected.map(({ file }) => file)).toEqual(bad.map(() => name));
      expect(source?.files[0]).toMatchObject({ kept: 1, rejected: bad.length });
      expect(report.snapshot?.accounts).toBe(1);
      const kept: unknown[] = [];
      for await (const { line, reason } of into.store.issues(into.id, source?.importId ?? 0))
        kept.push([line, reason]);
      expect(kept).toEqual(bad.map(([line, , , reason]) => [line, reason]));
    },
  );
});

describe("cells that a spreadsheet would run", () => {
  const formulas = ["=HYPERLINK(0)", "+49 30 1", "-2+3", "@SUM(A1)", "=cmd|'/c calc'!A1"];

  test("arrive as text and come out harmless, in a list as CSV and XLSX", async () => {
    const into = await openAsked();
    await into.import({
      companies: formulas.map((name, index) => company(String(index), name, { Industry: name })),
      deals: formulas.map((name, index) =>
        deal(`d${index}`, String(index), String(900 - index), "2026-03-01", { "Deal Name": name }),
      ),
    });
    const { data } = await into.reply("top", { rows: "all" });
    const { rows } = data as { readonly rows: readonly { readonly account: string }[] };
    expect(rows.map(({ account }) => account)).toEqual(formulas);
    const csv = exportCsv(data) ?? "";
    for (const formula of formulas) expect(csv).toContain(`'${formula}`);
    expect(csv).not.toMatch(/(?:^|[,;"])[=+@\t]/m);
    const xlsx = await exportXlsx(data, { title: "Top", about: [] });
    const table = await openTable(tempFile(xlsx ?? Buffer.of(), "top.xlsx"), { sheet: "Top" });
    const cells: string[] = [];
    for await (const row of table) if ("cells" in row) cells.push(...Object.values(row.cells));
    expect(cells).toEqual(expect.arrayContaining(formulas));
  });

  test("come out harmless among the rejected rows too", async () => {
    const into = await openAsked();
    const rows = formulas.map((value, index) => `${index},P,Closed Won,"${value}",2026-03-01,1`);
    const report = await load([writeText("=formulas.csv", deals(...rows, goodRow))], into);
    expect(report.sources[0]?.rejected.map(({ value }) => value)).toEqual(formulas);
    let csv = "";
    for await (const piece of issuesCsv(into.store.issues(into.id, report.sources[0]?.importId ?? 0)))
      csv += piece;
    expect(csv).toContain("'=formulas.csv");
    for (const formula of formulas) expect(csv).toContain(`'${formula}`);
    expect(csv).not.toMatch(/(?:^|[,;"])[=+@-]/m);
  });
});

describe("at the terminal", { timeout: 120_000 }, () => {
  const address = storeAddress();
  const env =
    "databaseUrl" in address ? { DATABASE_URL: address.databaseUrl } : { DATA_DIR: address.dataDir };

  test.each(
    refused.filter(([name]) =>
      // A sentence about a file, and one about a row: the others are printed alike.
      ["laughs.xlsx", "order.csv"].includes(name),
    ),
  )("%s ends with a sentence and code 1", async (name, content, words) => {
    const workspace = `refused-${name.replace(".", "-")}`;
    const process = startTerminal(["import", tempFile(content, name)], { ...env, WORKSPACE: workspace });
    const { code, output, errors } = await process.ended;
    expect([code, output]).toEqual([1, ""]);
    expect(errors).toContain(words);
    expect(errors).toMatch(/^[\w-]+\.\w+ [^\n]*\.\n$/);
    expect(errors).not.toMatch(jargon);
    expect(await portfolio.store.workspace(workspace)).toBeUndefined();
  });

  test("what was rejected is printed as CSV that no spreadsheet runs", async () => {
    const workspace = { ...env, WORKSPACE: "rejects-at-the-terminal" };
    const file = writeText("deals.csv", deals('1,P,Closed Won,"=1+1;=2",2026-03-01,1', goodRow));
    const loaded = await startTerminal(["import", "--json", "--currency", "EUR", file], workspace).ended;
    expect(loaded.code).toBe(0);
    const { sources } = JSON.parse(loaded.output) as ImportReport;
    const { code, output } = await startTerminal(["rejects", String(sources[0]?.importId)], workspace).ended;
    expect(code).toBe(0);
    expect(output).toContain("'=1+1;'=2");
  });
});
