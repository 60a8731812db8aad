import { cleanText } from "../core/names.ts";

/** Characters of scripts that run from right to left. */
const RTL =
  "\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}\\p{Script=Adlam}";
/** From a right-to-left character to the last one before any other letter or digit: a name, not the figure after it. */
const RTL_RUN = new RegExp(`[${RTL}](?:[^\\p{L}\\p{N}\\n]*[${RTL}])*`, "gu");
const ISOLATE = "\u2068";
const END_OF_ISOLATE = "\u2069";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Text from data as people can read it: no control characters, no half characters, single spaces. */
export function readable(text: string): string {
  return cleanText(wellFormed(text));
}

/** A lone half of a surrogate pair is no character; JSON may carry it, Slack may not. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** Cuts between what people see as characters, and shows that it did. */
export function truncate(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = "";
  // A little more than fits is enough to see where the last whole character ends.
  for (const { segment } of graphemes.segment(text.slice(0, most + 100))) {
    if (kept.length + segment.length > most - 1) break;
    kept += segment;
  }
  // One "character" of hundreds of stacked accents: better cut inside it than show nothing.
  const cut = kept === "" ? wellFormed(text.slice(0, Math.max(0, most - 1))) : kept;
  return `${cut.trimEnd()}…`;
}

/** Clean text of at most so many characters; `otherwise` when there is nothing to read. */
export function shortText(text: string, most: number, otherwise = "–"): string {
  return truncate(readable(text), most) || otherwise;
}

/**
 * Like `shortText`, for text that stands inside a sentence: right-to-left words are isolated, so that the
 * figures beside them stay where they belong.
 */
export function runningText(text: string, most: number, otherwise = "–"): string {
  const clean = readable(text);
  const cut = truncate(clean, most);
  const marks = isolateRightToLeft(cut).length - cut.length;
  if (cut.length + marks <= most) return isolateRightToLeft(cut) || otherwise;
  // Marks that would leave no room for the text are not worth it.
  return marks > most / 2 ? cut : isolateRightToLeft(truncate(clean, most - marks));
}

/** A line in which every character has its place: nothing is cut or moved together. */
export function alignedText(line: string): string {
  return isolateRightToLeft(wellFormed(line).replace(/[\u2066-\u2069]/g, ""));
}

/** A span keeps the space that separates it from its neighbours. */
export function spanText(text: string, most: number): string {
  const inner = runningText(text, most, "");
  if (inner === "") return /\s/.test(text) ? " " : "";
  return `${/^\s/.test(text) ? " " : ""}${inner}${/\s$/.test(text) ? " " : ""}`;
}

function isolateRightToLeft(text: string): string {
  return text.replace(RTL_RUN, (run) => `${ISOLATE}${run}${END_OF_ISOLATE}`);
}

/** The three characters that Slack's markup knows, so that no name becomes a mention or a link. */
export function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
