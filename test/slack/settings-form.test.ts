import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ZONE_FIELD, zoneOptions } from "../../src/slack/settings-form.ts";
import { type Asked, openAsked } from "../helpers/small-portfolio.ts";
import { ANN, type Bench, BOB, CHANNEL, startBench } from "./slack-bench.ts";

// From the button to the saved setting, over HTTP in both directions.

let asked: Asked;
let slack: Bench;
beforeAll(async () => {
  asked = await openAsked();
  slack = await startBench({ desk: asked.desk, workspaceId: asked.id });
});
afterAll(async () => {
  expect(slack.violations).toEqual([]);
  expect(slack.logged).toEqual([]);
  await slack.stop();
});
beforeEach(async () => {
  await asked.reply("settings person ann@example.com admin");
  await asked.reply("settings person bob@example.com rep");
  await asked.reply("settings window 24");
  await asked.reply("settings currency EUR");
});

const messagesOf = (viewerId: string) => slack.messages({ channelId: CHANNEL, viewerId });

/** Types `settings` and returns the new answer. */
async function typeSettings(userId: string) {
  const before = new Set(messagesOf(userId).map(({ ts }) => ts));
  await slack.slash({ userId, channelId: CHANNEL, text: "settings" });
  return slack.waitFor(() => messagesOf(userId).find(({ ts }) => !before.has(ts)));
}

async function openForm() {
  const message = await typeSettings(ANN);
  const [, actionId = ""] = /"action_id":"(form:\d+)"/.exec(JSON.stringify(message.blocks)) ?? [];
  expect(actionId).not.toBe("");
  const known = slack.frontModal(ANN)?.id;
  await slack.press({ userId: ANN, messageTs: message.ts, actionId });
  const view = await slack.waitFor(() => {
    const front = slack.frontModal(ANN);
    return front && front.id !== known && front;
  });
  return { message, view };
}

const settings = async () => (await asked.store.ensureWorkspace(asked.id)).settings;

/** What a person reads in a message that was replaced. */
async function replaced(ts: string, text: string) {
  return slack.waitFor(() =>
    messagesOf(ANN).find((message) => message.ts === ts && message.text.includes(text)),
  );
}

