import { request as httpRequest } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { escapeCommandText } from "../../src/playground/slash-command.ts";
import { FILE_MODAL, FILTER_MODAL, TIER_LIST } from "./sample-messages.ts";
import { BOT_TOKEN, CHANNEL, MANAGER, REP, type StubApp, startStubApp } from "./stub-app.ts";

let app: StubApp;
let clockMs = Date.UTC(2026, 10, 22, 9);

beforeEach(async () => {
  clockMs = Date.UTC(2026, 10, 22, 9);
  app = await startStubApp({ now: () => new Date(clockMs) });
});
afterEach(() => app.close());

const text = (viewerId = MANAGER, channelId = CHANNEL) =>
  app.playground.messages({ channelId, viewerId }).map((message) => message.text);

/** Runs a command and returns its response URL. */
async function responseUrl(): Promise<string> {
  await app.playground.slash({ userId: MANAGER, channelId: CHANNEL, text: "top A" });
  return app.received.at(-1)?.form.response_url ?? "";
}

async function post(url: string, body: unknown): Promise<{ status: number; json: Record<string, unknown> }> {
  const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  return { status: response.status, json: await response.json() };
}

describe("slash commands", () => {
  it("are delivered signed, form-encoded and complete", async () => {
    const outcome = await app.playground.slash({
      userId: MANAGER,
      channelId: CHANNEL,
      text: "/portfolio top A",
    });
    expect(outcome).toEqual({ ok: true, deliveredText: "top A" });
    const form = app.received[0]?.form;
    expect(form).toMatchObject({
      team_id: "T0NORDWIND",
      team_domain: "nordwind-industrial",
      channel_id: CHANNEL,
      channel_name: "sales",
      user_id: MANAGER,
      user_name: "mara",
      command: "/portfolio",
      text: "top A",
      is_enterprise_install: "false",
    });
    expect(Object.keys(form ?? {})).toEqual(
      expect.arrayContaining(["token", "api_app_id", "response_url", "trigger_id"]),
    );
    expect(app.received[0]?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  });

  it("escape markup and turn people and channels into references", () => {
    const people = [{ id: REP, name: "jonas", realName: "Jonas Weber", email: "j@x.example" }];
    const options = { users: people, channels: [{ id: CHANNEL, name: "sales" }] };
    expect(escapeCommandText("top @jonas, in #sales & <b>", options)).toBe(
      `top <@${REP}|jonas>, in <#${CHANNEL}|sales> &amp; &lt;b&gt;`,
    );
    expect(escapeCommandText("account a@jonas.example @nobody team:@jonas.", options)).toBe(
      `account a@jonas.example @nobody team:<@${REP}|jonas>.`,
    );
    expect(escapeCommandText("see https://x.example/?a=1", options)).toBe("see <https://x.example/?a=1>");
  });

  it.each([
    ["text", "plain answer", "plain answer"],
    ["JSON", { text: "json answer", response_type: "ephemeral" }, "json answer"],
  ])("show an acknowledgement of %s to the user alone", async (_kind, body, shown) => {
    app.answer = () => ({ body });
    await app.playground.slash({ userId: MANAGER, channelId: CHANNEL, text: "help" });
    expect(text(MANAGER)).toEqual([shown]);
    expect(text(REP)).toEqual([]);
  });

  it("show an in_channel acknowledgement to everybody", async () => {
    app.answer = () => ({ body: { text: "for all", response_type: "in_channel" } });
    await app.playground.slash({ userId: MANAGER, channelId: CHANNEL, text: "help" });
    expect(text(REP)).toEqual(["for all"]);
  });

  it("fail as in Slack when the app is slow, broken or answers nonsense", async () => {
    await app.close();
    app = await startStubApp({ acknowledgeWithinMs: 1000 });
    app.answer = () => ({ delayMs: 1500 });
    const slow = await app.playground.slash({ userId: MANAGER, channelId: CHANNEL, text: "top" });
    app.answer = () => ({ status: 500 });
    const broken = await app.playground.slash({ userId: MANAGER, channelId: CHANNEL, text: "top" });
    app.answer = () => ({ body: { text: "x", blocks: [{ type: "nonsense" }] } });
    const invalid = await app.playground.slash({ userId: MANAGER, channelId: CHANNEL, text: "top" });
    expect([slow, broken, invalid].map((each) => !each.ok && each.error)).toEqual([
      "operation_timeout",
      "dispatch_failed",
      "invalid_command_response",
    ]);
    expect(text()[0]).toBe('/portfolio failed with the error "operation_timeout"');
    expect(app.playground.deliveries.map((each) => each.error)).toEqual([
      "operation_timeout",
      "dispatch_failed",
      undefined,
    ]);
  });
});

describe("response URLs", () => {
  it("work five times", async () => {
    const url = await responseUrl();
    for (let use = 1; use <= 5; use += 1)
      expect((await post(url, { text: `answer ${use}` })).status).toBe(200);
    expect(await post(url, { text: "sixth" })).toEqual({
      status: 404,
      json: { ok: false, error: "used_url" },
    });
    expect(text()).toHaveLength(5);
  });

  it("expire after thirty minutes", async () => {
    const url = await responseUrl();
    clockMs += 30 * 60_000 + 1;
    expect((await post(url, { text: "late" })).json).toEqual({ ok: false, error: "expired_url" });
    expect((await post(`${url}X`, { text: "never issued" })).status).toBe(404);
  });

  it("answer privately, in the channel, in place of the first answer, or delete it", async () => {
    const url = await responseUrl();
    await post(url, { text: "working on it" });
    await post(url, { text: "for all", response_type: "in_channel" });
    await post(url, { text: "done", replace_original: true });
    expect(text(MANAGER)).toEqual(["done", "for all"]);
    expect(text(REP)).toEqual(["for all"]);
    await post(url, { delete_original: true });
    expect(text(MANAGER)).toEqual(["for all"]);
  });

  it("refuse invalid blocks and record unknown fields", async () => {
    const url = await responseUrl();
    const refused = await post(url, { text: "x", blocks: [{ type: "header" }] });
    expect(refused).toMatchObject({ status: 404, json: { error: "invalid_blocks" } });
    await post(url, { text: "x", colour: "red" });
    expect(app.playground.violations.map((each) => each.rule)).toEqual([
      "header: text is required",
      "response_url: has an unknown field",
    ]);
  });
});

describe("the Web API", () => {
  it("checks the token and the method", async () => {
    expect(await app.call("auth.test", {}, "")).toMatchObject({ ok: false, error: "not_authed" });
    expect(await app.call("auth.test", {}, "xoxb-wrong")).toMatchObject({ ok: false, error: "invalid_auth" });
    expect(await app.call("auth.test")).toMatchObject({
      ok: true,
      team_id: "T0NORDWIND",
      bot_id: "B0PLAYGROUND",
    });
    expect(await app.call("chat.shout")).toMatchObject({ ok: false, error: "unknown_method" });
    expect(await app.call("api.test", { a: 1 }, "")).toEqual({ ok: true, args: { a: 1 } });
  });

  it("takes form-encoded bodies", async () => {
    const form = new URLSearchParams({
      token: BOT_TOKEN,
      channel: CHANNEL,
      text: "from a form",
      blocks: JSON.stringify(TIER_LIST.blocks),
    });
    const response = await fetch(`${app.playground.slackApiUrl}chat.postMessage`, {
      method: "POST",
      body: form,
    });
    expect(await response.json()).toMatchObject({ ok: true });
    expect(app.playground.messages({ channelId: CHANNEL, viewerId: REP })[0]?.blocks).toHaveLength(5);
    expect(JSON.stringify(app.playground.calls)).not.toContain(BOT_TOKEN);
  });

  it.each([
    ["an unknown channel", { channel: "C404", text: "x" }, "channel_not_found"],
    ["a channel the app is not in", { channel: "C0RANDOM", text: "x" }, "not_in_channel"],
    ["nothing to say", { channel: CHANNEL }, "no_text"],
    ["an invalid block", { channel: CHANNEL, text: "x", blocks: [{ type: "header" }] }, "invalid_blocks"],
    [
      "too much text",
      {
        channel: CHANNEL,
        text: "x",
        blocks: Array.from({ length: 5 }, () => ({
          type: "section",
          text: { type: "mrkdwn", text: "x".repeat(2900) },
        })),
      },
      "msg_blocks_too_long",
    ],
  ])("refuses %s", async (_what, args, error) => {
    expect(await app.call("chat.postMessage", args)).toMatchObject({ ok: false, error });
    expect(text()).toEqual([]);
  });

  it("names each fault of a refused message with its place and page", async () => {
    const answer = await app.call("chat.postMessage", {
      channel: CHANNEL,
      text: "x",
      blocks: [{ type: "header" }],
    });
    expect(answer.response_metadata).toEqual({
      messages: [
        "[ERROR] header: text is required [json-pointer:/blocks/0/text] (https://docs.slack.dev/reference/block-kit/blocks/header-block)",
      ],
    });
    expect(app.playground.violations).toEqual([
      {
        where: "chat.postMessage",
        rule: "header: text is required",
        path: "/blocks/0/text",
        docs: "https://docs.slack.dev/reference/block-kit/blocks/header-block",
      },
    ]);
  });

  it("posts what breaks only our own rules, and records it", async () => {
    const answer = await app.call("chat.postMessage", { channel: CHANNEL, blocks: [{ type: "divider" }] });
    expect(answer).toMatchObject({ ok: true, warning: "missing_text_in_message" });
    expect(app.playground.violations.map((each) => each.rule)).toEqual([
      "ours: every message has a top-level text",
    ]);
  });

  it("shows ephemeral messages to one user, and never changes them", async () => {
    const posted = await app.call("chat.postEphemeral", { channel: CHANNEL, user: REP, text: "only Jonas" });
    expect([text(REP), text(MANAGER)]).toEqual([["only Jonas"], []]);
    const update = await app.call("chat.update", {
      channel: CHANNEL,
      ts: posted.message_ts,
      text: "changed",
    });
    expect(update).toMatchObject({ ok: false, error: "message_not_found" });
    const outsider = await app.call("chat.postEphemeral", { channel: "C0LEADERS", user: REP, text: "x" });
    expect(outsider).toMatchObject({ error: "user_not_in_channel" });
    expect(await app.call("chat.postEphemeral", { channel: CHANNEL, user: "U404", text: "x" })).toMatchObject(
      {
        error: "user_not_found",
      },
    );
  });

  it("updates and deletes a message, and opens direct messages", async () => {
    const { ts } = await app.call("chat.postMessage", { channel: CHANNEL, text: "first" });
    await app.call("chat.update", { channel: CHANNEL, ts, text: "second" });
    expect(text()).toEqual(["second"]);
    await app.call("chat.update", { channel: CHANNEL, ts, ...TIER_LIST });
    await app.call("chat.update", { channel: CHANNEL, ts, text: "blocks stay" });
    expect(app.playground.messages({ channelId: CHANNEL, viewerId: REP })[0]).toMatchObject({
      text: "blocks stay",
      blocks: [{ type: "header" }, {}, {}, {}, {}],
    });
    await app.call("chat.delete", { channel: CHANNEL, ts });
    expect(text()).toEqual([]);
    await app.call("chat.postMessage", { channel: REP, text: "by user id" });
    const opened = await app.call("conversations.open", { users: REP });
    expect(opened).toMatchObject({ channel: { id: app.playground.directMessages(REP) } });
    expect(text(REP, app.playground.directMessages(REP))).toEqual(["by user id"]);
    expect(text(MANAGER, app.playground.directMessages(REP))).toEqual([]);
  });

  it("knows people and channels", async () => {
    expect(await app.call("users.info", { user: REP })).toMatchObject({ user: { real_name: "Jonas Weber" } });
    expect(await app.call("users.info", { user: "U404" })).toMatchObject({ error: "user_not_found" });
    expect(await app.call("users.lookupByEmail", { email: "MARA@nordwind.example" })).toMatchObject({
      user: { id: MANAGER, is_admin: true },
    });
    expect(await app.call("users.lookupByEmail", { email: "x@x" })).toMatchObject({
      error: "users_not_found",
    });
    expect(await app.call("conversations.members", { channel: "C0LEADERS" })).toMatchObject({
      members: [MANAGER, "U0PLAYGROUND"],
    });
    expect(await app.call("conversations.info", { channel: "C404" })).toMatchObject({
      error: "channel_not_found",
    });
  });

  it("serves each fault once", async () => {
    const { faults, slackApiUrl } = app.playground;
    faults.next({ method: "chat.postMessage", retryAfter: 3 });
    faults.next({ method: "chat.postMessage", error: "internal_error" });
    faults.next({ method: "response_url", status: 500 });
    const limited = await fetch(`${slackApiUrl}chat.postMessage`, { method: "POST" });
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "3"]);
    expect(await app.call("chat.postMessage")).toMatchObject({ error: "internal_error" });
    expect(await app.call("chat.postMessage", { channel: CHANNEL, text: "now" })).toMatchObject({ ok: true });
    const url = await responseUrl();
    expect((await post(url, { text: "x" })).status).toBe(500);
    expect((await post(url, { text: "x" })).status).toBe(200);
  });
});

