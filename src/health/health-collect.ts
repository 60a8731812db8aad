import type { Coverage } from "../store/health.ts";

export interface ToCollect {
  /** What is missing: "Industries of accounts". */
  readonly data: string;
  /** What knowing it would unlock; what can be typed stands between backticks. */
  readonly unlocks: string;
}

/** What is not known, and what knowing it would unlock. */
export function toCollect(coverage: Coverage): readonly ToCollect[] {
  const { reps, repsWithEmail, accounts } = coverage;
  const lacking = (known: number, all: number, what: string) =>
    known === 0 ? what : `${what} of ${all - known} of ${all}`;
  const missing = (isMissing: boolean, data: string, unlocks: string) =>
    isMissing ? [{ data, unlocks }] : [];
  return [
    ...missing(reps === 0, "Sales reps", "lists by owner, and `mine`: nobody's own accounts are known"),
    ...missing(
      repsWithEmail < reps,
      lacking(repsWithEmail, reps, "E-mail addresses of reps"),
      "`mine`: who asks is recognised by their address",
    ),
    ...missing(reps > 0 && coverage.repsWithTeam === 0, "Teams of reps", "`team`, and what a team sees"),
    ...missing(
      reps > 0 && coverage.withOwner * 2 < accounts,
      lacking(coverage.withOwner, accounts, "Owners of accounts"),
      "whom to ask about an account",
    ),
    ...missing(
      coverage.withIndustry * 2 < accounts,
      lacking(coverage.withIndustry, accounts, "Industries of accounts"),
      "`industry:X` and tiers within each industry",
    ),
    ...missing(
      coverage.withRegion * 2 < accounts,
      lacking(coverage.withRegion, accounts, "Regions of accounts"),
      "`region:X` and tiers within each region",
    ),
    ...missing(coverage.products === 0, "Products", "`product:X` and what each account owns"),
    ...missing(
      coverage.invoiceLines === 0,
      "Invoices",
      "spend by what was really charged, and reconciliation with won deals",
    ),
    ...missing(coverage.won === 0, "Won deals", "reconciliation with invoices"),
    ...missing(
      coverage.won > 0 && coverage.lost === 0,
      "Lost deals",
      "how many of its deals each account closes",
    ),
  ];
}
