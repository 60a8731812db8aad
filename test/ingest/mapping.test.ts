import { describe, expect, test } from "vitest";
import { type MappedPreset, mappingFor, mappingPresets, requireColumns } from "../../src/ingest/mapping.ts";
import type { Cells } from "../../src/tables/read-table.ts";

const context = { currency: "EUR", dialect: { timeZone: "UTC" } };

function mapping(yaml: string): MappedPreset {
  const [first] = mappingPresets(yaml, "conf/erp.yaml");
  if (!first) throw new RangeError(yaml);
  return first;
}

function read(yaml: string, cells: Cells) {
  return mapping(yaml).read(cells, context);
}

describe("a mapping that cannot be used says where and what", () => {
  test.each([
    ["", "it is empty"],
    ["just text", "line 1: it must be a mapping: lines such as kind: invoices"],
    ["kind: invoice", "line 1: kind must be one of accounts, reps, products"],
    ["kind: reps\ncolumns: { name: N }", "line 1: source is missing"],
    ["source: a b\nkind: reps\ncolumns: { name: N }", "line 1: source must be a word of letters"],
    ["source: a\nkind: reps", "line 1: columns is missing"],
    [
      "source: a\nkind: reps\ncolumns:\n  name: N\n  emial: E",
      "line 5: columns.emial is not known for reps: did you mean email?",
    ],
    [
      "source: a\nkind: reps\ncolumns: { name: N }\nonyl: x",
      "line 4: onyl is not known for reps: did you mean only?",
    ],
    ["source: a\nkind: reps\ncolumns: { team: T }", "line 3: columns must name a column for name"],
    [
      "source: a\nkind: invoices\ncolumns: { day: D, price: P }",
      "line 3: columns must name a column for amount, or for quantity and price",
    ],
    [
      "source: a\nkind: opportunities\ncolumns: { stage: S, name: N }",
      "line 3: columns must name a column for id, or for name and account",
    ],
    [
      "source: a\nkind: accounts\ncolumns: { name: N }\ntax: { rate: 19 }",
      "line 4: tax is only for invoices",
    ],
    [
      "source: a\nkind: payments\ncolumns: { day: D, amount: A }\ntax: { rate: x }",
      "line 4: tax.rate must be per cent",
    ],
    [
      "source: a\nkind: payments\ncolumns: { day: D, amount: A }\ntax: { rate: 19, column: T }",
      "line 4: tax must be one of",
    ],
    [
      "source: a\nkind: payments\ncolumns: { day: D, amount: A }\ntax: { column: T }\nrefunded: R",
      "line 4: tax.column says nothing of the refunded part: write tax.rate",
    ],
    ["source: a\nkind: reps\ncolumns: { name: N }\nencoding: elvish", "line 4: encoding must be an encoding"],
    [
      "source: a\nkind: reps\ncolumns: { name: N }\nheader: [A, a]",
      "line 4: header must not name a column twice",
    ],
    [
      "source: a\nkind: reps\ncolumns: { name: N }\nconstants: { name: M }",
      "line 4: constants.name has a column as well",
    ],
    [
      "source: a\nkind: rates\ncolumns: { rate: R }\nconstants: { base: EUR, quote: shells, day: today }",
      "line 4: constants.quote must be a currency code such as EUR; line 4: constants.day must be a day such as",
    ],
    ["source: a\nkind: reps\ncolumns: { name: N }\n---\nsource: [", "line "],
    [
      "- { source: a, kind: reps, columns: { name: N } }\n- { source: a, kind: reps, columns: { name: N } }",
      "line 2: file is missing",
    ],
    ["source: a\nsource: b", "line 2: Map keys must be unique"],
    ["source: !!int 5", "line 1: Unresolved tag"],
    [`x: &x [a]\ny: [${"*x, ".repeat(200)}]`, "it uses more than 100 aliases"],
    ["[\n".repeat(30_000), "line 21: the line is too long or too deeply nested"],
    ["- ".repeat(1_000), "line 1: the line is too long or too deeply nested"],
    ["# much\n".repeat(40_000), "it is longer than 256 kB"],
  ])("%.60j", (yaml, problem) => {
    const start = "erp.yaml cannot be used as a mapping: ";
    expect(() => mappingPresets(yaml, "conf/erp.yaml")).toThrow(start);
    expect(() => mappingPresets(yaml, "conf/erp.yaml")).toThrow(problem);
  });
});

