import { UsageError } from "../../usage-error.ts";
import { daysUsage, readDays } from "./days-words.ts";
import { type Read, type Rhythm, readCron, readTime } from "./rhythm-words.ts";
import { readZone } from "./zone-words.ts";

export const digestUsage =
  "digest [on [weekly tue] [at 08:30] [in Europe/Berlin] [for #channel] [silent|always]|off|pause|resume|preview|status|resend|everybody] [filters]";

/** Words of the command's own, at which a filter's value ends. */
export const digestWords: readonly string[] = [
  ...["at", "in", "for", "here", "silent", "always"],
  ...["weekly", "daily", "monthly", "cron"],
];

/** What is asked about digests, filters apart. */
export type TypedDigest =
  | { readonly kind: "list" | "preview" | "everybody" }
  | { readonly kind: "on"; readonly wish: Wish }
  | { readonly kind: "off" | "pause" | "resume" | "status"; readonly which: Which | undefined }
  | { readonly kind: "resend"; readonly deliveryId: number };

/** One of somebody's schedules: by its place in their list, by what it is about, or by its id, as buttons name it. */
export type Which = { readonly place: number } | { readonly about: string } | { readonly id: number };

/** Who is to get it. */
export type Target = "me" | "here" | { readonly channelId: string };

/** A digest as it was wished for; what was not said stays, or is as usual. */
export interface Wish extends Rhythm {
  readonly zone?: string;
  readonly target?: Target;
  readonly saysNothing?: boolean;
}

/**
 * What words mean, and the filters among them.
 *
 * @throws UsageError saying what can be typed.
 */
export function readDigest([verb = "", ...rest]: readonly string[], filters: string): TypedDigest {
  const kind = verb.toLowerCase();
  switch (kind) {
    case "on":
      return { kind, wish: readWish(rest) };
    case "off":
    case "pause":
    case "resume":
    case "status":
      return { kind, which: readWhich(kind, rest, filters) };
    case "resend":
      return { kind, deliveryId: readDeliveryId([...rest, filters]) };
    case "preview":
      if (rest.length > 0) throw notUnderstood(rest, "digest preview [filters]");
      return { kind };
    case "":
    case "everybody":
      if (rest.length > 0 || filters !== "") throw notUnderstood([...rest, filters], digestUsage);
      return { kind: kind === "" ? "list" : kind };
    default:
      throw notUnderstood([verb, ...rest], digestUsage);
  }
}

function readWish(words: readonly string[]): Wish {
  let wish: Wish = {};
  let rest = words;
  while (rest.length > 0) {
    const read = readPart(rest);
    if (!read)
      throw new UsageError(
        `I do not understand "${rest.join(" ")}" here. Type \`digest on\` and any of these: the days (${daysUsage}), the time (at 08:30), a time zone (in Europe/Berlin), for a channel or here, silent or always for when nothing is new, and filters such as team:West.`,
      );
    const twice = Object.keys(read.said).find((part) => part in wish);
    if (twice !== undefined)
      throw new UsageError(
        `"${rest.slice(0, read.words).join(" ")}" says again what was said before it. Say it once.`,
      );
    wish = { ...wish, ...read.said };
    rest = rest.slice(read.words);
  }
  if (wish.cron !== undefined && (wish.days !== undefined || wish.time !== undefined))
    throw new UsageError("The five fields of cron say both day and time: leave the other words out.");
  return wish;
}

function readPart(words: readonly string[]): Read<Wish> | undefined {
  const zone = readZone(words);
  if (zone) return { words: zone.words, said: { zone: zone.said } };
  return readCron(words) ?? readTarget(words) ?? readSilence(words) ?? readTime(words) ?? readDays(words);
}

function readSilence([word = ""]: readonly string[]): Read<Wish> | undefined {
  const said = word.toLowerCase();
  return said === "silent" || said === "always"
    ? { words: 1, said: { saysNothing: said === "always" } }
    : undefined;
}

function readTarget(words: readonly string[]): Read<Wish> | undefined {
  const isSaid = words[0]?.toLowerCase() === "for";
  const word = (isSaid ? words[1] : words[0]) ?? "";
  const target = targetCalled(word);
  if (target !== undefined) return { words: isSaid ? 2 : 1, said: { target } };
  if (!isSaid && !word.startsWith("#")) return undefined;
  throw new UsageError(
    `I do not know which channel "${word}" is. Pick it from those that Slack offers when you type #, or type \`digest on here\` in it. People turn on their own.`,
  );
}

function targetCalled(word: string): Target | undefined {
  const channelId = /^<#([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(word)?.[1];
  if (channelId !== undefined) return { channelId };
  const said = word.toLowerCase();
  return said === "me" || said === "here" ? said : undefined;
}

function readWhich(verb: string, words: readonly string[], filters: string): Which | undefined {
  const typed = words.join(" ");
  if (typed === "") return filters === "" ? undefined : { about: filters };
  const [, id, place] = /^(?:id:([1-9]\d{0,8})|([1-9]\d{0,2}))$/.exec(typed) ?? [];
  if (id !== undefined) return { id: Number(id) };
  if (place !== undefined) return { place: Number(place) };
  throw notUnderstood(words, `digest ${verb} 2`);
}

function readDeliveryId(words: readonly string[]): number {
  const typed = words.join(" ").trim();
  if (/^[1-9]\d{0,8}$/.test(typed)) return Number(typed);
  throw new UsageError(
    "Say which delivery: `digest status` shows them, with a button where sending again makes sense.",
    [{ label: "Deliveries", line: "digest status" }],
  );
}

function notUnderstood(words: readonly string[], usage: string): UsageError {
  return new UsageError(`I do not understand "${words.join(" ").trim()}" here: \`${usage}\`.`, [
    { label: "My digests", line: "digest" },
    { label: "Turn on", line: "digest on" },
    { label: "Preview", line: "digest preview" },
  ]);
}
