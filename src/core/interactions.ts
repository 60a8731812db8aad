import type { Day } from "./calendar.ts";

/** What happens between us and an account, and the minutes that it takes where nobody types them. */
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
  gift: 15,
  note: 5,
} as const;

export type InteractionKind = keyof typeof usualMinutes;
export const interactionKinds = Object.keys(usualMinutes) as readonly InteractionKind[];

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
