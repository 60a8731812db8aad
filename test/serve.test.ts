import { afterEach, describe, expect, test } from "vitest";
import { type Playground, startPlayground } from "../src/playground/server.ts";
import { type BotProcess, freePort, startBot } from "./helpers/bot-process.ts";
import { embeddedStore } from "./helpers/own-store.ts";
import { newKey } from "./installations/oauth-bench.ts";
import { ANN, APP_TOKEN, CHANNEL, SIGNING_SECRET, slackOptions, TOKEN } from "./slack/slack-bench.ts";

// The bot as a process, in each of the ways in which it is served.

let slack: Playground;
let bot: BotProcess | undefined;
afterEach(async () => {
  await bot?.kill();
  bot = undefined;
  await slack.close();
});

const oauth = { clientId: "1.2", clientSecret: "client-secret-of-the-process" };

async function start(socketMode: boolean, env: Readonly<Record<string, string>>): Promise<string> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const { port } = new URL(url);
  slack = await startPlayground({
    ...slackOptions({ socketMode }),
    oauth,
    appUrl: () => `${url}/slack/events`,
  });
  bot = await startBot({
    ...embeddedStore().env,
    SLACK_API_URL: slack.slackApiUrl,
    PORT: port,
    LOG_LEVEL: "info",
    ...env,
  });
  return url;
}

async function help(): Promise<string> {
  const visible = () => slack.messages({ channelId: CHANNEL, viewerId: ANN });
  const before = visible().length;
  expect(await slack.slash({ userId: ANN, channelId: CHANNEL, text: "help" })).toMatchObject({ ok: true });
  return (await slack.waitFor(() => visible()[before])).text;
}

const health = async (url: string) => (await fetch(`${url}/health`)).json();

describe("the bot", { timeout: 120_000 }, () => {
  test("over HTTP tells how it is, finishes what is under way when it is stopped, and leaves", async () => {
    const url = await start(false, { SLACK_BOT_TOKEN: TOKEN, SLACK_SIGNING_SECRET: SIGNING_SECRET });
    expect(await health(url)).toEqual({ status: "ok" });
    await help();
    slack.faults.next({ method: "response_url", delayMs: 1_000 });
    await slack.slash({ userId: ANN, channelId: CHANNEL, text: "help top" });
    expect(await bot?.stop()).toBe(0);
    expect(slack.messages({ channelId: CHANNEL, viewerId: ANN })).toHaveLength(2);
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    expect(bot?.output()).toContain('"msg":"stopping"');
    expect(bot?.output()).not.toMatch(/xoxb-|\/response\/\w|secret of the bench/);
  });

  test("leaves at once when it is told a second time", async () => {
    await start(false, { SLACK_BOT_TOKEN: TOKEN, SLACK_SIGNING_SECRET: SIGNING_SECRET });
    slack.faults.next({ method: "response_url", delayMs: 60_000 });
    await slack.slash({ userId: ANN, channelId: CHANNEL, text: "help" });
    const first = bot?.stop();
    await slack.waitFor(() => bot?.output().includes('"msg":"stopping"')).catch(() => undefined);
    expect(await Promise.all([first, bot?.stop()])).toEqual([1, 1]);
  });

  test("in Socket Mode answers, tells how it is, and leaves", async () => {
    const url = await start(true, { SLACK_BOT_TOKEN: TOKEN, SLACK_APP_TOKEN: APP_TOKEN });
    expect(await health(url)).toEqual({ status: "ok" });
    expect(await help()).not.toBe("");
    slack.dropSockets();
    await slack.waitFor(() => slack.openSockets === 0);
    await slack.waitFor(() => slack.openSockets === 1);
    expect(await help()).not.toBe("");
    expect(await bot?.stop()).toBe(0);
    expect(slack.openSockets).toBe(0);
    expect(bot?.output()).not.toMatch(/xoxb-|xapp-/);
  });

  test("for many workspaces sends whoever installs it to Slack, with its public address", async () => {
    const url = await start(false, {
      SLACK_CLIENT_ID: oauth.clientId,
      SLACK_CLIENT_SECRET: oauth.clientSecret,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      PUBLIC_URL: "https://portfolio.example.com",
      ENCRYPTION_KEY: Buffer.from(newKey()).toString("base64"),
    });
    expect(await help()).toContain("Portfolio is not installed");
    const link = await fetch(`${url}/slack/install`, { redirect: "manual" });
    const { searchParams } = new URL(link.headers.get("location") ?? "");
    expect(searchParams.get("client_id")).toBe(oauth.clientId);
    expect(searchParams.get("redirect_uri")).toBe("https://portfolio.example.com/slack/oauth_redirect");
    expect(bot?.output()).toContain("workspaces install it at /slack/install");
    expect(await bot?.stop()).toBe(0);
    expect(bot?.output()).not.toMatch(/xox[a-z]-|client-secret-of/);
  });
});
