import type { ProposedAction } from "../core/actions/action.ts";
import type { ProposalTerms } from "../core/actions/proposal.ts";
import type { Access } from "./access.ts";
import type { Snapshot } from "./reads.ts";
import { type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";

/** What proposals are made for: a snapshot whose standings and values are there. */
export interface Proposing {
  readonly access: Access;
  readonly snapshot: Snapshot;
  readonly terms: ProposalTerms;
  /** Imported columns. */
  readonly columns: readonly string[];
}

/** Something proposed, and who owns its account. */
export interface OwnedProposal {
  readonly ownerId: string | undefined;
  readonly proposal: ProposedAction;
}

/** Of one kind, so many of an owner's can be among their best; and of the accounts that nobody owns. */
const [EACH_OWNER, NOBODY] = [60, 300];

/**
 * Customers, `c`: standing and value, owner, industry and region.
 */
export function customersOf({ access, snapshot }: Pick<Proposing, "access" | "snapshot">): Sql {
  return sql`SELECT s.account_id, a.owner_record_id AS owner_id, a.industry, a.region, s.tier, s.year_minor,
      s.year_before_minor, s.first_won_on, s.last_won_on, v.alive, v.worth_minor
    FROM account_standing s
    JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id AND a.active
    LEFT JOIN account_value v ON v.workspace_id = s.workspace_id AND v.snapshot_id = ${snapshot.id} AND v.account_id = s.account_id
    WHERE s.workspace_id = ${access.workspaceId} AND ${heldAt(sql`s`, snapshot.id)}`;
}

/**
 * Of rows with `owner_id` and `account_id` the first of each owner.
 *
 * @param measure what they are ordered by, the largest first.
 */
export function firstOfOwners(rows: Sql, measure: Sql): Sql {
  return sql`SELECT * FROM (
      SELECT r.*, ROW_NUMBER() OVER (PARTITION BY owner_id ORDER BY ${measure} DESC, account_id) AS place FROM (${rows}) r) placed
    WHERE place <= CASE WHEN owner_id IS NULL THEN ${NOBODY}::int ELSE ${EACH_OWNER}::int END`;
}

/** Those that there is something to propose for. */
export function proposalsOf<Row extends { readonly ownerId: string | undefined }>(
  rows: readonly Row[],
  propose: (row: Row) => ProposedAction | undefined,
): readonly OwnedProposal[] {
  return rows.flatMap((row) => {
    const proposal = propose(row);
    return proposal ? [{ ownerId: row.ownerId, proposal }] : [];
  });
}
