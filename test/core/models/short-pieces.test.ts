import fc from "fast-check";
import { expect, test } from "vitest";
import { addIntegrals, integrals } from "../../../src/core/models/dropout-integrals.ts";
import { addShortPiece } from "../../../src/core/models/short-pieces.ts";

const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const parameters = fc.record({
  ...{ r: positive(0.1, 20), alpha: positive(0.5, 50), s: positive(0.1, 20), beta: positive(0.5, 50) },
});

// Oracle: the same integrals by logarithms and exponentials.
test("powers say the same where hardly any time lies between, and add nothing where more does", () => {
  fc.assert(
    fc.property(
      parameters,
      fc.nat(60),
      positive(0, 200),
      positive(1e-3, 0.5),
      (at, frequency, time, width) => {
        const moment = { time, logAlpha: Math.log1p(time / at.alpha), logBeta: Math.log1p(time / at.beta) };
        const [quick, exact] = [new Float64Array(integrals), new Float64Array(integrals)];
        if (!addShortPiece(at, frequency, moment, width, quick, 0)) {
          expect([...quick]).toEqual([0, 0, 0, 0, 0]);
          return;
        }
        addIntegrals(at, frequency, time, time + width, exact, 0);
        for (const [index, value] of quick.entries())
          expect(Math.abs(value - (exact[index] ?? 0))).toBeLessThan(1e-9 * (exact[index] ?? 0) + 1e-15);
      },
    ),
    { seed: 12, numRuns: 500 },
  );
});
