import { z } from "zod";
import {
  changeSettings as changed,
  type Settings,
  type SettingsPatch,
  settingsSchema,
} from "../core/settings.ts";
import type { Database } from "./connect.ts";
import { Refused } from "./refused.ts";
import { type Executor, optional, rowsOf, type Sql, sql } from "./sql.ts";

/** A workspace with what it has decided. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly settings: Settings;
  readonly settingsVersion: number;
}

/** Settings as they were from a moment on. */
export interface SettingsVersion {
  readonly version: number;
  readonly changedAt: Date;
  readonly changedBy: string;
  readonly settings: Settings;
}

/** A setting that cannot be as it was asked for; the message says which and why. */
class SettingRefused extends Refused {
  override readonly name = "SettingRefused";
}

/** Settings to change, or how they follow from what they are when the change is made. */
export type SettingsChange = SettingsPatch | ((current: Settings) => SettingsPatch);

const workspaceRow = z.object({
  id: z.string(),
  name: z.string(),
  version: optional(z.number()),
  settings: optional(z.unknown()),
});

export async function findWorkspace(database: Executor, id: string): Promise<Workspace | undefined> {
  const [row] = await rowsOf(
    database,
    workspaceRow,
    sql`SELECT w.id, w.name, s.version, s.settings FROM workspace w
        LEFT JOIN settings_version s ON s.workspace_id = w.id
        WHERE w.id = ${id} ORDER BY s.version DESC LIMIT 1`,
  );
  return (
    row && {
      id: row.id,
      name: row.name,
      settings: settingsSchema.parse(row.settings ?? {}),
      settingsVersion: row.version ?? 0,
    }
  );
}

/** Makes the workspace if it is new; an existing one stays as it is. */
export async function ensureWorkspace(database: Executor, id: string): Promise<Workspace> {
  const known = await findWorkspace(database, id);
  if (known) return known;
  await database.$executeRaw(
    sql`INSERT INTO workspace (id, name) VALUES (${id}, ${id}) ON CONFLICT (id) DO NOTHING`,
  );
  const workspace = await findWorkspace(database, id);
  if (!workspace) throw new Error(`workspace ${id} is gone`);
  return workspace;
}

/** The currency in which totals are shown so far: the one decided on, else the newest snapshot's. */
export async function reportingCurrency(
  database: Executor,
  workspaceId: string,
): Promise<string | undefined> {
  const [row] = await rowsOf(
    database,
    z.object({ currency: z.string() }),
    sql`SELECT currency FROM snapshot WHERE workspace_id = ${workspaceId} AND status = 'ready' ORDER BY id DESC LIMIT 1`,
  );
  return (await findWorkspace(database, workspaceId))?.settings.currency ?? row?.currency;
}

/** Notes that something the portfolio is computed from has changed. */
export async function touchWorkspace(database: Executor, workspaceId: string): Promise<void> {
  await database.$executeRaw(
    sql`UPDATE workspace SET changed_at = clock_timestamp() WHERE id = ${workspaceId}`,
  );
}

/**
 * A change of what is read that is none of what the portfolio is computed from, so that no refresh is due for it. The new
 * version of the workspace's row tells whoever remembers what was read that it may be otherwise now.
 *
 * @param change a statement without an end: rows are returned from it.
 */
export function toldChange(workspaceId: string, change: Sql): Sql {
  return sql`WITH changed AS (${change} RETURNING 1)
    UPDATE workspace SET name = name WHERE id = ${workspaceId} AND EXISTS (SELECT FROM changed)`;
}

/**
 * Changes settings and keeps the version before. The same values again make no version.
 *
 * @throws SettingRefused naming every setting at fault.
 */
export async function changeSettings(
  database: Database,
  workspaceId: string,
  by: string,
  change: SettingsChange,
): Promise<Workspace> {
  const workspace = await ensureWorkspace(database, workspaceId);
  const { settings } = workspace;
  const outcome = changed(settings, typeof change === "function" ? change(settings) : change);
  if (!outcome.ok)
    throw new SettingRefused(
      outcome.faults
        .map(({ setting, value = "", problem }) => `The setting ${`${setting} ${value}`.trim()} ${problem}.`)
        .join(" "),
    );
  if (outcome.changed.length === 0) return workspace;
  const written = await database.$executeRaw(
    sql`INSERT INTO settings_version (workspace_id, version, changed_by, settings)
        VALUES (${workspaceId}, ${workspace.settingsVersion + 1}, ${by}, ${JSON.stringify(outcome.settings)}::jsonb)
        ON CONFLICT DO NOTHING`,
  );
  // Somebody else changed them meanwhile: their change stays, and this one is made to it.
  if (written === 0) return changeSettings(database, workspaceId, by, change);
  await touchWorkspace(database, workspaceId);
  return ensureWorkspace(database, workspaceId);
}

/** The newest versions first. */
export async function settingsHistory(
  database: Executor,
  workspaceId: string,
  limit: number,
): Promise<readonly SettingsVersion[]> {
  const rows = await rowsOf(
    database,
    z.object({ version: z.number(), changed_at: z.date(), changed_by: z.string(), settings: settingsSchema }),
    sql`SELECT version, changed_at, changed_by, settings FROM settings_version
        WHERE workspace_id = ${workspaceId} ORDER BY version DESC LIMIT ${limit}`,
  );
  return rows.map(({ changed_at, changed_by, ...row }) => ({
    ...row,
    changedAt: changed_at,
    changedBy: changed_by,
  }));
}
