import type { ReceiverEvent } from "@slack/bolt";
import type { Logger } from "pino";
import { z } from "zod";
import type { Desk } from "../desk.ts";
import { requestIdOf } from "./request-id.ts";
import { within } from "./time-limit.ts";

/** Slack waits three seconds for the acknowledgement, and the rest of the way takes its time too. */
const ACCEPTED_WITHIN_MS = 1_500;
/** Well within the lease that a request is held under. */
const LOOK_EVERY_MS = 3_000;
/** A request at which the process died this often is what it dies of. */
const MOST_ATTEMPTS = 3;

type Run = (event: ReceiverEvent) => Promise<void>;
type Pending = Desk["pendingRequests"];
type LeftBehind = Awaited<ReturnType<Pending["takeOver"]>>[number];

/**
 * Does every request once, and to its end: what Slack sends again, or somebody replays, is only acknowledged; what a
 * crash interrupted is done by whoever starts next, with all that it can still be answered to. It surrounds Bolt, so
 * that commands, buttons, forms and events need not think of it.
 */
export interface RequestLedger {
  /** Does a request unless it came before. */
  perform(event: ReceiverEvent): Promise<void>;
  /** Begins to look for requests that were left behind. */
  start(): void;
  /** Takes nothing up any more, and waits for what is under way. */
  stop(): Promise<void>;
}

export interface LedgerOptions {
  readonly pending: Pending;
  readonly foreseeing: Desk["foreseeing"];
  /** Keeps what Slack sent unreadable in the store. */
  readonly seal: RequestSeal;
  /** The workspace in our store that a Slack team's requests belong to; undefined for a stranger's. */
  readonly workspaceOf: (teamId: string) => Promise<string | undefined>;
  /** The one workspace whose requests are taken up; all of the store's when left out. */
  readonly workspaceId?: string;
  readonly run: Run;
  readonly log: Pick<Logger, "warn" | "error">;
}

export interface RequestSeal {
  seal(workspaceId: string, text: string): string;
  /** @throws for what another key or another workspace sealed. */
  open(workspaceId: string, sealed: string): string;
}

interface Held {
  readonly workspaceId: string;
  readonly id: string;
}

export function createRequestLedger(options: LedgerOptions): RequestLedger {
  const { pending, foreseeing, seal, workspaceOf, run, log } = options;
  const underWay = new Set<Promise<void>>();
  const held = new Set<Held>();
  let isStopped = true;

  async function perform(event: ReceiverEvent): Promise<void> {
    const request = requestIdOf(event.body);
    const workspaceId = request && (await workspaceOf(request.teamId));
    if (!request || workspaceId === undefined) return run(event);
    const key = { workspaceId, id: request.id };
    await foreseeing(workspaceId, async () => {
      const accepted = accept(key, event.body);
      // A store that is slow or gone must not cost the acknowledgement.
      if ((await within(ACCEPTED_WITHIN_MS, accepted, true)) === false) return event.ack();
      await hold(key, () => run(event), accepted);
    });
  }

  async function accept(key: Held, body: unknown): Promise<boolean> {
    try {
      return await pending.accept({ ...key, body: seal.seal(key.workspaceId, JSON.stringify(body)) });
    } catch (err) {
      log.error({ err, requestId: key.id }, "a request could not be noted: a crash would lose it");
      return true;
    }
  }

  async function hold(key: Held, work: () => Promise<void>, accepted: Promise<unknown>): Promise<void> {
    held.add(key);
    try {
      await work();
    } finally {
      await accepted;
      held.delete(key);
      await pending
        .finish(key)
        .catch((err) => log.error({ err, requestId: key.id }, "a request could not be noted as done"));
    }
  }

  async function resume({ workspaceId, id, body, attempts }: LeftBehind): Promise<void> {
    const key = { workspaceId, id };
    log.warn({ requestId: id, workspaceId, attempts }, "a request was left behind and is taken up again");
    await hold(
      key,
      async () => {
        if (attempts > MOST_ATTEMPTS) throw new Error(`given up after ${MOST_ATTEMPTS} attempts`);
        const sent = z.record(z.string(), z.unknown()).parse(JSON.parse(seal.open(workspaceId, body)));
        await run({ body: sent, ack: async () => {} });
      },
      Promise.resolve(),
    ).catch((err) => log.error({ err, requestId: id }, "a request that was left behind could not be done"));
  }

  /** Holds on to what is under way, and takes up what others left. */
  async function look(): Promise<void> {
    try {
      await pending.renew([...held]);
      for (const left of isStopped ? [] : await pending.takeOver(options.workspaceId))
        void track(resume(left));
    } catch (err) {
      log.error({ err }, "the requests left behind could not be looked up");
    }
    if (!isStopped || held.size > 0) setTimeout(() => void look(), LOOK_EVERY_MS).unref();
  }

  async function track(work: Promise<void>): Promise<void> {
    underWay.add(work);
    try {
      await work;
    } finally {
      underWay.delete(work);
    }
  }

  return {
    perform: (event) => track(perform(event)),
    start: () => {
      isStopped = false;
      void look();
    },
    stop: async () => {
      isStopped = true;
      await Promise.allSettled(underWay);
    },
  };
}
