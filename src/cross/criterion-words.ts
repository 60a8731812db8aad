import type { Criterion, NamedCriterion } from "../core/cross/criteria.ts";

const labels: Record<NamedCriterion, string> = {
  tier: "Tier",
  industry: "Industry",
  region: "Region",
  owner: "Owner",
  team: "Team",
  cohort: "Cohort",
  "cohort-year": "Cohort year",
  product: "Product",
};

/** What stands over a column of its values. */
export function labelOf(criterion: Criterion): string {
  return typeof criterion === "object" ? criterion.custom : labels[criterion];
}

/** How a line names it. */
export function wordOf(criterion: Criterion): string {
  return typeof criterion === "object" ? criterion.custom : criterion;
}

/** A value as people read it; accounts that have none are told apart too. */
export function wordValue(criterion: Criterion, value: string | undefined): string {
  if (value !== undefined) return value;
  switch (criterion) {
    case "tier":
      return "prospect";
    case "cohort":
    case "cohort-year":
      return "never bought";
    case "product":
      return "no product";
    case "owner":
      return "no owner";
    default:
      return "none";
  }
}

/** "accounts in industry Retail", "buyers of Pump". */
export function wordAccountsWith(criterion: Criterion, value: string, accounts: number): string {
  const [account, buyer] = accounts === 1 ? ["account", "buyer"] : ["accounts", "buyers"];
  switch (criterion) {
    case "tier":
      return `tier ${value} ${account}`;
    case "industry":
    case "region":
      return `${account} in ${criterion} ${value}`;
    case "owner":
      return `${account} of ${value}`;
    case "team":
      return `${account} of team ${value}`;
    case "cohort":
    case "cohort-year":
      return `${account} that first bought in ${value}`;
    case "product":
      return `${buyer} of ${value}`;
    default:
      return `${account} with ${criterion.custom} ${value}`;
  }
}

/** What is said of such accounts: "are tier A", "bought Pump". */
export function wordAre(criterion: Criterion, value: string, accounts: number): string {
  const [are, have, belong] = accounts === 1 ? ["is", "has", "belongs"] : ["are", "have", "belong"];
  switch (criterion) {
    case "tier":
      return `${are} tier ${value}`;
    case "industry":
    case "region":
      return `${are} in ${criterion} ${value}`;
    case "owner":
      return `${belong} to ${value}`;
    case "team":
      return `${belong} to team ${value}`;
    case "cohort":
    case "cohort-year":
      return `first bought in ${value}`;
    case "product":
      return `bought ${value}`;
    default:
      return `${have} ${criterion.custom} ${value}`;
  }
}
