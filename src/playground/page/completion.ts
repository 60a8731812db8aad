import type { PageState } from "../page-state.ts";

export interface Suggestion {
  /** What the composer holds once it is taken. */
  readonly text: string;
  readonly label: string;
  readonly summary: string;
  /** Whether one goes on typing, so that the next suggestions should show. */
  readonly goesOn: boolean;
}

const MOST = 8;

/** What could be meant by what has been typed so far: the command, its lines, or a person. */
export function suggestionsFor(text: string, state: PageState): readonly Suggestion[] {
  if (!text.startsWith("/")) return [];
  const { command } = state;
  if (!text.startsWith(`${command} `)) {
    const fits = command.startsWith(text);
    return fits ? [{ text: `${command} `, label: command, summary: state.usageHint, goesOn: true }] : [];
  }
  return [...peopleFor(text, state), ...linesFor(text, state)].slice(0, MOST);
}

/** Lines that begin with what was typed come before those that merely contain it. */
function linesFor(text: string, state: PageState): readonly Suggestion[] {
  const typed = text
    .slice(state.command.length + 1)
    .trimStart()
    .toLowerCase();
  const begins = state.completions.filter((each) => each.text.toLowerCase().startsWith(typed));
  const contains = state.completions.filter(
    (each) => !begins.includes(each) && hasWordLike(`${each.text} ${each.summary}`, typed),
  );
  return [...begins, ...contains]
    .filter((each) => each.text.toLowerCase() !== typed)
    .map((each) => ({
      text: `${state.command} ${each.text}`,
      label: each.text,
      summary: each.summary,
      goesOn: false,
    }));
}

/** Whether a word of the text begins with what was typed; one letter would fit nearly everything. */
function hasWordLike(text: string, typed: string): boolean {
  return typed.length > 1 && ` ${text.toLowerCase()}`.includes(` ${typed}`);
}

/** People whose handle begins with the `@word` being typed. */
function peopleFor(text: string, state: PageState): readonly Suggestion[] {
  const word = /(?:^|\s)@([\p{L}\d._-]*)$/u.exec(text)?.[1];
  if (word === undefined) return [];
  return state.users
    .filter((user) => user.name.toLowerCase().startsWith(word.toLowerCase()))
    .map((user) => ({
      text: `${text.slice(0, text.length - word.length)}${user.name} `,
      label: `@${user.name}`,
      summary: user.realName,
      goesOn: false,
    }));
}
