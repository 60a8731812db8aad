import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  CHANNEL,
  defaults,
  GUEST,
  MANAGER,
  PARTNER,
  REP,
  SHARED_CHANNEL,
  type StubApp,
  startStubApp,
} from "./stub-app.ts";

const BOT = "U0PLAYGROUND";
const OTHER_BOT = "U0OTHERBOT";
const GONE = "U0GONE";
const person = (id: string, more: object) => ({
  id,
  name: id.toLowerCase(),
  realName: id,
  email: `${id}@nordwind.example`,
  ...more,
});
const workspace = {
  users: [
    ...defaults.users,
    person("U0STRANGER", { teamId: "T0ELSEWHERE" }),
    person("U0ONE", { isUltraRestricted: true }),
    person(OTHER_BOT, { isBot: true }),
    person(GONE, { isDeleted: true }),
  ],
  channels: [
    ...defaults.channels,
    { id: "C0DEALS", name: "deals", isPrivate: true, members: [MANAGER, REP] },
    { id: "C0BOARD", name: "board", isPrivate: true, members: [MANAGER], appIsMember: false },
    { id: "C0GROUP", name: "mpdm-mara--jonas-1", isMpim: true, members: [MANAGER, REP] },
  ],
};

let app: StubApp;
beforeEach(async () => {
  app = await startStubApp(workspace);
});
afterEach(() => app.close());

describe("conversations.info", () => {
  const info = async (channel: string, more: object = {}) =>
    (await app.call("conversations.info", { channel, ...more })).channel;

  it("says what kind of place it is", async () => {
    expect(await info(CHANNEL)).toMatchObject({
      is_channel: true,
      is_group: false,
      is_private: false,
      is_im: false,
      is_mpim: false,
      is_member: true,
      is_shared: false,
      is_ext_shared: false,
    });
    expect(await info("C0DEALS")).toMatchObject({ is_channel: false, is_group: true, is_private: true });
    expect(await info("C0GROUP")).toMatchObject({ is_mpim: true, is_private: true });
    expect(await info(app.playground.directMessages(REP))).toMatchObject({ is_im: true, user: REP });
    expect(await info(SHARED_CHANNEL)).toMatchObject({
      is_shared: true,
      is_ext_shared: true,
      is_org_shared: false,
      connected_team_ids: ["T0HAFEN"],
    });
  });

  it("counts members when asked to", async () => {
    expect(await info(SHARED_CHANNEL)).not.toHaveProperty("num_members");
    expect(await info(SHARED_CHANNEL, { include_num_members: true })).toMatchObject({ num_members: 4 });
  });

  it("hides private places the app is not in", async () => {
    const answer = await app.call("conversations.info", { channel: "C0BOARD" });
    expect(answer).toMatchObject({ error: "channel_not_found" });
    const { channels } = await app.call("conversations.list", { types: "public_channel,private_channel" });
    expect((channels as { id: string }[]).map(({ id }) => id)).toEqual([
      CHANNEL,
      "C0LEADERS",
      "C0RANDOM",
      SHARED_CHANNEL,
      "C0DEALS",
    ]);
  });
});

describe("conversations.members", () => {
  it("lists everybody of the company, but guests and outsiders only where they were invited", async () => {
    expect(await app.call("conversations.members", { channel: CHANNEL })).toMatchObject({
      members: [MANAGER, REP, "U0PRIYA", BOT],
    });
    expect(await app.call("conversations.members", { channel: SHARED_CHANNEL })).toMatchObject({
      members: [MANAGER, GUEST, PARTNER, BOT],
    });
  });

  it("answers in pages", async () => {
    const members: unknown[] = [];
    let cursor = "";
    do {
      const page = await app.call("conversations.members", { channel: CHANNEL, limit: 3, cursor });
      members.push(...(page.members as unknown[]));
      cursor = (page.response_metadata as { next_cursor: string }).next_cursor;
    } while (cursor !== "");
    expect(members).toEqual([MANAGER, REP, "U0PRIYA", BOT]);
    const refused = (more: object) => app.call("conversations.members", { channel: CHANNEL, ...more });
    expect(await refused({ cursor: "2" })).toMatchObject({ error: "invalid_cursor" });
    expect(await refused({ limit: "many" })).toMatchObject({ error: "invalid_arguments" });
    expect(await refused({ chanel: CHANNEL })).toMatchObject({
      response_metadata: { messages: ["[ERROR] unknown argument: chanel"] },
    });
  });
});