describe("interactions", () => {
  const message = () => app.playground.messages({ channelId: CHANNEL, viewerId: MANAGER }).at(-1)?.ts ?? "";

  it("deliver a pressed button of a channel message", async () => {
    await app.call("chat.postMessage", { channel: CHANNEL, ...TIER_LIST });
    await app.playground.press({ userId: REP, messageTs: message(), actionId: "share" });
    const { payload } = app.received[0] ?? {};
    expect(payload).toMatchObject({
      type: "block_actions",
      user: { id: REP, username: "jonas", team_id: "T0NORDWIND" },
      container: { type: "message", message_ts: message(), channel_id: CHANNEL, is_ephemeral: false },
      channel: { id: CHANNEL, name: "sales" },
      message: { ts: message(), text: TIER_LIST.text },
      actions: [{ type: "button", action_id: "share", block_id: "list-actions", value: "top A" }],
    });
    await post(payload.response_url, { text: "replaced", replace_original: true });
    expect(text(MANAGER)).toEqual(["replaced"]);
  });

  it("leave the content out when the message is ephemeral", async () => {
    app.answer = () => ({ body: TIER_LIST });
    await app.playground.slash({ userId: MANAGER, channelId: CHANNEL, text: "top A" });
    app.answer = () => ({});
    await app.playground.press({ userId: MANAGER, messageTs: message(), actionId: "next" });
    const { payload } = app.received[1] ?? {};
    expect(payload.container.is_ephemeral).toBe(true);
    expect(payload).not.toHaveProperty("message");
    await expect(
      app.playground.press({ userId: REP, messageTs: message(), actionId: "next" }),
    ).rejects.toThrow("sees no message");
  });

  it("deliver choices of every kind of menu and carry them in the state", async () => {
    app.answer = ({ payload }) =>
      payload.type === "block_suggestion"
        ? { body: { options: [{ text: { type: "plain_text", text: "Ostrava Steel" }, value: "acc-5" }] } }
        : {};
    await app.call("chat.postMessage", { channel: CHANNEL, ...TIER_LIST });
    const place = { userId: MANAGER, messageTs: message() };
    const options = await app.playground.suggest({ ...place, actionId: "account", value: "ost" });
    expect(options.map((each) => each.value)).toEqual(["acc-5"]);
    expect(app.received[0]?.payload).toMatchObject({
      type: "block_suggestion",
      action_id: "account",
      value: "ost",
    });
    await app.playground.press({ ...place, actionId: "account", value: "acc-5" });
    await app.playground.press({ ...place, actionId: "tier", value: "B" });
    await app.playground.press({ ...place, actionId: "more", value: "csv" });
    const [, external, chosen, overflow] = app.received.map((each) => each.payload);
    expect(external.actions[0].selected_option).toMatchObject({
      value: "acc-5",
      text: { text: "Ostrava Steel" },
    });
    expect(chosen.actions[0].selected_option.value).toBe("B");
    expect(overflow.state.values["list-actions"]).toMatchObject({
      account: { type: "external_select", selected_option: { value: "acc-5" } },
      tier: { selected_option: { value: "B" } },
    });
    await expect(app.playground.press({ ...place, actionId: "tier", value: "Z" })).rejects.toThrow(
      "no option",
    );
  });

  it("record invalid suggestions", async () => {
    app.answer = () => ({ body: { options: [{ label: "x" }] } });
    await app.call("chat.postMessage", { channel: CHANNEL, ...TIER_LIST });
    await app.playground.suggest({ userId: MANAGER, messageTs: message(), actionId: "account", value: "x" });
    expect(app.playground.violations.map((each) => each.where)).toContain("block_suggestion answer");
  });
});

