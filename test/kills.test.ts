import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoAsOf, demoSeed, generateDemo } from "../demo/generate.ts";
import { importFiles } from "../src/ingest/import-files.ts";
import type { Message, Playground } from "../src/playground/server.ts";
import { startPlayground } from "../src/playground/server.ts";
import { botEvents, scopes } from "../src/slack/scopes.ts";
import { openStore } from "../src/store/store.ts";
import { freePort, startBot } from "./helpers/bot-process.ts";
import { embeddedStore, type OwnStore, scratchDatabase } from "./helpers/own-store.ts";
import { writeText } from "./helpers/workspace.ts";

// The bot dies at any moment under load, and starts again: nothing that it took on is lost, half done or done twice.

const proving = Boolean(process.env.PROVE);
const kills = proving ? 20 : 2;
/** How many requests the bot takes before it is killed, at most; by then others are under way. */
const mostTaken = 30;
const everyMs = 20;

const [ANN, CHANNEL] = ["U0ANN", "C0SALES"];
const secrets = { botToken: "xoxb-kills", signingSecret: "secret of the kills" };

const kinds: readonly (readonly [string, () => Promise<OwnStore>])[] = process.env.TEST_DATABASE_URL
  ? [["a PostgreSQL server", scratchDatabase]]
  : [["the embedded store", async () => embeddedStore()]];

describe.each(kinds)("on %s", { timeout: 600_000 }, (_, create) => {
  let own: OwnStore;
  let slack: Playground;
  let env: Readonly<Record<string, string>>;

  beforeAll(async () => {
    own = await create();
    const store = await openStore(own.address);
    const files = generateDemo({ seed: demoSeed, asOf: demoAsOf }).map(({ name, content }) =>
      writeText(name, content),
    );
    await importFiles({ store, workspaceId: "main", files, currency: "EUR", now: () => new Date() });
    await store.close();
    const port = await freePort();
    slack = await startPlayground({
      port: 0,
      appUrl: () => `http://127.0.0.1:${port}/slack/events`,
      ...secrets,
      team: { id: "T0KILLS", name: "Kills" },
      users: [{ id: ANN, name: "ann", realName: "Ann", email: "ann@example.com", isAdmin: true }],
      channels: [{ id: CHANNEL, name: "sales" }],
      slashCommand: { command: "/portfolio", usageHint: "", shouldEscape: true },
      completions: [],
      scopes: scopes.map(({ scope }) => scope),
      events: botEvents,
    });
    env = {
      ...own.env,
      SLACK_BOT_TOKEN: secrets.botToken,
      SLACK_SIGNING_SECRET: secrets.signingSecret,
      SLACK_API_URL: slack.slackApiUrl,
      PORT: String(port),
    };
  }, 120_000);
  afterAll(async () => {
    await slack.close();
    await own.remove();
  });

  const seen = () => slack.messages({ channelId: CHANNEL, viewerId: ANN });
  /** The answers to a line: each names it in its small print. */
  const answersTo = (line: string, messages: readonly Message[] = seen()) =>
    messages.filter(({ blocks }) => JSON.stringify(blocks).includes(`/portfolio ${line}"`));

  async function press(message: Message, kind: string) {
    const element = message.blocks
      .flatMap((block) => (block.type === "actions" ? (block.elements as { action_id: string }[]) : []))
      .find(({ action_id }) => action_id.startsWith(kind));
    if (!element) throw new Error(`no ${kind} in ${message.text}`);
    return slack.press({ userId: ANN, messageTs: message.ts, actionId: element.action_id });
  }

  test(`killed ${kills} times under load, the bot answers every request that it took, and no button is dead`, async () => {
    const targets = Array.from({ length: kills }, (_, life) => 1 + ((life * 11 + 7) % mostTaken));
    /** Lines that Slack was told had arrived, and lists whose Share was pressed with that outcome. */
    const [taken, shared]: [string[], Message[]] = [[], []];
    const pressed = new Set<string>();
    const unshared = () =>
      taken.flatMap((line) => answersTo(line).slice(-1)).findLast(({ text }) => !pressed.has(text));
    let days = 0;

    for (const target of targets) {
      const bot = await startBot(env);
      const enough = taken.length + shared.length + target;
      const work: Promise<unknown>[] = [];
      while (taken.length + shared.length < enough) {
        days += 1;
        const line = `top quiet ${days}d`;
        const list = days % 4 === 0 ? unshared() : undefined;
        if (list) pressed.add(list.text);
        work.push(
          list
            ? press(list, "share").then(({ ok }) => ok && shared.push(list))
            : slack
                .slash({ userId: ANN, channelId: CHANNEL, text: line })
                .then(({ ok }) => ok && taken.push(line)),
        );
        await sleep(everyMs);
      }
      await bot.kill();
      await Promise.all(work);
    }

    const bot = await startBot(env);
    const unanswered = () => taken.filter((line) => answersTo(line).length === 0);
    await slack.waitFor(() => unanswered().length === 0, 60_000).catch(() => {});
    expect(unanswered()).toEqual([]);
    expect(taken.length).toBeGreaterThan(kills);
    const repeated = taken.filter((line) => answersTo(line).length > 1);
    process.stdout.write(
      `${taken.length} lines taken, ${repeated.length} answered again after a kill, ${shared.length} shares\n`,
    );
    // Killed between an answer and the note that it was given, the bot gives it again; after three times it gives up.
    for (const line of repeated) expect(answersTo(line).length).toBeLessThanOrEqual(3);

    // Nothing is in the channel twice; and what is not there can be shared still.
    const inChannel = (list: Message) =>
      seen().filter(
        ({ text, ephemeralTo, blocks }) =>
          ephemeralTo === undefined && text === list.text && JSON.stringify(blocks).includes("Shared by"),
      ).length;
    for (const list of new Set(shared)) {
      const before = inChannel(list);
      expect(before).toBeLessThanOrEqual(shared.filter((each) => each === list).length);
      if (before > 0) continue;
      // One that was under way at a kill ends when its lease does, and says that Share may be pressed again.
      for (let presses = 0; presses < 3 && inChannel(list) === 0; presses += 1) {
        await press(list, "share");
        await slack.waitFor(() => inChannel(list) === 1, 20_000).catch(() => {});
      }
      expect(inChannel(list)).toBe(1);
    }

    // Buttons of messages from every life of the bot.
    const lists = taken.flatMap((line) => answersTo(line).slice(-1));
    for (const list of lists.filter((_list, index) => index % 7 === 0)) {
      const before = slack.calls.length;
      expect(await press(list, "run")).toEqual({ ok: true });
      await slack.waitFor(
        () => slack.calls.slice(before).some(({ method }) => method === "response_url"),
        20_000,
      );
    }
    expect(slack.violations).toEqual([]);
    // Also those that nobody was told had arrived are taken up, once their lease has ended.
    const left = () => own.rows("SELECT id FROM pending_request");
    for (const deadline = Date.now() + 30_000; (await left()).length > 0 && Date.now() < deadline; )
      await sleep(500);
    expect(await left()).toEqual([]);
    expect(await bot.stop()).toBe(0);
  });
});
