import { pino } from "pino";
import type { Reply } from "../../src/command.ts";
import type { Answer, Desk, Request } from "../../src/desk.ts";
import { type Playground, startPlayground } from "../../src/playground/server.ts";
import { createSlackApp, type SlackConfig } from "../../src/slack/app.ts";
import { botEvents, scopes } from "../../src/slack/scopes.ts";
import { pendingInMemory } from "./pending-in-memory.ts";

export const SIGNING_SECRET = "secret of the bench";
export const TEAM = "T0BENCH";
export const ANN = "U0ANN";
export const BOB = "U0BOB";
export const CHANNEL = "C0SALES";

/** A local Slack, the real app, and a desk that answers as a test says; everything over HTTP. */
export interface Bench extends Playground {
  /** What the desk was asked. */
  readonly asked: readonly Request[];
  /** What was logged as a warning or worse. */
  readonly logged: readonly Readonly<Record<string, unknown>>[];
  readonly appUrl: string;
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
  readonly config?: Partial<SlackConfig>;
  readonly appIsMember?: boolean;
}

export async function startBench(options: BenchOptions = {}): Promise<Bench> {
  const asked: Request[] = [];
  const logged: Record<string, unknown>[] = [];
  const seenKeys = new Set<string>();
  let offset = 0;
  let appPort = 0;
  const desk: Desk = options.desk ?? {
    async answer(request) {
      asked.push(request);
      return (options.answer ?? echo)(request);
    },
    choices: options.choices ?? (async () => []),
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
  const playground = await startPlayground({
    port: 0,
    appUrl: () => `http://127.0.0.1:${appPort}/slack/events`,
    signingSecret: SIGNING_SECRET,
    botToken: "xoxb-bench-token",
    team: { id: TEAM, name: "Bench" },
    users: [
      { id: ANN, name: "ann", realName: "Ann Archer", email: "ann@example.com" },
      { id: BOB, name: "bob", realName: "Bob Baker", email: "bob@example.com" },
    ],
    channels: [{ id: CHANNEL, name: "sales", appIsMember: options.appIsMember ?? true }],
    slashCommand: { command: "/portfolio", usageHint: "help", shouldEscape: true },
    completions: [],
    scopes: scopes.map(({ scope }) => scope),
    events: botEvents,
    now: () => new Date(Date.now() + offset),
  });
  const log = pino({ level: "warn" }, { write: (text: string) => void logged.push(JSON.parse(text)) });
  const app = createSlackApp({
    config: {
      botToken: "xoxb-bench-token",
      signingSecret: SIGNING_SECRET,
      slackApiUrl: playground.slackApiUrl,
      port: 0,
      host: "127.0.0.1",
      ...options.config,
    },
    desk,
    workspaceId: options.workspaceId ?? "bench",
    log,
    now: () => new Date(Date.now() + offset),
  });
  appPort = (await app.start()).port;
  return Object.assign(playground, {
    asked,
    logged,
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
