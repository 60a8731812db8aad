import type { Day } from "./calendar.ts";

/**
 * What happens between us and an account, and the minutes that it takes where nobody types them. Purchases are none of
 * these, since invoices, payments and deals bring them; nor are answers to offers, which are noted with the offer.
 */
export const usualMinutes = {
  call: 30,
  meeting: 90,
  visit: 240,
  email: 10,
  inquiry: 20,
  complaint: 60,
  survey: 10,
  return: 30,
  payment: 10,
  preference: 5,
  perception: 5,
  reference: 30,
  gift: 15,
  note: 5,
} as const;

export type InteractionKind = keyof typeof usualMinutes;
export const interactionKinds = Object.keys(usualMinutes) as readonly InteractionKind[];

/** Nobody spends more on one account in a day. */
export const mostMinutes = 24 * 60;
/** A survey's scores. */
export const scores = { least: 0, most: 10 } as const;
/** Days before are a slip of the pen. */
export const firstDay: Day = "1970-01-01";
/** What people write about it has at most so many characters. */
export const longestNote = 500;

/** Something that happened, before it is noted. */
export interface InteractionDraft {
  readonly kind: InteractionKind;
  readonly onDay: Day;
  /** Undefined where nobody typed them. */
  readonly minutes?: number;
  /** From 0 to 10, of surveys alone. */
  readonly score?: number;
  readonly note: string;
}

/** What is wrong with a draft. */
export type DraftFault =
  | "still-to-come"
  | "too-long-ago"
  | "too-many-hours"
  | "scored-no-survey"
  | "score-out-of-range"
  | "note-too-long";

/** The first thing that keeps a draft from being noted on a day; undefined where it can be. */
export function faultOf(draft: InteractionDraft, today: Day): DraftFault | undefined {
  const { kind, onDay, minutes = 0, score, note } = draft;
  if (onDay > today) return "still-to-come";
  if (onDay < firstDay) return "too-long-ago";
  if (!(minutes >= 0 && minutes <= mostMinutes)) return "too-many-hours";
  if (score !== undefined && kind !== "survey") return "scored-no-survey";
  if (score !== undefined && !isScore(score)) return "score-out-of-range";
  return note.length > longestNote ? "note-too-long" : undefined;
}

function isScore(score: number): boolean {
  return Number.isInteger(score) && score >= scores.least && score <= scores.most;
}
