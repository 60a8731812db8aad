import { afterEach, expect, test, vi } from "vitest";
import { startDigests } from "../../src/digest/start-digests.ts";
import { createFixedInstallation } from "../../src/installations/fixed-installation.ts";
import { createRequestSeal } from "../../src/installations/request-seal.ts";
import { createLog } from "../../src/log.ts";
import { startPlayground } from "../../src/playground/server.ts";
import { createSlackApp } from "../../src/slack/app.ts";
import { addSchedule } from "../helpers/digest-schedules.ts";
import { openSmallPortfolio } from "../helpers/small-portfolio.ts";
import { storeAddress } from "../helpers/store-address.ts";
import { rawRows } from "../helpers/workspace.ts";
import { ANN, CHANNEL, SIGNING_SECRET, slackOptions, TEAM, TOKEN } from "../slack/slack-bench.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

test("what is due goes out through Slack once, and what cannot is told to its owner once", async () => {
  const { id: workspaceId, store, desk } = await openSmallPortfolio();
  const slack = await startPlayground({
    ...slackOptions({}),
    channels: [
      { id: CHANNEL, name: "sales" },
      { id: "C0AWAY", name: "away", appIsMember: false },
    ],
  });
  stops.push(slack.close);
  const log = createLog("silent");
  const { messenger } = createSlackApp({
    transport: { kind: "http", signingSecret: SIGNING_SECRET, port: 0, host: "127.0.0.1" },
    installations: createFixedInstallation(
      { workspaceId, teamId: TEAM, token: TOKEN },
      { check: async () => "unknown", log },
    ),
    slackApiUrl: slack.slackApiUrl,
    desk,
    requestSeal: createRequestSeal([TOKEN]),
    onlyWorkspaceId: workspaceId,
    drawChart: () => Promise.reject(new Error("no pictures here")),
    pingStore: store.ping,
    log,
    now: () => new Date(),
  });
  const due = { nextAt: new Date(Date.now() - 1_000), saysNothing: true };
  for (const target of [ANN, CHANNEL, "C0AWAY"]) await addSchedule(workspaceId, { ...due, target });
  await rawRows("UPDATE digest_schedule SET owner_id = $1 WHERE workspace_id = $2", [ANN, workspaceId]);

  const address = storeAddress();
  stops.unshift(startDigests({ store, address, desk, messenger, onlyWorkspaceId: workspaceId, log }));
  const outcomes = () =>
    rawRows(
      "SELECT target, status::text, channel_id, message_ts FROM digest_delivery WHERE workspace_id = $1 ORDER BY target",
      [workspaceId],
    );
  await vi.waitFor(
    async () =>
      expect((await outcomes()).map(({ status }) => status)).toEqual(["failed", "confirmed", "confirmed"]),
    { timeout: 50_000, interval: 200 },
  );

  const direct = slack.directMessages(ANN);
  const messagesIn = (channelId: string) => slack.messages({ channelId, viewerId: ANN });
  const digests = [...messagesIn(direct), ...messagesIn(CHANNEL)].filter(({ metadata }) => metadata);
  const confirmed = (await outcomes()).filter(({ status }) => status === "confirmed");
  expect(digests.map(({ channelId, ts }) => ({ channel_id: channelId, message_ts: ts }))).toEqual(
    confirmed
      .map(({ channel_id, message_ts }) => ({ channel_id, message_ts }))
      .toSorted((one) => (one.channel_id === direct ? -1 : 1)),
  );
  const told = () => messagesIn(direct).filter(({ metadata }) => !metadata);
  await vi.waitFor(() => expect(told().map(({ text }) => text)).toEqual(["The digest in #sales is paused"]), {
    timeout: 20_000,
    interval: 100,
  });
  expect(slack.violations).toEqual([]);
});
