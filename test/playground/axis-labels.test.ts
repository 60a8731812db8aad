import fc from "fast-check";
import { expect, it } from "vitest";
import { layOutLabels } from "../../src/playground/page/axis-labels.ts";

const widthOf = (text: string) => [...text].length * 7;

it("lays labels flat where they fit, slants them where there is room, and else stands them up", () => {
  const laidOut = (length: number, step: number) =>
    layOutLabels(["x".repeat(length), "Q2"], { step, left: 54, widthOf }).angle;
  expect(laidOut(4, 40)).toBe(0);
  expect(laidOut(12, 40)).toBe(-45);
  expect(laidOut(12, 14)).toBe(-90);
});

it("never lets a label run into its neighbour or off the edge, and keeps room for all of them", () => {
  const labels = fc.array(fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" }), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(labels, fc.integer({ min: 14, max: 200 }), (categories, step) => {
      const { angle, texts, height } = layOutLabels(categories, { step, left: 54, widthOf });
      const widest = Math.max(...texts.map(widthOf));
      expect(widest).toBeLessThanOrEqual(124);
      if (angle === 0) expect(widest).toBeLessThan(step);
      if (angle === -45) expect(widest * Math.SQRT1_2).toBeLessThanOrEqual(54 + step / 2);
      const tall = widest * Math.sin((Math.abs(angle) * Math.PI) / 180);
      expect(height).toBeGreaterThanOrEqual(Math.max(11, tall));
    }),
    { seed: 20261122 },
  );
});
