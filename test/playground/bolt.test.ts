import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, LogLevel } from "@slack/bolt";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Playground, startPlayground } from "../../src/playground/server.ts";
import { FILE_MODAL, FILTER_MODAL, TIER_LIST } from "./sample-messages.ts";
import { BOT_TOKEN, CHANNEL, defaults, MANAGER, REP, SIGNING_SECRET } from "./stub-app.ts";

// The oracle is Slack's own framework: what Bolt and its Web API client accept unchanged is close enough to Slack.

let playground: Playground;
let app: App;
const heard: string[] = [];
/** Files that reached the app, in a message or a modal, with what was downloaded. */
const files: { readonly name: string; readonly content: string; readonly from: string }[] = [];

/** Downloads a file as an app does. */
async function keep(
  file: { readonly name: string | null; readonly url_private_download?: string },
  from: string,
) {
  const headers = { Authorization: `Bearer ${BOT_TOKEN}` };
  const answer = await fetch(file.url_private_download ?? "", { headers });
  files.push({ name: file.name ?? "", content: await answer.text(), from });
}

beforeAll(async () => {
  let port = 0;
  playground = await startPlayground({
    ...defaults,
    appUrl: () => `http://127.0.0.1:${port}/slack/events`,
    events: ["message.im", "app_mention"],
  });
  const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, logLevel: LogLevel.ERROR });
  app = new App({
    token: BOT_TOKEN,
    receiver,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: playground.slackApiUrl },
  });
  app.command("/portfolio", async ({ command, ack, respond, client }) => {
    await ack();
    if (command.text === "import")
      await client.views.open({ trigger_id: command.trigger_id, view: FILE_MODAL });
    else if (command.text === "filter")
      await client.views.open({ trigger_id: command.trigger_id, view: FILTER_MODAL });
    else await respond({ ...TIER_LIST, response_type: "ephemeral" });
  });
  app.action("share", async ({ ack, respond, body, client }) => {
    await ack();
    await respond({ delete_original: true });
    await client.chat.postMessage({
      channel: body.channel?.id ?? "",
      text: "shared",
      blocks: TIER_LIST.blocks,
    });
  });
  app.options("account", async ({ payload, ack }) => {
    await ack({ options: [{ text: { type: "plain_text", text: `Found ${payload.value}` }, value: "1" }] });
  });
  app.action("account", async ({ ack, action }) => {
    await ack();
    if (action.type === "external_select") heard.push(`chose ${action.selected_option?.value}`);
  });
  app.view("filter", async ({ ack, view }) => {
    const least = Number(view.state.values.least?.["least-value"]?.value);
    if (least < 10) await ack({ response_action: "errors", errors: { least: "At least 10" } });
    else await ack();
  });
  app.view({ callback_id: "filter", type: "view_closed" }, async ({ ack }) => {
    await ack();
    heard.push("closed");
  });
  app.view("import", async ({ ack, view, body }) => {
    await ack();
    for (const file of view.state.values.lists?.["lists-files"]?.files ?? []) await keep(file, body.user.id);
  });
  app.event("message", async ({ event, client }) => {
    if (event.subtype !== "file_share") return;
    for (const file of event.files ?? []) await keep(file, event.user);
    const summary = "account;fault\nAcme;no currency\n";
    await client.filesUploadV2({
      channel_id: event.channel,
      thread_ts: event.ts,
      initial_comment: "Not everything could be read",
      file: Buffer.from(summary),
      filename: "rejected.csv",
      alt_text: "What could not be read",
    });
  });
  app.event("app_mention", async ({ event, say }) => {
    await say(`You said: ${event.text}`);
  });
  const server = (await app.start({ port: 0, host: "127.0.0.1" })) as Server;
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  await app.stop();
  await playground.close();
});

const seenBy = (viewerId: string) => playground.messages({ channelId: CHANNEL, viewerId });

it("answers a command privately and shares it by a button", async () => {
  await playground.slash({ userId: MANAGER, channelId: CHANNEL, text: "top A" });
  const [answer] = await playground.waitFor(() =>
    seenBy(MANAGER).length === 1 ? seenBy(MANAGER) : undefined,
  );
  expect(seenBy(REP)).toEqual([]);
  await playground.press({ userId: MANAGER, messageTs: answer?.ts ?? "", actionId: "share" });
  await playground.waitFor(() => seenBy(REP).some((message) => message.text === "shared"));
  expect(seenBy(MANAGER).map((message) => message.text)).toEqual(["shared"]);
});

