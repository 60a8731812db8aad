import { Buffer } from "node:buffer";
import fc from "fast-check";
import { SaxesParser, type SaxesTagPlain } from "saxes";
import { describe, expect, test } from "vitest";
import yauzl from "yauzl";
import { cleanText } from "../../src/core/names.ts";
import { exportXlsx } from "../../src/exports/export-xlsx.ts";
import { UsageError } from "../../src/usage-error.ts";
import { nastyNames, nastyText } from "../slack/nasty-text.ts";

/** A cell as the file has it: `n` is a number, `s` a text. */
interface ReadCell {
  readonly type: string;
  readonly value: string;
  readonly format: string | undefined;
  readonly bold: boolean;
}

interface ReadSheet {
  readonly name: string;
  readonly xml: string;
  /** By address, such as B2. */
  readonly cells: ReadonlyMap<string, ReadCell>;
}

/** The files of a zip, unpacked by a library that did not write it. */
function unzip(bytes: Buffer): Promise<ReadonlyMap<string, string>> {
  return new Promise((resolve, reject) => {
    const files = new Map<string, string>();
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on("error", reject);
      zip.on("end", () => resolve(files));
      zip.on("entry", (entry: yauzl.Entry) =>
        zip.openReadStream(entry, (failure, stream) => {
          if (failure) return reject(failure);
          const chunks: Buffer[] = [];
          stream.on("data", (chunk: Buffer) => chunks.push(chunk));
          stream.on("error", reject);
          stream.on("end", () => {
            files.set(entry.fileName, Buffer.concat(chunks).toString("utf8"));
            zip.readEntry();
          });
        }),
      );
      zip.readEntry();
    });
  });
}

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** The tree of an XML file; a strict parser, which refuses what is not well-formed. */
function parseXml(xml: string): Element {
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open: Element[] = [root];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }: SaxesTagPlain) => {
    const element: Element = { name, attributes, children: [], text: "" };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => void open.pop());
  parser.on("text", (text) => {
    for (const element of open) element.text += text;
  });
  parser.write(xml).close();
  return root;
}

function all(element: Element, name: string): readonly Element[] {
  return element.children.flatMap((child) => (child.name === name ? [child] : all(child, name)));
}

/** As ECMA-376 says of strings (22.9.2.19): _x0041_ is an A. */
function decoded(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

async function read(bytes: Buffer): Promise<readonly ReadSheet[]> {
  const files = await unzip(bytes);
  const file = (path: string) => parseXml(files.get(path) ?? "");
  const strings = all(file("xl/sharedStrings.xml"), "si").map(({ text }) => decoded(text));
  const styles = file("xl/styles.xml");
  const formats = new Map(
    all(styles, "numFmt").map(({ attributes }) => [attributes.numFmtId, attributes.formatCode]),
  );
  const fonts = all(all(styles, "fonts")[0] ?? styles, "font");
  const uses = all(all(styles, "cellXfs")[0] ?? styles, "xf").map(({ attributes }) => attributes);
  return all(file("xl/workbook.xml"), "sheet").map(({ attributes }, index) => {
    const xml = files.get(`xl/worksheets/sheet${index + 1}.xml`) ?? "";
    return {
      name: attributes.name ?? "",
      xml,
      cells: new Map(
        all(parseXml(xml), "c").map(({ attributes: { r = "", t = "n", s = "0" }, children, text }) => {
          expect(children.map(({ name }) => name)).toEqual(["v"]);
          const use = uses[Number(s)];
          return [
            r,
            {
              type: t,
              value: t === "s" ? (strings[Number(text)] ?? "missing") : text,
              format: formats.get(use?.numFmtId),
              bold: all(fonts[Number(use?.fontId ?? 0)] ?? styles, "b").length > 0,
            },
          ];
        }),
      ),
    };
  });
}

async function exported(
  rows: readonly unknown[],
  title = "Top A",
  about: Parameters<typeof exportXlsx>[1]["about"] = [],
) {
  const bytes = await exportXlsx({ rows }, { title, about });
  if (!bytes) throw new Error("no list");
  const [list, aboutSheet] = await read(bytes);
  if (!list || !aboutSheet) throw new Error("no sheets");
  return { list, about: aboutSheet };
}

function plain({ cells }: ReadSheet): Readonly<Record<string, string>> {
  return Object.fromEntries([...cells].map(([address, { type, value }]) => [address, `${type} ${value}`]));
}

test("a list as it is exported", async () => {
  const { list, about } = await exported(
    [
      {
        rank: 1,
        account: 'The "Best" <Co> & =1+1',
        value: { amount: 123_456, currency: "EUR" },
        share: 0.25,
        owner: null,
        lastWonOn: "2026-10-31",
        reasons: [{ code: "bought", text: "1 purchase" }, "second"],
      },
      {
        rank: 2,
        account: "=1+1",
        value: { amount: -5, currency: "EUR" },
        share: 0,
        owner: "Anna",
        group: "Retail",
      },
    ],
    "Top A",
    [
      { label: "Asked", value: "top A" },
      { label: "Data as of", value: "2026-10-31" },
    ],
  );
  expect(list.name).toBe("Top A");
  expect(plain(list)).toEqual({
    A1: "s rank",
    B1: "s account",
    C1: "s value",
    D1: "s value currency",
    E1: "s share",
    F1: "s owner",
    G1: "s lastWonOn",
    H1: "s reasons",
    I1: "s group",
    A2: "n 1",
    B2: 's The "Best" <Co> & =1+1',
    C2: "n 1234.56",
    D2: "s EUR",
    E2: "n 0.25",
    // Days since 1899-12-30, as spreadsheets count them.
    G2: "n 46326",
    H2: "s 1 purchase; second",
    A3: "n 2",
    B3: "s =1+1",
    C3: "n -0.05",
    D3: "s EUR",
    E3: "n 0",
    F3: "s Anna",
    I3: "s Retail",
  });
  expect(list.cells.get("C2")?.format).toBe("#,##0.00");
  expect(list.cells.get("E2")?.format).toBe("0.0%");
  expect(list.cells.get("G2")?.format).toBe("yyyy-mm-dd");
  expect([...list.cells].filter(([, { bold }]) => bold).map(([address]) => address)).toEqual(
    [..."ABCDEFGHI"].map((column) => `${column}1`),
  );
  expect(list.xml).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
  expect(about.name).toBe("About");
  expect(plain(about)).toEqual({ A1: "s Asked", B1: "s top A", A2: "s Data as of", B2: "s 2026-10-31" });
});

test.each([[undefined], [null], ["text"], [{}], [{ rows: 3 }]])("%j is no list", async (data) => {
  expect(await exportXlsx(data, { title: "Top", about: [] })).toBeUndefined();
});

test("a list without rows is a workbook all the same", async () => {
  expect(plain((await exported([])).list)).toEqual({});
});

test("more rows than a sheet has are refused with a way out", async () => {
  const rows = Array.from({ length: 1_048_576 }, () => ({}));
  await expect(exportXlsx({ rows }, { title: "Top", about: [] })).rejects.toThrow(
    new UsageError(
      "A sheet has room for 1048575 rows, and the list has 1048576. Ask for a part of it, or for CSV.",
    ),
  );
});

test.each([
  ["JPY", -120, "-120", "#,##0"],
  ["KWD", 5, "0.005", "#,##0.000"],
  ["CLF", 12_345, "1.2345", "#,##0.0000"],
  ["EUR", 0, "0", "#,##0.00"],
])("an amount in %s has the currency's digits", async (currency, amount, value, format) => {
  const { list } = await exported([{ value: { amount, currency } }]);
  expect(list.cells.get("A2")).toEqual({ type: "n", value, format, bold: false });
});

test("amounts are numbers that say the same", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -99_999_999_999_999, max: 99_999_999_999_999 }), async (amount) => {
      const { list } = await exported([{ value: { amount, currency: "EUR" } }]);
      // Spreadsheets keep 15 digits, so the cents of such an amount are still there.
      expect(Math.round(Number(list.cells.get("A2")?.value) * 100)).toBe(Object.is(amount, -0) ? 0 : amount);
    }),
    { seed: 1, numRuns: 50 },
  );
});

