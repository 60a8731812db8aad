/** A rhythm in which something is bought again. All spans are in days, both ends included. */
export interface Rhythm {
  readonly name: "monthly" | "quarterly" | "half-yearly" | "yearly";
  readonly months: number;
  /** A gap between two purchases of so many days is one period. */
  readonly leastDays: number;
  readonly mostDays: number;
  /** So long after it was due, a renewal that did not come is lost. */
  readonly graceDays: number;
}

export const rhythms: readonly Rhythm[] = [
  { name: "monthly", months: 1, leastDays: 25, mostDays: 35, graceDays: 15 },
  { name: "quarterly", months: 3, leastDays: 77, mostDays: 105, graceDays: 46 },
  { name: "half-yearly", months: 6, leastDays: 162, mostDays: 204, graceDays: 91 },
  { name: "yearly", months: 12, leastDays: 335, mostDays: 395, graceDays: 182 },
];

/**
 * When purchases recur: on `leastDates` days or more, the last gaps (all of them, `mostGaps` at most) are each one period
 * of the same rhythm, and that is more than chance: see `falseShare`.
 */
export const recurringRule = {
  leastDates: 3,
  mostGaps: 5,
  /**
   * Who buys at random has such gaps now and then. The chance of that, if the gaps were scattered as those of a Poisson
   * process with the same mean, is judged by Benjamini and Hochberg's rule over all that were bought on `leastDates` days
   * or more, so that of what is listed no more than this share is expected to be chance.
   */
  falseShare: 0.1,
} as const;

/** How far renewals are looked ahead to where nothing else is said. */
export const renewalDays = 90;

/** How long a contract's end that an imported column names may be past before it is taken for lost. */
export const contractGraceDays = 182;

/** A column that says when something is to be renewed. */
export function meansRenewalDate(column: string): boolean {
  return /^(?:(?:next|upcoming|contract|subscription|licen[cs]e|agreement|account|policy)?[\s_-]*(?:renewal|renews?|expir(?:y|es?|ation|ing)|renewed by)[\s_-]*(?:date|day|on|due|due date)?|(?:contract|subscription|licen[cs]e|agreement|term|policy)[\s_-]*(?:end|ends|until|valid until|ends on)[\s_-]*(?:date|day|on)?|(?:vertrag(?:s)?|abo|abonnement|lizenz)[\s_-]*(?:ende|ablauf|laufzeitende|verl(?:ä|ae)ngerung|ablaufdatum|enddatum)(?:[\s_-]*(?:datum|am))?|verl(?:ä|ae)ngerung(?:s)?[\s_-]*(?:datum|am)?|laufzeitende)$/i.test(
    column.trim(),
  );
}
