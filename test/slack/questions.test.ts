import { afterEach, describe, expect, test } from "vitest";
import { slackSignature } from "../../src/playground/signature.ts";
import { readQuestion } from "../../src/slack/questions.ts";
import { type Asked, openSmallPortfolio } from "../helpers/small-portfolio.ts";
import {
  ANN,
  type Bench,
  BOB,
  CHANNEL,
  overSocket,
  SIGNING_SECRET,
  startBench,
  TEAM,
} from "./slack-bench.ts";

let bench: Bench;
afterEach(() => bench?.stop());

const DIRECT = `D${ANN.slice(1)}`;
const BOT = "U0PLAYGROUND";
const QUESTION = "which A customers went quiet?";

const inChannel = (viewerId = ANN) => bench.messages({ channelId: CHANNEL, viewerId });
const inDirect = () => bench.messages({ channelId: DIRECT, viewerId: ANN });
const fromApp = (messages: ReturnType<typeof inChannel>) => messages.filter(({ from }) => from === "app");
const say = (text: string, more: { readonly channelId?: string; readonly threadTs?: string } = {}) =>
  bench.say({ userId: ANN, channelId: CHANNEL, text, ...more });
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 250));

/** A message's event as Slack sends it, and what a test changes of it. */
const eventOf = (event: object, more: object = {}) => ({
  type: "event_callback",
  team_id: TEAM,
  event_id: "Ev1",
  authorizations: [{ team_id: TEAM, user_id: BOT, is_bot: true }],
  event: {
    type: "app_mention",
    user: ANN,
    team: TEAM,
    channel: CHANNEL,
    text: `<@${BOT}> ${QUESTION}`,
    ts: "1760000000.000100",
    ...event,
  },
  ...more,
});
const direct = { type: "message", channel: DIRECT, channel_type: "im", text: QUESTION };

describe("what is asked", () => {
  test("is read out of a mention and of a direct message", () => {
    expect(readQuestion(eventOf({ text: `Hey <@${BOT}>, who bought &lt;5 &amp; &gt;3?` }))).toEqual({
      text: "Hey  , who bought <5 & >3?",
      from: {
        userId: ANN,
        handle: undefined,
        teamIds: [TEAM, TEAM],
        channelId: CHANNEL,
        responseUrl: undefined,
        requestId: `message:${CHANNEL}:1760000000.000100`,
        message: undefined,
      },
    });
    expect(readQuestion(eventOf({ ...direct, thread_ts: "1759.1" }))).toMatchObject({
      text: QUESTION,
      from: { channelId: DIRECT, isDirect: true, threadTs: "1759.1" },
    });
  });

  test.each([
    ["a bot says", eventOf({ ...direct, bot_id: "B1" })],
    ["the app itself says", eventOf({ ...direct, user: BOT })],
    ["is changed", eventOf({ ...direct, subtype: "message_changed" })],
    ["is deleted", eventOf({ ...direct, subtype: "message_deleted" })],
    ["comes with files", eventOf({ ...direct, files: [{ id: "F1" }] })],
    ["is said in a channel", eventOf({ ...direct, channel_type: "channel" })],
    ["has no text", eventOf({ ...direct, text: undefined })],
    ["is no message", eventOf({ type: "app_uninstalled" })],
  ])("is not what %s", (_, body) => {
    expect(readQuestion(body)).toBeUndefined();
  });
});