test("days before spreadsheets' calendar, and days that are only somebody's name, are texts", async () => {
  const { list } = await exported([
    { account: "2026-01-01", wonOn: "1899-12-31", region: "2026-01-01", asOf: "2026-02-30" },
  ]);
  expect(plain(list)).toMatchObject({
    A2: "s 2026-01-01",
    B2: "s 1899-12-31",
    C2: "s 2026-01-01",
    D2: "s 2026-02-30",
  });
});

describe("texts", () => {
  const nasty = [
    ..."=1+1|+1|-1|@SUM(A1)|_x0041_|a_x000D_b|__x0041__|constructor|__proto__|toString|]]>|&amp;|a,b;c".split(
      "|",
    ),
    "z".repeat(40_000),
    ...nastyNames,
  ];
  const text = fc.oneof(fc.constantFrom(...nasty), nastyText);

  /** What a cell can hold of a text: as people read it, of characters that XML has, at most 32,767 of them. */
  function inCell(written: string): string {
    const clean = cleanText(written).replace(/[\p{Surrogate}\p{Noncharacter_Code_Point}\ufffd]/gu, "");
    return clean.length > 32_767 ? `${clean.slice(0, 32_766)}…` : clean;
  }

  test("come back as they are, as texts, in every place", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 8 }), text, async (texts, value) => {
        const { list, about } = await exported(
          texts.map((account, rank) => ({ rank, account })),
          value,
          [{ label: "Asked", value }],
        );
        for (const [index, written] of texts.entries()) {
          const cell = list.cells.get(`B${index + 2}`);
          const expected = inCell(written);
          if (expected === "") expect(cell).toBeUndefined();
          else expect(cell).toMatchObject({ type: "s", value: expected });
        }
        expect(about.cells.get("B1")?.value ?? "").toBe(inCell(value));
      }),
      { seed: 2, numRuns: 100, examples: nasty.map((one) => [[one], one]) },
    );
  });

  test("name columns too", async () => {
    const { list } = await exported([{ "=1+1": "a", constructor: "b", "a.b": "c" }]);
    expect(plain(list)).toEqual({
      A1: "s =1+1",
      B1: "s constructor",
      C1: "s a.b",
      A2: "s a",
      B2: "s b",
      C2: "s c",
    });
  });

  test.each([
    ["Top A: industry [Retail]/B2B?", "Top A industry Retail B2B"],
    ["", "List"],
    ["***", "List"],
    ["about", "List"],
    ["'quoted'", "quoted"],
    ["An account's very long title that goes on and on", "An account s very long title th"],
  ])("name the sheet: %j", async (title, name) => {
    expect((await exported([], title)).list.name).toBe(name);
  });
});

test("columns are as wide as what they show, within reason", async () => {
  const { list } = await exported([{ a: "x", b: "y".repeat(30), c: "z".repeat(500) }]);
  const widths = all(parseXml(list.xml), "col").map(({ attributes }) => Number(attributes.width));
  expect(widths).toEqual([8, 32, 60]);
});
