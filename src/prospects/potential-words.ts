import { leastOfEach } from "../core/potential/chance-method.ts";
import { wordPitchReason } from "../offers/pitch-reasons.ts";
import type { Access } from "../store/access.ts";
import type { PotentialReason, TraitValue } from "../store/potential-reasons.ts";
import type { PotentialBasis } from "../store/prospects.ts";
import { formatChance, formatEstimate } from "../value/value-words.ts";
import { countOf, formatCount } from "../wording.ts";

type Seeing = Pick<Access, "owners">;

/** Why an account has its potential or its chance. How many others it follows from is for those who see all of them. */
export function wordPotentialReason(reason: PotentialReason, { owners }: Seeing): string {
  switch (reason.code) {
    case "like": {
      const who = owners === "all" ? countOf(reason.customers, "customer") : "customers";
      if (reason.traits.length === 0) return owners === "all" ? `as ${who} are` : "as all customers are";
      return `like ${who}: ${reason.traits.map(wordTrait).join(", ")}`;
    }
    case "win":
      return wordWinReason(reason.feature, reason.value, reason.points);
    default:
      return wordPitchReason(reason);
  }
}

/** What a column of a model says for or against a deal. */
export function wordWinReason(feature: string, value: string | number | undefined, points: number): string {
  const isNew = feature === "tier" && value === "prospect";
  const known = value === undefined ? `unknown ${feature}` : `${feature} ${wordValue(value)}`;
  const what = isNew ? "that it never bought" : known;
  return `${what} speaks ${points > 0 ? "for" : "against"} it`;
}

function wordValue(value: string | number): string {
  return typeof value === "number" ? formatCount(value) : value;
}

/** "Retail", "employees 50 to 200". */
function wordTrait({ column, value, from, below }: TraitValue): string {
  if (value !== undefined) return value;
  if (from !== undefined && below !== undefined)
    return `${column} from ${formatCount(from)} to below ${formatCount(below)}`;
  if (from !== undefined) return `${column} from ${formatCount(from)}`;
  return below === undefined ? `${column} not known` : `${column} below ${formatCount(below)}`;
}

/** What an account is like first, then what speaks for its chance and against it. */
export function wordReasons(reasons: readonly PotentialReason[], access: Seeing): readonly string[] {
  const [like, others] = [
    reasons.filter(({ code }) => code === "like"),
    reasons.filter(({ code }) => code !== "like" && code !== "tier"),
  ];
  return [...like, ...others].map((reason) => wordPotentialReason(reason, access));
}

/** Whether what is known of accounts tells what they spend. */
export function wordSignal({ judged, traits }: PotentialBasis): string {
  return judged.signal
    ? `Potential is what customers like an account bring in a year, told by ${traits.map(({ column }) => column).join(", ")}.`
    : "What is known of accounts does not tell what they spend: every prospect has the same potential, that of all customers.";
}

/** How chances come about; counts of deals are for those who see all of them. */
export function wordChances({ chances }: PotentialBasis, { owners }: Seeing): string {
  const { kind, deals, won } = chances;
  const seesAll = owners === "all";
  switch (kind) {
    case "model":
      return `Chances are by a model of ${seesAll ? countOf(deals, "deal") : "past deals"}.`;
    case "base-rate":
      return `Nothing that is known beforehand tells which deals are won, so every prospect has the base rate${seesAll ? `, ${formatChance(won / deals)} of ${countOf(deals, "closed deal")}` : ""}: the order is by potential alone.`;
    case "scorecard":
      return `Chances are interim: a scorecard's judgements, not measured, until ${leastOfEach} deals were won and ${leastOfEach} lost${seesAll ? ` (so far ${formatCount(won)} and ${formatCount(deals - won)})` : ""}.`;
  }
}

/** "the model of 1,200 deals", as the method of a list is called. */
export function methodLabel({ chances }: PotentialBasis, { owners }: Seeing): string {
  switch (chances.kind) {
    case "model":
      return owners === "all" ? `model of ${countOf(chances.deals, "deal")}` : "model of past deals";
    case "base-rate":
      return "base rate";
    case "scorecard":
      return "interim scorecard";
  }
}

/** "C by spend, A by potential"; undefined where tiers agree, and for a prospect. */
export function flagByPotential(spendTier: string | undefined, tier: string): string | undefined {
  return spendTier === undefined || spendTier === tier
    ? undefined
    : `${spendTier} by spend, ${tier} by potential`;
}

/** "€3.2k to €18k". */
export function wordInterval(low: number, high: number, currency: string): string {
  const money = (amount: number) => formatEstimate({ amount, currency });
  return `${money(low)} to ${money(high)}`;
}

/** "32 % (25 to 40 %)". */
export function wordProbability(chance: {
  readonly probability: number;
  readonly low: number;
  readonly high: number;
}): string {
  const { probability, low, high } = chance;
  return `${formatChance(probability)} (${formatChance(low)} to ${formatChance(high)})`;
}

/** What an account brings of what it could, as a fraction; undefined for a prospect, and where nothing is expected. */
export function shareOfPotential(row: {
  readonly marginMinor: number | undefined;
  readonly potentialMinor: number;
}): number | undefined {
  const { marginMinor, potentialMinor } = row;
  return marginMinor === undefined || potentialMinor <= 0
    ? undefined
    : Math.min(1, marginMinor / potentialMinor);
}
