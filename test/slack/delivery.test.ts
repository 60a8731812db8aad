import { afterEach, describe, expect, test } from "vitest";
import type { Fault } from "../../src/playground/faults.ts";
import type { Message } from "../../src/playground/model.ts";
import { sampleAnswer } from "./sample-answers.ts";
import { ANN, type Bench, BOB, CHANNEL, startBench } from "./slack-bench.ts";

let bench: Bench;
afterEach(async () => {
  expect(bench.violations).toEqual([]);
  expect(bench.logLines.join("")).not.toMatch(/xoxb-|\/response\/\w/);
  await bench.stop();
});

async function start(): Promise<void> {
  bench = await startBench({ answer: sampleAnswer });
}

const inChannel = (viewerId = ANN) => bench.messages({ channelId: CHANNEL, viewerId });
const inDm = () => bench.messages({ channelId: bench.directMessages(ANN), viewerId: ANN });
const texts = (messages: readonly Message[]) => messages.map(({ text }) => text);
const callsOf = (method: string) => bench.calls.filter((call) => call.method === method).length;
const type = () => bench.slash({ userId: ANN, channelId: CHANNEL, text: "top" });

const answer = "Answer to top.";
const unconfirmed = "Slack did not confirm that my answer arrived. If you do not see it, ask once more.";
const expired: Fault = { method: "response_url", status: 404, error: "expired_url" };
const broken: Fault = { method: "response_url", status: 502, times: 2 };
const away: Fault = { method: "chat.postEphemeral", error: "not_in_channel" };

describe("a private answer comes", () => {
  test.each([
    ["by the response URL", [], [answer], []],
    ["as an ephemeral message when that has expired", [expired], [answer], []],
    ["as a direct message when that is refused too", [expired, away], [], [answer]],
    ["by the response URL again, when nobody knows whether it came", [{ ...broken, times: 1 }], [answer], []],
    ["once, when it came and nobody knows", [{ ...broken, times: 1, after: true }], [answer], []],
    ["never twice: a sentence asks to look", [broken], [unconfirmed], []],
    ["never twice, and the sentence by every way", [broken, away], [], [unconfirmed]],
    ["after a short wait", [{ method: "response_url", retryAfter: 0 }], [answer], []],
    ["another way instead of a long wait", [{ method: "response_url", retryAfter: 60 }], [answer], []],
    [
      "in the form it has reached, whatever the way",
      [{ method: "response_url", error: "invalid_blocks" }, expired],
      [answer],
      [],
    ],
  ] as const)("%s", async (_, faults, channel, direct) => {
    await start();
    for (const fault of faults) bench.faults.next(fault);
    await type();
    await bench.waitFor(() => inChannel().length + inDm().length > 0);
    await bench.stopApp();
    expect(texts(inChannel())).toEqual(channel);
    expect(texts(inDm())).toEqual(direct);
    expect(inChannel(BOB)).toEqual([]);
  });

  test("nowhere when no way is left: each was tried once, and the log has every cause", async () => {
    await start();
    for (const fault of [expired, away, { method: "chat.postMessage", error: "user_disabled" }])
      bench.faults.next(fault);
    await type();
    await bench.waitFor(() => bench.logged.some(({ level }) => level === 50));
    await bench.stopApp();
    expect(["response_url", "chat.postEphemeral", "chat.postMessage"].map(callsOf)).toEqual([1, 1, 1]);
    expect(bench.logged).toMatchObject([
      { where: "response_url", error: "expired_url", status: 404, manner: "first" },
      { where: "chat.postEphemeral", error: "not_in_channel" },
      { where: "chat.postMessage", error: "user_disabled" },
      { msg: "an answer was not delivered", channelId: CHANNEL, userId: ANN },
    ]);
  });
});

describe("a list whose table Slack refuses", () => {
  test.each([
    [1, "rich_text_preformatted"],
    [2, undefined],
  ])("refused %i times, is still read", async (times, part) => {
    await start();
    bench.faults.next({ method: "response_url", error: "msg_blocks_too_long", times });
    await type();
    const { text, blocks } = await bench.waitFor(() => inChannel()[0]);
    expect(text).toContain(answer);
    if (part === undefined) expect(text).toContain("One line of it");
    else expect(JSON.stringify(blocks)).toMatch(new RegExp(`${part}.*Alder.*€5,000`));
  });
});

describe("Share", () => {
  async function share(...faults: readonly Fault[]): Promise<() => Promise<string | undefined>> {
    await start();
    await type();
    const { ts } = await bench.waitFor(() => inChannel()[0]);
    for (const fault of faults) bench.faults.next(fault);
    /** Presses, and returns the sentence that comes, if one does. */
    return async () => {
      const before = inChannel().length;
      await bench.press({ userId: ANN, messageTs: ts, actionId: "share:3" });
      const news = await bench.waitFor(() => inChannel()[before]);
      return news.ephemeralTo === undefined ? undefined : news.text;
    };
  }

  test("posts by another way when the response URL is of no use", async () => {
    const press = await share({ ...expired, error: "used_url" });
    expect(await press()).toBeUndefined();
    expect(texts(inChannel(BOB))).toEqual([answer]);
    expect(callsOf("chat.postMessage")).toBe(1);
  });

  test.each([
    ["not_in_channel", "Type /invite @Portfolio in it, then try again."],
    ["channel_not_found", "Type /invite @Portfolio in it, then try again."],
    ["is_archived", "Use another channel."],
    ["restricted_action", "ask an admin of the workspace."],
    ["token_revoked", "Ask an admin of the workspace to install Portfolio again."],
    ["account_inactive", "Ask an admin of the workspace to install Portfolio again."],
    ["something_new", "Try again in a minute"],
  ])("refused with %s says the way out, and may be pressed again", async (error, todo) => {
    const press = await share(expired, { method: "chat.postMessage", error });
    const sentence = await press();
    expect(sentence).toMatch(/^This could not be shared\. Slack /);
    expect(sentence).toContain(todo);
    expect(inChannel(BOB)).toEqual([]);
    expect(await press()).toBeUndefined();
    expect(texts(inChannel(BOB))).toEqual([answer]);
  });

  test("does not wait for long, and says when to try again", async () => {
    const press = await share({ method: "response_url", retryAfter: 60 });
    expect(await press()).toBe(
      "This could not be shared. Slack takes no more from me for a moment. Try again in a minute.",
    );
    expect(await press()).toBeUndefined();
  });

  test.each([
    ["not posted", {}, 0],
    ["posted", { after: true }, 1],
  ] as const)(
    "%s and unconfirmed, is not posted again, and the person is asked to look",
    async (_, more, count) => {
      const press = await share({ method: "response_url", status: 500, ...more });
      await press();
      const told = await bench.waitFor(() =>
        inChannel().find(({ text }) => text.includes("did not confirm")),
      );
      expect(told).toMatchObject({
        ephemeralTo: ANN,
        text: "Slack did not confirm that this was shared. If it does not appear here in a minute, press Share again.",
      });
      await bench.waitFor(() => inChannel(BOB).length === count);
      expect(callsOf("chat.postMessage")).toBe(0);
      // The person has looked.
      await press();
      await bench.waitFor(() => inChannel(BOB).length === count + 1);
    },
  );
});
