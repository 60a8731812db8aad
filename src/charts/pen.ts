import { createCanvas } from "@napi-rs/canvas";
import { isolateDirection } from "../core/names.ts";
import type { FontFace, Weight } from "./font-faces.ts";
import { familyOf, fontFor } from "./fonts.ts";
import { distinctLabels, shorten } from "./labels.ts";
import { TEXT_SIZE } from "./style.ts";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

export interface TextStyle {
  readonly size: number;
  readonly weight: Weight;
}

const PLAIN: TextStyle = { size: TEXT_SIZE, weight: 400 };

/** Knows what can be written with the embedded fonts, and how wide it is. Remembers which fonts that takes. */
export interface Pen {
  /** A name as far as it can be drawn; undefined when letters or digits of it cannot. */
  name(text: string): string | undefined;
  /** A sentence, with an ellipsis for words that cannot be drawn. */
  sentence(text: string): string;
  width(text: string, style?: TextStyle): number;
  /** A label that is cut where it is wider than so many pixels. */
  fit(text: string, width: number, style?: TextStyle): string;
  /** Labels of at most so many pixels, no two of them equal. */
  labels(names: readonly string[], width: number): readonly string[];
  /** Broken between words into at most so many lines, of which the last one is cut. */
  lines(text: string, width: number, most: number): readonly string[];
  /** The fonts for everything measured so far. */
  family(weight: Weight): string;
}

export function createPen(): Pen {
  const context = createCanvas(1, 1).getContext("2d");
  const used = { 400: new Set<FontFace>(), 700: new Set<FontFace>() };

  const width = (text: string, { size, weight }: TextStyle = PLAIN) => {
    const faces = [...text].flatMap((character) => fontFor(character, weight) ?? []);
    for (const face of faces) used[weight].add(face);
    context.font = `${size}px ${familyOf(faces, weight)}`;
    return context.measureText(text).width;
  };
  const fit = (text: string, most: number, style: TextStyle = PLAIN) =>
    isolateDirection(shorten(text, (start) => width(start, style) <= most));

  return {
    width,
    fit,
    labels: (names, most) => distinctLabels(names, (label) => width(label) <= most).map(isolateDirection),
    name: (text) => {
      const clusters = clustersOf(text);
      if (clusters.some((cluster) => !isDrawable(cluster) && /[\p{L}\p{N}]/u.test(cluster))) return undefined;
      return clusters.filter(isDrawable).join("").trim() || undefined;
    },
    sentence: (text) =>
      clustersOf(text)
        .map((cluster) => (isDrawable(cluster) ? cluster : "…"))
        .join("")
        .replace(/…[…\s]*…/g, "…"),
    lines: (text, most, count) => brokenLines(text, count, (line) => width(line) <= most),
    family: (weight) => familyOf(used[weight], weight),
  };
}

function clustersOf(text: string): readonly string[] {
  return [...graphemes.segment(text.normalize("NFC"))].map(({ segment }) => segment);
}

function isDrawable(cluster: string): boolean {
  return [...cluster].every((character) => fontFor(character, 400) !== undefined);
}

function brokenLines(text: string, most: number, fits: (line: string) => boolean): readonly string[] {
  const lines: string[] = [];
  let words = text.split(" ").filter((word) => word !== "");
  while (words.length > 0 && lines.length < most) {
    const isLast = lines.length === most - 1;
    let count = words.length;
    while (!isLast && count > 1 && !fits(words.slice(0, count).join(" "))) count -= 1;
    lines.push(shorten(words.slice(0, count).join(" "), fits));
    words = words.slice(count);
  }
  return lines;
}
