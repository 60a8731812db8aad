import { cleanText } from "../core/names.ts";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
/** Characters that take no room, but for those that join or vary what stands beside them. */
const INVISIBLE = /(?!\u200c|\u200d|[\ufe0e\ufe0f]|[\u{e0020}-\u{e007f}])\p{Default_Ignorable_Code_Point}/gu;
/** Longer text is never shown whole, and cutting it must not take long. */
const MOST_READ = 3000;
const KEPT_AT_END = 6;

/** Text from data as people can read it: no control characters, no half characters; empty when nothing shows. */
export function readable(text: string): string {
  const clean = cleanText(wellFormed(text)).replace(INVISIBLE, "").trim();
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(clean.replaceAll("\u2800", "")) ? clean : "";
}

/** The same for a sentence, which keeps the marks that hold a right-to-left name in its place. */
export function readableSentence(text: string): string {
  return wellFormed(text)
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, " ")
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\ufeff]/gu, "")
    .trim();
}

/** Names as people can read them; where nothing of one can be seen, its place: `Account 3`. */
export function readableNames(names: readonly string[], noun: string): readonly string[] {
  return names.map((name, index) => readable(name) || placeName(noun, index));
}

/** What stands for a name that cannot be shown. */
export function placeName(noun: string, index: number): string {
  return `${readable(noun) || "Item"} ${index + 1}`;
}

/** Cuts a text between what people see as characters until it fits, and shows that it did. */
export function shorten(text: string, fits: (text: string) => boolean): string {
  if (text.length <= MOST_READ && fits(text)) return text;
  const start = wellFormed(text.slice(0, MOST_READ));
  const cut = longest(
    [...graphemes.segment(start)].map(({ segment }) => segment),
    fits,
  );
  // One "character" of hundreds of stacked accents: better cut inside it than show nothing.
  return cut === "…" ? longest([...start], fits) : cut;
}

/**
 * Shortened names of which no two are equal. Names that differ at their ends keep those, `Brightwater…ia AG`; a second
 * `Acme` becomes `Acme (2)`.
 */
export function distinctLabels(names: readonly string[], fits: (text: string) => boolean): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let label = shorten(name, fits);
    if (taken.has(label) && label !== name) label = shortenMiddle(name, fits);
    for (let place = 2; taken.has(label); place += 1) {
      const suffix = ` (${place})`;
      label = `${shorten(name, (text) => fits(text + suffix))}${suffix}`;
    }
    taken.add(label);
    return label;
  });
}

/** Fits into so many UTF-16 units, the strictest reading of "characters". */
export function within(most: number): (text: string) => boolean {
  return (text) => text.length <= most;
}

/** Cuts out of the middle what does not fit. */
function shortenMiddle(text: string, fits: (text: string) => boolean): string {
  const end = [...graphemes.segment(text.slice(-MOST_READ))]
    .slice(-KEPT_AT_END)
    .map(({ segment }) => segment)
    .join("");
  const label = `${shorten(text, (start) => fits(start + end))}${end}`;
  return fits(label) ? label : shorten(text, fits);
}

/** The longest start that fits with an ellipsis behind it, found by halving. */
function longest(parts: readonly string[], fits: (text: string) => boolean): string {
  const start = (count: number) => `${parts.slice(0, count).join("").trimEnd()}…`;
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(start(middle))) low = middle;
    else high = middle - 1;
  }
  return start(low);
}

/** A lone half of a surrogate pair is no character. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}
