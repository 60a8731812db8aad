import { setTimeout as sleep } from "node:timers/promises";
import type { SocketModeClient } from "@slack/socket-mode";
import type { Logger } from "pino";
import { refusalOf, retryDelayMs, SlackRefused } from "./sign-in.ts";
import { within } from "./time-limit.ts";

/** A connection that is not greeted by then is given up. */
const GREETED_WITHIN_MS = 20_000;
const GOODBYE_WITHIN_MS = 2_000;

/** A WebSocket to Slack that is replaced whenever it breaks. */
export interface Connection {
  /** @throws SlackRefused when Slack does not take the app token. */
  start(): Promise<void>;
  stop(): Promise<void>;
  isConnected(): boolean;
}

/**
 * Keeps a Socket Mode client connected. Its own reconnecting waits five seconds each time and ends the process
 * when Slack cannot be reached, so it is to be switched off.
 */
export function createConnection(
  client: SocketModeClient,
  log: Pick<Logger, "info" | "warn" | "error">,
): Connection {
  const stopped = new AbortController();
  let isConnected = false;
  let wasConnected = false;
  let connecting: Promise<void> | undefined;

  client.on("connected", () => {
    isConnected = true;
    wasConnected = true;
    log.info("connected to Slack");
  });
  client.on("disconnected", () => {
    isConnected = false;
    if (!stopped.signal.aborted) void connect();
  });

  function connect(): Promise<void> {
    connecting ??= tryUntilConnected().finally(() => {
      connecting = undefined;
    });
    return connecting;
  }

  async function tryUntilConnected(): Promise<void> {
    for (let failures = 1; !stopped.signal.aborted; failures += 1) {
      try {
        return await open();
      } catch (err) {
        const delayMs = retryDelayMs(failures);
        const refusal = refusalOf(err);
        if (refusal !== undefined && !wasConnected) throw refused(refusal, err);
        if (refusal === undefined) log.warn({ err, delayMs }, "no connection to Slack; it is tried again");
        else log.error({ refusal, delayMs }, "Slack does not take SLACK_APP_TOKEN any more");
        await sleep(delayMs, undefined, { signal: stopped.signal }).catch(() => undefined);
      }
    }
  }

  async function open(): Promise<void> {
    const started = client.start().then(
      () => "greeted" as const,
      (err: unknown) => ({ err }),
    );
    const outcome = await within(GREETED_WITHIN_MS, started, "silence" as const);
    if (outcome === "greeted") return;
    if (outcome !== "silence") throw outcome.err ?? new Error("the connection broke before Slack's greeting");
    await within(GOODBYE_WITHIN_MS, client.disconnect(), undefined);
    throw new Error("Slack did not greet the connection in time");
  }

  return {
    start: connect,
    async stop() {
      stopped.abort();
      await within(GOODBYE_WITHIN_MS, client.disconnect(), undefined);
    },
    isConnected: () => isConnected,
  };
}

function refused(refusal: string, cause: unknown): SlackRefused {
  return new SlackRefused(
    `Slack does not take SLACK_APP_TOKEN (${refusal}). Make one with the scope connections:write under "Basic Information" of the app.`,
    { cause },
  );
}
