import { afterEach, describe, expect, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { type Playground, startPlayground } from "../../src/playground/server.ts";
import { findOwnTeam } from "../../src/slack/sign-in.ts";
import { freePort } from "../helpers/bot-process.ts";
import { ANN, APP_TOKEN, type Bench, CHANNEL, slackOptions, startBench, TEAM, TOKEN } from "./slack-bench.ts";

// Socket Mode: what happens to the connection. That everything else is as over HTTP, the rest of the suite shows
// when it runs with TEST_SOCKET_MODE=1.

let bench: Bench;
const others: Playground[] = [];
afterEach(async () => {
  await bench?.stop();
  for (const slack of others.splice(0)) await slack.close();
});

async function answers(slack: Playground): Promise<boolean> {
  const visible = () => slack.messages({ channelId: CHANNEL, viewerId: ANN }).length;
  const before = visible();
  const { ok } = await slack.slash({ userId: ANN, channelId: CHANNEL, text: "top A" });
  return ok && slack.waitFor(() => visible() > before);
}

const health = async () => {
  const response = await fetch(new URL("/health", bench.appUrl));
  return { status: response.status, body: await response.json() };
};

/** Looks again and again, since a connection that breaks tells nobody here. */
async function until<Value>(look: () => Promise<Value | undefined | false>): Promise<Value> {
  for (const deadline = Date.now() + 15_000; Date.now() < deadline; ) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("waited in vain");
}

describe("a connection", () => {
  test("is replaced when Slack asks for it", async () => {
    bench = await startBench({ socketMode: true });
    expect(await answers(bench)).toBe(true);
    bench.disconnectSockets({ reason: "refresh_requested" });
    await until(
      async () => bench.calls.filter(({ method }) => method === "apps.connections.open").length === 2,
    );
    await bench.waitFor(() => bench.openSockets === 1);
    expect(await answers(bench)).toBe(true);
  });

  test("is replaced when it breaks, however often", async () => {
    bench = await startBench({ socketMode: true });
    for (let round = 1; round <= 3; round += 1) {
      bench.dropSockets();
      await bench.waitFor(() => bench.openSockets === 0);
      await bench.waitFor(() => bench.openSockets === 1);
      await until(async () => (await health()).status === 200);
      expect(await answers(bench)).toBe(true);
    }
  });

  test("is there again when Slack was gone for a while, and health says so meanwhile", async () => {
    const port = await freePort();
    bench = await startBench({ socketMode: true, port });
    expect(await health()).toEqual({ status: 200, body: { status: "ok" } });
    await bench.close();
    expect(await until(async () => ((await health()).status === 503 ? health() : undefined))).toEqual({
      status: 503,
      body: { status: "down", missing: ["slack"] },
    });
    const again = await startPlayground(slackOptions({ port, socketMode: true }));
    others.push(again);
    await until(async () => (await health()).status === 200);
    expect(await answers(again)).toBe(true);
    expect(bench.logLines.join("")).not.toMatch(/xapp-|xoxb-|wss?:/);
  });

  test("that Slack refuses at first outlasts the refusal when it was there before", async () => {
    bench = await startBench({ socketMode: true });
    bench.faults.next({ method: "apps.connections.open", status: 500 });
    bench.faults.next({ method: "apps.connections.open", error: "invalid_auth" });
    bench.dropSockets();
    await bench.waitFor(() => bench.openSockets === 0);
    await bench.waitFor(() => bench.openSockets === 1, 10_000);
    expect(await answers(bench)).toBe(true);
  });
});

describe("a start", () => {
  test("with an app token that Slack refuses says which one", async () => {
    const start = startBench({ socketMode: true, appToken: "xapp-another" });
    await expect(start).rejects.toThrow("Slack does not take SLACK_APP_TOKEN (invalid_auth).");
  });

  test("with a bot token that Slack refuses says which one", async () => {
    bench = await startBench();
    const { slackApiUrl } = bench;
    await expect(findOwnTeam("xoxb-wrong", { slackApiUrl, log: createLog("silent") })).rejects.toThrow(
      "Slack does not take SLACK_BOT_TOKEN (invalid_auth).",
    );
  });

  test("without a network waits for it", async () => {
    const port = await freePort();
    const logLines: string[] = [];
    const log = createLog("info", { write: (line) => void logLines.push(line) });
    const found = findOwnTeam(TOKEN, { slackApiUrl: `http://127.0.0.1:${port}/api/`, log });
    await until(async () => logLines.length > 0);
    others.push(await startPlayground(slackOptions({ port })));
    expect(await found).toBe(TEAM);
    expect(logLines.join("")).toContain("Slack cannot be reached");
    expect(logLines.join("")).not.toContain(TOKEN);
    expect(APP_TOKEN).toMatch(/^xapp-/);
  });
});

describe.each([
  ["HTTP", false],
  ["Socket Mode", true],
])("health over %s", (_, socketMode) => {
  test("tells that all is well, and when the store is gone or says nothing", async () => {
    let ping = () => Promise.resolve();
    bench = await startBench({ socketMode, pingStore: () => ping() });
    expect(await health()).toEqual({ status: 200, body: { status: "ok" } });
    ping = () => Promise.reject(new Error("postgresql://user:password@db is gone"));
    expect(await health()).toEqual({ status: 503, body: { status: "down", missing: ["store"] } });
    ping = () => new Promise(() => {});
    expect(await health()).toEqual({ status: 503, body: { status: "down", missing: ["store"] } });
  });

  test("has no other pages", async () => {
    bench = await startBench({ socketMode });
    expect((await fetch(new URL("/", bench.appUrl))).status).toBe(404);
    expect((await fetch(new URL("/health", bench.appUrl), { method: "POST" })).status).toBe(404);
  });
});
