import { afterAll, beforeAll, expect, test } from "vitest";
import { type Asked, openSmallPortfolio } from "../helpers/small-portfolio.ts";
import { ANN, type Bench, BOB, CHANNEL, startBench } from "./slack-bench.ts";

let asked: Asked;
let slack: Bench;
beforeAll(async () => {
  asked = await openSmallPortfolio();
  await asked.reply("settings person ann@example.com manager manages:North,South");
  slack = await startBench({ desk: asked.desk, workspaceId: asked.id });
});
afterAll(async () => {
  expect(slack.violations).toEqual([]);
  expect(slack.logged).toEqual([]);
  await slack.stop();
});

const messagesOf = (viewerId: string) => slack.messages({ channelId: CHANNEL, viewerId });
async function type(userId: string, text: string) {
  const before = new Set(messagesOf(userId).map(({ ts }) => ts));
  await slack.slash({ userId, channelId: CHANNEL, text });
  return slack.waitFor(() => messagesOf(userId).find(({ ts }) => !before.has(ts)));
}

test("a reason pings nobody, wherever it shows; the correction is taken back by its button", async () => {
  const reason = "<!channel> @here <@U0BOB> *bold*";
  const message = await type(ANN, `correct hazel owner:@ann because ${reason}`);
  const card = await type(BOB, "account hazel");
  expect(JSON.stringify(card.blocks)).toContain("<!channel> @here");
  for (const { text, blocks } of [message, card]) {
    expect(text).not.toMatch(/<[!@#]/);
    expect(JSON.stringify(blocks)).not.toContain("mrkdwn");
  }
  const { action_id: actionId = "" } = message.blocks
    .flatMap(({ elements }) => (elements ?? []) as { action_id?: string; text?: { text?: string } }[])
    .find(({ text }) => text?.text === "Take back") ?? { action_id: "" };
  await slack.press({ userId: ANN, messageTs: message.ts, actionId });
  await slack.waitFor(() =>
    messagesOf(ANN).find(({ text }) => text.includes("the owner is what the data says again")),
  );
});

test("whose role does not reach is told so", async () => {
  expect((await type(BOB, "correct hazel owner:@ann because so")).text).toBe(
    "Only managers and admins of Portfolio may do this.",
  );
  expect((await type(BOB, "accept")).text).toBe("Only an admin of Portfolio may do this.");
});
