import { z } from "zod";
import type { Database } from "./connect.ts";
import { optional, rowsOf, sql } from "./sql.ts";

/** How long one replica may take to refresh a token before another one tries. */
const REFRESH_LEASE_SECONDS = 30;

/** The app in a Slack workspace. The store sees its tokens sealed only. */
export interface Installation extends NewInstallation {
  /** Counts the tokens: what is decided from an old version changes nothing. */
  readonly version: number;
  readonly refusedAt: Date | undefined;
}

export interface NewInstallation {
  readonly workspaceId: string;
  readonly teamName: string;
  /** A Slack user's id. */
  readonly installedBy: string;
  readonly installedAt: Date;
  readonly sealedTokens: string;
  /** Undefined for a token that does not expire. */
  readonly expiresAt: Date | undefined;
}

/** A token in the state in which somebody has read it. */
export type TokenVersion = Pick<Installation, "workspaceId" | "version">;

export interface Installations {
  /** Undefined where the app is not installed, or was removed. */
  find(workspaceId: string): Promise<Installation | undefined>;
  /** Every workspace in which the app is installed. */
  list(): Promise<readonly Installation[]>;
  /** Installs, or installs anew: data that waits for its deletion stays. False while that deletion is under way. */
  save(installation: NewInstallation): Promise<boolean>;
  /** Replaces what one key has sealed by the same sealed with another one. */
  reseal(token: Pick<Installation, "workspaceId" | "sealedTokens">, sealedTokens: string): Promise<void>;
  /** True for the one replica that is to refresh the token now. */
  takeRefreshLease(token: TokenVersion): Promise<boolean>;
  /** False if the token was replaced or removed meanwhile. */
  saveRefreshed(
    token: TokenVersion,
    refreshed: Pick<Installation, "sealedTokens" | "expiresAt">,
  ): Promise<boolean>;
  /** Notes that Slack does not take the refresh token any more. */
  refuse(token: TokenVersion): Promise<void>;
  /** Wipes the token. False for what happened before the app was installed, and where it is not installed. */
  remove(workspaceId: string, happenedAt: Date): Promise<boolean>;
  /** Workspaces whose app has been removed for so many days. */
  removedFor(days: number): Promise<readonly string[]>;
}

const row = z.object({
  workspaceId: z.string(),
  teamName: z.string(),
  installedBy: z.string(),
  installedAt: z.date(),
  sealedTokens: z.string(),
  expiresAt: optional(z.date()),
  version: z.number(),
  refusedAt: optional(z.date()),
});

const select = sql`SELECT workspace_id AS "workspaceId", team_name AS "teamName", installed_by AS "installedBy",
  installed_at AS "installedAt", sealed_tokens AS "sealedTokens", expires_at AS "expiresAt", version,
  refused_at AS "refusedAt"
  FROM installation WHERE removed_at IS NULL`;

export function createInstallations(database: Database): Installations {
  const isOne = async (query: ReturnType<typeof sql>) => (await database.$executeRaw(query)) === 1;

  return {
    async find(workspaceId) {
      return (await rowsOf(database, row, sql`${select} AND workspace_id = ${workspaceId}`))[0];
    },

    list: () => rowsOf(database, row, sql`${select} ORDER BY workspace_id`),

    save: ({ workspaceId, teamName, installedBy, installedAt, sealedTokens, expiresAt = null }) =>
      isOne(
        sql`INSERT INTO installation AS i (workspace_id, team_name, installed_by, installed_at, sealed_tokens, expires_at)
            VALUES (${workspaceId}, ${teamName}, ${installedBy}, ${installedAt}, ${sealedTokens}, ${expiresAt})
            ON CONFLICT (workspace_id) DO UPDATE SET team_name = excluded.team_name,
              installed_by = excluded.installed_by, installed_at = excluded.installed_at,
              sealed_tokens = excluded.sealed_tokens, expires_at = excluded.expires_at, version = i.version + 1,
              refresh_lease_until = NULL, refused_at = NULL, removed_at = NULL
            WHERE i.deleting_until IS NULL`,
      ),

    async reseal({ workspaceId, sealedTokens: before }, sealedTokens) {
      await database.$executeRaw(
        sql`UPDATE installation SET sealed_tokens = ${sealedTokens}
            WHERE workspace_id = ${workspaceId} AND sealed_tokens = ${before}`,
      );
    },

    takeRefreshLease: ({ workspaceId, version }) =>
      isOne(
        sql`UPDATE installation SET refresh_lease_until = now() + make_interval(secs => ${REFRESH_LEASE_SECONDS})
            WHERE workspace_id = ${workspaceId} AND version = ${version} AND removed_at IS NULL
              AND refused_at IS NULL AND (refresh_lease_until IS NULL OR refresh_lease_until < now())`,
      ),

    saveRefreshed: ({ workspaceId, version }, { sealedTokens, expiresAt = null }) =>
      isOne(
        sql`UPDATE installation SET sealed_tokens = ${sealedTokens}, expires_at = ${expiresAt},
              version = version + 1, refresh_lease_until = NULL, refused_at = NULL
            WHERE workspace_id = ${workspaceId} AND version = ${version} AND removed_at IS NULL`,
      ),

    async refuse({ workspaceId, version }) {
      await database.$executeRaw(
        sql`UPDATE installation SET refused_at = now(), refresh_lease_until = NULL
            WHERE workspace_id = ${workspaceId} AND version = ${version}`,
      );
    },

    remove: (workspaceId, happenedAt) =>
      isOne(
        sql`UPDATE installation SET removed_at = now(), sealed_tokens = NULL, expires_at = NULL,
              version = version + 1, refresh_lease_until = NULL
            WHERE workspace_id = ${workspaceId} AND removed_at IS NULL AND installed_at <= ${happenedAt}`,
      ),

    async removedFor(days) {
      const rows = await rowsOf(
        database,
        z.object({ id: z.string() }),
        sql`SELECT workspace_id AS id FROM installation
            WHERE removed_at <= now() - make_interval(secs => ${days * 24 * 60 * 60}::double precision)
            ORDER BY removed_at, workspace_id`,
      );
      return rows.map(({ id }) => id);
    },
  };
}
