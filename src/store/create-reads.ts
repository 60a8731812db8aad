import { type Access, impersonal } from "./access.ts";
import { readHolds } from "./account-holds.ts";
import { limited } from "./large-reads.ts";
import { readOpenDeals } from "./open-deals.ts";
import { withPrepared } from "./prepared-answers.ts";
import { readAccounts } from "./read-accounts.ts";
import { readActions } from "./read-actions.ts";
import { readAdvocates } from "./read-advocates.ts";
import { readBasis } from "./read-basis.ts";
import { readCandidates } from "./read-candidates.ts";
import { readCoverage } from "./read-coverage.ts";
import { readDigest } from "./read-digest.ts";
import { readHealth } from "./read-health.ts";
import { readInteractions } from "./read-interactions.ts";
import { readManagedReps } from "./read-managed-reps.ts";
import { readMoves } from "./read-moves.ts";
import { readNames } from "./read-names.ts";
import { readOffers } from "./read-offers.ts";
import { readOutlook } from "./read-outlook.ts";
import { readProspects } from "./read-prospects.ts";
import { readRedefined } from "./read-redefined.ts";
import { readRepResults } from "./read-rep-results.ts";
import { readRepSlices } from "./read-rep-slices.ts";
import { readRewardReturns } from "./read-reward-returns.ts";
import { readRewards } from "./read-rewards.ts";
import { readSnapshots } from "./read-snapshots.ts";
import { readStandings } from "./read-standings.ts";
import { readTimeline } from "./read-timeline.ts";
import { readTraits } from "./read-traits.ts";
import { readValues } from "./read-values.ts";
import type { StoreReads } from "./reads.ts";
import { remembered } from "./remembered-reads.ts";
import type { Executor } from "./sql.ts";
import { readWinFits } from "./win-reads.ts";

/** Everything that can be asked, for one access. */
export function createReads(on: Executor, access: Access): StoreReads {
  // What is remembered for others cannot depend on who asked first: it is read by rights that do not say.
  const rights = impersonal(access);
  const large = limited(on, rights);
  const { coverageFigures, coverageGaps, coverageLoads, missingRoles } = large;
  const { productQuarters, productResults } = large;
  const values = readValues(on, rights);
  const ofPortfolio = {
    ...readSnapshots(on, rights),
    ...readStandings(on, rights),
    ...values,
    ...readRedefined(on, rights),
    ...readNames(on, rights),
    ...readAccounts(on, rights),
    ...readBasis(on, rights),
    ...readOpenDeals(on, rights),
    ...readProspects(on, rights),
  };
  return {
    ...ofPortfolio,
    ...readCoverage(on, access),
    ...{ coverageFigures, coverageGaps, coverageLoads, missingRoles },
    ...{ productQuarters, productResults },
    ...readOutlook(on, access),
    ...remembered(on, rights, {
      ...ofPortfolio,
      ...large,
      ...withPrepared(on, rights, { ...values, ...large }),
    }),
    ...readMoves(on, access),
    ...readHealth(on, access),
    ...readCandidates(on, access),
    ...readTraits(on, access),
    ...readOffers(on, access),
    ...readHolds(on, access),
    ...readActions(on, access),
    ...readInteractions(on, access),
    ...readRewards(on, access),
    ...readRewardReturns(on, access),
    ...readAdvocates(on, access),
    ...readTimeline(on, access),
    ...readManagedReps(on, access),
    ...readRepResults(on, access),
    ...readRepSlices(on, access),
    ...readDigest(on, access),
    ...readWinFits(on, access),
  };
}
