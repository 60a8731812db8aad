import { limits } from "./limits.ts";
import { shortText } from "./readable-text.ts";

const MOST_ABOUT = 120;

/** What the button of a form carries: its line, and what the form is about, in lines of their own. */
export function fillValue(line: string, about: string | undefined): string {
  if (about === undefined || about.trim() === "") return line;
  const value = `${line}\n${shortText(about, MOST_ABOUT)}`;
  return value.length <= limits.buttonValue ? value : line;
}

/** What `fillValue` wrote. */
export function readFillValue(value: string): { readonly line: string; readonly about: string | undefined } {
  const [line = "", about] = value.split("\n", 2);
  return { line, about };
}
