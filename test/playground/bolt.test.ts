import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, LogLevel } from "@slack/bolt";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Playground, startPlayground } from "../../src/playground/server.ts";
import { FILTER_MODAL, TIER_LIST } from "./sample-messages.ts";
import { BOT_TOKEN, CHANNEL, defaults, MANAGER, REP, SIGNING_SECRET } from "./stub-app.ts";

// The oracle is Slack's own framework: what Bolt and its Web API client accept unchanged is close enough to Slack.

let playground: Playground;
let app: App;
const heard: string[] = [];

beforeAll(async () => {
  let port = 0;
  playground = await startPlayground({ ...defaults, appUrl: () => `http://127.0.0.1:${port}/slack/events` });
  const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, logLevel: LogLevel.ERROR });
  app = new App({
    token: BOT_TOKEN,
    receiver,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: playground.slackApiUrl },
  });
  app.command("/portfolio", async ({ command, ack, respond, client }) => {
    await ack();
    if (command.text === "filter")
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

it("reaches Bolt's client as Web API errors", async () => {
  await expect(app.client.chat.postMessage({ channel: "C404", text: "x" })).rejects.toMatchObject({
    data: { error: "channel_not_found" },
  });
  const user = await app.client.users.lookupByEmail({ email: "jonas@nordwind.example" });
  expect(user.user?.id).toBe(REP);
});
