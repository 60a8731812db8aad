import fc from "fast-check";
import { createDesign, type Design } from "../../../src/core/win/design.ts";

/** All cells of a design, row by row. */
export function dense({ rows, columns, numbers, numberCount, levels, categoryCount }: Design): number[][] {
  return Array.from({ length: rows }, (_, row) => {
    const cells = new Array<number>(columns).fill(0);
    cells[0] = 1;
    for (let place = 0; place < numberCount; place += 1) {
      cells[1 + place] = numbers[row * numberCount + place] ?? 0;
    }
    for (let place = 0; place < categoryCount; place += 1) {
      const column = levels[row * categoryCount + place] ?? -1;
      if (column >= 0) cells[column] = 1;
    }
    return cells;
  });
}

/** Up to 40 rows of up to 3 numbers and 3 categories. */
export const designs = fc
  .record({
    rows: fc.integer({ min: 1, max: 40 }),
    numberCount: fc.nat(3),
    levels: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
  })
  .chain(({ rows, numberCount, levels }) => {
    const columnOf = (cell: fc.Arbitrary<number>) => fc.array(cell, { minLength: rows, maxLength: rows });
    const number = fc.integer({ min: -20, max: 20 }).map((each) => each / 10);
    return fc
      .tuple(
        fc.tuple(...Array.from({ length: numberCount }, () => columnOf(number))),
        fc.tuple(...levels.map((count) => columnOf(fc.integer({ min: -1, max: count - 1 })))),
      )
      .map(([numbers, codes]) =>
        createDesign(
          rows,
          numbers,
          levels.map((count, place) => ({ levels: count, codes: codes[place] ?? [] })),
        ),
      );
  });
