import { afterEach, beforeEach, expect, it } from "vitest";
import { CHANNEL, REP, type StubApp, startStubApp } from "./stub-app.ts";

let app: StubApp;
beforeEach(async () => {
  app = await startStubApp();
});
afterEach(() => app.close());

const metadata = { event_type: "portfolio_digest", event_payload: { key: "7" } };

async function history(more: object = {}): Promise<readonly Record<string, unknown>[]> {
  const { messages } = await app.call("conversations.history", { channel: CHANNEL, ...more });
  return messages as readonly Record<string, unknown>[];
}

it("has what everybody sees, the newest first, with its metadata where that is asked for", async () => {
  await app.call("chat.postMessage", { channel: CHANNEL, text: "one", metadata });
  await app.call("chat.postEphemeral", { channel: CHANNEL, user: REP, text: "private" });
  await app.call("chat.postMessage", { channel: CHANNEL, text: "two" });
  expect((await history()).map(({ text }) => text)).toEqual(["two", "one"]);
  expect(await history()).not.toContainEqual(expect.objectContaining({ metadata }));
  expect((await history({ include_all_metadata: true })).map((each) => each.metadata)).toEqual([
    undefined,
    metadata,
  ]);
});

it("begins and ends where it is told to, and comes in pages", async () => {
  const stamps: string[] = [];
  for (const text of ["one", "two", "three"])
    stamps.push(String((await app.call("chat.postMessage", { channel: CHANNEL, text })).ts));
  const texts = async (more: object) => (await history(more)).map(({ text }) => text);
  expect(await texts({ oldest: stamps[0] })).toEqual(["three", "two"]);
  expect(await texts({ oldest: stamps[0], latest: stamps[1], inclusive: true })).toEqual(["two", "one"]);
  const first = await app.call("conversations.history", { channel: CHANNEL, limit: 2 });
  const { next_cursor: cursor } = first.response_metadata as { readonly next_cursor: string };
  expect([first.has_more, await texts({ limit: 2, cursor })]).toEqual([true, ["one"]]);
});

it("needs the scope of the place and a member", async () => {
  const without = await startStubApp({
    scopes: ["chat:write", "im:history"],
    channels: [{ id: CHANNEL, name: "sales" }],
  });
  const channel = await without.call("conversations.history", { channel: CHANNEL });
  const direct = await without.call("conversations.history", {
    channel: without.playground.directMessages(REP),
  });
  await without.close();
  expect([channel, direct]).toMatchObject([
    { error: "missing_scope", needed: "channels:history" },
    { ok: true },
  ]);
  const outside = await startStubApp({ channels: [{ id: CHANNEL, name: "sales", appIsMember: false }] });
  const refused = await outside.call("conversations.history", { channel: CHANNEL });
  await outside.close();
  expect(refused).toMatchObject({ error: "not_in_channel" });
});

it("refuses metadata that has no form", async () => {
  const answer = await app.call("chat.postMessage", {
    channel: CHANNEL,
    text: "one",
    metadata: { event_type: 7 },
  });
  expect(answer).toMatchObject({ ok: false, error: "invalid_metadata_format" });
});
