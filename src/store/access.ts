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

/** What everybody's rights in a workspace follow from. */
interface Rules {
  readonly mode: VisibilityMode;
  readonly scope: ReturnType<typeof scopesFor>;
}

/** Workspaces whose rules one store keeps at hand. */
const MOST_KEPT = 100;

type Kept = Map<string, { readonly mark: string; readonly rules: Rules }>;

const kept = new WeakMap<Executor, Kept>();

/** The workspace's rules, read again only when something changed that they could follow from: asked of every request. */
async function rulesOf(database: Executor, workspaceId: string): Promise<Rules> {
  const known: Kept = kept.get(database) ?? new Map();
  kept.set(database, known);
  const mark = await markOf(database, workspaceId);
  const found = known.get(workspaceId);
  if (found?.mark === mark) return found.rules;
  const rules = await readRules(database, workspaceId);
  // The mark is older than the rules: what changed in between is read again the next time.
  known.delete(workspaceId);
  known.set(workspaceId, { mark, rules });
  const [oldest] = known.keys();
  if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest);
  return rules;
}

/**
 * Another one whenever settings, reps or their stand-ins may have changed: each of these writes a version of the
 * workspace's row together with the change, but for settings, which count their own.
 */
async function markOf(database: Executor, workspaceId: string): Promise<string> {
  const [row] = await rowsOf(
    database,
    z.object({ mark: z.string() }),
    sql`SELECT concat_ws(' ', w.xmin::text, (SELECT MAX(version) FROM settings_version WHERE workspace_id = w.id)) AS mark
        FROM workspace w WHERE w.id = ${workspaceId}`,
  );
  return row?.mark ?? "";
}

async function readRules(database: Executor, workspaceId: string): Promise<Rules> {
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
