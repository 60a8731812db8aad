import { randomBytes } from "node:crypto";
import type { Desk, Request } from "../../src/desk.ts";
import { createCheckToken } from "../../src/installations/check-token.ts";
import { createInstallations, type Installations } from "../../src/installations/installations.ts";
import { createRefreshToken } from "../../src/installations/refresh-token.ts";
import { createRequestSeal } from "../../src/installations/request-seal.ts";
import { createSeal } from "../../src/installations/seal.ts";
import { createLog } from "../../src/log.ts";
import type { Message, Playground } from "../../src/playground/server.ts";
import { slackSignature } from "../../src/playground/signature.ts";
import { createSlackApp, type SlackApp } from "../../src/slack/app.ts";
import { createInstall } from "../../src/slack/oauth.ts";
import { botEvents, scopes } from "../../src/slack/scopes.ts";
import type { Store } from "../../src/store/store.ts";
import { freePort } from "../helpers/bot-process.ts";
import { startTwoSlacks } from "../helpers/two-slacks.ts";
import { openWorkspace } from "../helpers/workspace.ts";
import { ANN, BOB, CHANNEL, createFakeDesk } from "../slack/slack-bench.ts";

const SIGNING_SECRET = "secret of many workspaces";
const client = { clientId: "123.456", clientSecret: "client-secret-of-the-bench" };

/** The bot for many workspaces, in one or more replicas over the shared store, and two workspaces to install it in. */
export interface OauthBench {
  readonly left: Playground;
  readonly right: Playground;
  /** The Slack teams' ids. */
  readonly leftId: string;
  readonly rightId: string;
  readonly store: Store;
  readonly replicas: readonly Replica[];
  readonly asked: readonly Request[];
  /** Every line of the log of every replica. */
  readonly logLines: readonly string[];
  /** Moves the clock of the bot and of Slack. */
  later(milliseconds: number): void;
  /** The way of somebody who installs the app, by a link of one replica and back to it. */
  install(slack: Playground, decision?: "allow" | "cancel"): Promise<Page>;
  /** Types a line in a workspace and returns the answer. */
  type(slack: Playground, text: string): Promise<Message>;
  /** Sends a signed event as Slack does. */
  sendEvent(teamId: string, event: object, happenedAt: Date): Promise<number>;
  stop(): Promise<void>;
}

export interface Replica {
  readonly url: string;
  readonly installations: Installations;
  readonly app: SlackApp;
}

export interface Page {
  readonly status: number;
  readonly text: string;
}

export interface OauthBenchOptions {
  readonly tokenExpiresInSeconds?: number;
  readonly replicas?: number;
  readonly keys?: readonly [Uint8Array, ...Uint8Array[]];
  readonly ids?: readonly [left: string, right: string];
  /** The real desk instead of one that only says what it was asked. */
  readonly desk?: Desk;
}

export const newKey = (): Uint8Array => randomBytes(32);
const newTeam = () => `T0${randomBytes(5).toString("hex").toUpperCase()}`;

export async function startOauthBench(options: OauthBenchOptions = {}): Promise<OauthBench> {
  const { store } = await openWorkspace();
  const [leftId, rightId] = options.ids ?? [newTeam(), newTeam()];
  const keys = options.keys ?? [newKey()];
  const asked: Request[] = [];
  const logLines: string[] = [];
  const log = createLog("info", { write: (line) => void logLines.push(line) });
  let offsetMs = 0;
  const now = () => new Date(Date.now() + offsetMs);
  const ports = await Promise.all(Array.from({ length: options.replicas ?? 1 }, freePort));
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  const [firstUrl = ""] = urls;
  const slackOf = (id: string) => ({
    appUrl: () => `${firstUrl}/slack/events`,
    signingSecret: SIGNING_SECRET,
    oauth: {
      ...client,
      ...(options.tokenExpiresInSeconds !== undefined && {
        tokenExpiresInSeconds: options.tokenExpiresInSeconds,
      }),
    },
    team: { id, name: `Team ${id}` },
    users: [
      { id: ANN, name: "ann", realName: `Ann of ${id}`, email: `ann@${id}.example` },
      { id: BOB, name: "bob", realName: "Bob Baker", email: `bob@${id}.example` },
    ],
    channels: [{ id: CHANNEL, name: "sales" }],
    slashCommand: { command: "/portfolio", usageHint: "help", shouldEscape: true } as const,
    completions: [],
    scopes: scopes.map(({ scope }) => scope),
    events: botEvents,
    now,
  });
  const slacks = await startTwoSlacks(slackOf(leftId), slackOf(rightId));
  const { slackApiUrl } = slacks;
  const desk = options.desk ?? createFakeDesk({}, asked);
  const replicas = await Promise.all(
    ports.map(async (port, index) => {
      const seal = createSeal(keys);
      const installations = createInstallations({
        rows: store.installations,
        deleteWorkspace: store.deleteWorkspace,
        seal,
        refresh: createRefreshToken({ ...client, clientOptions: { slackApiUrl } }),
        check: createCheckToken({ slackApiUrl }),
        now,
        log,
      });
      const url = urls[index] ?? "";
      const install = createInstall({ ...client, publicUrl: firstUrl, slackApiUrl, installations, now });
      const app = createSlackApp({
        transport: { kind: "http", signingSecret: SIGNING_SECRET, install, port, host: "127.0.0.1" },
        installations,
        requestSeal: createRequestSeal(keys),
        slackApiUrl,
        desk,
        drawChart: () => Promise.reject(new Error("no pictures here")),
        pingStore: store.ping,
        log,
        now,
      });
      await app.start();
      return { url, installations, app };
    }),
  );

  return {
    left: slacks.left,
    right: slacks.right,
    leftId,
    rightId,
    store,
    replicas,
    asked,
    logLines,
    later: (milliseconds) => {
      offsetMs += milliseconds;
    },
    async install(slack, decision = "allow") {
      const link = await fetch(`${firstUrl}/slack/install`, { redirect: "manual" });
      const next = slack.authorize({ userId: ANN, url: link.headers.get("location") ?? "", decision });
      return open(next, cookieOf(link));
    },
    async type(slack, text) {
      const visible = () => slack.messages({ channelId: CHANNEL, viewerId: ANN });
      const before = visible().length;
      await slack.slash({ userId: ANN, channelId: CHANNEL, text });
      return slack.waitFor(() => visible()[before]);
    },
    async sendEvent(teamId, event, happenedAt) {
      const body = JSON.stringify({
        type: "event_callback",
        team_id: teamId,
        event_id: `Ev${randomBytes(6).toString("hex")}`,
        event_time: Math.floor(happenedAt.getTime() / 1000),
        event,
      });
      const timestamp = String(Math.floor(Date.now() / 1000));
      const answer = await fetch(`${firstUrl}/slack/events`, {
        method: "POST",
        body,
        headers: {
          "Content-Type": "application/json",
          "X-Slack-Request-Timestamp": timestamp,
          "X-Slack-Signature": slackSignature(SIGNING_SECRET, timestamp, body),
        },
      });
      return answer.status;
    },
    stop: async () => {
      for (const { app, installations } of replicas) {
        await app.stop();
        await installations.settle();
      }
      await slacks.close();
    },
  };
}

/** The cookies that an answer sets, as the browser sends them back. */
export function cookieOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

/** Opens an address as the browser with these cookies. */
export async function open(address: string, cookie: string): Promise<Page> {
  const answer = await fetch(address, { headers: { cookie }, redirect: "manual" });
  return { status: answer.status, text: await answer.text() };
}
