import { wordChances } from "../deals/chance-words.ts";
import { wordPitchReason } from "../offers/pitch-reasons.ts";
import type { Access } from "../store/access.ts";
import type { PotentialReason, TraitValue } from "../store/potential-reasons.ts";
import type { PotentialBasis } from "../store/prospects.ts";
import { formatEstimate } from "../value/value-words.ts";
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
    default:
      return wordPitchReason(reason);
  }
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

/** How the chances of prospects come about. */
export function wordProspectChances({ chances }: PotentialBasis, access: Seeing): string {
  return wordChances(chances, access, "the order is by potential alone");
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
