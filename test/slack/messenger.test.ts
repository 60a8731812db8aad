import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Reply } from "../../src/command.ts";
import type { Messenger, OutgoingDigest } from "../../src/digest/messenger.ts";
import type { Installed } from "../../src/installations/installations.ts";
import { createLog } from "../../src/log.ts";
import type { Fault } from "../../src/playground/faults.ts";
import { type Playground, startPlayground } from "../../src/playground/server.ts";
import { createMessenger } from "../../src/slack/messenger.ts";
import { scopes } from "../../src/slack/scopes.ts";
import { createTeams } from "../../src/slack/teams.ts";
import { ANN, BOB, CHANNEL, createFakeDesk, slackOptions, TEAM, TOKEN } from "./slack-bench.ts";

const W = "bench";
const usual = scopes.map(({ scope }) => scope);
const reply: Reply = {
  headline: "Three things to do this week",
  entries: [{ lines: [["Call Acme"]], actions: [{ kind: "run", label: "Done", line: "actions done id:1" }] }],
  data: {},
};
const toChannel: OutgoingDigest = {
  target: CHANNEL,
  isChannel: true,
  reply,
  key: "1/run/C/0",
  isStillOurs: () => true,
};
const toAnn: OutgoingDigest = { ...toChannel, target: ANN, isChannel: false, key: "2/run/U/0" };
const inChannel = { target: CHANNEL, isChannel: true };
const since = new Date(Date.now() - 60_000);

let slack: Playground;
let messenger: Messenger;
let installed: Installed | undefined;

async function start(options: { readonly scopes?: readonly string[]; readonly appIsMember?: boolean } = {}) {
  slack = await startPlayground({ ...slackOptions(options), scopes: options.scopes ?? usual });
  installed = { workspaceId: W, teamId: TEAM, token: TOKEN };
  const { slackApiUrl } = slack;
  const teams = createTeams({
    installations: {
      of: async () => installed,
      ofWorkspace: async (workspaceId) => (workspaceId === W ? installed : undefined),
      workspaceOf: async () => undefined,
      remove: async () => false,
    },
    desk: createFakeDesk({}, []),
    drawChart: () => Promise.reject(new Error("no pictures here")),
    clientOptions: { slackApiUrl },
    slackApiUrl,
    now: () => new Date(),
    log: createLog("silent"),
  });
  messenger = createMessenger(async (workspaceId) => (await teams.ofWorkspace(workspaceId))?.messenger);
}

beforeEach(() => start());
afterEach(() => slack.close());

const seenBy = (viewerId: string, channelId = CHANNEL) => slack.messages({ channelId, viewerId });
const meet = (fault: Omit<Fault, "method">) => slack.faults.next({ method: "chat.postMessage", ...fault });

describe("a digest", () => {
  test("is posted to a channel, with buttons and its key for programs alone", async () => {
    const outcome = await messenger.post(W, toChannel);
    const [message] = seenBy(ANN);
    expect(outcome).toEqual({ kind: "posted", channelId: CHANNEL, messageTs: message?.ts });
    expect(message).toMatchObject({
      text: reply.headline,
      metadata: { event_type: "portfolio_digest", event_payload: { key: toChannel.key } },
    });
    expect(JSON.stringify(message?.blocks)).toContain("Call Acme");
    expect(JSON.stringify(message?.blocks)).not.toContain(toChannel.key);
    expect(slack.violations).toEqual([]);
  });

  test("is posted to a person's direct messages, and found there", async () => {
    const direct = slack.directMessages(ANN);
    const outcome = await messenger.post(W, toAnn);
    expect(outcome).toMatchObject({ kind: "posted", channelId: direct });
    expect(seenBy(ANN, direct)).toHaveLength(1);
    const sought = await messenger.find(W, { target: ANN, isChannel: false }, toAnn.key, since);
    expect(sought).toMatchObject({ kind: "found", channelId: direct, messageTs: seenBy(ANN, direct)[0]?.ts });
  });

  test.each([
    ["a rate limit", { retryAfter: 7 }, { kind: "limited", fault: "ratelimited", afterMs: 7_000 }, 0],
    ["a status 500", { status: 500 }, { kind: "unknown", fault: "http_500" }, 0],
    ["a status 500 after the work", { status: 500, after: true }, { kind: "unknown", fault: "http_500" }, 1],
    ["a dropped connection", { drop: true, after: true }, { kind: "unknown", fault: "UND_ERR_SOCKET" }, 1],
    ["an error in the middle", { error: "internal_error" }, { kind: "unknown", fault: "internal_error" }, 0],
    ["being thrown out", { error: "not_in_channel" }, { kind: "refused", fault: "not_in_channel" }, 0],
    [
      "a channel that is gone",
      { error: "channel_not_found" },
      { kind: "refused", fault: "channel_not_found" },
      0,
    ],
    ["an archived channel", { error: "is_archived" }, { kind: "refused", fault: "is_archived" }, 0],
    [
      "a channel for others",
      { error: "restricted_action" },
      { kind: "refused", fault: "restricted_action" },
      0,
    ],
    ["a revoked token", { error: "token_revoked" }, { kind: "refused", fault: "token_revoked" }, 0],
    ["an inactive account", { error: "account_inactive" }, { kind: "refused", fault: "account_inactive" }, 0],
    ["somebody who left", { error: "user_disabled" }, { kind: "refused", fault: "user_disabled" }, 0],
    ["a word nobody knows", { error: "team_is_sad" }, { kind: "later", fault: "team_is_sad" }, 0],
  ] as const)("meeting %s is asked for once", async (_name, fault, outcome, seen) => {
    meet(fault);
    expect(await messenger.post(W, toChannel)).toEqual(outcome);
    expect(seenBy(ANN)).toHaveLength(seen);
    expect(slack.calls.filter(({ method }) => method === "chat.postMessage")).toHaveLength(1);
  });

  test("is unknown when Slack takes longer than is waited for", async () => {
    meet({ delayMs: 3_300 });
    expect(await messenger.post(W, toChannel)).toEqual({ kind: "unknown", fault: "TimeoutError" });
  });

  test("goes down a form where Slack refuses its blocks, and is seen once", async () => {
    meet({ error: "invalid_blocks", times: 1 });
    const outcome = await messenger.post(W, toChannel);
    expect(outcome.kind).toBe("posted");
    expect(seenBy(ANN)).toMatchObject([{ text: expect.stringContaining("Call Acme") }]);
    const sought = await messenger.find(W, inChannel, toChannel.key, since);
    // The app may not look into channels here.
    expect(sought).toEqual({ kind: "unable" });
  });

  test("makes no further call once somebody else may have taken it over", async () => {
    let calls = 0;
    meet({ error: "invalid_blocks", times: 5 });
    const isStillOurs = () => {
      calls += 1;
      return calls < 2;
    };
    expect(await messenger.post(W, { ...toChannel, isStillOurs })).toEqual({
      kind: "later",
      fault: "out_of_time",
    });
    expect(slack.calls.filter(({ method }) => method === "chat.postMessage")).toHaveLength(1);
  });

  test("waits where the app is not installed", async () => {
    installed = undefined;
    expect(await messenger.post(W, toChannel)).toEqual({ kind: "later", fault: "not_installed" });
    expect(await messenger.post("elsewhere", toChannel)).toEqual({ kind: "later", fault: "not_installed" });
    expect(await messenger.find(W, inChannel, "key", since)).toEqual({ kind: "later" });
    expect(await messenger.tell(W, ANN, reply)).toBe(false);
    expect(await messenger.recipient(W, ANN)).toBeUndefined();
  });
});

