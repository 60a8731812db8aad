import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { App, ExpressReceiver, type Installation, LogLevel } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CHANNEL, MANAGER, REP, SIGNING_SECRET, type StubApp, startStubApp } from "./stub-app.ts";

const CLIENT = { clientId: "12345.67890", clientSecret: "a-client-secret" };
const BACK = "https://app.example/slack/oauth_redirect";
const HOUR_MS = 3_600_000;

let app: StubApp;
let clockMs: number;

async function start(tokenExpiresInSeconds?: number, scopes?: readonly string[]): Promise<void> {
  clockMs = Date.parse("2026-04-01T08:00:00Z");
  app = await startStubApp({
    oauth: { ...CLIENT, ...(tokenExpiresInSeconds === undefined ? {} : { tokenExpiresInSeconds }) },
    ...(scopes === undefined ? {} : { scopes }),
    now: () => new Date(clockMs),
    events: ["app_uninstalled", "tokens_revoked", "message.im"],
    eventRetryDelaysMs: [],
  });
}
afterEach(() => app.close());

function question(more: Readonly<Record<string, string>> = {}): string {
  const asked = {
    client_id: CLIENT.clientId,
    scope: "chat:write,users:read",
    redirect_uri: BACK,
    state: "s1",
  };
  return `https://slack.com/oauth/v2/authorize?${new URLSearchParams({ ...asked, ...more })}`;
}
const allow = (more?: Readonly<Record<string, string>>) =>
  new URL(app.playground.authorize({ userId: MANAGER, url: question(more) })).searchParams.get("code") ?? "";
const client = { client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret };
const exchange = (code: string, more: object = {}) =>
  app.call("oauth.v2.access", { ...client, code, redirect_uri: BACK, ...more }, "");
const refresh = (token: unknown) =>
  app.call("oauth.v2.access", { ...client, grant_type: "refresh_token", refresh_token: token }, "");
const test = async (token: unknown) => {
  const { ok, error } = await app.call("auth.test", {}, String(token));
  return ok === true ? "ok" : error;
};

describe("consent", () => {
  beforeEach(() => start());

  it("sends the browser back with a code and the app's own state", () => {
    const back = new URL(app.playground.authorize({ userId: MANAGER, url: question() }));
    expect(`${back.origin}${back.pathname}`).toBe(BACK);
    expect(back.searchParams.get("state")).toBe("s1");
    expect(back.searchParams.get("code")).toMatch(/\w{20}/);
  });

  it("can be refused", () => {
    const back = app.playground.authorize({ userId: MANAGER, url: question(), decision: "cancel" });
    expect(back).toBe(`${BACK}?error=access_denied&state=s1`);
  });

  it.each([
    ["another client id", { client_id: "1.2" }, "invalid_client_id"],
    ["no way back", { redirect_uri: "" }, "bad_redirect_uri"],
    ["no scopes", { scope: "" }, "no_scopes"],
  ])("is not asked for with %s", async (_what, more, reason) => {
    expect(() => allow(more)).toThrow(reason);
    const { search } = new URL(question(more));
    const page = await fetch(`${app.playground.url}oauth/v2/authorize${search}`);
    expect(page.status).toBe(400);
    expect(await page.text()).toContain(reason);
  });

  it("has a page that names the scopes, and takes the answer of that page only", async () => {
    const address = `${app.playground.url}oauth/v2/authorize${new URL(question({ scope: "chat:write,<b>" })).search}`;
    const page = await (await fetch(address)).text();
    expect(page).toContain("Portfolio asks to be added to Nordwind Industrial");
    expect(page).toContain("<code>chat:write</code>");
    expect(page).not.toContain("<b>");
    const answer = (decision: string, headers: Readonly<Record<string, string>>) =>
      fetch(address, {
        method: "POST",
        headers,
        redirect: "manual",
        body: new URLSearchParams({ user: REP, decision }),
      });
    const own = { Origin: app.playground.url.slice(0, -1) };
    expect((await answer("allow", own)).headers.get("location")).toMatch(/\?code=.+&state=s1$/);
    expect((await answer("cancel", own)).headers.get("location")).toContain("error=access_denied");
    expect((await answer("allow", {})).status).toBe(403);
    expect((await answer("allow", { Origin: "https://elsewhere.example" })).status).toBe(403);
  });
});

