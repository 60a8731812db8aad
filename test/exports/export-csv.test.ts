import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { currencyExponent } from "../../src/core/money.ts";
import { cleanText } from "../../src/core/names.ts";
import { exportCsv } from "../../src/exports/export-csv.ts";
import { nastyNames, nastyText } from "../slack/nasty-text.ts";

const read = z.array(z.record(z.string(), z.string()));

/** The rows as a program reads them that was not made for us. */
function exported(rows: readonly unknown[]) {
  const csv = exportCsv({ rows });
  if (csv === undefined) throw new Error("no list");
  return read.parse(parse(csv, { columns: true }));
}

/** What a spreadsheet takes for the start of a formula, where a cell starts or, at a semicolon, seems to. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/u;
const FORMULA_INSIDE = /;[\s"]*[=+\-@＝＋－＠]/u;
const formulas = [
  "=1+1",
  "+1",
  "-1+2",
  "@SUM(A1)",
  "＝1",
  '=HYPERLINK("http://x","y")',
  "\t=1",
  "\r\n=cmd|' /C calc'!A0",
  "a;=1+1",
  'a;; "=1+1";-2',
  "＝;＋;－;＠",
];
const text = fc.oneof(fc.constantFrom(...formulas, ...nastyNames, 'a,"b"\r\nc'), nastyText);

test("a list as it is exported", () => {
  const csv = exportCsv({
    tier: "A",
    rows: [
      {
        rank: 1,
        account: 'The "Best", Co',
        value: { amount: 123_456, currency: "EUR" },
        share: 0.25,
        owner: null,
        reasons: [
          { code: "new", text: "new, first bought 5 Nov 2017" },
          { code: "bought", text: "1 purchase" },
        ],
      },
      {
        rank: 2,
        account: "Acme",
        value: { amount: -5, currency: "EUR" },
        share: 0,
        owner: "Anna",
        group: "Retail",
      },
    ],
  });
  expect(csv?.split("\r\n")).toEqual([
    "rank,account,value,value currency,share,owner,reasons,group",
    '1,"The ""Best"", Co",1234.56,EUR,0.25,,"new, first bought 5 Nov 2017; 1 purchase",',
    "2,Acme,-0.05,EUR,0,Anna,,Retail",
    "",
  ]);
});

test.each([[undefined], [null], ["text"], [{}], [{ rows: 3 }], [{ rows: ["a"] }], [[]]])(
  "%j is no list",
  (data) => {
    expect(exportCsv(data)).toBeUndefined();
  },
);

test("a list without rows has nothing to read", () => {
  expect(exportCsv({ rows: [] })?.trim()).toBe("");
});

describe("amounts", () => {
  test.each([
    [0, "EUR", "0.00"],
    [-1, "EUR", "-0.01"],
    [5, "KWD", "0.005"],
    [1_250, "RSD", "12.50"],
    [-120, "JPY", "-120"],
    [12_345, "CLF", "1.2345"],
    [9_007_199_254_740_991, "EUR", "90071992547409.91"],
    [-9_007_199_254_740_990, "USD", "-90071992547409.90"],
  ])("%i minor units of %s", (amount, currency, expected) => {
    expect(exported([{ value: { amount, currency } }])).toEqual([
      { value: expected, "value currency": currency },
    ]);
  });

  test("are exact, of any size and sign", () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.constantFrom("EUR", "JPY", "KWD", "CLF", "HUF"),
        (amount, currency) => {
          const [row] = exported([{ value: { amount, currency } }]);
          // Oracle: the decimal's digits, read as one integer, are the minor units.
          const [, sign, units = "", digits = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(row?.value ?? "") ?? [];
          expect(digits.length).toBe(currencyExponent(currency));
          expect(BigInt(`${sign}${units}${digits}`)).toBe(BigInt(amount));
          expect(units).toMatch(/^(0|[1-9]\d*)$/);
        },
      ),
      { seed: 1 },
    );
  });
});

test("numbers come back as they were", () => {
  const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
  fc.assert(
    fc.property(number, (share) => {
      expect(Number(exported([{ share, account: "x" }])[0]?.share)).toBe(Object.is(share, -0) ? 0 : share);
    }),
    { seed: 2 },
  );
});

test("texts come back as people read them, and none of them is a formula", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ account: text, owner: text }), { minLength: 1, maxLength: 5 }),
      (rows) => {
        const back = exported(rows.map((row, rank) => ({ rank, ...row })));
        expect(back.length).toBe(rows.length);
        for (const [index, row] of rows.entries())
          for (const column of ["account", "owner"] as const) {
            // Half characters, which no encoding has, become the sign for what cannot be read.
            const clean = Buffer.from(cleanText(row[column])).toString();
            const cell = back[index]?.[column] ?? "missing";
            expect(cell).not.toMatch(FORMULA);
            expect(cell).not.toMatch(FORMULA_INSIDE);
            // Nothing else is changed: without our apostrophes it is the text.
            const start = FORMULA.test(clean) ? "'" : "";
            expect(cell).toBe(start + clean.replace(/;(?=[\s"]*[=+\-@＝＋－＠])/gu, ";'"));
          }
      },
    ),
    { seed: 3 },
  );
});

test("a file for Excel starts with a byte order mark, and is otherwise the same", () => {
  const data = { rows: [{ account: "Žito d.o.o." }] };
  expect(exportCsv(data, { byteOrderMark: true })).toBe(`\uFEFF${exportCsv(data)}`);
  expect(exportCsv(data)).toBe("account\r\nŽito d.o.o.\r\n");
});

test("negative numbers stay numbers", () => {
  expect(exportCsv({ rows: [{ value: { amount: -250, currency: "EUR" }, share: -0.5, accounts: -3 }] })).toBe(
    "value,value currency,share,accounts\r\n-2.50,EUR,-0.5,-3\r\n",
  );
});

test("names of columns come from data too, and are no formulas either", () => {
  const [row = {}] = exported([{ "=1+1": "a", "Rev. 2025": "b", "a[0]": "c", 'with "quotes", too': "d" }]);
  expect(row).toEqual({ "'=1+1": "a", "Rev. 2025": "b", "a[0]": "c", 'with "quotes", too': "d" });
});

test("a column that only some rows have is empty in the others, whatever it is called", () => {
  expect(exported([{ account: "Acme" }, { account: "Beta", "account.length": "x" }])).toEqual([
    { account: "Acme", "account.length": "" },
    { account: "Beta", "account.length": "x" },
  ]);
});

test("lists and what is in them", () => {
  expect(exported([{ tags: ["a", "b"], mixed: [1, true, null, undefined], none: [], flag: false }])).toEqual([
    { tags: "a; b", mixed: "1; true; ; ", none: "", flag: "false" },
  ]);
});
