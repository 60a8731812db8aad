import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CHANNEL, defaults, MANAGER, REP, type StubApp, startStubApp } from "./stub-app.ts";

let app: StubApp;
beforeEach(async () => {
  app = await startStubApp({
    channels: [
      ...defaults.channels,
      { id: "C0OLD", name: "closed", isArchived: true },
      { id: "C0SECRET", name: "secret", isPrivate: true, appIsMember: false },
    ],
  });
});
afterEach(() => app.close());

const post = (text: string) => app.call("chat.postMessage", { channel: CHANNEL, text });
const shown = () => app.playground.messages({ channelId: CHANNEL, viewerId: REP }).map(({ text }) => text);
/** The HTTP status of a call, or what cut it. */
const statusOf = async (address: string, body: object | string = {}) => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const headers = { Authorization: "Bearer xoxb-playground", "Content-Type": "application/json" };
  const sent = fetch(address, { method: "POST", headers, body: text });
  return sent.then(({ status }) => status).catch(() => "cut");
};

describe("a fault", () => {
  it("cuts the connection without an answer, before the work or after it", async () => {
    app.playground.faults.next({ method: "chat.postMessage", drop: true });
    await expect(post("lost")).rejects.toThrow();
    expect(shown()).toEqual([]);
    app.playground.faults.next({ method: "chat.postMessage", drop: true, after: true });
    await expect(post("posted, but nobody heard")).rejects.toThrow();
    expect(shown()).toEqual(["posted, but nobody heard"]);
    expect(app.playground.calls.map(({ response }) => response)).toEqual([{}, {}]);
  });

  it("fails after the work was done, with a status or an error", async () => {
    const address = `${app.playground.slackApiUrl}chat.postMessage`;
    app.playground.faults.next({ method: "chat.postMessage", status: 503, after: true });
    expect(await statusOf(address, { channel: CHANNEL, text: "one" })).toBe(503);
    app.playground.faults.next({ method: "chat.postMessage", error: "fatal_error", after: true });
    expect(await post("two")).toEqual({ ok: false, error: "fatal_error" });
    expect(shown()).toEqual(["one", "two"]);
  });

  it("keeps the app waiting after the work was done, and lets go when the playground closes", async () => {
    app.playground.faults.next({ method: "chat.postMessage", delayMs: 3_600_000, after: true });
    const answer = post("posted").catch(() => "cut");
    await app.playground.waitFor(() => shown().length === 1);
    await app.close();
    expect(await answer).toBe("cut");
  });

  it("meets as many calls as it says, in the order asked for", async () => {
    app.playground.faults.next({ method: "chat.postMessage", error: "internal_error", times: 2 });
    app.playground.faults.next({ method: "chat.postMessage", error: "fatal_error" });
    const errors = [await post("a"), await post("b"), await post("c"), await post("d")].map(
      ({ error }) => error,
    );
    expect(errors).toEqual(["internal_error", "internal_error", "fatal_error", undefined]);
    expect(shown()).toEqual(["d"]);
  });

  it("may be meant for a whole family of methods", async () => {
    app.playground.faults.next({ method: "conversations.*", error: "internal_error", times: 2 });
    expect(await app.call("users.info", { user: REP })).toMatchObject({ ok: true });
    expect(await app.call("conversations.info", { channel: CHANNEL })).toMatchObject({
      error: "internal_error",
    });
    expect(await app.call("conversations.members", { channel: CHANNEL })).toMatchObject({
      error: "internal_error",
    });
    expect(await app.call("conversations.list")).toMatchObject({ ok: true });
  });

  it("meets uploads, downloads and files.info", async () => {
    const { faults } = app.playground;
    const reserved = await app.call("files.getUploadURLExternal", { filename: "a.csv", length: 3 });
    faults.next({ method: "upload_url", drop: true });
    faults.next({ method: "upload_url", status: 500, after: true });
    expect(await statusOf(String(reserved.upload_url), "a;b")).toBe("cut");
    expect(
      await app.call("files.completeUploadExternal", { files: [{ id: reserved.file_id }] }),
    ).toMatchObject({
      error: "file_not_found",
    });
    expect(await statusOf(String(reserved.upload_url), "a;b")).toBe(500);
    const completed = await app.call("files.completeUploadExternal", { files: [{ id: reserved.file_id }] });
    const [file] = completed.files as { readonly url_private: string }[];
    faults.next({ method: "files.info", retryAfter: 1 });
    expect(await app.call("files.info", { file: reserved.file_id })).toMatchObject({ error: "ratelimited" });
    faults.next({ method: "url_private", drop: true });
    const headers = { Authorization: "Bearer xoxb-playground" };
    await expect(fetch(file?.url_private ?? "", { headers })).rejects.toThrow();
    expect(await (await fetch(file?.url_private ?? "", { headers })).text()).toBe("a;b");
  });

  it("meets response URLs", async () => {
    await app.playground.slash({ userId: MANAGER, channelId: CHANNEL, text: "top" });
    const url = app.received[0]?.form.response_url ?? "";
    app.playground.faults.next({ method: "response_url", drop: true, after: true });
    expect(await statusOf(url, { text: "answered", response_type: "in_channel" })).toBe("cut");
    expect(shown()).toEqual(["answered"]);
    app.playground.faults.next({ method: "response_url", status: 502 });
    expect(await statusOf(url, { text: "again" })).toBe(502);
    expect(await statusOf(url, { text: "again" })).toBe(200);
  });
});

describe("a place where the app cannot post", () => {
  const errors = async (channel: string) => {
    const message = { channel, text: "hello" };
    const posted = await app.call("chat.postMessage", message);
    const whispered = await app.call("chat.postEphemeral", { ...message, user: MANAGER });
    return [posted.error, whispered.error];
  };

  it.each([
    ["it was never invited to", "C0RANDOM", "not_in_channel"],
    ["that is archived", "C0OLD", "is_archived"],
    ["that is private and not its own", "C0SECRET", "channel_not_found"],
    ["that does not exist", "C404", "channel_not_found"],
  ])("is one %s", async (_what, channel, error) => {
    expect(await errors(channel)).toEqual([error, error]);
  });

  it("is told apart by conversations.info and conversations.list", async () => {
    expect(await app.call("conversations.info", { channel: "C0OLD" })).toMatchObject({
      channel: { is_archived: true },
    });
    const listed = async (args: object) => {
      const { channels } = (await app.call("conversations.list", args)) as { channels: { id: string }[] };
      return channels.map(({ id }) => id);
    };
    expect(await listed({})).toContain("C0OLD");
    expect(await listed({ exclude_archived: true })).not.toContain("C0OLD");
  });
});
