import { z } from "zod";
import { managedReps } from "../core/access.ts";
import { addressOf } from "../core/sellers.ts";
import type { Access } from "./access.ts";
import type { RepReads } from "./rep-results.ts";
import { type Executor, optional, rowsOf, sql } from "./sql.ts";
import { visibleReps } from "./visibility.ts";
import { findWorkspace } from "./workspaces.ts";

/** Whom the viewer manages, and the quotas that they may know. */
export function readManagedReps(on: Executor, access: Access): Pick<RepReads, "managedReps" | "repQuotas"> {
  const { workspaceId, role, repIds, signature } = access;

  /** Those alone whom the viewer may read of: whom somebody manages, they see. */
  async function everybody() {
    const [workspace, reps] = await Promise.all([
      findWorkspace(on, workspaceId),
      rowsOf(
        on,
        repRow,
        sql`SELECT r.source_record_id AS id, s.stands_for AS "standsFor", r.name, r.email, r.team, r.manager
            FROM current_rep_record r
            JOIN source_record s ON s.workspace_id = r.workspace_id AND s.id = r.source_record_id
            WHERE ${visibleReps(access)} ORDER BY r.source_record_id`,
      ),
    ]);
    const people = workspace?.settings.people ?? [];
    const address = signature.includes("@") ? signature : undefined;
    return { workspace, reps, managed: managedReps(reps, people, { role, repIds, address }) };
  }

  return {
    managedReps: async () => (await everybody()).managed,

    async repQuotas() {
      const { workspace, reps, managed } = await everybody();
      const quotas = workspace?.settings.quotas ?? [];
      if (role === "admin") return quotas;
      const known = new Set([...repIds, ...managed]);
      const addresses = new Set(
        reps.flatMap(({ id, email }) => (known.has(id) && email !== undefined ? [addressOf(email)] : [])),
      );
      return quotas.filter(({ email }) => addresses.has(email));
    },
  };
}

const repRow = z.object({
  id: z.string(),
  standsFor: optional(z.string()),
  name: z.string(),
  email: optional(z.string()),
  team: optional(z.string()),
  manager: optional(z.string()),
});
