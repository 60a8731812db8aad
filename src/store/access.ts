import { z } from "zod";
import { commonOwners, type Owners, type Scope, scopesFor } from "../core/access.ts";
import type { RepIdentity } from "../core/sellers.ts";
import { defaultSettings, type Role, type VisibilityMode } from "../core/settings.ts";
import { type Executor, optional, rowsOf, sql } from "./sql.ts";
import type { Viewer } from "./viewer.ts";
import { findWorkspace } from "./workspaces.ts";

/** What one viewer may see and do, as it was decided when they asked. Every query and every change takes one. */
export interface Access {
  readonly workspaceId: string;
  /** Undefined for nobody in particular: a guest, or somebody of another company. */
  readonly role: Role | undefined;
  readonly mode: VisibilityMode;
  /** Record ids of the reps that the viewer is; one person may be a record in several sources. */
  readonly repIds: readonly string[];
  /** Whose accounts are visible: everybody's, unowned ones included, or those that these reps own. */
  readonly owners: Owners;
  /** Whether other reps' names are left out: in what is shared while not everybody sees everything. */
  readonly anonymous: boolean;
  /** How the history names them. */
  readonly signature: string;
}

export async function accessOf(database: Executor, viewer: Viewer): Promise<Access> {
  const { mode, scope } = await rulesOf(database, viewer.workspaceId);
  return accessFrom(viewer, mode, scope(viewer));
}

/**
 * What somebody may show to an audience: only what each of its members sees too, and, unless everybody
 * sees everything, nobody else's name. Nobody's role gives a reader more than a rep gets.
 */
export async function sharedAccessOf(
  database: Executor,
  viewer: Viewer,
  audience: readonly Viewer[],
): Promise<Access> {
  const { mode, scope } = await rulesOf(database, viewer.workspaceId);
  const own = scope(viewer);
  const everybody = [own, ...audience.map(scope)];
  const shared = {
    role: everybody.every(({ role }) => role !== undefined) ? ("rep" as const) : undefined,
    repIds: own.repIds,
    owners: commonOwners(everybody.map(({ owners }) => owners)),
  };
  return { ...accessFrom(viewer, mode, shared), anonymous: mode !== "all" };
}

function accessFrom(viewer: Viewer, mode: VisibilityMode, scope: Scope): Access {
  const { workspaceId, email, name } = viewer;
  return { workspaceId, mode, ...scope, anonymous: false, signature: email ?? name ?? "the terminal" };
}

const repRow = z.object({
  id: z.string(),
  stands_for: optional(z.string()),
  name: z.string(),
  email: optional(z.string()),
  team: optional(z.string()),
  manager: optional(z.string()),
});

/** The workspace's rules, read once however many people they are asked about. */
async function rulesOf(database: Executor, workspaceId: string) {
  const [workspace, rows] = await Promise.all([
    findWorkspace(database, workspaceId),
    rowsOf(
      database,
      repRow,
      sql`SELECT r.source_record_id AS id, s.stands_for, r.name, r.email, r.team, r.manager
          FROM current_rep_record r
          JOIN source_record s ON s.workspace_id = r.workspace_id AND s.id = r.source_record_id
          WHERE r.workspace_id = ${workspaceId} ORDER BY r.source_record_id`,
    ),
  ]);
  const settings = workspace?.settings ?? defaultSettings;
  const reps: readonly RepIdentity[] = rows.map(({ stands_for, ...rep }) => ({
    ...rep,
    standsFor: stands_for,
  }));
  return { mode: settings.visibility, scope: scopesFor(reps, settings) };
}