describe("a code", () => {
  beforeEach(() => start());

  it("becomes a token with the scopes agreed to", async () => {
    expect(await test("xoxb-playground")).toBe("invalid_auth");
    const answer = await exchange(allow());
    expect(answer).toEqual({
      ok: true,
      access_token: expect.stringMatching(/^xoxb-/),
      token_type: "bot",
      scope: "chat:write,users:read",
      bot_user_id: "U0PLAYGROUND",
      app_id: "A0PLAYGROUND",
      team: { id: "T0NORDWIND", name: "Nordwind Industrial" },
      enterprise: null,
      is_enterprise_install: false,
      authed_user: { id: MANAGER },
    });
    const token = String(answer.access_token);
    expect(await test(token)).toBe("ok");
    expect(await app.call("users.info", { user: REP }, token)).toMatchObject({ ok: true });
    expect(await app.call("users.lookupByEmail", { email: "a@b.c" }, token)).toMatchObject({
      error: "missing_scope",
      needed: "users:read.email",
    });
    expect(JSON.stringify(app.playground.calls)).not.toContain(CLIENT.clientSecret);
  });

  it("may come with the client's secret in the header", async () => {
    const credentials = Buffer.from(`${CLIENT.clientId}:${CLIENT.clientSecret}`).toString("base64");
    const answer = await fetch(`${app.playground.slackApiUrl}oauth.v2.access`, {
      method: "POST",
      headers: { Authorization: `Basic ${credentials}` },
      body: new URLSearchParams({ code: allow(), redirect_uri: BACK }),
    });
    expect(await answer.json()).toMatchObject({ ok: true, token_type: "bot" });
  });

  it("works once, for ten minutes, with the same way back and the right secret", async () => {
    const code = allow();
    expect(await exchange(code, { client_secret: "guessed" })).toMatchObject({ error: "bad_client_secret" });
    expect(await exchange(code, { client_id: "1.2" })).toMatchObject({ error: "invalid_client_id" });
    expect(await exchange(code, { redirect_uri: `${BACK}2` })).toMatchObject({ error: "bad_redirect_uri" });
    expect(await exchange("guessed")).toMatchObject({ error: "invalid_code" });
    expect(await exchange(code)).toMatchObject({ ok: true });
    expect(await exchange(code)).toMatchObject({ error: "code_already_used" });
    const late = allow();
    clockMs += 10 * 60_000 + 1;
    expect(await exchange(late)).toMatchObject({ error: "invalid_code" });
    expect(await exchange(late, { grant_type: "password" })).toMatchObject({ error: "invalid_grant_type" });
  });

  it("adds to what an app may do that is there already", async () => {
    await exchange(allow());
    expect(await exchange(allow({ scope: "files:read" }))).toMatchObject({
      scope: "chat:write,users:read,files:read",
    });
  });
});

describe("with token rotation a token", () => {
  beforeEach(() => start(43_200));

  it("expires, and is replaced with a refresh token that works once", async () => {
    const first = await exchange(allow());
    expect(first).toMatchObject({
      access_token: expect.stringMatching(/^xoxe\.xoxb-1-/),
      refresh_token: expect.stringMatching(/^xoxe-1-/),
      expires_in: 43_200,
    });
    clockMs += 11 * HOUR_MS;
    const second = await refresh(first.refresh_token);
    expect(second).toMatchObject({ ok: true, token_type: "bot", expires_in: 43_200 });
    expect([await test(first.access_token), await test(second.access_token)]).toEqual(["ok", "ok"]);
    clockMs += HOUR_MS;
    expect([await test(first.access_token), await test(second.access_token)]).toEqual([
      "token_expired",
      "ok",
    ]);
    expect(await refresh(first.refresh_token)).toMatchObject({ error: "invalid_refresh_token" });
    clockMs += 30 * HOUR_MS;
    expect(await test(second.access_token)).toBe("token_expired");
    const third = await refresh(second.refresh_token);
    expect(await test(third.access_token)).toBe("ok");
  });

  it("opens no file when it has expired", async () => {
    const { access_token } = await exchange(allow({ scope: "files:read" }));
    const { fileIds } = app.playground.giveFile(REP, { name: "a.csv", bytes: "a" });
    const url = `${app.playground.url}files-pri/T0NORDWIND-${fileIds?.[0]}/a.csv`;
    const open = async () =>
      (await fetch(url, { headers: { Authorization: `Bearer ${access_token}` } })).text();
    expect(await open()).toBe("a");
    clockMs += 12 * HOUR_MS;
    expect(await open()).toContain("Sign in");
  });
});

