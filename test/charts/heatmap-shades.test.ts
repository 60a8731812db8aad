import { expect, test } from "vitest";
import { contrast, shadeOf, textOn } from "../../src/charts/heatmap-shades.ts";

const ground = "#ffffff";
const steps = Array.from({ length: 101 }, (_, index) => index / 100);

test("more is darker, whichever colours somebody sees", () => {
  const contrasts = steps.map((value) => contrast(shadeOf(value, 1), ground));
  expect(contrasts).toEqual([...contrasts].sort((left, right) => left - right));
  expect(contrasts.at(-1)).toBeGreaterThan(10);
});

test("a figure reads on every shade as large text has to", () => {
  for (const value of [...steps, -1]) {
    const shade = shadeOf(value, 1);
    expect(contrast(shade, textOn(shade))).toBeGreaterThan(4);
  }
});

test("nothing at all is as light as nothing among something, and below it is another hue", () => {
  expect(shadeOf(0, 0)).toBe(shadeOf(0, 5));
  expect(shadeOf(-1, 5)).not.toBe(shadeOf(0, 5));
});
