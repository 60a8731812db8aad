import { type Day, daysBetween } from "../calendar.ts";

export type WinFitCause = "first" | "definition" | "data" | "schedule";

/** What a fit was made from. */
export interface SeenDeals {
  readonly definitions: number;
  readonly asOf: Day;
  readonly seen: {
    readonly deals: number;
    /** Of all that is known of them. */
    readonly hash: string;
  };
}

/** So many deals are learned from anew whenever one of them changed. */
const fewDeals = 20_000;
/** More of them when this share came or went, or after so many days. */
const [muchChanged, everyDays] = [0.05, 28];

/** Why there has to be another fit; undefined while the last one holds. A day before the last fit's knows less. */
export function refitWin(last: SeenDeals | undefined, next: SeenDeals): WinFitCause | undefined {
  if (last === undefined) return "first";
  if (last.definitions !== next.definitions) return "definition";
  const [before, after] = [last.seen, next.seen];
  if (before.deals === after.deals && before.hash === after.hash) return undefined;
  const changed = Math.abs(after.deals - before.deals) / Math.max(1, before.deals);
  if (after.deals <= fewDeals || changed > muchChanged || next.asOf < last.asOf) return "data";
  return daysBetween(last.asOf, next.asOf) >= everyDays ? "schedule" : undefined;
}
