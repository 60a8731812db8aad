import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Installation, Installations as Rows } from "../store/installations.ts";
import { type Refreshed, RefreshRefused, type RefreshToken, type Tokens } from "./refresh-token.ts";
import type { Seal } from "./seal.ts";

/** A token is refreshed when less is left: long before it expires, so that nobody has to wait for it. */
const REFRESH_LEFT_MS = 2 * 60 * 60 * 1000;
/** With less left, whoever needs the token waits for the new one. */
const WAIT_LEFT_MS = 60_000;
/** After an attempt that failed, or that another replica makes. */
const RETRY_MS = 30_000;
/** How often, and how long after each other, a new pair of tokens is tried to be saved: it exists nowhere else. */
const SAVE_DELAYS_MS = [100, 500, 2_000, 5_000, 10_000, 30_000, 60_000];

/** How long whoever has no valid token waits for a replica that refreshes it. */
const REFRESHED_WITHIN_MS = 12_000;
const LOOK_AGAIN_MS = 200;

/** An installation with its tokens opened. */
export interface Opened extends Installation {
  readonly tokens: Tokens;
}

export interface TokenRefreshOptions {
  readonly rows: Rows;
  readonly seal: Seal;
  readonly refresh: RefreshToken;
  readonly find: (workspaceId: string) => Promise<Opened | undefined>;
  /** Has the store asked again. */
  readonly forget: (workspaceId: string) => void;
  readonly now: () => Date;
  readonly log: Pick<Logger, "info" | "warn" | "error">;
}

/**
 * Keeps the tokens of rotating installations valid. Whoever needs one finds it refreshed in time: one replica does
 * it, once, while the others go on with the old one, which works until it expires.
 *
 * Slack revokes a refresh token when it is used. A process that dies between Slack's answer and our save loses the
 * new pair; the old token then works for up to two hours more, Slack may refuse the old refresh token, and the app
 * has to be installed anew, which keeps the data.
 */
export function createTokenRefresh(options: TokenRefreshOptions) {
  const { rows, seal, refresh, find, forget, now, log } = options;
  const underWay = new Map<string, Promise<void>>();
  const retryAt = new Map<string, number>();

  const leftMs = ({ expiresAt }: Pick<Installation, "expiresAt">) =>
    expiresAt === undefined ? Number.POSITIVE_INFINITY : expiresAt.getTime() - now().getTime();

  /** One attempt at a time; never rejects. */
  function attempt(opened: Opened): Promise<void> {
    const { workspaceId, refusedAt } = opened;
    const running = underWay.get(workspaceId);
    if (running) return running;
    if (refusedAt !== undefined || leftMs(opened) > REFRESH_LEFT_MS) return Promise.resolve();
    if ((retryAt.get(workspaceId) ?? 0) > now().getTime()) return Promise.resolve();
    retryAt.set(workspaceId, now().getTime() + RETRY_MS);
    const work = renew(opened)
      .catch((err) => log.error({ err, workspaceId }, "a token could not be refreshed; it is tried again"))
      .finally(() => underWay.delete(workspaceId));
    underWay.set(workspaceId, work);
    return work;
  }

  async function renew(opened: Opened): Promise<void> {
    const { workspaceId, tokens } = opened;
    if (tokens.refreshToken === undefined) return;
    const isOurs = await rows.takeRefreshLease(opened);
    if (isOurs) {
      try {
        await save(opened, await refresh(tokens.refreshToken));
        retryAt.delete(workspaceId);
      } catch (err) {
        if (!(err instanceof RefreshRefused)) throw err;
        await rows.refuse(opened);
        log.error(
          { err, workspaceId, worksUntil: opened.expiresAt },
          "Slack refused to refresh a token: the app must be installed there again",
        );
      }
    }
    forget(workspaceId);
  }

  async function save(opened: Opened, { expiresInSeconds, ...tokens }: Refreshed): Promise<void> {
    const { workspaceId } = opened;
    const expiresAt = new Date(now().getTime() + expiresInSeconds * 1000);
    const sealedTokens = await seal.seal(workspaceId, JSON.stringify(tokens));
    for (const delayMs of [...SAVE_DELAYS_MS, undefined]) {
      try {
        const isSaved = await rows.saveRefreshed(opened, { sealedTokens, expiresAt });
        if (isSaved) log.info({ workspaceId, expiresAt }, "a token was refreshed");
        return;
      } catch (err) {
        if (delayMs === undefined) throw err;
        log.warn({ err, workspaceId }, "a new token could not be saved yet");
        await sleep(delayMs);
      }
    }
  }

  /** The token once it is refreshed, here or by another replica. */
  async function newTokenOf(workspaceId: string): Promise<string | undefined> {
    for (const deadline = Date.now() + REFRESHED_WITHIN_MS; ; await sleep(LOOK_AGAIN_MS)) {
      const newest = await find(workspaceId);
      if (newest && leftMs(newest) > 0) return newest.tokens.token;
      if (!newest || newest.refusedAt || Date.now() > deadline) return undefined;
      forget(workspaceId);
    }
  }

  return {
    /** A token that works now; undefined when there is none any more. */
    async tokenOf(opened: Opened): Promise<string | undefined> {
      if (leftMs(opened) > REFRESH_LEFT_MS) return opened.tokens.token;
      const attempted = attempt(opened);
      if (leftMs(opened) > WAIT_LEFT_MS) return opened.tokens.token;
      await attempted;
      return newTokenOf(opened.workspaceId);
    },

    /** Refreshes a token that expires soon. */
    renewDue: attempt,

    /** Waits for what is under way. */
    settle: async () => void (await Promise.all(underWay.values())),
  };
}
