import type { Action, Entry, Line, Span } from "../command.ts";

/** The parts of a digest, in the order in which they are read. */
const readingOrder = [
  "actions",
  "moves",
  "risers",
  "complaints",
  "overdue",
  "waves",
  "results",
  "stale",
  "concentration",
  "acquisition",
  "board",
  "gaps",
  "unowned",
  "slower",
] as const;
type PartName = (typeof readingOrder)[number];

/** Where there is no room for all: what is left out last comes first. */
const byImportance: readonly PartName[] = [
  "actions",
  "complaints",
  "moves",
  "results",
  "waves",
  "risers",
  "overdue",
  "stale",
  "concentration",
  "acquisition",
  "board",
  "gaps",
  "unowned",
  "slower",
];

/** Something that a digest can say. */
export interface Part {
  readonly name: PartName;
  /** One line, as short as it can be. */
  readonly line: Line;
  /** The same where there is room for more: at least as many lines, the first of which takes the place of `line`. */
  readonly roomy?: readonly Line[];
  readonly actions?: readonly Action[];
  /** Whether it says anything that the last digest did not. */
  readonly isNews: boolean;
  /** Codes by which the next digest knows that this was told. */
  readonly told?: readonly string[];
}

/**
 * The parts that fit into so many lines, in reading order, and the entries that say them. Before anything is told twice over,
 * such as of a second wave, there is something of everything; actions are told whole. Where all parts of a name can be roomy,
 * they are.
 */
export function fitParts(
  parts: readonly Part[],
  lines: number,
): { readonly kept: readonly Part[]; readonly entries: readonly Entry[] } {
  const important = byImportance.flatMap((name) => parts.filter((part) => part.name === name));
  const isFirst = (part: Part) =>
    part.name === "actions" || part === parts.find(({ name }) => name === part.name);
  const inTurn = [...important.filter(isFirst), ...important.filter((part) => !isFirst(part))];
  const fitting = new Set(inTurn.slice(0, Math.max(0, lines)));
  const kept = readingOrder.flatMap((name) =>
    parts.filter((part) => part.name === name && fitting.has(part)),
  );
  let left = lines - kept.length;
  const roomy = new Map<Part, readonly Line[]>();
  for (const name of byImportance) {
    const own = kept.filter((part) => part.name === name && part.roomy !== undefined);
    const more = own.reduce((sum, { roomy: wanted = [] }) => sum + wanted.length - 1, 0);
    if (more <= left) {
      for (const part of own) roomy.set(part, part.roomy ?? []);
      left -= more;
    }
  }
  const entries = kept.map((part): Entry => {
    const { line, actions } = part;
    return { lines: roomy.get(part) ?? [line], ...(actions && { actions }) };
  });
  return { kept, entries };
}

/** At most so many characters of it, so that one long name does not fill a line. */
export function clip(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most
    ? text
    : `${characters
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`;
}

/** At most so many characters of a line. */
export function clipLine(line: Line, most: number): Line {
  let left = most;
  return line.flatMap((span): readonly Span[] => {
    const text = textOf(span);
    if (left <= 0) return [];
    const shown = clip(text, left);
    left = shown === text ? left - [...text].length : 0;
    return [typeof span === "string" ? shown : { ...span, text: shown }];
  });
}

/** A line without markup. */
export function plainText(line: Line): string {
  return line.map(textOf).join("");
}

/** A name from data, told apart from the words around it. */
export function nameSpan(name: string): Span {
  return { text: clip(name, MOST_OF_A_NAME), style: "bold" };
}

const MOST_OF_A_NAME = 40;

function textOf(span: Span): string {
  return typeof span === "string" ? span : span.text;
}
