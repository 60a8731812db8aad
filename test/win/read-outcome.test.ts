import { describe, expect, test } from "vitest";
import { textColumn } from "../../src/core/win/text-column.ts";
import { readOutcome } from "../../src/win/read-outcome.ts";
import { dayIn } from "../../src/win/written-cells.ts";

const read = (cells: readonly string[], won: readonly string[] = []) =>
  readOutcome("leads.csv", textColumn("End", cells), won, (text) => dayIn(text, "ambiguous"));

describe("what counts as won", () => {
  test.each([
    { cells: ["Won", "Lost", "Engaging", "Prospecting"], won: ["Won"], lost: ["Lost"] },
    { cells: ["Won", "Loss"], won: ["Won"], lost: ["Loss"] },
    {
      cells: ["Closed Won", "Closed Lost", "Negotiation/Review"],
      won: ["Closed Won"],
      lost: ["Closed Lost"],
    },
    { cells: ["closedwon", "closedlost", "appointmentscheduled"], won: ["closedwon"], lost: ["closedlost"] },
    { cells: ["0", "1", "1"], won: ["1"], lost: ["0"] },
    { cells: ["0.0", "1.0"], won: ["1"], lost: ["0"] },
    { cells: ["yes", "no"], won: ["yes"], lost: ["no"] },
    { cells: ["Yes", "No", "YES"], won: ["Yes", "YES"], lost: ["No"] },
    { cells: ["TRUE", "FALSE"], won: ["TRUE"], lost: ["FALSE"] },
    { cells: ["N", "Y"], won: ["Y"], lost: ["N"] },
    { cells: ["Churned", "Stayed", "Joined"], won: ["Churned"], lost: ["Stayed"] },
    { cells: ["Gewonnen", "Verloren", "Angebot"], won: ["Gewonnen"], lost: ["Verloren"] },
    { cells: ["gagné", "perdu"], won: ["gagné"], lost: ["perdu"] },
    {
      cells: ["Attrited Customer", "Existing Customer"],
      won: ["Attrited Customer"],
      lost: ["Existing Customer"],
    },
    { cells: ["signed", "rejected"], won: ["signed"], lost: ["rejected"] },
  ])("$cells", ({ cells, won, lost }) => {
    expect(read(cells)).toMatchObject({ won, lost, note: undefined });
  });

  test("of two words that say nothing, the rarer, and of two numbers the larger; it is said", () => {
    expect(read(["good", "bad", "good", "good"])).toMatchObject({ won: ["bad"], lost: ["good"] });
    expect(read(["b", "a"])).toMatchObject({ won: ["b"], lost: ["a"] });
    expect(read(["5", "5", "3"])).toMatchObject({ won: ["5"], lost: ["3"] });
    expect(read(["-1", "1", "1"])).toMatchObject({ won: ["1"], lost: ["-1"] });
    expect(read(["good", "bad", "good"]).note).toBe(
      '"bad" in End counts as won, "good" as lost: if it is the other way round, say --won "good".',
    );
  });

  test("one clear word decides about the other", () => {
    expect(read(["Churned", "Member", "Member"])).toMatchObject({ won: ["Churned"], lost: ["Member"] });
    expect(read(["No", "Card", "Card", "Card"])).toMatchObject({ won: ["Card"], lost: ["No"] });
  });

  test("one value, or a day, against a blank", () => {
    expect(read(["x", "", "x", ""])).toMatchObject({
      won: ["x"],
      lost: ["(blank)"],
      ends: Uint8Array.of(1, 0, 1, 0),
    });
    const days = read(["26-02-2018 19:58", "", "08-05-2018 20:17", "01-03-2018", ""]);
    expect(days).toMatchObject({ won: ["filled"], ends: Uint8Array.of(1, 0, 1, 1, 0) });
    expect(days.note).toContain("End holds days");
  });

  test("what a person says", () => {
    expect(read(["a", "b", "c"], ["B"])).toMatchObject({ won: ["b"], lost: ["a", "c"] });
    expect(read(["Gold", "Lost", "Open"], ["gold"])).toMatchObject({ won: ["Gold"], lost: ["Lost"] });
    expect(read(["a", "b", "c", "d"], ["b", "c"])).toMatchObject({ won: ["b", "c"], lost: ["a", "d"] });
    expect(read(["S-1", "", "S-2", "S-3"], ["filled"])).toMatchObject({ ends: Uint8Array.of(1, 0, 1, 1) });
    expect(read(["yes", "no"], ["no"])).toMatchObject({ won: ["no"], lost: ["yes"] });
  });
});

test("other values and blanks are set aside, and counted", () => {
  const found = read(["Won", "Lost", "Engaging", "", "Engaging", "Select"]);
  expect(found.ends).toEqual(Uint8Array.of(1, 0, 2, 3, 2, 3));
  expect([...found.setAside]).toEqual([["Engaging", 2]]);
});

test.each([
  {
    cells: ["a", "b", "c"],
    says: /it has "a" \(1\), "b" \(1\), "c" \(1\)\. Say which value counts as won: --won/,
  },
  { cells: Array.from({ length: 20 }, (_, row) => `level ${row}`), says: /and 8 more values\. Say which/ },
  { cells: ["Won", "Won"], says: /has only "Won" in End: all rows ended alike/ },
  { cells: ["No", ""], says: /has only "No" in End/ },
  { cells: ["", ""], says: /has nothing in End/ },
])("$says", ({ cells, says }) => {
  expect(() => read(cells)).toThrow(says);
});
