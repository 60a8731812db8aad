import { z } from "zod";

/** What is asked of the future. */
export interface OutlookOptions {
  /** The account that is lost, as typed; undefined where none is. */
  readonly without: string | undefined;
  /** How many times as many accounts are won as in the last year; undefined where that stays. */
  readonly pace: number | undefined;
  readonly isChart: boolean;
  readonly isExplained: boolean;
}

const MOST_PERCENT = 1_000;
const how =
  "Ask `outlook`, `outlook without <name>`, `outlook without biggest`, `outlook acquisition 50%`, or both together.";

/** Words that begin something else than the name of an account that is lost. */
const ownWord = /^(acquisition|chart|explain)$/i;
const paces: ReadonlyMap<string, number> = new Map([
  ["half", 0.5],
  ["halved", 0.5],
  ["none", 0],
  ["stops", 0],
  ["doubled", 2],
]);

export const outlookOptions = z
  .array(z.string())
  .readonly()
  .transform((words, context): OutlookOptions => {
    const read = readWords(words);
    if (typeof read !== "string") return read;
    context.addIssue(read);
    return z.NEVER;
  });

/** The options, or what is wrong with them. */
function readWords(words: readonly string[]): OutlookOptions | string {
  let options: OutlookOptions = { without: undefined, pace: undefined, isChart: false, isExplained: false };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]?.toLowerCase();
    if (word === "chart") options = { ...options, isChart: true };
    else if (word === "explain") options = { ...options, isExplained: true };
    else if (word === "without") {
      const name = wordsUntilOwn(words.slice(at + 1));
      if (name.length === 0) return `Without which account? ${how}`;
      options = { ...options, without: name.join(" ") };
      at += name.length;
    } else if (word === "acquisition") {
      const [first = "", second] = words.slice(at + 1);
      const percent = second === "%" ? `${first}%` : first;
      const pace = readPace(percent);
      if (pace === undefined)
        return `I do not understand "${percent}": say acquisition as a percentage of last year's up to ${MOST_PERCENT}, such as \`outlook acquisition 50%\`.`;
      options = { ...options, pace };
      at += second === "%" ? 2 : 1;
    } else return `I do not understand "${words.join(" ")}". ${how}`;
  }
  return options;
}

function wordsUntilOwn(words: readonly string[]): readonly string[] {
  const end = words.findIndex((word) => ownWord.test(word));
  return end < 0 ? words : words.slice(0, end);
}

function readPace(typed: string): number | undefined {
  const named = paces.get(typed.toLowerCase());
  if (named !== undefined) return named;
  const percent = /^(\d{1,4}(?:[.,]\d)?)%?$/.exec(typed)?.[1];
  const share = Number(percent?.replace(",", ".")) / 100;
  return percent !== undefined && share <= MOST_PERCENT / 100 ? share : undefined;
}

/** The options as words that are read as the same again. */
export function outlookWords({ without, pace, isChart, isExplained }: OutlookOptions): readonly string[] {
  return [
    ...(without === undefined ? [] : ["without", without]),
    ...(pace === undefined ? [] : ["acquisition", String(Math.round(pace * 1_000) / 10)]),
    ...(isChart ? ["chart"] : []),
    ...(isExplained ? ["explain"] : []),
  ];
}
