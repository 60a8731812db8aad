import { daysBetween } from "../core/calendar.ts";
import type { Tier } from "../core/tiers.ts";
import type { OwnerFilter } from "../query.ts";
import { properNames, someNames } from "./names-in-words.ts";
import type { Sentence } from "./sentence.ts";
import { isMeant } from "./spelling.ts";

/** What a sentence is about, as far as it says so. */
export interface Slots {
  readonly tier?: Tier;
  /** The tier it was in before. */
  readonly from?: Tier;
  readonly owner?: OwnerFilter;
  readonly days?: number;
  readonly offer?: string;
  readonly account?: string;
  readonly product?: string;
  readonly industry?: string;
}

/** Everything that a slot can stand for at a place of a sentence, and where it ends; the likeliest first. */
type Reader = (
  sentence: Sentence,
  at: number,
  today: string,
) => Iterable<{ readonly end: number; readonly value: Slots }>;

export type SlotName = keyof typeof readers;

/** A name in capitals has to look like one, or stand in quotes; where the words around it leave no doubt, any will do. */
export const readers = {
  tier: (sentence, at) => tiers(sentence, at, (tier) => ({ tier })),
  from: (sentence, at) => tiers(sentence, at, (from) => ({ from })),
  someTier: (sentence, at) => tiers(sentence, at, () => ({})),
  owner: owners,
  days: daysIn,
  ahead: daysAhead,
  offer: (sentence, at) => named(someNames(sentence, at), (offer) => ({ offer })),
  Offer: (sentence, at) => named(properNames(sentence, at), (offer) => ({ offer })),
  account: (sentence, at) => named(someNames(sentence, at), (account) => ({ account })),
  Account: (sentence, at) => named(properNames(sentence, at), (account) => ({ account })),
  Product: (sentence, at) => named(properNames(sentence, at), (product) => ({ product })),
  rep: (sentence, at) => named(properNames(sentence, at), (name) => ({ owner: { kind: "name", name } })),
  industry: (sentence, at) => named(someNames(sentence, at), (industry) => ({ industry })),
} satisfies Record<string, Reader>;

const MOST_DAYS = 730;
const units: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, quarter: 90, year: 365 };
const numbers = "one two three four five six seven eight nine ten eleven twelve".split(" ");
const months = "january february march april may june july august september october november december".split(
  " ",
);

function* named(
  names: Iterable<{ readonly end: number; readonly name: string }>,
  slot: (name: string) => Slots,
) {
  for (const { end, name } of names) yield { end, value: slot(name) };
}

/** `A`, `tier A`, `A tier`. */
function* tiers({ words }: Sentence, at: number, slot: (tier: Tier) => Slots) {
  const isTier = (index: number) => words[index]?.kind === "word" && words[index].key === "tier";
  const place = isTier(at) ? at + 1 : at;
  const key = words[place]?.kind === "word" ? words[place].key.toUpperCase() : "";
  if (key !== "A" && key !== "B" && key !== "C" && key !== "D") return;
  const value = slot(key);
  if (place === at && isTier(at + 1)) yield { end: at + 2, value };
  yield { end: place + 1, value };
}

/** `my`, `Ann's`, `Ann Archer's`, a mention. */
function* owners(sentence: Sentence, at: number) {
  const { source, words } = sentence;
  const word = words[at];
  if (word?.kind === "word" && (word.key === "my" || word.key === "mine")) {
    const owner: OwnerFilter = { kind: "me" };
    yield { end: at + 1, value: { owner } };
  }
  if (word?.kind === "mention") {
    const owner: OwnerFilter = { kind: "user", userId: word.key.replace(/^<@(\w+).*$/, "$1") };
    yield { end: at + 1, value: { owner } };
  }
  for (const length of [1, 2]) {
    const last = words[at + length - 1];
    if (word?.kind !== "word" || last?.kind !== "word" || !last.key.endsWith("'s")) continue;
    const name = source.slice(word.start, last.end - 2);
    const owner: OwnerFilter = { kind: "name", name };
    if (/^\p{Lu}/u.test(name)) yield { end: at + length, value: { owner } };
  }
}

/** `in the next 60 days`, `within a quarter`: as days from today. */
function* daysAhead({ words }: Sentence, at: number) {
  const key = (index: number) => (words[index]?.kind === "word" ? words[index].key : "");
  const skip = (index: number, ...some: readonly string[]) => (some.includes(key(index)) ? index + 1 : index);
  const from = skip(skip(skip(at, "in", "within", "over", "during"), "the", "a"), "next", "coming");
  if (from === at) return;
  const [, digits] = /^(\d{1,3})$/.exec(key(from)) ?? [];
  const count = digits === undefined ? numbers.indexOf(key(from)) + 1 || undefined : Number(digits);
  const place = count === undefined ? from : from + 1;
  const days = (count ?? 1) * (units[key(place).replace(/s$/, "")] ?? 0);
  if (days >= 1 && days <= MOST_DAYS) yield { end: place + 1, value: { days } };
}

/** `90 days`, `90d`, `in the last three months`, `for 2 weeks`, `this quarter`, `since March`: as days until today. */
function* daysIn({ words }: Sentence, at: number, today: string) {
  const key = (index: number) => (words[index]?.kind === "word" ? words[index].key : "");
  const skip = (index: number, ...some: readonly string[]) => (some.includes(key(index)) ? index + 1 : index);
  const start = skip(skip(at, "in", "over", "within", "during", "for", "since"), "the");
  const isThis = key(start) === "this";
  const from = skip(start, "last", "past", "previous", "this", "about");
  const month = months.findIndex((name) => isMeant(key(from), name));
  const [, digits, letter] = /^(\d{1,3})([dwm])?$/.exec(key(from)) ?? [];
  const written = numbers.indexOf(key(from)) + 1;
  const count = digits === undefined ? written || undefined : Number(digits);
  const place = letter === undefined && count !== undefined ? from + 1 : from;
  const word = key(place).replace(/s$/, "");
  const unit = letter === undefined ? word : { d: "day", w: "week", m: "month" }[letter];
  const unitDays = units[Object.keys(units).find((each) => unit && isMeant(unit, each)) ?? ""];
  let days: number | undefined;
  if (key(at) === "since" && from === at + 1 && month >= 0) days = daysSince(month, today);
  else if (unitDays !== undefined && isThis) days = daysOf(word, today);
  // A unit alone means one of them only after a word that says so: "the last week".
  else if (unitDays !== undefined && (count !== undefined || from > start)) days = (count ?? 1) * unitDays;
  if (days !== undefined && days >= 1 && days <= MOST_DAYS) yield { end: place + 1, value: { days } };
}

/** Days since a month, counted from 0, last began. */
function daysSince(month: number, today: string): number {
  const year = Number(today.slice(0, 4));
  const first = `-${String(month + 1).padStart(2, "0")}-01`;
  const begun = `${year}${first}` < today ? year : year - 1;
  return daysBetween(`${begun}${first}`, today);
}

/** Days of this month, quarter or year that are over; a week has seven in any case. */
function daysOf(unit: string, today: string): number {
  const [year, month = "01"] = today.split("-");
  const quarter = String(Math.floor((Number(month) - 1) / 3) * 3 + 1).padStart(2, "0");
  const first = { month: `${year}-${month}-01`, quarter: `${year}-${quarter}-01`, year: `${year}-01-01` }[
    unit
  ];
  return first === undefined ? (units[unit] ?? 0) : Math.max(1, daysBetween(first, today));
}