describe("modals", () => {
  /** Opens the sample modal by a button, as an app does. */
  async function open(view: object = FILTER_MODAL): Promise<string> {
    app.answer = async ({ form }) => {
      await app.call("views.open", { trigger_id: form.trigger_id, view });
      return {};
    };
    await app.playground.slash({ userId: MANAGER, channelId: CHANNEL, text: "filter" });
    app.answer = () => ({});
    return app.playground.frontModal(MANAGER)?.id ?? "";
  }

  it("open with a trigger id: once, and within three seconds", async () => {
    await app.playground.slash({ userId: MANAGER, channelId: CHANNEL, text: "filter" });
    const trigger_id = app.received[0]?.form.trigger_id;
    expect(await app.call("views.open", { trigger_id, view: FILTER_MODAL })).toMatchObject({ ok: true });
    expect(await app.call("views.open", { trigger_id, view: FILTER_MODAL })).toMatchObject({
      error: "exchanged_trigger_id",
    });
    await app.playground.slash({ userId: MANAGER, channelId: CHANNEL, text: "filter" });
    clockMs += 3001;
    const late = { trigger_id: app.received[1]?.form.trigger_id, view: FILTER_MODAL };
    expect(await app.call("views.open", late)).toMatchObject({ error: "expired_trigger_id" });
    expect(await app.call("views.open", { ...late, trigger_id: "x" })).toMatchObject({
      error: "invalid_trigger_id",
    });
  });

  it("are refused when invalid", async () => {
    await app.playground.slash({ userId: MANAGER, channelId: CHANNEL, text: "filter" });
    const answer = await app.call("views.open", {
      trigger_id: app.received[0]?.form.trigger_id,
      view: { ...FILTER_MODAL, submit: undefined },
    });
    expect(answer).toMatchObject({ ok: false, error: "invalid_arguments" });
    expect(app.playground.views).toEqual([]);
  });

  it("submit what was entered, in Slack's shape", async () => {
    const viewId = await open();
    const outcome = await app.playground.submitView({
      userId: MANAGER,
      viewId,
      values: { region: "north", "owner-choice": REP, least: "5000" },
    });
    expect(outcome).toEqual({ kind: "closed" });
    const { payload } = app.received[1] ?? {};
    expect(payload.type).toBe("view_submission");
    expect(payload.view).toMatchObject({ callback_id: "filter", private_metadata: "top A" });
    expect(payload.view.state.values).toMatchObject({
      region: { "region-choice": { type: "static_select", selected_option: { value: "north" } } },
      owner: { "owner-choice": { type: "users_select", selected_user: REP } },
      least: { "least-value": { type: "number_input", value: "5000" } },
      note: { "note-text": { type: "plain_text_input", value: "for the review" } },
    });
    expect(app.playground.views).toEqual([]);
  });

  it("submit files whole, and hand them to the app with that alone", async () => {
    const viewId = await open(FILE_MODAL);
    const [list] = app.playground.uploadToModal({
      userId: MANAGER,
      viewId,
      input: "lists-files",
      files: [{ name: "Accounts.CSV", bytes: "account" }],
    });
    const known = () => app.call("files.info", { file: list?.id });
    expect(await known()).toMatchObject({ error: "file_not_found" });
    expect(await app.playground.submitView({ userId: MANAGER, viewId })).toEqual({ kind: "closed" });
    const { values } = app.received[1]?.payload.view.state ?? {};
    expect(values.lists["lists-files"]).toMatchObject({
      type: "file_input",
      files: [{ id: list?.id, name: "Accounts.CSV", mimetype: "text/csv", size: 7, user: MANAGER }],
    });
    expect(values.lists["lists-files"].files[0].url_private_download).toContain("/files-pri/");
    expect(await known()).toMatchObject({ file: values.lists["lists-files"].files[0] });
  });

  it("refuse files of the wrong number, type or size", async () => {
    const viewId = await open(FILE_MODAL);
    const submit = (...names: string[]) =>
      app.playground.submitView({
        userId: MANAGER,
        viewId,
        files: { lists: names.map((name) => ({ name, bytes: name.startsWith("big") ? big : "a" })) },
      });
    const big = new Uint8Array(10 * 1024 * 1024 + 1);
    const sentence = async (...names: string[]) => {
      const outcome = await submit(...names);
      return outcome.kind === "errors" ? outcome.errors.lists : outcome.kind;
    };
    expect(await sentence()).toBe("Please complete this required field.");
    expect(await sentence("a.csv", "b.csv", "c.csv")).toBe("Choose at most 2 files.");
    expect(await sentence("a.pdf")).toBe("Choose files of the type csv, xlsx.");
    expect(await sentence("big.csv")).toBe("Choose files of at most 10 MB.");
    expect(app.received).toHaveLength(1);
    expect(await sentence("a.csv", "b.xlsx")).toBe("closed");
  });

  it("take files only from an app that may read them", async () => {
    const other = await startStubApp({ scopes: ["chat:write", "commands"] });
    await other.playground.slash({ userId: MANAGER, channelId: CHANNEL, text: "import" });
    const { trigger_id } = other.received[0]?.form ?? {};
    expect(await other.call("views.open", { trigger_id, view: FILE_MODAL })).toMatchObject({
      error: "missing_scope",
    });
    await other.close();
  });

  it("refuse what Slack's own client would, before the app hears of it", async () => {
    const viewId = await open();
    const submit = (least: string) =>
      app.playground.submitView({ userId: MANAGER, viewId, values: { least } });
    expect(await submit("")).toEqual({
      kind: "errors",
      errors: { least: "Please complete this required field." },
    });
    expect(await submit("1.5")).toEqual({ kind: "errors", errors: { least: "Enter a whole number." } });
    expect(await submit("-1")).toEqual({ kind: "errors", errors: { least: "Enter 0 or more." } });
    expect(app.received).toHaveLength(1);
  });

  it("stay with the app's errors, change, stack up, and clear", async () => {
    const viewId = await open();
    const submit = (id = viewId) =>
      app.playground.submitView({ userId: MANAGER, viewId: id, values: { least: "1" } });
    app.answer = () => ({ body: { response_action: "errors", errors: { least: "Too little" } } });
    expect(await submit()).toEqual({ kind: "errors", errors: { least: "Too little" } });
    const other = { ...FILTER_MODAL, callback_id: "second" };
    app.answer = () => ({ body: { response_action: "update", view: other } });
    expect(await submit()).toEqual({ kind: "shown", viewId });
    app.answer = () => ({ body: { response_action: "push", view: other } });
    const pushed = await submit();
    expect(app.playground.views).toHaveLength(2);
    app.answer = () => ({ body: { response_action: "clear" } });
    expect(await submit(pushed.kind === "shown" ? pushed.viewId : "")).toEqual({ kind: "closed" });
    expect(app.playground.views).toEqual([]);
    expect(app.playground.violations).toEqual([]);
  });

  it("report errors for a block that is none", async () => {
    const viewId = await open();
    app.answer = () => ({ body: { response_action: "errors", errors: { nowhere: "x" } } });
    await app.playground.submitView({ userId: MANAGER, viewId, values: { least: "1" } });
    expect(app.playground.violations).toHaveLength(1);
  });

  it("stay open when the app does not answer", async () => {
    const viewId = await open();
    app.answer = () => ({ status: 500 });
    const outcome = await app.playground.submitView({ userId: MANAGER, viewId, values: { least: "1" } });
    expect(outcome).toEqual({ kind: "failed", error: "dispatch_failed" });
    expect(app.playground.frontModal(MANAGER)?.id).toBe(viewId);
  });

  it("tell the app when they are closed, if it asked", async () => {
    const viewId = await open();
    await app.playground.closeView({ userId: MANAGER, viewId });
    expect(app.received[1]?.payload).toMatchObject({
      type: "view_closed",
      is_cleared: false,
      view: { id: viewId },
    });
  });

  it("update by id with a hash, and publish a Home view", async () => {
    const viewId = await open();
    const update = (hash: string) => app.call("views.update", { view_id: viewId, hash, view: FILTER_MODAL });
    expect(await update("old")).toMatchObject({ error: "hash_conflict" });
    expect(await update(app.playground.frontModal(MANAGER)?.hash ?? "")).toMatchObject({ ok: true });
    expect(await app.call("views.update", { view_id: "V404", view: FILTER_MODAL })).toMatchObject({
      error: "not_found",
    });
    const home = { type: "home", blocks: [{ type: "divider" }] };
    expect(await app.call("views.publish", { user_id: REP, view: home })).toMatchObject({ ok: true });
    expect(await app.call("views.publish", { user_id: "U404", view: home })).toMatchObject({
      error: "user_not_found",
    });
  });
});

