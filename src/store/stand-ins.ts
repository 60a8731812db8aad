import { z } from "zod";
import { standIns } from "../core/stand-ins.ts";
import { type BulkColumn, rowsAsTable } from "./bulk.ts";
import { type RunningRules, rulesFor } from "./running-rules.ts";
import { type Executor, optional, rowsOf, sql } from "./sql.ts";
import { toldChange } from "./workspaces.ts";

/** Notes which reps and products stand for which, from the records that count now and the rules that hold. */
export async function publishStandIns(on: Executor, workspaceId: string, rules: RunningRules): Promise<void> {
  const reps = await rowsOf(
    on,
    named,
    sql`SELECT c.source_record_id AS id, x.source_id AS "sourceId", c.described, c.name, c.email
        FROM current_rep_record c JOIN source_record x ON x.workspace_id = c.workspace_id AND x.id = c.source_record_id
        WHERE c.workspace_id = ${workspaceId}`,
  );
  const products = await rowsOf(
    on,
    named,
    sql`SELECT c.source_record_id AS id, x.source_id AS "sourceId", c.described, c.name, NULL AS email
        FROM current_product_record c JOIN source_record x ON x.workspace_id = c.workspace_id AND x.id = c.source_record_id
        WHERE c.workspace_id = ${workspaceId}`,
  );
  const pairs = [
    ...standIns(reps, rulesFor(rules, "owner")),
    ...standIns(products, rulesFor(rules, "product")),
  ];
  await on.$executeRaw(
    toldChange(
      workspaceId,
      sql`UPDATE source_record x SET stands_for = wanted.stands_for
          FROM (SELECT o.id, d.stands_for FROM source_record o
                LEFT JOIN ${rowsAsTable(pairs, pairColumns)} ON d.id = o.id
                WHERE o.workspace_id = ${workspaceId} AND o.kind <> 'account') wanted
          WHERE x.workspace_id = ${workspaceId} AND x.id = wanted.id
            AND x.stands_for IS DISTINCT FROM wanted.stands_for`,
    ),
  );
}

const named = z.object({
  id: z.string(),
  sourceId: z.string(),
  described: z.boolean(),
  name: z.string(),
  email: optional(z.string()),
});

const pairColumns: readonly BulkColumn<readonly [string, string]>[] = [
  { name: "id", type: "uuid", of: ([id]) => id },
  { name: "stands_for", type: "uuid", of: ([, standsFor]) => standsFor },
];
