import { codes, type TextColumn } from "./text-column.ts";
import type { CategoryFeature, Exclusion, Feature } from "./win-table.ts";

export type ReadFeature =
  | { readonly kind: "feature"; readonly feature: Feature }
  | { readonly kind: "excluded"; readonly why: Exclusion };

/** Nearly every row with another one; in fewer rows that may be chance. */
const [nearlyDistinct, leastRows] = [0.9, 20];
/** Prose has many words in a cell, and hardly a cell twice. */
const prose = { words: 6, distinct: 0.5, wordsOfDistinct: 4 };

/** Reads some rows of a column as words. Cities, people and the like stay, however many there are: who learns lumps the rare. */
export function readCategory(column: TextColumn, rows: Int32Array): ReadFeature {
  const { feature, unkept } = categoryOf(column, rows);
  const filled = feature.codes.reduce((count, code) => count + Number(code >= 0), unkept);
  const distinct = feature.levels.length + unkept;
  const words =
    feature.levels.reduce((sum, text) => sum + text.split(/\s+/).length, 0) / feature.levels.length;
  const isProse = distinct >= prose.distinct * filled && words >= prose.words;
  const isDistinct = distinct >= nearlyDistinct * filled;
  if (unkept > 0 || (filled >= leastRows && (isProse || isDistinct))) {
    const code = words >= (isDistinct ? prose.wordsOfDistinct : prose.words) ? "free-text" : "identifier";
    return { kind: "excluded", why: { code } };
  }
  if (distinct === 1 && filled === rows.length) return { kind: "excluded", why: { code: "constant" } };
  return { kind: "feature", feature };
}

/** Numbers among texts are levels like them. */
export function categoryOf({ name, places, numbers, texts }: TextColumn, rows: Int32Array) {
  const levels: string[] = [];
  const [levelOfText, levelOfNumber] = [new Int32Array(texts.length).fill(-1), new Map<number, number>()];
  let unkept = 0;
  const levelCodes = Int32Array.from(rows, (row) => {
    const place = places[row] ?? codes.blank;
    if (place >= 0) {
      if (levelOfText[place] === -1) levelOfText[place] = levels.push(texts[place] ?? "") - 1;
      return levelOfText[place] ?? -1;
    }
    if (place === codes.unkept) unkept += 1;
    if (place !== codes.number) return -1;
    const number = numbers[row] ?? 0;
    const known = levelOfNumber.get(number) ?? levels.push(String(number)) - 1;
    levelOfNumber.set(number, known);
    return known;
  });
  const feature: CategoryFeature = { kind: "category", name, levels, codes: levelCodes };
  return { feature, unkept };
}
