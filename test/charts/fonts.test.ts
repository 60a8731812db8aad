import { readFileSync } from "node:fs";
import { createCanvas } from "@napi-rs/canvas";
import { beforeAll, describe, expect, test } from "vitest";
import type { Pen } from "../../src/charts/pen.ts";
import { seriesColours } from "../../src/charts/style.ts";

const WIDTH = 120;

let pen: Pen;

beforeAll(async () => {
  const { createPen } = await import("../../src/charts/pen.ts");
  pen = createPen();
});

/** The picture of a text in the fonts that the pen chose for it. */
function picture(text: string): Buffer {
  pen.width(text);
  const context = createCanvas(WIDTH, 80).getContext("2d");
  context.font = `32px ${pen.family(400)}`;
  context.fillText(text, 10, 50);
  return Buffer.from(context.getImageData(0, 0, WIDTH, 80).data);
}

const hasInk = (pixels: Buffer) => pixels.some((byte) => byte !== 0);

describe("every script has a font", () => {
  test.each([
    ["Latin", "Łódź Çelik"],
    ["Greek", "Ελλάδα"],
    ["Cyrillic", "Київ"],
    ["Vietnamese", "Đường sắt"],
    ["Arabic", "شركة النور"],
    ["Hebrew", "חברת השמש"],
    ["Thai", "บริษัท"],
    ["Hindi", "कंपनी"],
    ["Chinese", "北京科技"],
    ["Japanese", "カナかな"],
    ["Korean", "삼성전자"],
    ["emoji", "🚀👩‍💻👍🏽🇩🇪❤️"],
    ["arrows and symbols", "→ ≥ ★"],
  ])("%s", (_script, text) => {
    expect(pen.name(text)).toBe(text);
    for (const character of text.replace(/\s|\u200d|\ufe0f/gu, "")) {
      const drawn = picture(character);
      expect(hasInk(drawn), character).toBe(true);
      // What stands for a missing character, in the same fonts.
      expect(drawn.equals(picture("\uFFFF")), character).toBe(false);
    }
  });
});

test("Hebrew runs from right to left", () => {
  const both = picture("אב");
  const pair = createCanvas(WIDTH, 80).getContext("2d");
  pair.font = `32px ${pen.family(400)}`;
  pair.fillText("ב", 10, 50);
  pair.fillText("א", 10 + pair.measureText("ב").width, 50);
  const apart = Buffer.from(pair.getImageData(0, 0, WIDTH, 80).data);
  const different = both.filter((byte, index) => Math.abs(byte - (apart[index] ?? 0)) > 64).length;
  expect(different).toBeLessThan(both.filter((byte) => byte > 64).length / 10);
});

test("Arabic letters join", () => {
  const alone = [..."شركة"].reduce((sum, letter) => sum + pen.width(letter), 0);
  expect(pen.width("شركة")).toBeLessThan(0.95 * alone);
});

test("a name in a script without a font is none, and a symbol without one is left out", () => {
  expect(pen.name("ብርሃን ባንክ")).toBeUndefined();
  expect(pen.name("Acme \u{1FBFF}\u{E000}")).toBe("Acme");
  expect(pen.sentence("ብርሃን makes 20 %.")).toBe("… makes 20 %.");
});

/** WCAG 2 contrast between two colours. */
function contrast(left: string, right: string): number {
  const [lighter = 0, darker = 0] = [left, right].map(luminance).sort((one, other) => other - one);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test("the colours of series stand out from their grounds, and the page has the same ones", () => {
  const css = readFileSync(new URL("../../src/playground/page/page.css", import.meta.url), "utf8");
  const [light = "", dark = ""] = css.split("@media (prefers-color-scheme: dark)");
  const colour = (part: string, name: string) =>
    new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(part)?.[1] ?? "";
  const series = [1, 2, 3, 4, 5, 6].map((index) => `series-${index}`);
  expect(series.map((name) => colour(light, name))).toEqual(seriesColours);
  for (const [part, ground] of [
    [light, colour(light, "raised")],
    [dark, colour(dark, "raised")],
  ] as const) {
    for (const name of series) expect(contrast(colour(part, name), ground), name).toBeGreaterThanOrEqual(3);
  }
});
