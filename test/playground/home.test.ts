import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CHANNEL, MANAGER, REP, type StubApp, startStubApp } from "./stub-app.ts";

let app: StubApp;
beforeEach(async () => {
  app = await startStubApp({
    events: ["app_home_opened"],
    messageShortcuts: [{ callbackId: "note_it", name: "Note it" }],
  });
});
afterEach(() => app.close());

const view = { type: "home", blocks: [{ type: "divider" }] };

describe("opening a tab of the app", () => {
  it("tells the app whose it is and which, with what is shown there already", async () => {
    await app.playground.openAppTab({ userId: REP, tab: "home" });
    const channel = app.playground.directMessages(REP);
    expect(app.received[0]?.payload.event).toMatchObject({
      type: "app_home_opened",
      user: REP,
      channel,
      tab: "home",
    });
    expect(app.received[0]?.payload.event).not.toHaveProperty("view");
    await app.call("views.publish", { user_id: REP, view });
    await app.playground.openAppTab({ userId: REP, tab: "home" });
    expect(app.received[1]?.payload.event.view).toMatchObject({ type: "home" });
    await app.playground.openAppTab({ userId: REP, tab: "messages" });
    expect(app.received[2]?.payload.event).toMatchObject({ tab: "messages" });
    expect(app.playground.home(REP)?.blocks).toMatchObject([{ type: "divider" }]);
    expect(app.playground.home(MANAGER)).toBeUndefined();
  });

  it("is not told to an app that has not subscribed to it", async () => {
    await app.close();
    app = await startStubApp();
    await app.playground.openAppTab({ userId: REP, tab: "home" });
    expect(app.received).toEqual([]);
  });
});

describe("a shortcut in a message's menu", () => {
  const take = (messageTs: string, callbackId = "note_it", userId = MANAGER) =>
    app.playground.takeShortcut({ userId, messageTs, callbackId });

  it("hands the message to the app, with a trigger and an address to answer at", async () => {
    const { ts } = app.playground.say({ userId: REP, channelId: CHANNEL, text: "Acme called" });
    expect(await take(ts)).toEqual({ ok: true });
    const { payload } = app.received[0] ?? {};
    expect(payload).toMatchObject({
      ...{ type: "message_action", callback_id: "note_it", message_ts: ts },
      ...{ channel: { id: CHANNEL }, user: { id: MANAGER } },
      message: { type: "message", user: REP, text: "Acme called", ts },
    });
    const modal = {
      type: "modal",
      title: { type: "plain_text", text: "Note" },
      blocks: [{ type: "divider" }],
    };
    expect(await app.call("views.open", { trigger_id: payload.trigger_id, view: modal })).toMatchObject({
      ok: true,
    });
    const answer = { method: "POST", body: JSON.stringify({ text: "Noted", replace_original: true }) };
    expect((await fetch(payload.response_url, answer)).status).toBe(200);
    // Whoever wrote the message keeps it, and only who used the shortcut reads the answer.
    const texts = (viewerId: string) =>
      app.playground.messages({ channelId: CHANNEL, viewerId }).map(({ text }) => text);
    expect(texts(REP)).toEqual(["Acme called"]);
    expect(texts(MANAGER)).toEqual(["Acme called", "Noted"]);
  });

  it("is there only if the app has it, and only on messages that everybody sees", async () => {
    const { ts } = app.playground.say({ userId: REP, channelId: CHANNEL, text: "Acme called" });
    await expect(take(ts, "something_else")).rejects.toThrow("has no shortcut something_else");
    await app.call("chat.postEphemeral", { channel: CHANNEL, user: MANAGER, text: "Only for you" });
    const secret = app.playground.messages({ channelId: CHANNEL, viewerId: MANAGER }).at(-1)?.ts ?? "";
    await expect(take(secret)).rejects.toThrow("a private message has no menu");
    await expect(take(secret, "note_it", REP)).rejects.toThrow("sees no message");
  });
});
