import { afterEach, describe, expect, it } from "vitest";
import type { PlaygroundOptions } from "../../src/playground/server.ts";
import { CHANNEL, MANAGER, PARTNER, REP, SHARED_CHANNEL, type StubApp, startStubApp } from "./stub-app.ts";

const ALL = ["message.im", "message.channels", "message.mpim", "message.groups", "app_mention"];

let app: StubApp;
afterEach(() => app.close());

async function start(options: Partial<PlaygroundOptions> = {}): Promise<StubApp> {
  app = await startStubApp({
    events: ALL,
    eventRetryDelaysMs: [1, 1, 1],
    ...options,
  });
  return app;
}
const events = () => app.received.map(({ payload }) => payload.event);
const received = (count: number) => app.playground.waitFor(() => app.received.length >= count);

describe("a message in the app's direct messages", () => {
  it("reaches the app as an event, signed, in Slack's envelope", async () => {
    await start();
    const { playground } = app;
    const channelId = playground.directMessages(REP);
    const said = playground.say({ userId: REP, channelId, text: "top A & <b> for @mara" });
    await received(1);
    const [{ headers, payload } = { headers: {}, payload: undefined }] = app.received;
    expect(headers["content-type"]).toBe("application/json");
    expect(headers).not.toHaveProperty("x-slack-retry-num");
    expect(payload).toMatchObject({
      type: "event_callback",
      team_id: "T0NORDWIND",
      api_app_id: "A0PLAYGROUND",
      event_id: expect.stringMatching(/^Ev/),
      event_time: expect.any(Number),
      authorizations: [{ team_id: "T0NORDWIND", user_id: "U0PLAYGROUND", is_bot: true }],
      is_ext_shared_channel: false,
      event: {
        type: "message",
        channel_type: "im",
        channel: channelId,
        user: REP,
        text: `top A &amp; &lt;b&gt; for <@${MANAGER}>`,
        ts: said.ts,
        event_ts: said.ts,
      },
    });
    expect(payload.event).not.toHaveProperty("subtype");
  });

  it("is no mention there, even if it names the app", async () => {
    await start();
    const channelId = app.playground.directMessages(REP);
    app.playground.say({ userId: REP, channelId, text: "@Portfolio top A" });
    await received(1);
    expect(app.playground.events().map(({ name }) => name)).toEqual(["message.im"]);
  });

  it("carries its files", async () => {
    await start();
    const said = app.playground.giveFile(REP, { name: "list.csv", bytes: "a;b", text: "please import" });
    await received(1);
    expect(events()[0]).toMatchObject({
      type: "message",
      subtype: "file_share",
      channel_type: "im",
      user: REP,
      text: "please import",
      ts: said.ts,
      files: [{ id: said.fileIds?.[0], name: "list.csv", filetype: "csv", size: 3, user: REP }],
    });
    const [url] = events()[0].files.map(
      (file: { url_private_download: string }) => file.url_private_download,
    );
    const bytes = await fetch(url, { headers: { Authorization: "Bearer xoxb-playground" } });
    expect(await bytes.text()).toBe("a;b");
  });

  it("comes back to the app when it is its own", async () => {
    await start();
    await app.call("chat.postMessage", { channel: REP, text: "hello" });
    await received(1);
    expect(events()[0]).toMatchObject({ bot_id: "B0PLAYGROUND", channel_type: "im", text: "hello" });
  });
});

