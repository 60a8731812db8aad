import type { Reply } from "../../src/command.ts";
import { dayIn } from "../../src/core/calendar.ts";
import type { Answer, Desk, Request } from "../../src/desk.ts";
import { createCheckToken } from "../../src/installations/check-token.ts";
import { createFixedInstallation } from "../../src/installations/fixed-installation.ts";
import { createRequestSeal } from "../../src/installations/request-seal.ts";
import { createLog } from "../../src/log.ts";
import { type Playground, type PlaygroundOptions, startPlayground } from "../../src/playground/server.ts";
import { createSlackApp, type SlackApp } from "../../src/slack/app.ts";
import type { DrawChart } from "../../src/slack/chart-pictures.ts";
import { LOG_SHORTCUT } from "../../src/slack/log-form.ts";
import { botEvents, scopes } from "../../src/slack/scopes.ts";
import { pendingInMemory } from "./pending-in-memory.ts";

export const SIGNING_SECRET = "secret of the bench";
export const TEAM = "T0BENCH";
export const ANN = "U0ANN";
export const BOB = "U0BOB";
export const CHANNEL = "C0SALES";
export const TOKEN = "xoxb-bench-token";
export const APP_TOKEN = "xapp-bench-token";

/** Set TEST_SOCKET_MODE=1 to have everything come through a WebSocket that would otherwise come over HTTP. */
export const overSocket = process.env.TEST_SOCKET_MODE === "1";

/** As pino numbers levels. */
const WARN = 40;

/** A local Slack, the real app, and a desk that answers as a test says; everything over HTTP. */
export interface Bench extends Playground {
  /** What the desk was asked. */
  readonly asked: readonly Request[];
  /** What was logged as a warning or worse. */
  readonly logged: readonly Readonly<Record<string, unknown>>[];
  /** Every line of the log as it was written. */
  readonly logLines: readonly string[];
  readonly appUrl: string;
  /** How the app sends digests. */
  readonly messenger: SlackApp["messenger"];
  /** The whole text of what a person sees in the channel, message by message. */
  seen(viewerId: string): readonly string[];
  /** Moves the local Slack's clock, and with it the age of response URLs. */
  later(milliseconds: number): void;
  stopApp(): Promise<void>;
  stop(): Promise<void>;
}

export interface BenchOptions {
  /** The real desk of a workspace instead of one that answers as a test says. */
  readonly desk?: Desk;
  readonly workspaceId?: string;
  readonly answer?: (request: Request) => Answer | Promise<Answer>;
  readonly choices?: Desk["choices"];
  readonly accounts?: Desk["accounts"];
  readonly home?: Desk["home"];
  /** The Slack workspace in which the app is installed. */
  readonly teamId?: string;
  readonly socketMode?: boolean;
  /** The app's own idea of its app token. */
  readonly appToken?: string;
  /** Where the local Slack listens. */
  readonly port?: number;
  readonly pingStore?: () => Promise<void>;
  readonly drawChart?: DrawChart;
  readonly appIsMember?: boolean;
  /** Who is in the workspace, where it is not Ann and Bob. */
  readonly users?: PlaygroundOptions["users"];
  /** How long Slack looks into what the app uploads. */
  readonly fileProcessingMs?: number;
}

export async function startBench(options: BenchOptions = {}): Promise<Bench> {
  const asked: Request[] = [];
  const logLines: string[] = [];
  const logged: Record<string, unknown>[] = [];
  const { workspaceId = "bench", teamId = TEAM, socketMode = overSocket } = options;
  let offset = 0;
  let appPort = 0;
  const desk = options.desk ?? createFakeDesk(options, asked);
  const now = () => new Date(Date.now() + offset);
  const playground = await startPlayground({
    ...slackOptions({ ...options, socketMode }),
    appUrl: () => `http://127.0.0.1:${appPort}/slack/events`,
    now,
  });
  const log = createLog("info", {
    write: (line) => {
      logLines.push(line);
      const fields = JSON.parse(line);
      if (fields.level >= WARN) logged.push(fields);
    },
  });
  const place = { port: 0, host: "127.0.0.1" };
  const app = createSlackApp({
    transport: socketMode
      ? { kind: "socket", appToken: options.appToken ?? APP_TOKEN, ...place }
      : { kind: "http", signingSecret: SIGNING_SECRET, ...place },
    installations: createFixedInstallation(
      { workspaceId, teamId, token: TOKEN },
      { check: createCheckToken({ slackApiUrl: playground.slackApiUrl }), log },
    ),
    slackApiUrl: playground.slackApiUrl,
    desk,
    requestSeal: createRequestSeal([TOKEN]),
    onlyWorkspaceId: workspaceId,
    drawChart: options.drawChart ?? (() => Promise.reject(new Error("no pictures here"))),
    pingStore: options.pingStore ?? (async () => {}),
    log,
    now,
  });
  try {
    appPort = (await app.start()).port;
  } catch (error) {
    await app.stop();
    await playground.close();
    throw error;
  }
  return Object.assign(playground, {
    asked,
    logged,
    logLines,
    messenger: app.messenger,
    appUrl: `http://127.0.0.1:${appPort}/slack/events`,
    seen: (viewerId: string) =>
      playground
        .messages({ channelId: CHANNEL, viewerId })
        .map(({ text, blocks }) => `${text} ${JSON.stringify(blocks)}`),
    later: (milliseconds: number) => {
      offset += milliseconds;
    },
    stopApp: () => app.stop(),
    stop: async () => {
      await app.stop();
      await playground.close();
    },
  });
}