describe("safety", () => {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ userId: MANAGER, channelId: CHANNEL, text: "hello" });

  it("answers no foreign Host name", async () => {
    const { hostname, port } = new URL(app.playground.url);
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(
        { hostname, port, headers: { Host: `evil.example:${port}` } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      request.on("error", reject).end();
    });
    expect(status).toBe(403);
  });

  it("takes page requests only from its own page, as JSON", async () => {
    const url = `${app.playground.url}page/say`;
    const send = (more: object) => fetch(url, { method: "POST", body, headers: { ...headers, ...more } });
    expect((await send({ Origin: "https://evil.example" })).status).toBe(403);
    expect((await send({ "Content-Type": "text/plain" })).status).toBe(415);
    expect((await send({ Origin: app.playground.url.slice(0, -1) })).status).toBe(200);
    expect(text()).toEqual(["hello"]);
  });

  it("takes files only from its own page, for people it knows", async () => {
    const upload = async (more: object, user = REP) => {
      const type = { "Content-Type": "application/octet-stream" };
      const url = `${app.playground.url}page/upload?user=${user}&name=a.csv`;
      return (await fetch(url, { method: "POST", body: "a", headers: { ...type, ...more } })).status;
    };
    expect(await upload({ Origin: "https://evil.example" })).toBe(403);
    expect(await upload({ "Content-Type": "text/plain" })).toBe(415);
    expect(await upload({}, "U404")).toBe(404);
    expect(app.playground.files()).toEqual([]);
    expect(await upload({ Origin: app.playground.url.slice(0, -1) })).toBe(200);
    const [file] = app.playground.files();
    const attach = (userId: string) =>
      app.playground.say({ userId, channelId: CHANNEL, text: "", fileIds: [file?.id ?? ""] });
    expect(() => attach(MANAGER)).toThrow("has uploaded no file");
    expect(attach(REP).fileIds).toEqual([file?.id]);
    expect(() => app.playground.file("F404")).toThrow("no file F404");
  });

  it("refuses large bodies and unknown addresses", async () => {
    const url = `${app.playground.url}page/say`;
    const large = JSON.stringify({ text: "x".repeat(1_100_000) });
    expect((await fetch(url, { method: "POST", body: large, headers })).status).toBe(413);
    expect((await fetch(`${app.playground.url}etc/passwd`)).status).toBe(404);
    expect(
      (await fetch(`${app.playground.url}page/constructor`, { method: "POST", body, headers })).status,
    ).toBe(404);
  });

  it("gives up waiting with what it waited for", async () => {
    await expect(app.playground.waitFor(() => undefined, 30)).rejects.toThrow("30 ms in vain");
  });
});
