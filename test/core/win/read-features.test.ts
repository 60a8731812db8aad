import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Reading, readFeature } from "../../../src/core/win/read-features.ts";
import { isBlank, textColumn } from "../../../src/core/win/text-column.ts";

const plain: Reading = {
  numberOf: (text) => (/^\$[\d,]+$/.test(text) ? Number(text.replace(/[$,]/g, "")) : undefined),
  dayOf: (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) / 86_400_000 : undefined),
};
const read = (name: string, cells: readonly string[]) =>
  readFeature(textColumn(name, cells), Int32Array.from(cells.keys()), plain);
const many = (cell: (row: number) => string, rows = 200) =>
  Array.from({ length: rows }, (_, row) => cell(row));

describe("numbers", () => {
  test("are read with what is missing as none", () => {
    const read_ = read("Amount", ["1.5", "-2", "$1,200", "", "N/A", "Select", "3"]);
    expect(read_).toMatchObject({ kind: "feature", feature: { kind: "number", name: "Amount" } });
    expect(read_.kind === "feature" && read_.feature.kind === "number" && [...read_.feature.values]).toEqual([
      ...[1.5, -2, 1200, Number.NaN, Number.NaN, Number.NaN, 3],
    ]);
  });

  test("stay numbers with a word here and there", () => {
    expect(
      read(
        "Visits",
        many((row) => (row % 4 === 0 ? "none" : String(row % 60))),
      ),
    ).toMatchObject({
      feature: { kind: "number" },
    });
  });

  test("that name things are categories", () => {
    expect(
      read(
        "sales_rep_id",
        many((row) => String(4_000 + (row % 7))),
      ),
    ).toMatchObject({
      feature: { kind: "category", levels: ["4000", "4001", "4002", "4003", "4004", "4005", "4006"] },
    });
    expect(
      read(
        "Zip Code",
        many((row) => `0${2_000 + (row % 9)}`),
      ),
    ).toMatchObject({ feature: { kind: "category" } });
  });

  test("that count or number the rows are identifiers, and amounts that all differ are not", () => {
    expect(
      read(
        "row",
        many((row) => String(row)),
      ),
    ).toEqual({ kind: "excluded", why: { code: "identifier" } });
    expect(
      read(
        "Lead Number",
        many((row) => String(579_000 + row * 400)),
      ),
    ).toEqual({
      kind: "excluded",
      why: { code: "identifier" },
    });
    expect(
      read(
        "Balance",
        many((row) => String(row * 731)),
      ),
    ).toMatchObject({ feature: { kind: "number" } });
  });
});

describe("words", () => {
  test("are levels, and unknown is one of them", () => {
    const cells = ["Web", "Fair", "", "unknown", "Web", "Select", "null"];
    expect(read("Source", cells)).toEqual({
      kind: "feature",
      feature: {
        ...{ kind: "category", name: "Source", levels: ["Web", "Fair", "unknown"] },
        codes: Int32Array.of(0, 1, -1, 2, 0, -1, -1),
      },
    });
  });

  test("cities and agents stay, however many there are", () => {
    expect(
      read(
        "City",
        many((row) => `City ${row % 90}`),
      ),
    ).toMatchObject({ feature: { kind: "category" } });
  });

  test("names of rows and prose do not", () => {
    expect(
      read(
        "Account",
        many((row) => `Acme ${row}`),
      ),
    ).toEqual({
      kind: "excluded",
      why: { code: "identifier" },
    });
    const prose = (row: number) => `called on day ${row} and promised to talk to their boss, "soon"; ☃`;
    expect(read("Note", many(prose))).toEqual({ kind: "excluded", why: { code: "free-text" } });
    expect(read("Note", many(prose, 60_000))).toEqual({ kind: "excluded", why: { code: "free-text" } });
  });
});

test("days are days, also in a column of very many", () => {
  expect(
    read(
      "Signed up",
      many((row) => (row % 5 ? `2025-01-${10 + (row % 20)}` : "")),
    ),
  ).toMatchObject({
    kind: "days",
  });
});

test.each([
  { name: "the same everywhere", cells: many(() => "No"), why: { code: "constant" } },
  { name: "one number", cells: many(() => "1"), why: { code: "constant" } },
  { name: "nothing", cells: many(() => ""), why: { code: "empty", filled: 0 } },
  {
    name: "hardly anything",
    cells: many((row) => (row < 2 ? "x" : "NULL")),
    why: { code: "empty", filled: 2 },
  },
])("$name is left out", ({ cells, why }) => {
  expect(read("Column", cells)).toEqual({ kind: "excluded", why });
});

test("the same answer or none is a column that is filled or not", () => {
  expect(
    read(
      "Opted in",
      many((row) => (row % 3 ? "yes" : "")),
    ),
  ).toMatchObject({ feature: { levels: ["yes"] } });
});

test("any cells are read, each row once", () => {
  const cell = fc.oneof(
    ...[fc.string(), fc.string({ unit: "binary" }), fc.integer().map(String), fc.double().map(String)],
    fc.constantFrom("", "NaN", "1e5", "-", "Select", "__proto__", "constructor", "2025-01-01", "$1,000"),
  );
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 60 }), (cells) => {
      const found = read("Column", cells);
      if (found.kind === "days") expect(found.days).toHaveLength(cells.length);
      if (found.kind !== "feature") return;
      const { feature } = found;
      if (feature.kind === "number") {
        expect(feature.values).toHaveLength(cells.length);
        return;
      }
      for (const [row, written] of cells.entries()) {
        const level = feature.levels[feature.codes[row] ?? -1];
        expect(level === undefined).toBe(isBlank(written));
        if (level !== undefined && level !== written.trim().slice(0, 120))
          expect(Number(level)).toBe(Number(written));
      }
    }),
    { seed: 8, numRuns: 300 },
  );
});

test("only the rows that are asked for count", () => {
  const column = textColumn("Kind", ["a", "b", "b", "c"]);
  expect(readFeature(column, Int32Array.of(1, 2), plain)).toEqual({
    kind: "excluded",
    why: { code: "empty", filled: 2 },
  });
  expect(readFeature(column, Int32Array.of(0, 1, 2), plain)).toMatchObject({
    feature: { levels: ["a", "b"], codes: Int32Array.of(0, 1, 1) },
  });
});
