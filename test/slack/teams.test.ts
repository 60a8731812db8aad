import { afterEach, beforeEach, expect, test } from "vitest";
import type { Installed, InstalledTeams } from "../../src/installations/installations.ts";
import { createLog } from "../../src/log.ts";
import { type Playground, startPlayground } from "../../src/playground/server.ts";
import { createTeams } from "../../src/slack/teams.ts";
import { ANN, createFakeDesk, slackOptions, TEAM, TOKEN } from "./slack-bench.ts";

let slack: Playground;
beforeEach(async () => {
  slack = await startPlayground(slackOptions({}));
});
afterEach(() => slack.close());

/** Teams over installations that a test changes. */
function teamsOf(installed: () => Installed | undefined) {
  const installations: InstalledTeams = {
    of: async (teamId) => (teamId === TEAM ? installed() : undefined),
    ofWorkspace: async (workspaceId) => (workspaceId === "bench" ? installed() : undefined),
    workspaceOf: async () => undefined,
    remove: async () => false,
  };
  const { slackApiUrl } = slack;
  return createTeams({
    installations,
    desk: createFakeDesk({}, []),
    drawChart: () => Promise.reject(new Error("no pictures here")),
    clientOptions: { slackApiUrl },
    slackApiUrl,
    now: () => new Date(),
    log: createLog("silent"),
  });
}

const installedWith = (token: string): Installed => ({ workspaceId: "bench", teamId: TEAM, token });
const suggestion = {
  actionId: "filter-owner",
  typed: "",
  sender: { userId: ANN, handle: undefined, teamIds: [TEAM] },
};

test("a team is made once, anew with a new token, and not for strangers", async () => {
  let token = TOKEN;
  const teams = teamsOf(() => installedWith(token));
  const first = await teams.of(TEAM);
  expect(await teams.of(TEAM)).toBe(first);
  token = "xoxb-next";
  expect(await teams.of(TEAM)).not.toBe(first);
  expect((await teams.of(TEAM))?.installed.token).toBe("xoxb-next");
  expect(await teams.of("T0OTHER")).toBeUndefined();
  expect(await teams.of(undefined)).toBeUndefined();
});

test("what is under way for a team that removed the app sends nothing any more", async () => {
  let installed: Installed | undefined = installedWith(TOKEN);
  const teams = teamsOf(() => installed);
  const team = await teams.of(TEAM);
  expect(await team?.options(suggestion)).not.toEqual([]);
  const calls = slack.calls.length;
  expect(calls).toBeGreaterThan(0);
  installed = undefined;
  expect(await teams.of(TEAM)).toBeUndefined();
  const bob = { ...suggestion, sender: { ...suggestion.sender, userId: "U0BOB" } };
  await expect(team?.options(bob)).rejects.toThrow("Slack did not say who you are");
  expect(slack.calls).toHaveLength(calls);
});
