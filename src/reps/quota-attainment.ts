import { type Day, periodOf } from "../core/calendar.ts";
import type { RepQuota, RepResult } from "../store/rep-results.ts";

/** A fiscal period, and the days of it that there are figures of. */
export interface QuotaPeriod {
  /** `2026Q1`, `2026`. */
  readonly label: string;
  readonly first: Day;
  readonly last: Day;
}

/**
 * The period whose quotas stand beside results: the one that was asked for, else the fiscal quarter of a day, else its year.
 * Undefined where nobody has a quota for it.
 */
export function quotaPeriod(
  quotas: readonly RepQuota[],
  asked: string | undefined,
  { asOf, fiscalYearStart }: { readonly asOf: Day; readonly fiscalYearStart: number },
): QuotaPeriod | undefined {
  const labels = asked === undefined ? periodsOf(asOf, fiscalYearStart) : [asked];
  const label = labels.find((each) => quotas.some(({ email }) => quotaOf(quotas, email, each) !== undefined));
  const days = label === undefined ? undefined : periodOf(label, fiscalYearStart);
  return label === undefined || days === undefined ? undefined : { label, ...days };
}

/** Somebody's quota for a period, which is a year's own, or that of all its quarters together; in one currency. */
function quotaOf(
  quotas: readonly RepQuota[],
  email: string | undefined,
  label: string,
): Pick<RepQuota, "amountMinor" | "currency"> | undefined {
  const own = quotas.filter((quota) => quota.email === email?.trim().toLowerCase());
  const exact = own.find(({ period }) => period === label);
  if (exact || label.includes("Q")) return exact;
  const quarters = own.filter(({ period }) => period.startsWith(`${label}Q`));
  const [first] = quarters;
  if (!first || quarters.length < 4 || quarters.some(({ currency }) => currency !== first.currency))
    return undefined;
  return {
    amountMinor: quarters.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    currency: first.currency,
  };
}

/** What share of their quota a rep has sold; undefined without one, or where it is in another currency. */
export function attainmentOf(
  { email }: Pick<RepResult, "email">,
  sold: Pick<RepResult, "soldMinor"> | undefined,
  about: { readonly quotas: readonly RepQuota[]; readonly label: string; readonly currency: string },
): number | undefined {
  const quota = quotaOf(about.quotas, email, about.label);
  if (!quota || quota.amountMinor === 0 || quota.currency !== about.currency) return undefined;
  return (sold?.soldMinor ?? 0) / quota.amountMinor;
}

/** The fiscal quarter and the fiscal year that a day lies in. */
function periodsOf(day: Day, fiscalYearStart: number): readonly string[] {
  const year = Number(day.slice(0, 4));
  const years = [year, year + 1].map(String);
  const labels = [...years.flatMap((each) => [1, 2, 3, 4].map((quarter) => `${each}Q${quarter}`)), ...years];
  return labels.filter((label) => {
    const days = periodOf(label, fiscalYearStart);
    return days !== undefined && days.first <= day && day <= days.last;
  });
}