it("suggests options and hears what was chosen", async () => {
  const place = { userId: REP, messageTs: seenBy(REP)[0]?.ts ?? "", actionId: "account" };
  const options = await playground.suggest({ ...place, value: "ost" });
  expect(options).toEqual([{ text: { type: "plain_text", text: "Found ost" }, value: "1" }]);
  expect(await playground.press({ ...place, value: "1" })).toEqual({ ok: true });
  await playground.waitFor(() => heard.includes("chose 1"));
});

it("opens, refuses, accepts and closes a modal", async () => {
  await playground.slash({ userId: MANAGER, channelId: CHANNEL, text: "filter" });
  const first = await playground.waitFor(() => playground.frontModal(MANAGER));
  const submit = (least: string) =>
    playground.submitView({ userId: MANAGER, viewId: first.id, values: { least } });
  expect(await submit("5")).toEqual({ kind: "errors", errors: { least: "At least 10" } });
  expect(await submit("50")).toEqual({ kind: "closed" });
  await playground.slash({ userId: MANAGER, channelId: CHANNEL, text: "filter" });
  const second = await playground.waitFor(() => playground.frontModal(MANAGER));
  await playground.closeView({ userId: MANAGER, viewId: second.id });
  await playground.waitFor(() => heard.includes("closed"));
  expect(playground.violations).toEqual([]);
});

it("gives a file to the app, which uploads another in answer", async () => {
  const channelId = playground.directMessages(REP);
  const said = playground.giveFile(REP, { name: "list.csv", bytes: "account\nAcme\n", text: "please" });
  const answer = await playground.waitFor(() => playground.messages({ channelId, viewerId: REP })[1]);
  expect(files).toEqual([{ name: "list.csv", content: "account\nAcme\n", from: REP }]);
  expect(answer).toMatchObject({
    from: "app",
    text: "Not everything could be read",
    threadTs: said.ts,
  });
  expect(playground.file(answer.fileIds?.[0] ?? "")).toMatchObject({
    name: "rejected.csv",
    title: "rejected.csv",
    altText: "What could not be read",
    bytes: Buffer.from("account;fault\nAcme;no currency\n"),
  });
  // Bolt leaves out the app's own messages, so that it does not answer itself.
  await playground.waitFor(() => playground.events().every(({ attempts }) => attempts.length === 1));
  expect(playground.events().map(({ event }) => event.bot_id)).toEqual([undefined, "B0PLAYGROUND"]);
  expect(files).toHaveLength(1);
});

it("uploads several files with one message, and refuses where the app is not", async () => {
  const file_uploads = ["a", "b"].map((name) => ({ content: `${name};1`, filename: `${name}.csv` }));
  await app.client.filesUploadV2({ channel_id: CHANNEL, initial_comment: "Both", file_uploads });
  const shown = seenBy(REP).at(-1);
  expect(shown?.text).toBe("Both");
  expect(shown?.fileIds?.map((id) => playground.file(id).bytes.toString())).toEqual(["a;1", "b;1"]);
  await expect(
    app.client.filesUploadV2({ channel_id: "C0RANDOM", content: "x", filename: "x.csv" }),
  ).rejects.toMatchObject({ data: { error: "not_in_channel" } });
});

it("hands the files of a modal to the app", async () => {
  files.length = 0;
  await playground.slash({ userId: MANAGER, channelId: CHANNEL, text: "import" });
  const modal = await playground.waitFor(() => playground.frontModal(MANAGER));
  const lists = [
    { name: "accounts.csv", bytes: "account" },
    { name: "orders.xlsx", bytes: new Uint8Array([80, 75, 3, 4]) },
  ];
  const outcome = await playground.submitView({ userId: MANAGER, viewId: modal.id, files: { lists } });
  expect(outcome).toEqual({ kind: "closed" });
  await playground.waitFor(() => files.length === 2);
  expect(files[0]).toEqual({ name: "accounts.csv", content: "account", from: MANAGER });
});

it("hears when it is mentioned", async () => {
  playground.say({ userId: REP, channelId: CHANNEL, text: "@portfolio top A" });
  await playground.waitFor(() => seenBy(REP).at(-1)?.text === "You said: <@U0PLAYGROUND> top A");
});

it("reaches Bolt's client as Web API errors", async () => {
  await expect(app.client.chat.postMessage({ channel: "C404", text: "x" })).rejects.toMatchObject({
    data: { error: "channel_not_found" },
  });
  const user = await app.client.users.lookupByEmail({ email: "jonas@nordwind.example" });
  expect(user.user?.id).toBe(REP);
});
