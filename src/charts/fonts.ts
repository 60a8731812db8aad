import { createCanvas, GlobalFonts } from "@napi-rs/canvas";
import { type FontFace, facesFor, latinFace, type Weight } from "./font-faces.ts";

/** Draws nothing by itself: joiners and variation selectors. */
const IGNORABLE = /^[\p{Default_Ignorable_Code_Point}\s]$/u;
const PROBE_SIZE = 32;

const known = new Map<string, FontFace | undefined>();

/**
 * The font that draws a character, loaded; undefined where none of the embedded ones can. A file may claim more
 * characters than it has, so that each is drawn once and compared with what stands for a missing one.
 */
export function fontFor(character: string, weight: Weight): FontFace | undefined {
  if (IGNORABLE.test(character)) return latinFace(weight);
  const key = `${weight} ${character}`;
  if (!known.has(key)) {
    known.set(key, findFont(character, weight));
  }
  return known.get(key);
}

/** Fails where text would silently not be drawn. */
export function assertFonts(): void {
  for (const weight of [400, 700] as const) {
    for (const character of ["A", "€", "7"]) {
      if (!fontFor(character, weight)) throw new Error(`The font of charts does not draw "${character}".`);
    }
  }
}

/** The names of fonts as a canvas wants them, Latin first. */
export function familyOf(faces: Iterable<FontFace>, weight: Weight): string {
  const byAlias = new Map([latinFace(weight), ...faces].map((face) => [face.alias, face]));
  return [...byAlias.values()]
    .sort((left, right) => left.place - right.place)
    .map(({ alias }) => alias)
    .join(", ");
}

function findFont(character: string, weight: Weight): FontFace | undefined {
  for (const face of facesFor(character, weight)) if (hasGlyph(face, character)) return face;
  return undefined;
}

function hasGlyph(face: FontFace, character: string): boolean {
  load(face);
  const drawn = probe(character, face);
  return drawn.some((byte) => byte !== 0) && !drawn.equals(probe("\uFFFF", face));
}

function load({ alias, path }: FontFace): void {
  if (!GlobalFonts.has(alias) && GlobalFonts.registerFromPath(path, alias) === null) {
    throw new Error(`The font ${path} cannot be loaded.`);
  }
}

function probe(character: string, { alias }: FontFace): Buffer {
  const context = createCanvas(2 * PROBE_SIZE, 2 * PROBE_SIZE).getContext("2d");
  context.font = `${PROBE_SIZE}px ${alias}`;
  context.fillText(character, PROBE_SIZE / 2, 1.25 * PROBE_SIZE);
  return Buffer.from(context.getImageData(0, 0, 2 * PROBE_SIZE, 2 * PROBE_SIZE).data);
}