describe("files", () => {
  const two = `
file: "sales*.csv"
source: a
kind: reps
columns: { name: N }
---
file: "*-2026.csv"
source: b
kind: reps
columns: { name: N }`;

  test("are chosen by their names, and a single mapping is for all", () => {
    const mappings = mappingPresets(two, "m.yaml");
    expect(mappingFor(mappings, "x/SALES.csv")?.sourceId).toBe("a");
    expect(mappingFor(mappings, "x/costs-2026.csv")?.sourceId).toBe("b");
    expect(mappingFor(mappings, "sales.csv.bak")).toBeUndefined();
    expect(() => mappingFor(mappings, "sales-2026.csv")).toThrow("sales-2026.csv is meant by two mappings");
    const alone = mappingPresets("source: a\nkind: reps\ncolumns: { name: N }", "m.yaml");
    expect(mappingFor(alone, "anything.xlsx")?.id).toBe("a-reps");
  });

  test("without a mapped column are told which one is near", () => {
    const preset = mapping(
      "source: a\nkind: reps\ncolumns: { name: Persno, email: Mail }\nonly: { Zone: [x] }",
    );
    expect(() => requireColumns(preset, "d/people.csv", ["PERSNO", "Mail", "zone"])).not.toThrow();
    expect(() => requireColumns(preset, "d/people.csv", ["Person", "E-Mail"])).toThrow(
      'people.csv has no column "Persno", which the mapping names for name; the nearest is "Person", and ' +
        'no column "Mail", which the mapping names for email; the nearest is "E-Mail", and ' +
        'no column "Zone", which the mapping names for only. Correct the mapping; the file\'s columns are Person, E-Mail.',
    );
  });

  test("are opened and read as the mapping says", () => {
    const preset = mapping(`
source: a
kind: payments
columns: { day: D, amount: A }
tax: { column: T }
encoding: windows-1252
sheet: Orders
dates: mdy
decimal: ","`);
    expect(preset.open).toEqual({ encoding: "windows-1252", sheet: "Orders" });
    expect(preset.dialect).toEqual({ dates: "mdy", decimal: "," });
    expect([preset.days, preset.amounts, preset.order]).toEqual([["D"], ["A", "T"], 2]);
  });
});

describe("rows", () => {
  const ledger = "source: a\nkind: invoices\ncolumns: { day: D, amount: A, quantity: Q, price: P }\n";
  const row = { D: "2026-01-02", A: "", Q: "3", P: "0.335" };

  test.each([
    ["", {}, 101n],
    ["", { A: "7.00" }, 700n],
    ["", { P: "0" }, undefined],
    ["tax: { rate: 19 }", { A: "11.90" }, 1_000n],
    ["tax: { rate: 7.7 }", { A: "-107.70" }, -10_000n],
    ["tax: { column: T }", { A: "11.90", T: "1.90" }, 1_000n],
    ["tax: { column: T }", { A: "11.90", T: "" }, 1_190n],
    ["negate: { Art: [Gutschrift] }", { A: "5", Art: "GUTSCHRIFT" }, -500n],
    ["negate: { Art: Gutschrift }", { A: "-5", Art: "Gutschrift" }, 500n],
    ["negate: { Art: Gutschrift }", { A: "5", Art: "Rechnung" }, 500n],
  ])("%s with %j", (settings, cells, amountMinor) => {
    const [draft] = [read(ledger + settings, { ...row, ...cells })].flat();
    expect(draft && "amountMinor" in draft ? draft.amountMinor : undefined).toBe(amountMinor);
  });

  test("a credit has its quantity negated too", () => {
    expect(read(`${ledger}negate: { Art: Gutschrift }`, { ...row, Art: "Gutschrift" })).toMatchObject([
      { quantity: "-3", unitPrice: "0.335", amountMinor: -101n, custom: { Art: "Gutschrift" } },
    ]);
  });

  test("all conditions of only must hold", () => {
    const yaml = `${ledger}only: { Status: [Paid, Open], Zone: 007 }`;
    const counts = (Status: string, Zone: string) => [read(yaml, { ...row, Status, Zone })].flat().length;
    expect([counts("paid", "007"), counts("Open", "7"), counts("", "007"), counts("Draft", "007")]).toEqual([
      1, 0, 0, 0,
    ]);
  });

  test("a refund is net as its payment is, and of no sign of its own", () => {
    const yaml =
      "source: a\nkind: payments\ncolumns: { day: D, amount: A }\nrefunded: R\ntax: { rate: 25 }\nconstants: { account: Grum }";
    const back = (R: string) => [read(yaml, { D: "2026-01-02", A: "125", R })].flat();
    expect(back("12.50")).toMatchObject([
      { amountMinor: 10_000n },
      { amountMinor: -1_000n, account: { name: "Grum" } },
    ]);
    expect(back("-12.50")).toEqual(back("12.50"));
    expect(back("0.00")).toHaveLength(1);
    expect(back("x")).toEqual([{ column: "R", value: "x", reason: "not an amount: write it as 12500.00" }]);
  });

  test("what is missing is named by the file's column", () => {
    expect(read(ledger, { ...row, D: "" })).toEqual({ column: "D", value: "", reason: "is missing" });
    const payment = "source: a\nkind: payments\ncolumns: { day: D, amount: A }";
    expect(read(payment, row)).toEqual({ column: "A", value: "", reason: "is missing" });
    const rate = "source: a\nkind: rates\ncolumns: { base: B, quote: C, day: D, rate: R }";
    expect(read(rate, { B: "EUR", C: "usd", D: "2026-01-02", R: "-1" })).toMatchObject({
      column: "R",
      reason: "not above 0",
    });
  });

  test("opportunities without an id are known by account, name and creation day", () => {
    const yaml =
      "source: a\nkind: opportunities\ncolumns: { name: N, account: K, stage: S, created: C, closed: Z }";
    const cells = { N: "Pump", K: "Grum", S: "Closed Won", C: "2026-01-02", Z: "2026-02-03" };
    expect(read(yaml, cells)).toMatchObject([{ externalId: '["grum","pump","2026-01-02"]', status: "won" }]);
    expect(read(yaml, { ...cells, Z: "" })).toMatchObject({ column: "Z" });
  });
});