describe("an app that is removed", () => {
  beforeEach(() => start(43_200));
  const payloads = () => app.received.map(({ payload }) => payload);

  it.each([
    [["app_uninstalled", "tokens_revoked"]],
    [["tokens_revoked", "app_uninstalled"]],
    [["app_uninstalled"]],
  ] as const)("hears of it in the order %j, and its tokens work no more", async (order) => {
    const { access_token, refresh_token } = await exchange(allow());
    await app.playground.uninstall({ order });
    expect(payloads().map(({ event }) => event.type)).toEqual(order);
    for (const payload of payloads()) {
      expect(payload).toMatchObject({
        type: "event_callback",
        team_id: "T0NORDWIND",
        api_app_id: "A0PLAYGROUND",
        event_time: Math.floor(clockMs / 1000),
        event_id: expect.stringMatching(/^Ev/),
      });
    }
    expect(await test(access_token)).toBe("account_inactive");
    expect(await refresh(refresh_token)).toMatchObject({ error: "invalid_refresh_token" });
    app.playground.say({ userId: REP, channelId: app.playground.directMessages(REP), text: "still there?" });
    expect(app.playground.events()).toHaveLength(order.length);
  });

  it("can be added again", async () => {
    const { access_token: old } = await exchange(allow({ scope: "files:read" }));
    await app.playground.uninstall();
    const { access_token, scope } = await exchange(allow({ scope: "chat:write" }));
    expect([await test(old), await test(access_token), scope]).toEqual([
      "account_inactive",
      "ok",
      "chat:write",
    ]);
  });

  it("has its tokens alone revoked", async () => {
    const { access_token } = await exchange(allow());
    await app.playground.revokeToken();
    expect(payloads().map(({ event }) => event)).toMatchObject([
      { type: "tokens_revoked", tokens: { oauth: [], bot: ["U0PLAYGROUND"] } },
    ]);
    expect(await test(access_token)).toBe("account_inactive");
  });

  it.each([
    ["auth.revoke", {}],
    ["apps.uninstall", client],
  ])("may remove itself with %s", async (method, args) => {
    const token = String((await exchange(allow())).access_token);
    expect(await app.call("auth.revoke", { test: true }, token)).toMatchObject({ revoked: false });
    expect(await app.call("apps.uninstall", { client_id: "1.2" }, token)).toMatchObject({
      error: "invalid_client_id",
    });
    expect(await test(token)).toBe("ok");
    expect(await app.call(method, args, token)).toMatchObject({ ok: true });
    expect(await test(token)).toBe("account_inactive");
    await app.playground.waitFor(() => app.received.length === 2);
  });
});

describe("Bolt's installer", () => {
  it("installs, rotates by itself and hears of the end", async () => {
    const server = createServer((request, response) => receiver.app(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    clockMs = Date.now();
    app = await startStubApp({
      appUrl: () => `${origin}/slack/events`,
      oauth: { ...CLIENT, tokenExpiresInSeconds: 43_200 },
      events: ["app_uninstalled"],
      now: () => new Date(clockMs),
    });
    const { playground } = app;
    const clientOptions = { slackApiUrl: playground.slackApiUrl };
    const kept = new Map<string, Installation>();
    const receiver = new ExpressReceiver({
      signingSecret: SIGNING_SECRET,
      ...CLIENT,
      scopes: ["chat:write"],
      redirectUri: `${origin}/slack/oauth_redirect`,
      stateSecret: "a-state-secret",
      logLevel: LogLevel.ERROR,
      installationStore: {
        storeInstallation: async (installation) => void kept.set(installation.team?.id ?? "", installation),
        fetchInstallation: async ({ teamId = "" }) => {
          const found = kept.get(teamId);
          if (!found) throw new Error("not installed");
          return found as never;
        },
        deleteInstallation: async ({ teamId = "" }) => void kept.delete(teamId),
      },
      installerOptions: {
        directInstall: true,
        redirectUriPath: "/slack/oauth_redirect",
        authorizationUrl: `${playground.url}oauth/v2/authorize`,
        clientOptions,
      },
    });
    const bolt = new App({ receiver, logLevel: LogLevel.ERROR, clientOptions });
    bolt.command("/portfolio", async ({ ack, client: slack, command }) => {
      await ack();
      await slack.chat.postMessage({ channel: command.channel_id, text: "hello" });
    });
    bolt.event("app_uninstalled", async ({ body }) => void kept.delete(body.team_id));
    const seen = () => playground.messages({ channelId: CHANNEL, viewerId: REP }).length;
    const say = () => playground.slash({ userId: REP, channelId: CHANNEL, text: "hello" });

    const asked = await fetch(`${origin}/slack/install`, { redirect: "manual" });
    const back = playground.authorize({ userId: MANAGER, url: asked.headers.get("location") ?? "" });
    const cookie = (asked.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    expect((await fetch(back, { headers: { Cookie: cookie } })).status).toBe(200);
    const first = kept.get("T0NORDWIND")?.bot?.token;
    expect(first).toMatch(/^xoxe\.xoxb-/);
    await say();
    await playground.waitFor(() => seen() === 1);
    const installed = kept.get("T0NORDWIND");
    // Bolt compares with the real clock, so what it kept is made old instead.
    if (installed?.bot) installed.bot.expiresAt = Math.floor(Date.now() / 1000) - 1;
    await say();
    await playground.waitFor(() => seen() === 2);
    expect(kept.get("T0NORDWIND")?.bot?.token).not.toBe(first);
    await playground.uninstall({ order: ["app_uninstalled"] });
    expect(kept.size).toBe(0);
    server.closeAllConnections();
    server.close();
  });
});