describe("the settings form", () => {
  test("shows what holds, says what is not in it, and keeps Slack's rules", async () => {
    const { view } = await openForm();
    expect(slack.violations).toEqual([]);
    const inputs = view.blocks.filter(({ type }) => type === "input");
    expect(inputs.map(({ block_id }) => block_id)).toEqual(
      [
        ...["currency", "time-zone", "fiscal-year", "window", "compare", "cuts", "revenue", "visibility"],
        ...["value-margin", "value-discount", "value-horizon", "value-quiet-below"],
        ...["actions-per-person", "actions-cool-down", "reward-budget", "digest-holidays"],
        ...["digest-slack-connect", "leaderboard", "leaderboard-least-deals"],
      ].map((name) => `settings-${name}`),
    );
    const text = JSON.stringify(view.blocks);
    for (const value of [
      '"initial_value":"EUR"',
      '"value":"UTC"',
      '"initial_value":"80/95/99"',
      '"value":"January"',
    ])
      expect(text).toContain(value);
    expect(text).toContain("settings person");
  });

  test("saves what was changed, and confirms privately in place of the answer", async () => {
    const { message, view } = await openForm();
    const zones = await slack.suggest({ userId: ANN, viewId: view.id, actionId: ZONE_FIELD, value: "berl" });
    expect(zones.map(({ value }) => value)).toEqual(["Europe/Berlin"]);
    // Meanwhile somebody else changes what this form still shows as it was.
    await asked.reply("settings compare 30");
    const outcome = await slack.submitView({
      userId: ANN,
      viewId: view.id,
      values: {
        [ZONE_FIELD]: "Europe/Berlin",
        "settings-window": "12 months",
        "settings-fiscal-year": "April",
      },
    });
    expect(outcome).toEqual({ kind: "closed" });
    const told = await replaced(message.ts, "3 settings changed");
    expect(told.ephemeralTo).toBe(ANN);
    expect(JSON.stringify(told.blocks)).toContain("Window: 24 months → 12 months");
    expect(messagesOf(BOB)).toEqual([]);
    expect(await settings()).toMatchObject({
      timeZone: "Europe/Berlin",
      windowMonths: 12,
      fiscalYearStart: 4,
      compareDays: 30,
      currency: "EUR",
    });
    const [newest] = (await asked.reply("settings history")).table?.rows ?? [];
    expect(newest?.[2]?.text).toBe("ann@example.com");
  });

  test("shows what is wrong beside its field, changes nothing then, and takes it mended", async () => {
    const { message, view } = await openForm();
    const before = await settings();
    const wrong = { "settings-currency": "EURO", "settings-cuts": "99/95/80", "settings-window": "6" };
    const outcome = await slack.submitView({ userId: ANN, viewId: view.id, values: wrong });
    expect(outcome).toEqual({
      kind: "errors",
      errors: {
        "settings-currency": expect.stringMatching(
          /^"EURO" is no currency: use a code such as EUR\. Did you mean EUR/,
        ),
        "settings-cuts": '"99/95/80" must be three rising percentages such as 80/95/99.',
      },
    });
    expect(await settings()).toEqual(before);
    const mended = { "settings-currency": "", "settings-cuts": "80/95/99" };
    expect(await slack.submitView({ userId: ANN, viewId: view.id, values: mended })).toEqual({
      kind: "closed",
    });
    await replaced(message.ts, "2 settings changed");
    expect(await settings()).toMatchObject({ windowMonths: 6 });
    expect((await settings()).currency).toBeUndefined();
  });

  test("that was not changed changes nothing", async () => {
    const { message, view } = await openForm();
    const { settingsVersion } = await asked.store.ensureWorkspace(asked.id);
    expect(await slack.submitView({ userId: ANN, viewId: view.id })).toEqual({ kind: "closed" });
    await replaced(message.ts, "Nothing changes");
    expect((await asked.store.ensureWorkspace(asked.id)).settingsVersion).toBe(settingsVersion);
  });
});

describe("somebody who is no admin", () => {
  test("has no button, and a forged one opens nothing", async () => {
    const message = await typeSettings(BOB);
    expect(JSON.stringify(message.blocks)).not.toContain("form:");
    // Ann's message, of which Bob was an admin when it came.
    await asked.reply("settings person bob@example.com admin");
    const own = await typeSettings(BOB);
    await asked.reply("settings person bob@example.com rep");
    const [, actionId = ""] = /"action_id":"(form:\d+)"/.exec(JSON.stringify(own.blocks)) ?? [];
    const opened = slack.calls.filter(({ method }) => method === "views.open").length;
    await slack.press({ userId: BOB, messageTs: own.ts, actionId });
    await slack.waitFor(() =>
      messagesOf(BOB).find(({ text }) => text.startsWith("Only an admin changes settings.")),
    );
    expect(slack.calls.filter(({ method }) => method === "views.open")).toHaveLength(opened);
    expect(slack.frontModal(BOB)).toBeUndefined();
  });

  test("cannot submit a form that was opened as one", async () => {
    const { message, view } = await openForm();
    await asked.reply("settings person bob@example.com admin");
    await asked.reply("settings person ann@example.com rep");
    const before = await settings();
    const outcome = await slack.submitView({
      userId: ANN,
      viewId: view.id,
      values: { "settings-window": "6" },
    });
    expect(outcome).toEqual({ kind: "closed" });
    await slack.waitFor(() =>
      messagesOf(ANN).find(({ text }) => text === "Only an admin changes settings. Ask bob@example.com."),
    );
    expect(await settings()).toEqual(before);
    expect(messagesOf(ANN).find(({ ts }) => ts === message.ts)?.text).toContain("Settings, version");
    await asked.reply("settings person ann@example.com admin");
  });
});

test("zones are searched by any part of their name, a hundred at most", () => {
  expect(zoneOptions("new york").map(({ value }) => value)).toEqual(["America/New_York"]);
  expect(zoneOptions("")).toHaveLength(100);
  expect(zoneOptions("")[0]?.value).toBe("UTC");
  expect(zoneOptions("Nowhere")).toEqual([]);
});
