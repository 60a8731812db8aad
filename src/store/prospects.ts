import type { Day } from "../core/calendar.ts";
import type { OwnedProduct } from "../core/potential/white-space.ts";
import type { Tier } from "../core/tiers.ts";
import type { PageOf } from "./page-of.ts";
import type { PotentialParameters } from "./potential-basis.ts";
import type { PotentialReason } from "./potential-reasons.ts";
import type { Selection, Snapshot } from "./reads.ts";

/** What can be asked about potential, already bound to one viewer. Money in minor units of the snapshot's currency, of a year. */
export interface ProspectReads {
  /** What potentials follow from; undefined where nobody bought in the last twelve months, and in older snapshots. */
  potentialBasis(snapshot: Snapshot): Promise<PotentialBasis | undefined>;
  /** Customers and prospects by potential, the largest first; `tier` selects by potential. Only the newest snapshots have them. */
  potentials(snapshot: Snapshot, selection: Selection, page: PageOf): Promise<Potentials>;
  /** One account's; undefined where it is no longer kept, and for an account out of sight. */
  accountPotential(snapshot: Snapshot, accountId: string): Promise<AccountPotential | undefined>;
  /** Prospects by weighted potential, the largest first. Only the newest snapshots have them. */
  prospects(snapshot: Snapshot, selection: Selection, page: PageOf): Promise<Prospects>;
}

export interface PotentialBasis extends PotentialParameters {
  /** Whether this snapshot's accounts are still listed by potential. */
  readonly isListed: boolean;
}

export interface Potentials {
  readonly rows: readonly PotentialRow[];
  /** Over everything selected, also what is not on the page. */
  readonly accounts: number;
  readonly potentialMinor: number;
  /** Sum of the potentials that the viewer may see: what shares are shares of. */
  readonly whole: number;
  readonly wholeAccounts: number;
}

export interface PotentialRow {
  readonly accountId: string;
  readonly account: string;
  readonly owner: string | undefined;
  /** By potential, among what the viewer may see. */
  readonly rank: number;
  readonly cumulativeMinor: number;
  readonly tier: Tier;
  /** By spend; undefined for a prospect. */
  readonly spendTier: Tier | undefined;
  readonly potentialMinor: number;
  readonly lowMinor: number;
  readonly highMinor: number;
  /** What it brought in the last twelve months; undefined for a prospect. */
  readonly marginMinor: number | undefined;
  readonly reasons: readonly PotentialReason[];
}

export interface AccountPotential extends Omit<PotentialRow, "rank" | "cumulativeMinor"> {
  /** What customers like it own and it does not. */
  readonly whiteSpace: readonly OwnedProduct[];
  readonly chance: ProspectChance | undefined;
}

export interface ProspectChance {
  readonly probability: number;
  readonly low: number;
  readonly high: number;
  readonly weightedMinor: number;
}

export interface Prospects {
  readonly rows: readonly ProspectRow[];
  /** Over everything selected, also what is not on the page. */
  readonly accounts: number;
  readonly potentialMinor: number;
  readonly weightedMinor: number;
}

export interface ProspectRow
  extends Omit<PotentialRow, "spendTier" | "marginMinor" | "cumulativeMinor">,
    ProspectChance {
  /** The customer of tier A that it is most like, as far as the viewer may see that one. */
  readonly resembles: { readonly accountId: string; readonly account: string } | undefined;
  readonly ownerId: string | undefined;
  /** Who claimed it since the snapshot. */
  readonly claimedBy: string | undefined;
  /** Its open deals, and the earliest day on which one is expected to close. */
  readonly openDeals: number;
  readonly closesOn: Day | undefined;
  readonly lastContactOn: Day | undefined;
}
