import { UsageError } from "../../usage-error.ts";
import { cronFault } from "../cron.ts";

/** What was said of when a digest comes; what was not said stays as it is. */
export interface Rhythm {
  /** Five fields, as they were typed. */
  readonly cron?: string;
  /** The fields behind minute and hour. */
  readonly days?: string;
  /** Minute and hour as fields. */
  readonly time?: string;
}

/** So many words were read, and this is what they say. */
export interface Read<Said> {
  readonly words: number;
  readonly said: Said;
}

/** Five fields that say when, after other ones: what is not said of them stays. @throws UsageError */
export function cronOf({ cron, days, time }: Rhythm, before: string): string {
  const fields = before.split(" ");
  const wished = cron ?? `${time ?? fields.slice(0, 2).join(" ")} ${days ?? fields.slice(2).join(" ")}`;
  const fault = cronFault(wished);
  if (fault === undefined) return wished;
  throw new UsageError(
    {
      malformed: `I cannot read "${wished}" as cron. It has five fields: minute, hour, day of the month, month and day of the week, such as \`cron "30 8 * * 2"\` for Tuesdays at 08:30.`,
      never: `That never comes: no year has a day such as "${wished}" says.`,
      "too-often": "Digests come at most once an hour: write one number as the minute.",
    }[fault],
  );
}

/** `cron "30 8 * * 2"`, with or without quotes. */
export function readCron([first = "", ...words]: readonly string[]): Read<Rhythm> | undefined {
  if (first.toLowerCase() !== "cron") return undefined;
  const isWhole = words[0]?.includes(" ") ?? false;
  const fields = (isWhole ? words.slice(0, 1) : words.slice(0, 5)).join(" ").trim().split(/\s+/).join(" ");
  return { words: 1 + (isWhole ? 1 : Math.min(5, words.length)), said: { cron: fields } };
}

/** `at 08:30`, `8:30pm`, `at 8`. @throws UsageError for an hour or a minute that no day has. */
export function readTime(words: readonly string[]): Read<Rhythm> | undefined {
  const isSaid = words[0]?.toLowerCase() === "at";
  const [typed = "", next = ""] = isSaid ? words.slice(1) : words;
  const half = /^[ap]m$/i.test(next) ? next : "";
  const match = /^(\d{1,2})(?:[:.](\d{2}))?([ap]m)?$/i.exec(`${typed}${half}`);
  if (!match) {
    if (isSaid) throw new UsageError(noTime(typed));
    return undefined;
  }
  const [, hour = "", minute, part] = match;
  if (!isSaid && minute === undefined && part === undefined) return undefined;
  const clock = Number(hour);
  if (clock > (part ? 12 : 23) || (part && clock === 0) || Number(minute ?? 0) > 59)
    throw new UsageError(noTime(typed));
  const shift = part === undefined ? clock : (clock % 12) + (part.toLowerCase() === "pm" ? 12 : 0);
  return {
    words: (isSaid ? 2 : 1) + (half === "" ? 0 : 1),
    said: { time: `${Number(minute ?? 0)} ${shift}` },
  };
}

function noTime(typed: string): string {
  return `"${typed}" is no time of day: write it as \`at 08:30\`.`;
}
