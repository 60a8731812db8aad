import type { Logger } from "pino";
import { z } from "zod";
import type { NewInstallation, Installations as Rows } from "../store/installations.ts";
import type { CheckToken } from "./check-token.ts";
import { createTokenRefresh, type Opened } from "./keep-token.ts";
import type { RefreshToken, Tokens } from "./refresh-token.ts";
import { type Seal, SealBroken } from "./seal.ts";

/** How long an installation is believed before the store is asked again: another replica may have changed it. */
const REMEMBERED_MS = 30_000;

/** The app in a Slack workspace, ready to be used. */
export interface Installed {
  /** Of the workspace in the store. */
  readonly workspaceId: string;
  readonly teamId: string;
  readonly token: string;
}

/** Where the app is installed. Everything that talks to Slack gets its token here, at the moment it needs it. */
export interface InstalledTeams {
  /** Undefined where the app is not installed. Waits for a token only where the last one has expired. */
  of(teamId: string): Promise<Installed | undefined>;
  /** The same by the workspace in the store, for what is sent unasked. */
  ofWorkspace(workspaceId: string): Promise<Installed | undefined>;
  /** The workspace in the store that a team's requests belong to; waits for no token. */
  workspaceOf(teamId: string): Promise<string | undefined>;
  /**
   * Slack says that the app was removed, or its token revoked. False if that is no news: it was installed after that,
   * or removed before. Slack also says so of the old token when somebody installs the app once more, so that a token
   * which still works is kept.
   */
  remove(teamId: string, happenedAt: Date): Promise<boolean>;
}

/** The app in every workspace that has installed it by OAuth. */
export interface Installations extends InstalledTeams {
  install(installation: Omit<NewInstallation, "sealedTokens">, tokens: Tokens): Promise<void>;
  /** Refreshes the tokens that expire soon, so that nobody who comes back after a quiet night waits for theirs. */
  refreshDue(): Promise<void>;
  /** Seals with the newest key what older ones have sealed, so that they can be given up. */
  reseal(): Promise<void>;
  /** Waits for refreshes that are under way. */
  settle(): Promise<void>;
}

/** The data of the workspace is being deleted, so that it cannot be installed into at this moment. */
export class DeletionUnderWay extends Error {
  override readonly name = "DeletionUnderWay";
}

export interface InstallationsOptions {
  readonly rows: Rows;
  /** Ends a deletion that was begun. */
  readonly deleteWorkspace: (workspaceId: string) => Promise<unknown>;
  readonly seal: Seal;
  readonly refresh: RefreshToken;
  readonly check: CheckToken;
  readonly now: () => Date;
  readonly log: Pick<Logger, "info" | "warn" | "error">;
}

const tokensSchema = z.object({ token: z.string(), refreshToken: z.string().exactOptional() });

/** Reads, keeps and refreshes the tokens of installations; what lies in the store is sealed. */
export function createInstallations(options: InstallationsOptions): Installations {
  const { rows, seal, now, log } = options;
  const remembered = new Map<
    string,
    { readonly opened: Promise<Opened | undefined>; readonly until: number }
  >();

  async function read(workspaceId: string): Promise<Opened | undefined> {
    const row = await rows.find(workspaceId);
    if (!row) return undefined;
    try {
      const text = await seal.open(workspaceId, row.sealedTokens);
      if (!seal.isCurrent(row.sealedTokens)) await rows.reseal(row, await seal.seal(workspaceId, text));
      return { ...row, tokens: tokensSchema.parse(JSON.parse(text)) };
    } catch (err) {
      if (!(err instanceof SealBroken)) throw err;
      log.error(
        { err, workspaceId },
        "the token of an installation cannot be read: is ENCRYPTION_KEY right?",
      );
      return undefined;
    }
  }

  function find(workspaceId: string): Promise<Opened | undefined> {
    const known = remembered.get(workspaceId);
    if (known && known.until > now().getTime()) return known.opened;
    const opened = read(workspaceId);
    remembered.set(workspaceId, { opened, until: now().getTime() + REMEMBERED_MS });
    // Asked again next time: it may be installed meanwhile, through another replica.
    opened.then(
      (found) => found ?? remembered.delete(workspaceId),
      () => remembered.delete(workspaceId),
    );
    return opened;
  }

  const forget = (workspaceId: string) => void remembered.delete(workspaceId);
  const tokenRefresh = createTokenRefresh({ ...options, find, forget });

  async function of(teamId: string): Promise<Installed | undefined> {
    const opened = await find(teamId);
    const token = opened && (await tokenRefresh.tokenOf(opened));
    return token === undefined ? undefined : { workspaceId: teamId, teamId, token };
  }

  return {
    of,

    // A workspace that installs the app is called in the store as in Slack.
    ofWorkspace: of,

    workspaceOf: async (teamId) => (await find(teamId))?.workspaceId,

    async install(installation, tokens) {
      const { workspaceId } = installation;
      const sealedTokens = await seal.seal(workspaceId, JSON.stringify(tokens));
      const save = () => rows.save({ ...installation, sealedTokens });
      if (!(await save())) {
        await options.deleteWorkspace(workspaceId);
        if (!(await save())) throw new DeletionUnderWay("the data of this workspace is being deleted");
      }
      forget(workspaceId);
      log.info({ workspaceId, installedBy: installation.installedBy }, "the app was installed");
    },

    async remove(teamId, happenedAt) {
      forget(teamId);
      const opened = await find(teamId);
      if (opened && (await options.check(opened.tokens.token)) === "works") return false;
      const isNews = await rows.remove(teamId, happenedAt);
      forget(teamId);
      return isNews;
    },

    async refreshDue() {
      for (const { workspaceId, expiresAt } of await rows.list())
        if (expiresAt !== undefined) {
          const opened = await find(workspaceId);
          if (opened) await tokenRefresh.renewDue(opened);
        }
    },

    async reseal() {
      const old = (await rows.list()).filter(({ sealedTokens }) => !seal.isCurrent(sealedTokens));
      for (const { workspaceId } of old) await read(workspaceId);
      if (old.length > 0)
        log.info({ installations: old.length }, "installations were sealed with the new key");
    },

    settle: () => tokenRefresh.settle(),
  };
}
