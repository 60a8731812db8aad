import { createRequire } from "node:module";
import { z } from "zod";

/** One font file: a part of a family, in one weight. */
export interface FontFace {
  /** The name under which only this file is found, since Skia finds one file for each name. */
  readonly alias: string;
  readonly path: string;
  /** Its place in the order of preference. */
  readonly place: number;
}

export type Weight = 400 | 700;

interface Part {
  readonly family: string;
  readonly subset: string;
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

const require = createRequire(import.meta.url);
const rangesOfSubsets = z.record(z.string(), z.string());

/** The scripts of each package that are its own, best first; every one also has Latin, which Inter draws. */
const families: readonly { readonly family: string; readonly ranges: unknown; readonly own: RegExp }[] = [
  { family: "inter", ranges: require("@fontsource/inter/unicode.json"), own: /./ },
  { family: "noto-emoji", ranges: require("@fontsource/noto-emoji/unicode.json"), own: /./ },
  {
    family: "noto-sans-hebrew",
    ranges: require("@fontsource/noto-sans-hebrew/unicode.json"),
    own: /^hebrew$/,
  },
  {
    family: "noto-sans-arabic",
    ranges: require("@fontsource/noto-sans-arabic/unicode.json"),
    own: /^arabic$/,
  },
  { family: "noto-sans-thai", ranges: require("@fontsource/noto-sans-thai/unicode.json"), own: /^thai$/ },
  {
    family: "noto-sans-devanagari",
    ranges: require("@fontsource/noto-sans-devanagari/unicode.json"),
    own: /^devanagari$/,
  },
  { family: "noto-sans-sc", ranges: require("@fontsource/noto-sans-sc/unicode.json"), own: /^\[/ },
  { family: "noto-sans-kr", ranges: require("@fontsource/noto-sans-kr/unicode.json"), own: /^\[/ },
  {
    family: "noto-sans-arabic",
    ranges: require("@fontsource/noto-sans-arabic/unicode.json"),
    own: /^(symbols|math)$/,
  },
];

/** Latin first, so that a digit beside a name is always Inter's. */
const parts: readonly Part[] = families.flatMap(({ family, ranges, own }) =>
  Object.entries(rangesOfSubsets.parse(ranges))
    .filter(([subset]) => own.test(subset))
    .map(([subset, list]) => ({ family, subset: subset.replace(/[[\]]/g, ""), ranges: rangesIn(list) }))
    .sort((left, right) => Number(right.subset === "latin") - Number(left.subset === "latin")),
);

/** The files that say that they have a character, in the order of preference. */
export function* facesFor(character: string, weight: Weight): Generator<FontFace> {
  const code = character.codePointAt(0) ?? 0;
  for (const [place, part] of parts.entries()) {
    if (part.ranges.some(([first, last]) => first <= code && code <= last)) yield faceOf(part, place, weight);
  }
}

/** The file of plain Latin text, which every picture needs. */
export function latinFace(weight: Weight): FontFace {
  const face = facesFor("A", weight).next().value;
  if (!face) throw new Error("No font says that it has Latin letters.");
  return face;
}

function faceOf({ family, subset }: Part, place: number, weight: Weight): FontFace {
  const alias = `${family}-${subset}-${weight}`;
  return { alias, place, path: require.resolve(`@fontsource/${family}/files/${alias}-normal.woff2`) };
}

/** `U+0304,U+0400-045F`, as in CSS. */
function rangesIn(list: string): Part["ranges"] {
  return list.split(",").map((range) => {
    const [first = "", last = first] = range.trim().replace(/^U\+/i, "").split("-");
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
  });
}