describe("a message in a channel", () => {
  it("is a mention when it names the app, besides being a message", async () => {
    await start();
    app.playground.say({ userId: REP, channelId: CHANNEL, text: "@Portfolio top A" });
    app.playground.say({ userId: REP, channelId: CHANNEL, text: "nothing to see" });
    await received(3);
    expect(app.playground.events().map(({ name }) => name)).toEqual([
      "message.channels",
      "app_mention",
      "message.channels",
    ]);
    const mention = events().find(({ type }) => type === "app_mention");
    expect(mention).toMatchObject({ user: REP, channel: CHANNEL, text: "<@U0PLAYGROUND> top A" });
    const ids = app.received.map(({ payload }) => payload.event_id);
    expect(new Set(ids).size).toBe(3);
  });

  it("stays unknown to an app that is not there, was not told or did not ask", async () => {
    await start({ events: ["message.channels"] });
    app.playground.say({ userId: REP, channelId: "C0RANDOM", text: "@Portfolio" });
    app.playground.giveFile(REP, { name: "a.csv", bytes: "a" });
    await app.call("chat.postEphemeral", { channel: CHANNEL, user: REP, text: "for you" });
    app.playground.say({ userId: REP, channelId: CHANNEL, text: "@Portfolio heard" });
    await received(1);
    expect(app.playground.events().map(({ event }) => event.text)).toEqual(["<@U0PLAYGROUND> heard"]);
  });

  it("tells that the channel is shared, and whose people write", async () => {
    await start();
    app.playground.say({ userId: PARTNER, channelId: SHARED_CHANNEL, text: "@Portfolio top A" });
    await received(2);
    expect(app.received.map(({ payload }) => payload.is_ext_shared_channel)).toEqual([true, true]);
    expect(events()[0]).toMatchObject({ user: PARTNER, team: "T0HAFEN" });
  });

  it("names files of a shared channel only, so that the app asks for them", async () => {
    await start({ events: ["message.channels"] });
    const file = { name: "list.csv", bytes: "a;b", channelId: SHARED_CHANNEL };
    const id = app.playground.giveFile(PARTNER, file).fileIds?.[0];
    await received(1);
    expect(events()[0].files).toEqual([
      { id, mode: "file_access", file_access: "check_file_info", created: 0, timestamp: 0, user: "" },
    ]);
    expect(await app.call("files.info", { file: id })).toMatchObject({ file: { name: "list.csv" } });
  });
});

describe("the app's own changes", () => {
  it("come back as events too, without an author", async () => {
    await start({ events: ["message.channels"] });
    const { ts } = await app.call("chat.postMessage", { channel: CHANNEL, text: "one" });
    await app.call("chat.update", { channel: CHANNEL, ts, text: "two" });
    await app.call("chat.delete", { channel: CHANNEL, ts });
    await received(3);
    const [posted, changed, deleted] = app.playground.events().map(({ event }) => event);
    expect(posted).toMatchObject({ text: "one", ts });
    expect(changed).toMatchObject({
      subtype: "message_changed",
      hidden: true,
      message: { text: "two", ts },
      previous_message: { text: "one", ts },
      channel: CHANNEL,
      channel_type: "channel",
    });
    expect(changed).not.toHaveProperty("user");
    expect(deleted).toMatchObject({ subtype: "message_deleted", deleted_ts: ts });
  });
});

describe("an event that is not acknowledged", () => {
  it("comes again with the reason, until it is", async () => {
    await start({ events: ["message.im"], acknowledgeWithinMs: 1000 });
    const answers = [{ status: 500 }, { delayMs: 1500 }, { status: 302 }, {}];
    app.answer = () => answers[app.received.length - 1] ?? {};
    app.playground.giveFile(REP, { name: "a.csv", bytes: "a" });
    await app.playground.waitFor(() => app.playground.events()[0]?.attempts.length === 4);
    const retries = app.received.map(({ headers }) => [
      headers["x-slack-retry-num"],
      headers["x-slack-retry-reason"],
    ]);
    expect(retries).toEqual([
      [undefined, undefined],
      ["1", "http_error"],
      ["2", "http_timeout"],
      ["3", "http_error"],
    ]);
    expect(new Set(app.received.map(({ rawBody }) => rawBody)).size).toBe(1);
    expect(app.playground.events()[0]?.attempts.at(-1)).toEqual({ retry: 3, failure: undefined });
  });

  it("is given up after the third repetition, or when the app says so", async () => {
    await start({ events: ["message.im"] });
    const enough = { "X-Slack-No-Retry": "1" };
    app.answer = ({ payload }) => ({
      status: 500,
      ...(payload.event.text === "once" ? { headers: enough } : {}),
    });
    const channelId = app.playground.directMessages(REP);
    for (const text of ["first", "once", "last"]) app.playground.say({ userId: REP, channelId, text });
    await received(9);
    await app.playground.waitFor(() => app.playground.events()[2]?.attempts.length === 4);
    expect(app.playground.events().map(({ attempts }) => attempts.length)).toEqual([4, 1, 4]);
  });
});

it("refuses subscriptions that lack their scope", async () => {
  await start();
  await expect(startStubApp({ events: ["message.im"], scopes: ["chat:write"] })).rejects.toThrow(
    "The event message.im needs the scope im:history",
  );
});
