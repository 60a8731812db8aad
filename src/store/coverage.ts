import type { Day } from "../core/calendar.ts";
import type { CoverageLevel, CoverageTerms } from "../core/coverage/levels.ts";
import type { ServedCount } from "../core/coverage/plan.ts";
import type { AccountRole, Segment } from "../core/coverage/raci.ts";
import type { Tier } from "../core/tiers.ts";
import type { PageOf } from "./page-of.ts";
import type { Selection, Snapshot } from "./reads.ts";

/** What can be asked about how accounts are served. Money in minor units of the snapshot's currency, margins of a year. */
export interface CoverageReads {
  /** What serving the selection takes, level by level, and where it is served otherwise. */
  coverageFigures(snapshot: Snapshot, selection: Selection, basis: CoverageBasis): Promise<CoverageFigures>;
  /** Accounts that are served otherwise than recommended, or by nobody, those with most at stake first. */
  coverageGaps(
    snapshot: Snapshot,
    selection: Selection,
    basis: CoverageBasis,
    page: PageOf,
  ): Promise<{ readonly rows: readonly ServedAccount[]; readonly total: number }>;
  /** What the recommended levels take of whoever owns the accounts, most hours first. */
  coverageLoads(
    snapshot: Snapshot,
    selection: Selection,
    basis: CoverageBasis,
  ): Promise<readonly OwnerLoad[]>;
  /** Who is missing on accounts, by segment. */
  missingRoles(snapshot: Snapshot, selection: Selection, columns: RoleColumns): Promise<readonly RoleGaps[]>;
  /** One account; undefined where the viewer does not see it. */
  servedAccount(
    snapshot: Snapshot,
    accountId: string,
    basis: CoverageBasis,
    columns: RoleColumns,
  ): Promise<(ServedAccount & { readonly missing: readonly AccountRole[] }) | undefined>;
}

/** What levels follow from. */
export interface CoverageBasis {
  readonly terms: CoverageTerms;
  /** Thousandths of spend that are margin. */
  readonly margin: number;
  /** The imported column that says how accounts are served, if there is one. */
  readonly column: string | undefined;
  /** The last day of the year whose noted hours count: what is noted after the newest fact counts, too. */
  readonly today: Day;
}

/** Imported columns that name somebody for a role. */
export type RoleColumns = Readonly<Partial<Record<AccountRole, string>>>;

export interface CoverageFigures {
  /** Accounts by what is recommended and what is the case, where any is. */
  readonly cells: readonly ServedCount[];
  /** Accounts with noted hours in the year to today, and those of which somebody typed all. */
  readonly withHours: number;
  readonly withKnownHours: number;
}

export interface ServedAccount {
  readonly accountId: string;
  readonly account: string;
  readonly owner: string | undefined;
  /** Undefined for a prospect. */
  readonly tier: Tier | undefined;
  readonly previousTier: Tier | undefined;
  readonly margin: number;
  readonly potential: number;
  readonly stake: number;
  readonly level: CoverageLevel;
  readonly actual: CoverageLevel | undefined;
  /** Noted in the year to today; undefined where nothing is noted. */
  readonly hours: number | undefined;
}

/** The accounts of one owner, or of nobody. */
export interface OwnerLoad {
  readonly owner: string | undefined;
  readonly accounts: Readonly<Record<CoverageLevel, number>>;
  readonly stake: number;
}

export interface RoleGaps {
  readonly segment: Segment;
  readonly accounts: number;
  readonly missing: Readonly<Record<AccountRole, number>>;
}
