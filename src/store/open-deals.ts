import { z } from "zod";
import type { WinReason } from "../core/win/win-model.ts";
import type { Access } from "./access.ts";
import type { Snapshot } from "./reads.ts";
import { bigintNumber, type Executor, optional, rowsOf, sql } from "./sql.ts";
import { visibleAccounts } from "./visibility.ts";

/** What can be asked about deals that are open, already bound to one viewer. */
export interface OpenDealReads {
  /** An account's open deals with their chances, those expected to bring most first, at most three. Only the newest snapshots have them. */
  openDeals(snapshot: Snapshot, accountId: string): Promise<readonly OpenDeal[]>;
}

export interface OpenDeal extends Readonly<z.output<typeof dealRow>> {}

const mostShown = 3;

export function readOpenDeals(on: Executor, access: Access): OpenDealReads {
  return {
    openDeals: ({ id }, accountId) =>
      rowsOf(
        on,
        dealRow,
        sql`SELECT d.id, o.name, p.name AS product, d.stage, d.amount_minor AS "amountMinor", d.close_on::text AS "closeOn",
                   d.probability, d.low, d.high, d.reasons
            FROM deal d
            JOIN account a ON a.workspace_id = d.workspace_id AND a.id = d.account_id
            LEFT JOIN current_opportunity o ON o.workspace_id = d.workspace_id AND o.id = d.id
            LEFT JOIN current_product_record p ON p.workspace_id = d.workspace_id AND p.source_record_id = d.product_id
            WHERE d.workspace_id = ${access.workspaceId} AND d.snapshot_id = ${id} AND d.account_id = ${accountId}::uuid
              AND d.status = 'open' AND d.probability IS NOT NULL AND ${visibleAccounts(access)}
            ORDER BY d.probability * COALESCE(d.amount_minor, 0) DESC, d.probability DESC, d.id LIMIT ${mostShown}`,
      ),
  };
}

const dealRow = z.object({
  id: z.string(),
  name: optional(z.string()),
  product: optional(z.string()),
  stage: z.string(),
  /** In the minor unit of the snapshot's currency. */
  amountMinor: optional(bigintNumber),
  /** The day on which it is expected to close. */
  closeOn: optional(z.string()),
  /** With an interval of 80 %. */
  probability: z.number(),
  low: z.number(),
  high: z.number(),
  reasons: z.array(z.custom<WinReason>()),
});
