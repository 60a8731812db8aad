import type { Answer, ChoiceFilter } from "../../src/desk.ts";

/** What somebody can do with an answer: lines to press, and lines whose answer they can post. */
export interface Pressable {
  readonly lines: readonly string[];
  readonly shares: readonly string[];
  readonly forms: readonly string[];
}

const choiceFilters: readonly ChoiceFilter[] = ["owner", "team", "industry", "region", "product"];

export function pressable(answer: Answer): Pressable {
  if (!answer.ok) return { lines: answer.suggestions.map(({ line }) => line), shares: [], forms: [] };
  const actions = answer.reply.actions ?? [];
  return {
    lines: actions.flatMap((action) => {
      if (action.kind === "choose") return action.choices.map(({ line }) => line);
      return action.kind === "run" ? [action.line] : [];
    }),
    shares: actions.flatMap((action) => (action.kind === "share" ? [action.line] : [])),
    forms: actions.flatMap((action) => (action.kind === "filter" ? [action.line] : [])),
  };
}

/**
 * Types every seed, then presses whatever the answers offer, breadth first, until nothing is new or `most`
 * lines were asked beyond the seeds.
 */
export async function crawl(
  seeds: readonly string[],
  most: number,
  ask: (line: string) => Promise<Answer>,
  visit: (line: string, answer: Answer) => Promise<void>,
  choicesOf: (filter: ChoiceFilter) => Promise<readonly string[]>,
): Promise<number> {
  const known = new Set(seeds);
  const waiting = [...known];
  let left = most;
  let asked = 0;
  const add = (lines: readonly string[]) => {
    for (const line of lines) {
      if (known.has(line) || left <= 0) continue;
      left -= 1;
      known.add(line);
      waiting.push(line);
    }
  };
  for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
    const answer = await ask(line);
    asked += 1;
    await visit(line, answer);
    const { lines, forms } = pressable(answer);
    add(lines);
    for (const form of forms)
      for (const filter of choiceFilters)
        add((await choicesOf(filter)).map((value) => `${form} ${filter}:"${value}"`));
  }
  return asked;
}
