import { expect, test } from "vitest";
import { textColumn } from "../../src/core/win/text-column.ts";
import { readTime } from "../../src/win/read-time.ts";
import { readingOf } from "../../src/win/written-cells.ts";

const numbers = (...cells: readonly string[]) => {
  const column = textColumn("Figure", cells);
  const { numberOf } = readingOf(column, {});
  return cells.map((_, row) => {
    const place = column.places[row] ?? -1;
    return place < 0 ? (column.numbers[row] ?? Number.NaN) : numberOf(column.texts[place] ?? "");
  });
};
const day = (text: string) => Date.parse(text) / 86_400_000;
const times = (...cells: readonly string[]) => [...readTime("t.csv", textColumn("Day", cells), {}).at];

test.each([
  { cells: ["$1,234.50", "$12", "-$3.00"], read: [1234.5, 12, -3] },
  { cells: ["1.234,50 €", "12,5 €", "0 €"], read: [1234.5, 12.5, 0] },
  { cells: ["1 234,5", "7,25"], read: [1234.5, 7.25] },
  { cells: ["1.234", "950", "12.500"], read: [1234, 950, 12_500] },
  { cells: ["4.857", "4.9", "1.313"], read: [4.857, 4.9, 1.313] },
  { cells: ["4.857", "1.313"], read: [4.857, 1.313] },
  { cells: ["1,234", "950", "12,500"], read: [1234, 950, 12_500] },
  { cells: ["9.3448e-05", "1E+3", "0.5"], read: [9.3448e-5, 1000, 0.5] },
  { cells: ["12 %", "7.5%", "100%"], read: [12, 7.5, 100] },
  { cells: ["USD 1,200", "USD 90", "(45.50)"], read: [1200, 90, -45.5] },
  { cells: ["5k", "1.2M", "80"], read: [5_000, 1_200_000, 80] },
  { cells: ["three", "12 Main Street"], read: [undefined, undefined] },
])("$cells", ({ cells, read }) => {
  expect(numbers(...cells)).toEqual(read);
});

test.each([
  { cells: ["2025-03-01", "2025-03-02T12:00:00"], at: [day("2025-03-01"), day("2025-03-02") + 0.5] },
  { cells: ["13/02/2025", "03/04/2025"], at: [day("2025-02-13"), day("2025-04-03")] },
  { cells: ["02/13/2025", "03/04/2025"], at: [day("2025-02-13"), day("2025-03-04")] },
  { cells: ["1.2.2025", "03.04.25"], at: [day("2025-02-01"), day("2025-04-03")] },
  { cells: ["Mar 1, 2025", "2 April 2025"], at: [day("2025-03-01"), day("2025-04-02")] },
  { cells: ["2025-03", "2025-11"], at: [day("2025-03-01"), day("2025-11-01")] },
  { cells: ["2025 Q2", "2024Q4"], at: [day("2025-04-01"), day("2024-10-01")] },
  { cells: ["2024", "2025", ""], at: [2024, 2025, Number.NaN] },
  { cells: ["20250301", "20241231"], at: [20_250_301, 20_241_231] },
])("a time written as $cells", ({ cells, at }) => {
  expect(times(...cells)).toEqual(at);
});