/** The local Slack of the bench. */
export function slackOptions(
  options: Pick<BenchOptions, "port" | "socketMode" | "appIsMember" | "users" | "fileProcessingMs">,
): PlaygroundOptions {
  return {
    port: options.port ?? 0,
    appUrl: () => "http://127.0.0.1:1/",
    signingSecret: SIGNING_SECRET,
    botToken: TOKEN,
    ...(options.socketMode && { socketMode: { appToken: APP_TOKEN } }),
    team: { id: TEAM, name: "Bench" },
    users: options.users ?? [
      { id: ANN, name: "ann", realName: "Ann Archer", email: "ann@example.com" },
      { id: BOB, name: "bob", realName: "Bob Baker", email: "bob@example.com" },
    ],
    channels: [{ id: CHANNEL, name: "sales", appIsMember: options.appIsMember ?? true }],
    slashCommand: { command: "/portfolio", usageHint: "help", shouldEscape: true },
    messageShortcuts: [{ callbackId: LOG_SHORTCUT, name: "Log in Portfolio" }],
    completions: [],
    scopes: scopes.map(({ scope }) => scope),
    events: botEvents,
    ...(options.fileProcessingMs !== undefined && { fileProcessingMs: options.fileProcessingMs }),
  };
}

/** A desk that answers as a test says, and notes what it was asked. */
export function createFakeDesk(
  options: Pick<BenchOptions, "answer" | "choices" | "accounts" | "home">,
  asked: Request[],
): Desk {
  const seenKeys = new Set<string>();
  return {
    async answer(request) {
      asked.push(request);
      return (options.answer ?? echo)(request);
    },
    async ask(request) {
      asked.push(request);
      return (options.answer ?? echo)(request);
    },
    choices: options.choices ?? (async () => []),
    home: options.home ?? (async () => ({ sections: [{ title: "Portfolio", lines: [["no home here"]] }] })),
    accounts: options.accounts ?? (async () => []),
    dayOf: async (_workspaceId, instant) => dayIn(instant, "UTC"),
    digest: async () => ({ ok: false, message: "no digests here", suggestions: [] }),
    digests: async () => [],
    settingsForm: async () => ({ ok: false, message: "no settings here", suggestions: [] }),
    submitSettings: async () => ({ ok: false, message: "no settings here", suggestions: [] }),
    async once(workspaceId, key) {
      const isNew = !seenKeys.has(`${workspaceId} ${key}`);
      seenKeys.add(`${workspaceId} ${key}`);
      return isNew;
    },
    async forget(workspaceId, key) {
      seenKeys.delete(`${workspaceId} ${key}`);
    },
    foreseeing: (_workspaceId, work) => work(),
    pendingRequests: pendingInMemory(),
    intake: {
      refusal: async () => "no imports here",
      preview: async () => ({ ok: false, message: "no imports here" }),
      import: async () => ({ ok: false, message: "no imports here" }),
      undo: async () => ({ ok: false, message: "no imports here" }),
      rejects: async () => ({ ok: false, message: "no imports here" }),
    },
    help: [{ name: "top", summary: "", usage: "top [A|B|C|D] [filters]", examples: [], isDaily: true }],
  };
}

/** An answer that says which line it answers, with a button of every kind. */
export function echo({ line }: Request): Answer {
  const reply: Reply = {
    headline: `Answer to ${line}`,
    actions: [
      { kind: "run", label: "Next", line: "top A page:2" },
      { kind: "choose", label: "Open", choices: [{ label: "Acme", line: 'account "Acme & Sons"' }] },
      { kind: "filter", label: "Filter", line },
      { kind: "share", label: "Share", line },
    ],
    data: {},
  };
  return { ok: true, command: "top", query: {}, line, reply };
}
