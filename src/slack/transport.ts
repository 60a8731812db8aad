import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { HTTPReceiver, type HTTPReceiverOptions, type Receiver, SocketModeReceiver } from "@slack/bolt";
import type { Logger } from "pino";
import { boltLog } from "./bolt-log.ts";
import { createConnection } from "./connection.ts";
import { createHealth, HEALTH_PATH, type Needs, serveHealth } from "./health.ts";

/** How requests come from Slack. */
export type TransportOptions = {
  /** Where to listen: for requests at `/slack/events`, and for `/health`. */
  readonly port: number;
  readonly host?: string;
} & (
  | {
      readonly kind: "http";
      readonly signingSecret: string;
      /** Lets workspaces install the app. */
      readonly install?: InstallOptions;
    }
  | { readonly kind: "socket"; readonly appToken: string }
);

export type InstallOptions = Pick<HTTPReceiverOptions, "redirectUri"> &
  Required<
    Pick<
      HTTPReceiverOptions,
      "clientId" | "clientSecret" | "stateSecret" | "scopes" | "installationStore" | "installerOptions"
    >
  >;

export interface Transport {
  readonly receiver: Receiver;
  /** Resolves once requests come in, with the port that is listened on. */
  start(): Promise<{ readonly port: number }>;
  /** Lets no more requests in. */
  stop(): Promise<void>;
}

/** How long the acknowledgement of a call to Slack for a connection may take. */
const OPENED_WITHIN_MS = 10_000;

export interface TransportParts {
  /** What the bot cannot do without, beside its way to Slack. */
  readonly needs: Needs;
  readonly slackApiUrl?: string;
  readonly log: Logger;
}

export function createTransport(options: TransportOptions, parts: TransportParts): Transport {
  return options.kind === "http" ? overHttp(options, parts) : throughSocket(options, parts);
}

function overHttp(
  { signingSecret, install, port, host }: TransportOptions & { readonly kind: "http" },
  { needs, log }: TransportParts,
): Transport {
  if (signingSecret.trim() === "")
    throw new Error("The Slack signing secret is empty: anybody could send requests in Slack's name.");
  const health = createHealth(needs);
  const receiver = new HTTPReceiver({
    signingSecret,
    processBeforeResponse: false,
    logger: boltLog(log),
    customRoutes: [{ path: HEALTH_PATH, method: ["GET"], handler: (_, response) => void health(response) }],
    ...install,
  });
  const listen = () => receiver.start({ port, ...(host !== undefined && { host }) });
  let server: Server | undefined;
  return {
    // Bolt would fetch an installation for each request from a receiver that it knows to install.
    receiver: {
      init: (app) => receiver.init(app),
      start: listen,
      stop: () => receiver.stop(),
    },
    async start() {
      server = await listen();
      return { port: portOf(server) };
    },
    async stop() {
      if (server) await receiver.stop();
      server = undefined;
    },
  };
}

function throughSocket(
  { appToken, port, host }: TransportOptions & { readonly kind: "socket" },
  { needs, slackApiUrl, log }: TransportParts,
): Transport {
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: boltLog(log),
    installerOptions: {
      clientOptions: {
        ...(slackApiUrl !== undefined && { slackApiUrl }),
        timeout: OPENED_WITHIN_MS,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
      },
    },
  });
  const connection = createConnection(receiver.client, log);
  const health = createHealth({ ...needs, slack: async () => connection.isConnected() });
  let server: Server | undefined;
  return {
    receiver,
    async start() {
      server = await serveHealth(health, { port, ...(host !== undefined && { host }) });
      await connection.start();
      return { port: portOf(server) };
    },
    async stop() {
      await connection.stop();
      server?.close();
    },
  };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
