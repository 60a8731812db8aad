import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import { companyName, currency, type Person, people } from "../demo/company.ts";
import { demoAsOf, demoSeed, generateDemo } from "../demo/generate.ts";
import type { Desk } from "./desk.ts";
import { startDigests } from "./digest/start-digests.ts";
import { importFiles } from "./ingest/import-files.ts";
import { createFixedInstallation } from "./installations/fixed-installation.ts";
import { createRequestSeal } from "./installations/request-seal.ts";
import { startPlayground as startLocalSlack } from "./playground/server.ts";
import { createSlackApp } from "./slack/app.ts";
import type { DrawChart } from "./slack/chart-pictures.ts";
import { LOG_SHORTCUT } from "./slack/log-form.ts";
import { askedScopes, botEvents } from "./slack/scopes.ts";
import { usageHint } from "./slack/usage-hint.ts";
import type { Stop } from "./stop-on-signals.ts";
import type { StoreAddress } from "./store/connect.ts";
import type { Store } from "./store/store.ts";

const loopback = "127.0.0.1";
const team = { id: "T0PORTFOLIO", name: companyName };

/** The local Slack, the invented company and the app; returns what stops them, to be called in this order. */
export async function startPlayground(parts: {
  readonly config: { readonly port: number; readonly workspaceId: string };
  /** Of its own, never beside real data. */
  readonly store: Store;
  /** Where the queue of digests finds the same store. */
  readonly address: StoreAddress;
  readonly desk: Desk;
  readonly drawChart: DrawChart;
  readonly log: Logger;
}): Promise<readonly Stop[]> {
  const { config, store, address, desk, drawChart, log } = parts;
  const { workspaceId } = config;
  await loadDemo(store, workspaceId);
  const token = `xoxb-playground-${randomBytes(16).toString("hex")}`;
  const signingSecret = randomBytes(16).toString("hex");
  let appPort = 0;
  const slack = await startLocalSlack({
    port: await freePort(config.port),
    appUrl: () => `http://${loopback}:${appPort}/slack/events`,
    botToken: token,
    signingSecret,
    // As long as Slack may well take, so that people see what then happens.
    fileProcessingMs: 400,
    team,
    // Reps first: who starts as one sees accounts of their own.
    users: people.toSorted(repsFirst).map(({ name, email, role, team, timeZone }, index) => ({
      id: `U${String(index + 1).padStart(8, "0")}`,
      name: email.split("@")[0] ?? email,
      realName: name,
      email,
      title:
        role === "rep" ? `Account executive, ${team}` : role === "manager" ? `Sales manager, ${team}` : team,
      isAdmin: role === "admin",
      tz: timeZone,
    })),
    channels: [
      { id: "C0SALES", name: "sales" },
      { id: "C0LEADERS", name: "sales-leadership" },
    ],
    slashCommand: { command: "/portfolio", usageHint: usageHint(desk.help), shouldEscape: true },
    messageShortcuts: [{ callbackId: LOG_SHORTCUT, name: "Log in Portfolio" }],
    scopes: askedScopes,
    events: botEvents,
    completions: [
      // One of each command first: the first few are what a newcomer is offered.
      ...desk.help.flatMap(({ summary, examples }) =>
        examples.slice(0, 1).map((text) => ({ text, summary })),
      ),
      ...desk.help.flatMap(({ summary, examples }) => examples.map((text) => ({ text, summary }))),
      ...desk.help.map(({ name, summary }) => ({ text: name, summary })),
    ].filter(({ text }, index, all) => all.findIndex((other) => other.text === text) === index),
    intro: `You are looking at ${companyName}, an invented company. Choose who you are, then type /portfolio top A.`,
  });
  const app = createSlackApp({
    transport: { kind: "http", signingSecret, port: 0, host: loopback },
    installations: createFixedInstallation(
      { workspaceId, teamId: team.id, token },
      { check: async () => "unknown", log },
    ),
    slackApiUrl: slack.slackApiUrl,
    desk,
    drawChart,
    requestSeal: createRequestSeal([token]),
    onlyWorkspaceId: workspaceId,
    pingStore: store.ping,
    log,
    now: () => new Date(),
  });
  appPort = (await app.start()).port;
  const { messenger } = app;
  const stopDigests = startDigests({ store, address, desk, messenger, onlyWorkspaceId: workspaceId, log });
  process.stdout.write(
    `\n  Portfolio's playground is at ${slack.url}\n  It behaves like Slack. Choose who you are and type /portfolio top A\n\n`,
  );
  return [stopDigests, app.stop, slack.close];
}

function repsFirst(one: Person, other: Person): number {
  return Number(other.role === "rep") - Number(one.role === "rep");
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
    await nameManagers(store, workspaceId);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Who leads the invented company's teams, as an admin would say it in the settings. */
async function nameManagers(store: Store, workspaceId: string): Promise<void> {
  const decisions = store.decisions(await store.access({ workspaceId, standing: "operator" }));
  if ((await decisions.settings()).settings.people.length > 0) return;
  const leaders = people.flatMap(({ email, role, team }) =>
    role === "rep" ? [] : [{ email, role, ...(role === "manager" && { manages: [team] }) }],
  );
  await decisions.changeSettings({ people: leaders });
}

/** The port asked for, or any free one where another program has it. */
function freePort(port: number): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(0));
    probe.listen(port, loopback, () => probe.close(() => resolve(port)));
  });
}
