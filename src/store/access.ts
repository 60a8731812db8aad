import { AsyncLocalStorage } from "node:async_hooks";
import { z } from "zod";
import { type Asking, commonOwners, type Owners, type Scope, scopesFor } from "../core/access.ts";
import { keepNewest } from "../core/keep-newest.ts";
import type { RepIdentity } from "../core/sellers.ts";
import { type CommonSettings, defaultSettings, type Role, type VisibilityMode } from "../core/settings.ts";
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
  /** The workspace's zone, in which days are days: an IANA name. */
  readonly timeZone: string;
  /** The workspace's, in `state`; those about single people are told by `Decisions.settings`, to each their own. */
  readonly settings: CommonSettings;
  /** Whose accounts are visible: everybody's, unowned ones included, or those that these reps own. */
  readonly owners: Owners;
  /** Whether other reps' names are left out: in what is shared while not everybody sees everything. */
  readonly anonymous: boolean;
  /** How the history names them. */
  readonly signature: string;
  /** Slack's id of them; undefined at a terminal. */
  readonly userId: string | undefined;
  /** The state of the workspace in which this was decided: another one whenever anything that answers follow from changed. */
  readonly state: string;
}

export async function accessOf(database: Executor, viewer: Viewer): Promise<Access> {
  const { scope, ...decided } = await rulesOf(database, viewer.workspaceId);
  return accessFrom(viewer, decided, scope(viewer));
}

/** The same of many at once, in their order: what their rights follow from is read once for each workspace. */
export async function accessesOf(database: Executor, viewers: readonly Viewer[]): Promise<readonly Access[]> {
  const rules = new Map<string, RulesNow>();
  for (const { workspaceId } of viewers)
    if (!rules.has(workspaceId)) rules.set(workspaceId, await rulesOf(database, workspaceId));
  return viewers.flatMap((viewer) => {
    const found = rules.get(viewer.workspaceId);
    if (!found) return [];
    const { scope, ...decided } = found;
    return [accessFrom(viewer, decided, scope(viewer))];
  });
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
  const { scope, ...decided } = await rulesOf(database, viewer.workspaceId);
  const own = scope(viewer);
  const everybody = [own, ...audience.map(scope)];
  const shared = {
    role: everybody.every(({ role }) => role !== undefined) ? ("rep" as const) : undefined,
    repIds: own.repIds,
    owners: commonOwners(everybody.map(({ owners }) => owners)),
  };
  return { ...accessFrom(viewer, decided, shared), anonymous: decided.mode !== "all" };
}

/**
 * The same rights without whose they are, where that makes no difference to what is read of the portfolio: of everybody
 * who sees everything, names included.
 */
export function impersonal(access: Access): Access {
  const seesEverything = access.owners === "all" && !access.anonymous;
  return seesEverything
    ? { ...access, role: undefined, repIds: [], signature: "", userId: undefined }
    : access;
}

/** Says of anybody whose accounts they see. */
export async function scopeOf(database: Executor, workspaceId: string): Promise<(asking: Asking) => Scope> {
  const { scope } = await rulesOf(database, workspaceId);
  return scope;
}

function accessFrom(
  viewer: Viewer,
  decided: Pick<Access, "mode" | "timeZone" | "settings" | "state">,
  scope: Scope,
): Access {
  const { workspaceId, email, name, userId } = viewer;
  return {
    ...{ workspaceId, ...decided, ...scope, anonymous: false, userId },
    signature: email ?? name ?? "the terminal",
  };
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
  readonly timeZone: string;
  readonly settings: CommonSettings;
  readonly scope: ReturnType<typeof scopesFor>;
}

/** Workspaces whose rules one store keeps at hand. */
const MOST_KEPT = 100;

type Kept = Map<string, { readonly mark: string; readonly rules: Rules }>;

/** What an access is decided by, and the state that this was read in. */
interface RulesNow extends Rules {
  readonly state: string;
}

const kept = new WeakMap<Executor, Kept>();

/** The workspace's rules, read again only when something changed that they could follow from: asked of every request. */
async function rulesOf(database: Executor, workspaceId: string): Promise<RulesNow> {
  const known: Kept = kept.get(database) ?? new Map();
  kept.set(database, known);
  const { mark, state } = await (foreseenState(workspaceId) ?? stateOf(database, workspaceId));
  const found = known.get(workspaceId);
  if (found?.mark === mark) return { ...found.rules, state };
  const rules = await readRules(database, workspaceId);
  // The mark is older than the rules: what changed in between is read again the next time.
  keepNewest(known, workspaceId, { mark, rules }, MOST_KEPT);
  return { ...rules, state };
}

/**
 * The mark is another one whenever settings, reps, accounts or what belongs to them may have changed: each of these writes
 * a version of the workspace's row together with the change, as every import, undo and correction does, but for settings,
 * which count their own. The state is another one with a new snapshot too, which is all that else changes answers.
 */
async function stateOf(database: Executor, workspaceId: string) {
  const [row] = await rowsOf(
    database,
    stateRow,
    sql`SELECT concat_ws(' ', w.xmin::text, (SELECT MAX(version) FROM settings_version WHERE workspace_id = w.id)) AS mark,
          (SELECT MAX(id) FROM snapshot WHERE workspace_id = w.id AND status = 'ready') AS snapshot
        FROM workspace w WHERE w.id = ${workspaceId}`,
  );
  return row ? { mark: row.mark, state: `${row.mark} ${row.snapshot}` } : { mark: "", state: "" };
}

const stateRow = z.object({ mark: z.string(), snapshot: optional(z.number()) });

type State = Awaited<ReturnType<typeof stateOf>>;

/** What was begun to be read for the request that is being handled, until somebody takes it. */
const foreseen = new AsyncLocalStorage<{ readonly workspaceId: string; state: Promise<State> | undefined }>();

/**
 * Does the work of a request, and begins at once to read the state that its first access is decided in: it need not wait
 * for what comes before.
 */
export function foreseeing<Result>(
  database: Executor,
  workspaceId: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const state = stateOf(database, workspaceId);
  // Whoever takes it is told what went wrong; maybe nobody does.
  state.catch(() => {});
  return foreseen.run({ workspaceId, state }, work);
}

/** Taken once: what is decided later in the same request may follow from what it changed. */
function foreseenState(workspaceId: string): Promise<State> | undefined {
  const own = foreseen.getStore();
  if (own?.workspaceId !== workspaceId) return undefined;
  const { state } = own;
  own.state = undefined;
  return state;
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
  const { people: _, quotas: __, ...common } = settings;
  return {
    mode: common.visibility,
    timeZone: common.timeZone,
    settings: common,
    scope: scopesFor(reps, settings),
  };
}