describe("looking for a digest", () => {
  const withHistory = [...usual, "channels:history"];

  test("finds it by its key, among many, with the scope for it", async () => {
    await slack.close();
    await start({ scopes: withHistory });
    await messenger.post(W, { ...toChannel, key: "another" });
    await messenger.post(W, toChannel);
    const wanted = seenBy(ANN).at(-1)?.ts;
    for (let index = 0; index < 230; index += 1)
      slack.say({ userId: BOB, channelId: CHANNEL, text: `hello ${index}` });
    expect(await messenger.find(W, inChannel, toChannel.key, since)).toEqual({
      kind: "found",
      channelId: CHANNEL,
      messageTs: wanted,
    });
    expect(await messenger.find(W, inChannel, "nobody's", since)).toEqual({ kind: "absent" });
  });

  test("says that it cannot without the scope, and that it will where Slack does not answer", async () => {
    await messenger.post(W, toChannel);
    expect(await messenger.find(W, inChannel, toChannel.key, since)).toEqual({ kind: "unable" });
    await slack.close();
    await start({ scopes: withHistory });
    for (const fault of [{ status: 500 }, { drop: true }, { retryAfter: 30 }] as const) {
      slack.faults.next({ method: "conversations.history", ...fault, times: 2 });
      expect(await messenger.find(W, inChannel, toChannel.key, since)).toEqual({ kind: "later" });
    }
  });
});

describe("people", () => {
  test("are looked up with their zone and as viewers", async () => {
    expect(await messenger.recipient(W, ANN)).toMatchObject({
      person: { name: "Ann Archer", timeZone: expect.stringContaining("/") },
      viewer: { workspaceId: W, userId: ANN, email: "ann@example.com", standing: "member" },
    });
    expect(await messenger.recipient(W, "U0NOBODY")).toBeUndefined();
  });

  test("are told in direct messages", async () => {
    expect(await messenger.tell(W, BOB, { headline: "The digest is paused", data: {} })).toBe(true);
    expect(seenBy(BOB, slack.directMessages(BOB)).map(({ text }) => text)).toEqual(["The digest is paused"]);
    meet({ error: "user_disabled" });
    expect(await messenger.tell(W, BOB, reply)).toBe(false);
    // It may have arrived: nobody is told twice.
    meet({ status: 500, after: true });
    expect(await messenger.tell(W, BOB, reply)).toBe(true);
  });

  test("who read a channel are its members, or a sentence says why nothing is posted", async () => {
    const rules = { slackConnectAllowed: false };
    expect(await messenger.readers(W, CHANNEL, rules)).toMatchObject({
      ok: true,
      audience: { place: "#sales", members: [{ workspaceId: W }, { workspaceId: W }] },
    });
    expect(await messenger.readers(W, "C0GONE", rules)).toEqual({
      ok: false,
      sentence:
        "I cannot see who reads this conversation, so no digest is posted there. Invite me with /invite @Portfolio.",
      isLasting: true,
    });
  });
});
