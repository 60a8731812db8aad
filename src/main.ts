// The composition root: reads the environment, opens the store and starts the Slack app. Without Slack
// credentials the same app answers in the playground, over the invented company's data.

import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import { companyName, currency, type Person, people } from "../demo/company.ts";
import { demoAsOf, demoSeed, generateDemo } from "../demo/generate.ts";
import { type Config, ConfigError, parseConfig } from "./config.ts";
import { createDesk } from "./create-desk.ts";
import type { Desk } from "./desk.ts";
import { importFiles } from "./ingest/import-files.ts";
import { loadCommands } from "./load-commands.ts";
import { createLog } from "./log.ts";
import { startPlayground } from "./playground/server.ts";
import { createRefresher, realTimers } from "./refresher.ts";
import { createSlackApp, type SlackConfig } from "./slack/app.ts";
import { botEvents, scopes } from "./slack/scopes.ts";
import { usageHint } from "./slack/usage-hint.ts";
import { openStore, type Store } from "./store/store.ts";
import { StoreUnavailable } from "./store/store-unavailable.ts";

const loopback = "127.0.0.1";
const demoTeam = { id: "T0PORTFOLIO", name: companyName };

try {
  const config = parseConfig(process.env);
  const log = createLog(config.logLevel);
  const stops = config.slack ? await startBot(config, config.slack, log) : await startLocally(config, log);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void stopAll(stops).then(() => process.exit(0)));
} catch (error) {
  const isTheirs = error instanceof ConfigError || error instanceof StoreUnavailable;
  if (!isTheirs) createLog("error").error({ err: error }, "Portfolio did not start");
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(isTheirs ? `${reason}\n` : `Portfolio did not start: ${reason}\n`);
  process.exit(1);
}

type Stop = () => Promise<void>;

async function startBot(
  config: Config,
  slack: NonNullable<Config["slack"]>,
  log: Logger,
): Promise<readonly Stop[]> {
  const store = await openStore(config.store);
  const { botToken, signingSecret, apiUrl } = slack;
  const app = await startApp(await openDesk(store), config.workspaceId, log, {
    botToken,
    signingSecret,
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    port: config.port,
    host: config.host,
  });
  process.stdout.write(`Portfolio answers Slack on port ${app.port}, path /slack/events.\n`);
  return [app.stop, keepFresh(store, config.workspaceId, log), store.close];
}

/** The local Slack, the invented company and the app, in a store of their own. */
async function startLocally(config: Config, log: Logger): Promise<readonly Stop[]> {
  const dataDir = join("dataDir" in config.store ? config.store.dataDir : ".portfolio", "playground");
  const store = await openStore({ dataDir });
  await loadDemo(store, config.workspaceId);
  const secrets = {
    botToken: `xoxb-playground-${randomBytes(16).toString("hex")}`,
    signingSecret: randomBytes(16).toString("hex"),
  };
  const desk = await openDesk(store);
  let appPort = 0;
  const playground = await startPlayground({
    port: await freePort(config.port),
    appUrl: () => `http://${loopback}:${appPort}/slack/events`,
    ...secrets,
    team: demoTeam,
    // Reps first: who starts as one sees accounts of their own.
    users: people.toSorted(repsFirst).map(({ name, email, role, team }, index) => ({
      id: `U${String(index + 1).padStart(8, "0")}`,
      name: email.split("@")[0] ?? email,
      realName: name,
      email,
      title:
        role === "rep" ? `Account executive, ${team}` : role === "manager" ? `Sales manager, ${team}` : team,
      isAdmin: role === "admin",
    })),
    channels: [
      { id: "C0SALES", name: "sales" },
      { id: "C0LEADERS", name: "sales-leadership" },
    ],
    slashCommand: { command: "/portfolio", usageHint: usageHint(desk.help), shouldEscape: true },
    scopes: scopes.map(({ scope }) => scope),
    events: botEvents,
    completions: [
      ...desk.help.flatMap(({ summary, examples }) => examples.map((text) => ({ text, summary }))),
      ...desk.help.map(({ name, summary }) => ({ text: name, summary })),
    ].filter(({ text }, index, all) => all.findIndex((other) => other.text === text) === index),
    intro: `You are looking at ${companyName}, an invented company. Choose who you are, then type /portfolio top A.`,
  });
  const app = await startApp(desk, config.workspaceId, log, {
    ...secrets,
    slackApiUrl: playground.slackApiUrl,
    port: 0,
    host: loopback,
  });
  appPort = app.port;
  process.stdout.write(
    `\n  Portfolio's playground is at ${playground.url}\n  It behaves like Slack. Choose who you are and type /portfolio top A\n\n`,
  );
  return [app.stop, playground.close, keepFresh(store, config.workspaceId, log), store.close];
}

function repsFirst(one: Person, other: Person): number {
  return Number(other.role === "rep") - Number(one.role === "rep");
}

async function startApp(desk: Desk, workspaceId: string, log: Logger, config: SlackConfig) {
  const app = createSlackApp({ config, desk, workspaceId, log, now: () => new Date() });
  const { port } = await app.start();
  return { port, stop: app.stop };
}

/** Computes the portfolio anew soon after anybody changed anything. */
function keepFresh(store: Store, workspaceId: string, log: Logger): Stop {
  const refresher = createRefresher({
    refresh: async () => {
      await store.refresh(await store.ensureWorkspace(workspaceId), { now: new Date() });
    },
    unseen: () => store.unseenChange(workspaceId, new Date()),
    onError: (err) => log.error({ err }, "the portfolio could not be computed anew"),
    timers: realTimers,
  });
  refresher.start();
  return refresher.stop;
}

async function openDesk(store: Store): Promise<Desk> {
  const commands = await loadCommands(new URL("../commands/", import.meta.url));
  return createDesk({ store, commands, now: () => new Date() });
}

/** Writes the invented company's exports and loads them as anybody would; a second time changes nothing. */
async function loadDemo(store: Store, workspaceId: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "portfolio-demo-"));
  try {
    const files: string[] = [];
    for (const { name, content } of generateDemo({ seed: demoSeed, asOf: demoAsOf })) {
      files.push(join(folder, name));
      await writeFile(join(folder, name), content);
    }
    await importFiles({ store, workspaceId, files, currency, now: () => new Date() });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The port asked for, or any free one where another program has it. */
function freePort(port: number): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(0));
    probe.listen(port, loopback, () => probe.close(() => resolve(port)));
  });
}

/** One after the other, so that the app lets go of the store before it closes; all of them, whatever fails. */
async function stopAll(stops: readonly Stop[]): Promise<void> {
  for (const stop of stops) await stop().catch(() => {});
}
