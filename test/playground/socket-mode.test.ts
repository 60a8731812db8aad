import { App, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { SocketModeClient } from "@slack/socket-mode";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type Playground, type PlaygroundOptions, startPlayground } from "../../src/playground/server.ts";
import { FILTER_MODAL, TIER_LIST } from "./sample-messages.ts";
import { BOT_TOKEN, CHANNEL, defaults, MANAGER, REP } from "./stub-app.ts";

const APP_TOKEN = "xapp-1-A0PLAYGROUND-secret";

let playground: Playground;
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await playground.close();
});

async function start(options: Partial<PlaygroundOptions> = {}): Promise<Playground> {
  playground = await startPlayground({ ...defaults, socketMode: { appToken: APP_TOKEN }, ...options });
  return playground;
}

/** Asks for an address; the answer as it is. */
async function open(token = APP_TOKEN): Promise<{ readonly ok: boolean; readonly url: string }> {
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(`${playground.slackApiUrl}apps.connections.open`, { method: "POST", headers });
  return (await response.json()) as { readonly ok: boolean; readonly url: string };
}

type Frame = Readonly<Record<string, unknown>> & { readonly type: string; readonly envelope_id: string };

/** A connection without any library: what it received, and a way to answer. */
async function connect() {
  const socket = new WebSocket((await open()).url);
  const frames: Frame[] = [];
  socket.on("message", (data) => frames.push(JSON.parse(String(data))));
  await new Promise((resolve, reject) => socket.once("message", resolve).once("error", reject));
  const acknowledge = (payload?: object) =>
    socket.send(JSON.stringify({ envelope_id: frames.at(-1)?.envelope_id, ...(payload && { payload }) }));
  return { socket, frames, acknowledge, envelopes: () => frames.filter((each) => each.envelope_id) };
}

const slash = (text: string) => playground.slash({ userId: MANAGER, channelId: CHANNEL, text });
const seen = () => playground.messages({ channelId: CHANNEL, viewerId: MANAGER }).map(({ text }) => text);