describe("the real desk", () => {
  let asked: Asked;
  const start = async () => {
    asked = await openSmallPortfolio();
    bench = await startBench({ desk: asked.desk, workspaceId: asked.id });
  };

  test("answers a mention to the asker alone, says how it was read, and offers to share", async () => {
    await start();
    say(`@Portfolio ${QUESTION}`);
    const [answer] = await bench.waitFor(() => fromApp(inChannel()).length === 1 && fromApp(inChannel()));
    expect(answer).toMatchObject({ ephemeralTo: ANN });
    const shown = JSON.stringify(answer?.blocks);
    expect(shown).toContain("I read this as `top A quiet`.");
    expect(shown).toContain("share:");
    expect(fromApp(inChannel(BOB))).toEqual([]);
    expect(bench.violations).toEqual([]);
  });

  test("answers a direct message where it was written, so that it stays", async () => {
    await start();
    say("How concentrated is our portfolio?", { channelId: DIRECT });
    const [answer] = await bench.waitFor(() => fromApp(inDirect()).length === 1 && fromApp(inDirect()));
    expect(answer?.ephemeralTo).toBeUndefined();
    expect(JSON.stringify(answer?.blocks)).toContain("I read this as `mix`.");
    await aWhile();
    // Its own answer comes back to it as an event.
    expect(fromApp(inDirect())).toHaveLength(1);
    expect(bench.violations).toEqual([]);
  });

  test("asks back instead of guessing, with buttons that work", async () => {
    await start();
    say("what's the weather like?", { channelId: DIRECT });
    const [answer] = await bench.waitFor(() => fromApp(inDirect()).length === 1 && fromApp(inDirect()));
    expect(answer?.text).toContain("I do not understand that");
    const id = /"action_id":"(run:\d+)"[^}]*}[^}]*"value":"top A"/.exec(JSON.stringify(answer?.blocks))?.[1];
    await bench.press({ userId: ANN, messageTs: answer?.ts ?? "", actionId: id ?? "" });
    await bench.waitFor(() => fromApp(inDirect()).some(({ text }) => text.includes("A account")));
  });

  test("answers a line that is mentioned as it is, and nothing at all with help", async () => {
    await start();
    say("@Portfolio top A industry:retail");
    await bench.waitFor(() => fromApp(inChannel()).length === 1);
    expect(JSON.stringify(fromApp(inChannel())[0]?.blocks)).not.toContain("I read this as");
    say("@Portfolio");
    await bench.waitFor(() => fromApp(inChannel()).length === 2);
    expect(JSON.stringify(fromApp(inChannel())[1]?.blocks)).toContain("top A");
  });
});

describe("a question", () => {
  test("in a thread is answered there", async () => {
    bench = await startBench();
    const { ts } = say("what do we do about the quiet ones?");
    say(`@Portfolio ${QUESTION}`, { threadTs: ts });
    const [answer] = await bench.waitFor(() => fromApp(inChannel()).length === 1 && fromApp(inChannel()));
    expect(answer).toMatchObject({ threadTs: ts, ephemeralTo: ANN, text: `Answer to ${QUESTION}` });
  });

  test("that comes with a file is not one", async () => {
    bench = await startBench();
    bench.giveFile(ANN, { name: "a.csv", bytes: "a" });
    await aWhile();
    expect(bench.asked).toEqual([]);
  });

  const send = (body: object) => {
    const text = JSON.stringify(body);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      "Content-Type": "application/json",
      "X-Slack-Request-Timestamp": timestamp,
      "X-Slack-Signature": slackSignature(SIGNING_SECRET, timestamp, text),
    };
    return fetch(bench.appUrl, { method: "POST", body: text, headers });
  };

  test.skipIf(overSocket)("that Slack delivers again is answered once", async () => {
    bench = await startBench();
    for (const body of [eventOf({}), eventOf({}), eventOf({}, { event_id: "Ev2" })])
      expect((await send(body)).status).toBe(200);
    for (const body of [eventOf(direct), eventOf(direct)]) expect((await send(body)).status).toBe(200);
    await bench.waitFor(() => fromApp(inDirect()).length > 0 && fromApp(inChannel()).length > 0);
    await aWhile();
    expect(bench.asked.map(({ line }) => line)).toEqual([QUESTION, QUESTION]);
    expect(fromApp(inChannel())).toHaveLength(1);
    expect(fromApp(inDirect())).toHaveLength(1);
  });

  test.skipIf(overSocket)("of people of another company is left alone", async () => {
    bench = await startBench();
    const foreign = [{ team: "T0OTHER" }, { user_team: "T0OTHER" }, { source_team: "T0OTHER" }];
    for (const [index, author] of foreign.entries())
      expect((await send(eventOf({ ...author, ts: `1.${index}` }))).status).toBe(200);
    expect((await send(eventOf({ text: `<@${BOT}> who are our best customers?` }))).status).toBe(200);
    await bench.waitFor(() => fromApp(inChannel()).length > 0);
    await aWhile();
    expect(bench.asked.map(({ line }) => line)).toEqual(["who are our best customers?"]);
    expect(fromApp(inChannel())).toHaveLength(1);
  });
});