describe("conversations.open", () => {
  const open = (args: object) => app.call("conversations.open", args);

  it("finds the direct messages with one person, and makes those with several", async () => {
    const direct = app.playground.directMessages(GUEST);
    expect(await open({ users: GUEST })).toMatchObject({ channel: { id: direct } });
    expect(await open({ users: GUEST, return_im: true })).toMatchObject({ channel: { is_im: true } });
    expect(await open({ channel: direct })).toMatchObject({ channel: { id: direct } });
    expect(await open({ users: `${REP},${MANAGER}` })).toMatchObject({ channel: { id: "C0GROUP" } });
    const opened = await open({ users: `${REP},U0PRIYA` });
    const { id } = opened.channel as { id: string };
    expect(await app.call("conversations.info", { channel: id })).toMatchObject({
      channel: { is_mpim: true },
    });
    expect(await open({ users: `U0PRIYA,${REP}` })).toMatchObject({ channel: { id } });
  });

  it.each([
    ["nobody", {}, "users_list_not_supplied"],
    ["somebody unknown", { users: "U404" }, "user_not_found"],
    ["a bot", { users: OTHER_BOT }, "cannot_dm_bot"],
    ["whoever has left", { users: GONE }, "user_disabled"],
    ["somebody of another company", { users: PARTNER }, "user_not_visible"],
    ["an unknown channel", { channel: "D404" }, "channel_not_found"],
  ])("refuses %s", async (_who, args, error) => {
    expect(await open(args)).toMatchObject({ ok: false, error });
  });
});

describe("people", () => {
  const user = async (id: string) => (await app.call("users.info", { user: id })).user;

  it("are members, guests, outsiders, strangers, bots or gone", async () => {
    expect(await user(REP)).toMatchObject({ is_restricted: false, is_bot: false, deleted: false });
    expect(await user(REP)).not.toHaveProperty("is_stranger");
    expect(await user(GUEST)).toMatchObject({ is_restricted: true, is_ultra_restricted: false });
    expect(await user("U0ONE")).toMatchObject({ is_restricted: true, is_ultra_restricted: true });
    expect(await user(PARTNER)).toMatchObject({ team_id: "T0HAFEN", is_stranger: false });
    expect(await user("U0STRANGER")).toMatchObject({ team_id: "T0ELSEWHERE", is_stranger: true });
    expect(await user(OTHER_BOT)).toMatchObject({ is_bot: true });
    expect(await user(BOT)).toMatchObject({ is_bot: true, real_name: "Portfolio" });
    expect(await user(BOT)).not.toHaveProperty("profile.email");
    expect(await user(GONE)).toMatchObject({ deleted: true });
  });

  it("of other companies keep their addresses", async () => {
    expect(await user(PARTNER)).not.toHaveProperty("profile.email");
    expect(await app.call("users.lookupByEmail", { email: "piet@hafen.example" })).toMatchObject({
      error: "users_not_found",
    });
  });

  it("are listed in pages", async () => {
    const first = await app.call("users.list", { limit: 5 });
    const { next_cursor: cursor } = first.response_metadata as { next_cursor: string };
    const second = await app.call("users.list", { limit: 5, cursor });
    expect([first.members, second.members].map((each) => (each as unknown[]).length)).toEqual([5, 5]);
    expect(second).toMatchObject({ response_metadata: { next_cursor: "" } });
  });
});

describe("scopes", () => {
  it.each([
    ["conversations.info", { channel: CHANNEL }, "channels:read"],
    ["conversations.info", { channel: "C0DEALS" }, "groups:read"],
    ["conversations.members", { channel: "C0GROUP" }, "mpim:read"],
    ["conversations.members", { channel: "D0JONAS" }, "im:read"],
    ["conversations.list", { types: "im" }, "im:read"],
    ["conversations.open", { users: REP }, "im:write"],
    ["conversations.open", { users: `${REP},${MANAGER}` }, "mpim:write"],
    ["users.info", { user: REP }, "users:read"],
    ["users.lookupByEmail", { email: "mara@nordwind.example" }, "users:read.email"],
    ["chat.postMessage", { channel: CHANNEL, text: "hello" }, "chat:write"],
  ])("%s of %o needs %s", async (method, args, scope) => {
    const all = [
      "channels:read",
      "groups:read",
      "mpim:read",
      "im:read",
      "im:write",
      "mpim:write",
      "users:read",
      "users:read.email",
      "chat:write",
    ];
    const without = await startStubApp({ ...workspace, scopes: all.filter((each) => each !== scope) });
    const refused = await without.call(method, args);
    await without.close();
    const just = await startStubApp({ ...workspace, scopes: [scope] });
    const granted = await just.call(method, args);
    await just.close();
    expect(refused).toMatchObject({ ok: false, error: "missing_scope" });
    expect(String(refused.needed)).toContain(scope);
    expect(granted).toMatchObject({ ok: true });
  });

  it("decide whether an address is told", async () => {
    const other = await startStubApp({ scopes: ["users:read"] });
    const { user } = await other.call("users.info", { user: REP });
    await other.close();
    expect(user).not.toHaveProperty("profile.email");
  });
});