describe("an address for a connection", () => {
  it("is given for the app's own token only", async () => {
    await start();
    expect(await open()).toEqual({
      ok: true,
      url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/link\/\?ticket=\w+&app_id=A0PLAYGROUND$/),
    });
    expect(await open(BOT_TOKEN)).toEqual({ ok: false, error: "not_allowed_token_type" });
    expect(await open("xapp-of-another")).toEqual({ ok: false, error: "invalid_auth" });
    expect(await open("")).toEqual({ ok: false, error: "not_authed" });
  });

  it("is good for one connection", async () => {
    await start();
    const { url } = await open();
    const refused = (address: string) =>
      new Promise((resolve) => {
        const socket = new WebSocket(address);
        socket.once("error", ({ message }) => resolve(message)).once("open", () => resolve("open"));
      });
    expect(await refused(url)).toBe("open");
    expect(await refused(url)).toBe("Unexpected server response: 404");
    expect(await refused(url.replace(/ticket=\w+/, "ticket=guessed"))).toContain("404");
    await playground.waitFor(() => playground.openSockets === 1);
  });

  it("leads to eleven connections in vain: the last is told why", async () => {
    await start();
    const all = await Promise.all(Array.from({ length: 10 }, connect));
    expect(all.map(({ frames }) => frames[0]?.num_connections).sort()).toEqual([
      1, 10, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    const { frames } = await connect();
    expect(frames[0]).toMatchObject({ type: "disconnect", reason: "too_many_websockets" });
    expect(playground.openSockets).toBe(10);
  });
});

describe("an envelope", () => {
  it("carries a slash command, and its acknowledgement the answer", async () => {
    await start();
    const { frames, acknowledge } = await connect();
    expect(frames[0]).toMatchObject({
      type: "hello",
      num_connections: 1,
      connection_info: { app_id: "A0PLAYGROUND" },
    });
    const outcome = slash("top A");
    await playground.waitFor(() => frames.length === 2);
    expect(frames[1]).toMatchObject({
      type: "slash_commands",
      envelope_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      accepts_response_payload: true,
      payload: { command: "/portfolio", text: "top A", user_id: MANAGER, channel_id: CHANNEL },
    });
    acknowledge({ text: "at once" });
    expect(await outcome).toMatchObject({ ok: true });
    expect(seen()).toEqual(["at once"]);
  });

  it("goes to the connections in turn", async () => {
    await start();
    const both = [await connect(), await connect()];
    for (const text of ["one", "two", "three", "four"]) {
      const outcome = slash(text);
      const all = () => both.reduce((sum, { envelopes }) => sum + envelopes().length, 0);
      const before = all();
      await playground.waitFor(() => all() > before);
      for (const { acknowledge, envelopes } of both) if (envelopes().length > 0) acknowledge();
      await outcome;
    }
    const texts = both.map(({ envelopes }) =>
      envelopes().map(({ payload }) => (payload as { readonly text: string }).text),
    );
    expect(texts).toEqual([
      ["one", "three"],
      ["two", "four"],
    ]);
  });

  it("that nobody acknowledges in time fails, and one that nobody could receive", async () => {
    await start({ acknowledgeWithinMs: 50 });
    expect(await slash("top")).toMatchObject({ ok: false, error: "dispatch_failed" });
    await connect();
    expect(await slash("top")).toMatchObject({ ok: false, error: "operation_timeout" });
  });

  it("with an event comes again until it is acknowledged, also after a gap without any connection", async () => {
    await start({ events: ["message.im"], acknowledgeWithinMs: 500, eventRetryDelaysMs: [200, 1, 1] });
    playground.say({ userId: REP, channelId: playground.directMessages(REP), text: "hello" });
    const { envelopes, acknowledge } = await connect();
    await playground.waitFor(() => envelopes().length === 2);
    acknowledge();
    await playground.waitFor(() => playground.events()[0]?.attempts.length === 3);
    expect(playground.events()[0]?.attempts).toEqual([
      { retry: 0, failure: "timeout" },
      { retry: 1, failure: "timeout" },
      { retry: 2, failure: undefined },
    ]);
    expect(envelopes()).toMatchObject([
      { type: "events_api", retry_attempt: 1, retry_reason: "timeout", accepts_response_payload: false },
      { type: "events_api", retry_attempt: 2, payload: { event: { text: "hello" } } },
    ]);
  });
});

describe("a connection", () => {
  it("that is to be replaced works until the new one is there", async () => {
    await start();
    const old = await connect();
    const closed = new Promise((resolve) => old.socket.once("close", resolve));
    playground.disconnectSockets({ reason: "warning" });
    const first = slash("before");
    await playground.waitFor(() => old.envelopes().length === 1);
    old.acknowledge();
    expect(await first).toMatchObject({ ok: true });
    expect(old.frames[1]).toMatchObject({ type: "disconnect", reason: "warning" });
    const fresh = await connect();
    const second = slash("after");
    await playground.waitFor(() => fresh.envelopes().length === 1);
    fresh.acknowledge();
    expect(await second).toMatchObject({ ok: true });
    await closed;
    expect(playground.openSockets).toBe(1);
  });

  it("is pinged, and cut when it does not answer", async () => {
    await start({ socketMode: { appToken: APP_TOKEN, pingIntervalMs: 20 } });
    const { socket } = await connect();
    for (let count = 0; count < 3; count += 1) await new Promise((resolve) => socket.once("ping", resolve));
    expect(playground.openSockets).toBe(1);
    socket.pause();
    await playground.waitFor(() => playground.openSockets === 0);
    socket.terminate();
  });

  it("can be cut without a word", async () => {
    await start();
    const { socket, frames } = await connect();
    const code = new Promise((resolve) => socket.once("close", resolve));
    playground.dropSockets();
    expect(await code).toBe(1006);
    expect(frames.map(({ type }) => type)).toEqual(["hello"]);
  });
});

describe("Slack's own client", () => {
  it.each([
    ["refresh_requested", () => playground.disconnectSockets({ reason: "refresh_requested" })],
    ["a cut", () => playground.dropSockets()],
  ])("connects again after %s and hears what it missed", async (_what, interrupt) => {
    await start({ events: ["message.im"], eventRetryDelaysMs: [400, 2000, 5000] });
    const client = new SocketModeClient({
      appToken: APP_TOKEN,
      clientOptions: { slackApiUrl: playground.slackApiUrl },
      clientPingTimeout: 100,
      logLevel: LogLevel.ERROR,
    });
    stops.push(() => client.disconnect());
    const heard: [string, number | undefined][] = [];
    client.on("message", async ({ event, ack, retry_num }) => {
      await ack();
      heard.push([event.text, retry_num]);
    });
    await client.start();
    const gone = new Promise((resolve) => client.once("reconnecting", resolve));
    interrupt();
    await playground.waitFor(() => playground.openSockets === 0);
    playground.say({ userId: REP, channelId: playground.directMessages(REP), text: "missed" });
    await gone;
    await playground.waitFor(() => heard.length === 1);
    expect(heard).toEqual([["missed", expect.any(Number)]]);
    expect(heard[0]?.[1]).toBeGreaterThan(0);
  });
});

describe("Bolt", () => {
  it("answers commands, buttons, suggestions, modals and events through its connection", async () => {
    await start({ events: ["app_mention"] });
    const clientOptions = { slackApiUrl: playground.slackApiUrl };
    const receiver = new SocketModeReceiver({
      appToken: APP_TOKEN,
      logLevel: LogLevel.ERROR,
      installerOptions: { clientOptions },
    });
    const app = new App({ token: BOT_TOKEN, receiver, logLevel: LogLevel.ERROR, clientOptions });
    stops.push(() => app.stop());
    app.command("/portfolio", async ({ command, ack, respond, client }) => {
      if (command.text === "at once") return ack({ text: "here", response_type: "in_channel" });
      await ack();
      if (command.text === "filter")
        await client.views.open({ trigger_id: command.trigger_id, view: FILTER_MODAL });
      else await respond({ ...TIER_LIST });
    });
    app.action("share", async ({ ack, respond }) => {
      await ack();
      await respond({ text: "shared", response_type: "in_channel", replace_original: false });
    });
    app.options("account", async ({ payload, ack }) => {
      await ack({ options: [{ text: { type: "plain_text", text: `Found ${payload.value}` }, value: "1" }] });
    });
    app.view("filter", async ({ ack }) =>
      ack({ response_action: "errors", errors: { least: "At least 10" } }),
    );
    app.event("app_mention", async ({ say }) => {
      await say("Yes?");
    });
    await app.start();

    expect(await slash("at once")).toMatchObject({ ok: true });
    expect(seen()).toEqual(["here"]);
    await slash("top A");
    await playground.waitFor(() => seen().length === 2);
    const list = playground.messages({ channelId: CHANNEL, viewerId: MANAGER })[1];
    const place = { userId: MANAGER, messageTs: list?.ts ?? "" };
    expect(await playground.suggest({ ...place, actionId: "account", value: "ost" })).toMatchObject([
      { text: { text: "Found ost" } },
    ]);
    expect(await playground.press({ ...place, actionId: "share" })).toEqual({ ok: true });
    await playground.waitFor(() => seen().includes("shared"));
    await slash("filter");
    const modal = await playground.waitFor(() => playground.frontModal(MANAGER));
    const submission = { userId: MANAGER, viewId: modal.id, values: { least: "50" } };
    expect(await playground.submitView(submission)).toEqual({
      kind: "errors",
      errors: { least: "At least 10" },
    });
    playground.say({ userId: REP, channelId: CHANNEL, text: "@portfolio" });
    await playground.waitFor(() => seen().includes("Yes?"));
    expect(playground.deliveries.map(({ error }) => error)).toEqual(
      playground.deliveries.map(() => undefined),
    );
  });
});
