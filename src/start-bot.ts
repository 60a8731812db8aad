import type { Logger } from "pino";
import type { Config } from "./config.ts";
import type { Desk } from "./desk.ts";
import { startDigests } from "./digest/start-digests.ts";
import { createCheckToken } from "./installations/check-token.ts";
import { deleteRemoved } from "./installations/delete-removed.ts";
import { everyHour } from "./installations/every-hour.ts";
import { createFixedInstallation } from "./installations/fixed-installation.ts";
import { createInstallations } from "./installations/installations.ts";
import { createRefreshToken } from "./installations/refresh-token.ts";
import { createRequestSeal } from "./installations/request-seal.ts";
import { createSeal } from "./installations/seal.ts";
import { createSlackApp, type SlackAppOptions } from "./slack/app.ts";
import { boltLog } from "./slack/bolt-log.ts";
import type { DrawChart } from "./slack/chart-pictures.ts";
import { createInstall, INSTALL_PATH } from "./slack/oauth.ts";
import { findOwnTeam } from "./slack/sign-in.ts";
import type { SlackConfig } from "./slack-config.ts";
import type { Stop } from "./stop-on-signals.ts";
import type { StoreAddress } from "./store/connect.ts";
import type { Store } from "./store/store.ts";

export interface BotParts {
  readonly config: Config;
  readonly slack: SlackConfig;
  readonly store: Store;
  /** Where the queue of digests finds the same store. */
  readonly address: StoreAddress;
  readonly desk: Desk;
  readonly drawChart: DrawChart;
  readonly log: Logger;
}

/** Starts the bot for real workspaces; returns what stops it, to be called in this order. */
export async function startBot(parts: BotParts): Promise<readonly Stop[]> {
  const { slack, store, address, desk, drawChart, log } = parts;
  const { stops, ...served } = await (slack.kind === "oauth"
    ? manyWorkspaces(parts, slack)
    : oneWorkspace(parts, slack));
  const app = createSlackApp({
    ...served,
    ...addressOf(slack),
    desk,
    drawChart,
    pingStore: store.ping,
    log,
    now,
  });
  const { port } = await app.start();
  const { messenger } = app;
  const { onlyWorkspaceId } = served;
  const stopDigests = startDigests({
    ...{ store, address, desk, messenger, log },
    ...(onlyWorkspaceId !== undefined && { onlyWorkspaceId }),
  });
  process.stdout.write(`Portfolio answers Slack ${howOf(slack, port)}.\n`);
  return [() => stopBoth(app.stop, stopDigests), ...stops];
}

const now = () => new Date();

/** At the same time, since both wait for what is under way. */
async function stopBoth(...stops: readonly Stop[]): Promise<void> {
  await Promise.all(stops.map((stop) => stop()));
}

interface Served
  extends Pick<SlackAppOptions, "transport" | "installations" | "requestSeal" | "onlyWorkspaceId"> {
  readonly stops: readonly Stop[];
}

async function oneWorkspace(
  { config, log }: BotParts,
  slack: Exclude<SlackConfig, { readonly kind: "oauth" }>,
): Promise<Served> {
  const { botToken: token } = slack;
  const address = addressOf(slack);
  const teamId = await findOwnTeam(token, { ...address, log });
  const check = createCheckToken({ ...address, logger: boltLog(log) });
  const { workspaceId, port, host } = config;
  return {
    transport: { ...slack, port, host },
    installations: createFixedInstallation({ workspaceId, teamId, token }, { check, log }),
    // What this seals need not outlive the token.
    requestSeal: createRequestSeal([token]),
    onlyWorkspaceId: workspaceId,
    stops: [],
  };
}

async function manyWorkspaces(
  { config, store, log }: BotParts,
  slack: SlackConfig & { readonly kind: "oauth" },
): Promise<Served> {
  const { clientId, clientSecret, signingSecret, encryptionKeys, publicUrl } = slack;
  const { port, host, deleteAfterDays: afterDays } = config;
  const address = addressOf(slack);
  const seal = createSeal(encryptionKeys);
  const clientOptions = { ...address, logger: boltLog(log) };
  const installations = createInstallations({
    rows: store.installations,
    deleteWorkspace: store.deleteWorkspace,
    seal,
    refresh: createRefreshToken({ clientId, clientSecret, clientOptions }),
    check: createCheckToken(clientOptions),
    now,
    log,
  });
  await installations.reseal();
  const install = createInstall({
    clientId,
    clientSecret,
    ...(publicUrl !== undefined && { publicUrl }),
    ...address,
    installations,
    now,
  });
  return {
    transport: { kind: "http", signingSecret, install, port, host },
    installations,
    requestSeal: createRequestSeal(encryptionKeys),
    stops: [
      everyHour(() => deleteRemoved({ store, afterDays, log }), log),
      everyHour(installations.refreshDue, log),
      installations.settle,
    ],
  };
}

function addressOf({ apiUrl }: SlackConfig): { readonly slackApiUrl?: string } {
  return apiUrl === undefined ? {} : { slackApiUrl: apiUrl };
}

function howOf({ kind }: SlackConfig, port: number): string {
  if (kind === "socket") return `in Socket Mode; /health is on port ${port}`;
  const answered = `on port ${port}, path /slack/events`;
  return kind === "oauth" ? `${answered}; workspaces install it at ${INSTALL_PATH}` : answered;
}
