import { array, assert, asyncProperty, constant, constantFrom, shuffledSubarray, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { regionVocabulary } from "../../src/ingest/countries.ts";
import { industryVocabulary } from "../../src/ingest/industries.ts";
import { createObservation, findSuspects, type Vocabulary } from "../../src/ingest/suspects.ts";
import { createTally } from "../../src/ingest/tally.ts";

function tallyOf(rows: Readonly<Record<string, number>>, limit?: number) {
  const tally = createTally(limit);
  for (const [value, count] of Object.entries(rows))
    for (let row = 0; row < count; row += 1) tally.add(value);
  return tally;
}

function inCategory(rows: Readonly<Record<string, number>>, vocabulary?: Vocabulary) {
  const category = { column: "column", values: tallyOf(rows), ...(vocabulary && { vocabulary }) };
  return pairs(findSuspects({ references: [], categories: [category] }));
}

function mentions(mentioned: Readonly<Record<string, number>>, catalogue: readonly string[]) {
  const entries = tallyOf(Object.fromEntries(catalogue.map((name) => [name, 1])));
  const reference = { column: "product", mentioned: tallyOf(mentioned), catalogue: entries };
  return pairs(findSuspects({ references: [reference], categories: [] }));
}

function pairs(suspects: ReturnType<typeof findSuspects>) {
  return suspects.map(({ value, suggestion }) => [value, suggestion]);
}

describe("names that the catalogue does not have", () => {
  test.each([
    ["another spacing", { FlowPump: 3 }, ["Flow Pump", "Flow Valve"], [["FlowPump", "Flow Pump"]]],
    ["a letter left out", { "Level Oter": 1 }, ["Level Otter"], [["Level Oter", "Level Otter"]]],
    [
      "another person nearly of the name",
      { "Idda Plonck": 1 },
      ["Ida Plonk"],
      [["Idda Plonck", "Ida Plonk"]],
    ],
    [
      "the nearest of two",
      { "Pump Badge": 1 },
      ["Pump Badges X", "Pump Badger"],
      [["Pump Badge", "Pump Badger"]],
    ],
    ["letter case and spaces alone", { "flow  pump": 1 }, ["Flow Pump"], []],
    ["another number", { "Pump 550": 1 }, ["Pump 500"], []],
    ["short names", { Ann: 1 }, ["Dan"], []],
    ["something else", { "Flow Pump Pro": 1 }, ["Flow Pump"], []],
    ["names without letters", { "☃": 1 }, ["🐙"], []],
  ])("%s", (_, mentioned, catalogue, expected) => {
    expect(mentions(mentioned, catalogue)).toEqual(expected);
  });

  test("without a catalogue they are compared with each other", () => {
    expect(mentions({ "Flow Pump": 9, FlowPump: 2, "Flow Pmup": 1 }, [])).toEqual([
      ["FlowPump", "Flow Pump"],
      ["Flow Pmup", "Flow Pump"],
    ]);
  });

  test("a catalogue that is known in part says nothing", () => {
    const catalogue = tallyOf({ "Flow Pump": 1, "Flow Valve": 1 }, 1);
    const reference = { column: "product", mentioned: tallyOf({ FlowPump: 1 }), catalogue };
    expect(findSuspects({ references: [reference], categories: [] })).toEqual([]);
  });
});

describe("categories", () => {
  test.each([
    ["case, spaces, punctuation", { "Pond-Care": 5, "pond care": 1 }, [["pond care", "Pond-Care"]]],
    ["a slip beside a more frequent value", { Gardening: 5, Gardenning: 1 }, [["Gardenning", "Gardening"]]],
    ["neighbours swapped", { Garden: 5, Gadren: 1 }, [["Gadren", "Garden"]]],
    [
      "a slip of a slip",
      { Gardening: 9, Gardenning: 3, Gardennning: 1 },
      [
        ["Gardenning", "Gardening"],
        ["Gardennning", "Gardening"],
      ],
    ],
    ["compass points", { "North America": 5, "South America": 1, East: 3, West: 1 }, []],
    ["letters and numbers", { "Team A": 5, "Team B": 1, "Region 10": 4, "Region 11": 1 }, []],
    ["a plural", { Chemicals: 5, Chemical: 1 }, []],
    ["another first letter", { Mining: 5, Dining: 1 }, []],
  ])("%s", (_, rows, expected) => {
    expect(inCategory(rows)).toEqual(expected);
  });

  test.each([
    ["unknown, near a word", { tecnology: 12, retail: 3 }, [["tecnology", "technology"]]],
    ["as the column writes it", { Tecnology: 12, TECHNOLOGY: 1 }, [["Tecnology", "TECHNOLOGY"]]],
    ["known, near a more frequent slip", { Machinary: 9, Machinery: 1 }, [["Machinary", "Machinery"]]],
    ["several words", { "Computer Sofware": 1 }, [["Computer Sofware", "Computer Software"]]],
    ["German", { Technologie: 3, Energie: 1, Chemie: 1, Handel: 2 }, []],
    ["both right", { Hospital: 5, Hospitality: 1, Agriculture: 3, Agricultural: 2 }, []],
    ["our own word", { "Pond Keeping": 3 }, []],
  ])("industries: %s", (_, rows, expected) => {
    expect(inCategory(rows, industryVocabulary())).toEqual(expected);
  });

  test.each([
    [
      "near a country",
      { Portugall: 1, Germnay: 2, Wales: 1 },
      [
        ["Germnay", "Germany"],
        ["Portugall", "Portugal"],
      ],
    ],
    [
      "both right",
      { Austria: 9, Australia: 2, Slovakia: 4, Slovenia: 1, Niger: 3, Nigeria: 2, Iran: 1, Iraq: 2 },
      [],
    ],
    ["regions", { Northeast: 4, Northwest: 2, Central: 3, EMEA: 1, DACH: 2, Korea: 1, USA: 9, UK: 3 }, []],
  ])("regions: %s", (_, rows, expected) => {
    expect(inCategory(rows, regionVocabulary())).toEqual(expected);
  });

  test.each([
    ["industries", industryVocabulary()],
    ["regions", regionVocabulary()],
  ])("no word of the %s is suspect beside the others", (_, vocabulary) => {
    const once = [...new Map(vocabulary.words.map((word) => [word.toLowerCase(), word])).values()];
    expect(inCategory(Object.fromEntries(once.map((word) => [word, 1])), vocabulary)).toEqual([]);
  });

  test("the order of the rows does not matter", async () => {
    const values = ["Garden", "Gardens", "Gadren", "garden", "Gaarden", "Pond", "pond", "Ponds-"];
    const suspectsOf = (rows: readonly string[]) => {
      const tally = createTally();
      for (const value of rows) tally.add(value);
      return findSuspects({ references: [], categories: [{ column: "column", values: tally }] });
    };
    const rows = array(constantFrom(...values), { maxLength: 30 });
    const rowsTwice = rows.chain((list) =>
      tuple(constant(list), shuffledSubarray(list, { minLength: list.length })),
    );
    await assert(
      asyncProperty(rowsTwice, async ([inOrder, shuffled]) => {
        const suspects = suspectsOf(inOrder);
        expect(suspectsOf(shuffled)).toEqual(suspects);
        expect(suspects.every(({ value, suggestion }) => value !== suggestion)).toBe(true);
      }),
    );
  });
});

test("a tally stops at its limit, says so, and goes on counting what it has", () => {
  const tally = createTally(2);
  for (const value of ["Grum", "Zig", " Grum ", "Oozle", "", undefined, "Grum"]) tally.add(value);
  expect([...tally.rows]).toEqual([
    ["Grum", 3],
    ["Zig", 1],
  ]);
  expect(tally.full).toBe(true);
});

test("an observation finds suspects in drafts", () => {
  const observation = createObservation();
  const custom = {};
  observation.observe({
    kind: "account",
    externalId: "1",
    name: "Zigmere",
    industry: "Sofware",
    region: "Walse",
    custom,
  });
  observation.observe({ kind: "product", name: "Flow Pump", custom });
  observation.observe({ kind: "rep", name: "Ida Plonk", custom });
  const deal = { kind: "opportunity", stage: "Won", status: "won", currency: "EUR", custom } as const;
  observation.observe({
    ...deal,
    externalId: "7",
    product: { name: "FlowPump" },
    owner: { name: "Ida Plonck" },
    account: { name: "Zigmere" },
  });
  observation.observe({ ...deal, externalId: "8", account: { externalId: "1", name: "Zigmeer" } });
  observation.observe({ ...deal, externalId: "9", account: { name: "Zigmeer" } });
  expect(observation.suspects()).toEqual([
    {
      column: "account",
      value: "Zigmeer",
      suggestion: "Zigmere",
      rows: 1,
      reason: 'not in the catalogue, which has "Zigmere"',
    },
    {
      column: "product",
      value: "FlowPump",
      suggestion: "Flow Pump",
      rows: 1,
      reason: 'not in the catalogue, which has "Flow Pump"',
    },
    {
      column: "owner",
      value: "Ida Plonck",
      suggestion: "Ida Plonk",
      rows: 1,
      reason: 'not in the catalogue, which has "Ida Plonk"',
    },
    {
      column: "industry",
      value: "Sofware",
      suggestion: "Software",
      rows: 1,
      reason: "not an industry we know, but close to one",
    },
    {
      column: "region",
      value: "Walse",
      suggestion: "Wales",
      rows: 1,
      reason: "not a country or region we know, but close to one",
    },
  ]);
});
