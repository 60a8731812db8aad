import type { Context } from "../command.ts";
import { type Criterion, meansChannel, meansSize, type NamedCriterion } from "../core/cross/criteria.ts";
import { nameKey } from "../core/names.ts";
import { oneOf } from "../resolve-filters.ts";
import { UsageError } from "../usage-error.ts";

/** What people call criteria that every portfolio has, by `nameKey`. */
const known: Readonly<Record<string, NamedCriterion>> = {
  ...{ tier: "tier", tiers: "tier" },
  ...{ industry: "industry", industries: "industry", sector: "industry" },
  ...{ region: "region", regions: "region", country: "region" },
  ...{ owner: "owner", owners: "owner", rep: "owner", reps: "owner" },
  ...{ team: "team", teams: "team" },
  ...{ cohort: "cohort", cohorts: "cohort", quarter: "cohort" },
  ...{ cohortyear: "cohort-year", year: "cohort-year" },
  ...{ product: "product", products: "product" },
};

/** What an imported column may be called. */
const meanings: Readonly<Record<string, (column: string) => boolean>> = {
  size: meansSize,
  channel: meansChannel,
};

/**
 * The criteria that typed words mean; an imported column that is called exactly so goes before what it might mean.
 *
 * @throws UsageError that names the criteria there are.
 */
export function resolveCriteria(
  typed: readonly string[],
  columns: readonly string[],
  { access }: Pick<Context, "access">,
): readonly Criterion[] {
  if (typed.length < 2 || typed.length > 3)
    throw new UsageError(
      `Name two or three criteria, for example \`cross industry tier\`. There is ${listed(columns)}.`,
    );
  const criteria = typed.map((word) => criterionOf(word, columns));
  if (new Set(criteria.map((criterion) => JSON.stringify(criterion))).size < criteria.length)
    throw new UsageError("Name different criteria: one against itself says nothing.");
  if (access.anonymous && criteria.some((criterion) => criterion === "owner" || criterion === "team"))
    throw new UsageError(
      "Figures by owner or team cannot be shared: they would tell reps apart, who are not named here.",
    );
  return criteria;
}

function criterionOf(word: string, columns: readonly string[]): Criterion {
  const key = nameKey(word);
  const named = known[key];
  if (named !== undefined) return named;
  const isExact = columns.some((column) => nameKey(column) === key);
  const meant = isExact ? undefined : columns.find((column) => meanings[key]?.(column));
  if (meant !== undefined) return { custom: meant };
  if (!isExact && meanings[key] !== undefined)
    throw new UsageError(
      `The imported data has no column that says the ${key}. There is ${listed(columns)}.`,
    );
  return { custom: oneOf("criterion", word, columns.length === 0 ? Object.keys(known) : columns) };
}

function listed(columns: readonly string[]): string {
  const names = ["tier", "industry", "region", "owner", "team", "cohort", "cohort-year", "product"];
  return [...names, ...columns.slice(0, 12)].join(", ");
}
