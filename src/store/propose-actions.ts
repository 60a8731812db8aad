import { setImmediate as otherWork } from "node:timers/promises";
import type { ProposedAction } from "../core/actions/action.ts";
import type { ProposalBasis } from "./actions.ts";
import { analyze } from "./analyze.ts";
import { names, rowsAsTable } from "./bulk.ts";
import type { Database } from "./connect.ts";
import { proposalColumns } from "./live-actions.ts";
import { proposedToCustomers } from "./proposed-customers.ts";
import { proposedProducts, readProductFacts } from "./proposed-products.ts";
import { proposedRenewals } from "./proposed-renewals.ts";
import type { OwnedProposal, Proposing } from "./proposing.ts";
import type { Snapshot } from "./reads.ts";
import { refreshAccess } from "./refresh-access.ts";
import { sql } from "./sql.ts";
import { transactionLimits } from "./transaction-limits.ts";
import type { Workspace } from "./workspaces.ts";

/** Of an owner's proposals the best are kept; of the accounts that nobody owns, so many in all. */
const [EACH_OWNER, NOBODY] = [200, 1_000];
/** Few enough that the embedded store answers others in between. */
const ROWS_AT_ONCE = 5_000;

/**
 * Proposes what to do next with the accounts of a snapshot, whose standings and values are there. Safe to repeat: the same
 * data gives the same proposals, with the same ids.
 *
 * @param columns imported columns.
 */
export async function proposeActions(
  database: Database,
  workspace: Workspace,
  snapshot: Snapshot,
  columns: readonly string[],
): Promise<void> {
  const { margin, quietBelowPercent } = workspace.settings.value;
  const proposing: Proposing = {
    ...{ access: refreshAccess(workspace), snapshot, columns },
    terms: { asOf: snapshot.asOf, margin, quietBelowPercent },
  };
  const { told, facts } = await database.$transaction(async (transaction) => {
    await transaction.$executeRaw(
      sql`SELECT set_config('statement_timeout', '0', true), set_config('work_mem', '64MB', true),
                 set_config('plan_cache_mode', 'force_custom_plan', true)`,
    );
    return {
      told: [
        ...(await proposedToCustomers(transaction, proposing)),
        ...(await proposedRenewals(transaction, proposing)),
      ],
      facts: await readProductFacts(transaction, proposing),
    };
  }, transactionLimits.computing);
  await otherWork();
  const { proposals, recommender } = proposedProducts(facts, proposing);
  await otherWork();
  const best = bestOfOwners([...told, ...proposals]);
  const { recommend: _, ...basis } = recommender ?? { recommend: undefined };
  await store(database, workspace.id, snapshot.id, best, {
    proposals: best.length,
    recommender: recommender && (basis as ProposalBasis["recommender"]),
  });
}

function bestOfOwners(proposals: readonly OwnedProposal[]): readonly ProposedAction[] {
  const byOwner = new Map<string, Map<string, ProposedAction>>();
  for (const { ownerId = "", proposal } of proposals) {
    const own = byOwner.get(ownerId) ?? new Map<string, ProposedAction>();
    byOwner.set(ownerId, own.set(proposal.id, proposal));
  }
  return [...byOwner].flatMap(([ownerId, own]) =>
    [...own.values()]
      .sort((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1))
      .slice(0, ownerId === "" ? NOBODY : EACH_OWNER),
  );
}

async function store(
  database: Database,
  workspaceId: string,
  snapshotId: number,
  proposals: readonly ProposedAction[],
  basis: ProposalBasis,
): Promise<void> {
  await database.$executeRaw(
    sql`DELETE FROM action_proposal WHERE workspace_id = ${workspaceId} AND snapshot_id = ${snapshotId}`,
  );
  for (let first = 0; first < proposals.length; first += ROWS_AT_ONCE)
    await database.$executeRaw(
      sql`INSERT INTO action_proposal (workspace_id, snapshot_id, ${names(proposalColumns)})
          SELECT ${workspaceId}, ${snapshotId}::int, ${names(proposalColumns, "d.")}
          FROM ${rowsAsTable(proposals.slice(first, first + ROWS_AT_ONCE), proposalColumns)}
          ON CONFLICT DO NOTHING`,
    );
  await analyze(database, ["action_proposal"]);
  await database.$executeRaw(
    sql`UPDATE snapshot SET proposed_by = ${JSON.stringify(basis)}::jsonb
        WHERE workspace_id = ${workspaceId} AND id = ${snapshotId}`,
  );
}
