import type { CoverageTerms } from "../core/coverage/levels.ts";
import type { CoveragePlan } from "../core/coverage/plan.ts";
import type { AccountRole, CoverageTask, Responsibilities, Segment } from "../core/coverage/raci.ts";
import { formatMoney } from "../core/money.ts";
import type { CoverageBasis, CoverageFigures, ServedAccount } from "../store/coverage.ts";
import { countOf, formatCount } from "../wording.ts";

export const roleNames: Readonly<Record<AccountRole, string>> = {
  owner: "owner",
  manager: "sales manager",
  service: "customer service",
  sponsor: "executive sponsor",
};

export const taskNames: Readonly<Record<CoverageTask, string>> = {
  renewal: "Renewal",
  complaint: "Complaint",
  offer: "New offer",
  "check-in": "Check-in",
  review: "Business review",
};

export function segmentName(segment: Segment): string {
  return segment === "prospect" ? "Prospects" : `Tier ${segment}`;
}

/** "2.4 people"; one and less as they are. */
export function wordPeople(people: number): string {
  return people === 1 ? "1 person" : `${people.toFixed(1)} people`;
}

/** "3 strategic, 12 field, 40 inside, 45 self-serve": levels without accounts are left out. */
export function wordLevels({ levels }: CoveragePlan): string {
  return levels
    .filter(({ accounts }) => accounts > 0)
    .map(({ level, accounts }) => `${formatCount(accounts)} ${level}`)
    .join(", ");
}

/** What is wrong with how an account is served. */
export function wordGap({ level, actual, owner }: ServedAccount): string {
  if (actual === undefined || actual === level)
    return owner === undefined ? "nobody owns it" : "as recommended";
  return `${actual} now${owner === undefined ? ", and nobody owns it" : ""}`;
}

/** "A (was B)"; a prospect has no tier. */
export function wordTier({ tier, previousTier }: Pick<ServedAccount, "tier" | "previousTier">): string {
  if (tier === undefined) return "prospect";
  return previousTier === undefined || previousTier === tier ? tier : `${tier} (was ${previousTier})`;
}

/** "R owner · A sales manager · C customer service · I executive sponsor". */
export function wordDuties(duties: Responsibilities | undefined): string {
  if (!duties) return "–";
  const some = (letter: string, roles: readonly AccountRole[]) =>
    roles.length === 0 ? [] : [`${letter} ${roles.map((role) => roleNames[role]).join(", ")}`];
  return [
    ...some("R", [duties.responsible]),
    ...some("A", [duties.accountable]),
    ...some("C", duties.consulted),
    ...some("I", duties.informed),
  ].join(" · ");
}

/** Where it comes from how accounts are served now. */
export function wordActual(
  { column }: CoverageBasis,
  { withHours, withKnownHours }: CoverageFigures,
  { accounts, known }: CoveragePlan,
): string {
  const hours =
    withHours === 0
      ? "no hours are noted in the last twelve months"
      : `hours are noted for ${countOf(withHours, "account")}, for ${formatCount(withKnownHours)} of them as somebody typed them`;
  const source = column === undefined ? hours : `the column "${column}" says so; where it does not, ${hours}`;
  return known.accounts === 0
    ? `How accounts are served now is not known: ${source}. Note hours with \`log\`, or import a column "Coverage level".`
    : `How accounts are served now is known for ${formatCount(known.accounts)} of ${formatCount(accounts)}: ${source}.`;
}

/** The rules, so that another program can compute the same. */
export function coverageRules(
  { terms, margin }: CoverageBasis,
  { mostPercent, currency }: { readonly mostPercent: number; readonly currency: string },
): readonly string[] {
  return [
    `At stake is the margin of a year: ${margin / 10} % of what a customer bought in the last twelve months, and ${terms.winnablePercent} % of what its estimated potential is beyond that. Of a prospect it is the weighted potential.`,
    `The recommended level is the most intensive one that costs at most ${mostPercent} % of the margin at stake: ${wordTerms(terms, currency)}.`,
    "How an account is served now is what an imported column says, else the most intensive level of which at least half the hours were noted in the last twelve months; without hours it is not known.",
    `One person has ${formatCount(terms.personHours)} hours a year for customers.`,
    "Hours, costs and shares are settings that begin with `coverage-`: judgements, until the team has its own figures. Everything is computed anew with each snapshot, so it follows when tiers move.",
  ];
}

function wordTerms({ levels }: CoverageTerms, currency: string): string {
  const money = (amount: number) => formatMoney({ amount, currency });
  return levels
    .map(({ level, hours, cost, from }) =>
      level === "self-serve"
        ? `${level} for everybody else (${countOf(hours, "hour")}, ${money(cost)})`
        : `${level} from ${money(from)} on (${countOf(hours, "hour")}, ${money(cost)})`,
    )
    .join("; ");
}
