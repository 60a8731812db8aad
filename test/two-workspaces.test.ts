import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Message, Playground } from "../src/playground/server.ts";
import { secretsOf } from "./helpers/leak-secrets.ts";
import { openLeakWorld, worldAccounts, worldReps } from "./helpers/leak-world.ts";
import { type Asked, openSmallPortfolio } from "./helpers/small-portfolio.ts";
import { type OauthBench, startOauthBench } from "./installations/oauth-bench.ts";
import { ANN, CHANNEL } from "./slack/slack-bench.ts";

// Two companies on one server, each in its own Slack: everything that people of one can type and press brings up
// nothing of the other, and nothing is ever sent to the other's Slack.

interface Side {
  readonly slack: Playground;
  /** What only this company knows, and nobody of the other types: names as they stand. */
  readonly words: readonly string[];
  /** Lines that ask for one's own things by name or id; typed in the other workspace, they find nothing. */
  readonly probes: readonly string[];
}

let bench: OauthBench;
let small: Asked;
let [left, right]: Side[] = [];
beforeAll(async () => {
  small = await openSmallPortfolio();
  const world = await openLeakWorld();
  bench = await startOauthBench({ ids: [small.id, world.id], desk: small.desk });
  for (const slack of [bench.left, bench.right]) await bench.install(slack);
  const { rows } = (await small.reply("top", { rows: "all" })).data as {
    rows: { accountId: string; account: string; owner: string }[];
  };
  left = sideOf(
    bench.left,
    rows.map(({ account, accountId, owner }) => ({ name: account, id: accountId, owner })),
  );
  right = sideOf(
    bench.right,
    worldAccounts.map(({ name, id, owner = "" }) => ({ name, id, owner })),
    [...secretsOf([]).words, ...worldReps.map(({ email }) => email)],
  );
});
afterAll(() => bench.stop());

function sideOf(
  slack: Playground,
  accounts: readonly { readonly name: string; readonly id: string; readonly owner: string }[],
  more: readonly string[] = [],
): Side {
  const owners = [...new Set(accounts.map(({ owner }) => owner))].filter((owner) => owner !== "");
  const probes = [
    ...accounts
      .slice(0, 3)
      .flatMap(({ name, id }) => [
        `account ${name.split(" ")[0]}`,
        `account "id:${id}"`,
        `why "id:${id}"`,
        `correct "id:${id}" tier A because it is ours`,
      ]),
    ...owners.slice(0, 2).map((owner) => `top owner:"${owner}"`),
  ];
  const isTyped = (word: string) => probes.some((line) => line.includes(word));
  return {
    slack,
    probes,
    words: [...accounts.map(({ name }) => name), ...more].filter((word) => !isTyped(word)),
  };
}

const plainLines = [
  ...["", "help", "top", "top A", "top A chart", "top mine", "top @bob", "top page:2", "mix", "mix explain"],
  ...[
    "mix chart",
    "moved 90d",
    "health",
    "health rejected",
    "settings",
    "correct",
    "import",
    "top within:owner",
  ],
];

/** What a workspace's Slack took: the two are one address, which tries the token in each. */
const callsTo = ({ slack }: Side) => slack.calls.filter(({ response }) => response.error !== "invalid_auth");

const textOf = ({ text, blocks }: Message) => JSON.stringify([text, blocks]);
const wordsIn = (text: string, words: readonly string[]) => words.filter((word) => text.includes(word));

/** Presses every button and chooses the first of every menu, and returns what came. */
async function pressAll({ slack }: Side, message: Message): Promise<readonly Message[]> {
  const visible = () =>
    [CHANNEL, slack.directMessages(ANN)].flatMap((channelId) => slack.messages({ channelId, viewerId: ANN }));
  const elements = message.blocks.flatMap((block) =>
    block.type === "actions"
      ? (block.elements as { type: string; action_id: string; options?: { value: string }[] }[])
      : [],
  );
  for (const { action_id: actionId, options } of elements) {
    // The press replaces the message, and with it what else could be pressed.
    if (!/^(run|choose|share|filter|form)/.test(actionId)) continue;
    const value = options?.[0]?.value;
    const before = slack.calls.length;
    const pressed = await slack
      .press({ userId: ANN, messageTs: message.ts, actionId, ...(value !== undefined && { value }) })
      .catch(() => ({ ok: false }));
    if (pressed.ok) await slack.waitFor(() => slack.calls.length > before);
  }
  return visible();
}

describe.each([
  ["one", () => left, () => right],
  ["the other", () => right, () => left],
])("in %s workspace", (_, own, other) => {
  test("whatever is typed and pressed brings up nothing of the other one", { timeout: 120_000 }, async () => {
    const [mine, theirs] = [own() as Side, other() as Side];
    const before = callsTo(theirs).length;
    let found = 0;
    for (const line of [...plainLines, ...mine.probes, ...theirs.probes]) {
      const answer = await bench.type(mine.slack, line);
      found += wordsIn(textOf(answer), mine.words).length;
      expect(wordsIn(textOf(answer), theirs.words), line).toEqual([]);
      for (const message of await pressAll(mine, answer))
        expect(wordsIn(textOf(message), theirs.words), line).toEqual([]);
    }
    // The crawl itself sees things, or it would prove nothing.
    expect(found).toBeGreaterThan(20);
    expect(callsTo(theirs).slice(before)).toEqual([]);
    expect(wordsIn(JSON.stringify(callsTo(mine)), theirs.words)).toEqual([]);
  });
});

test("what was changed in one workspace is changed there only", async () => {
  await small.reply("settings currency CHF");
  expect(JSON.stringify((await bench.type(bench.left, "settings")).blocks)).toContain("CHF");
  expect(JSON.stringify((await bench.type(bench.right, "settings")).blocks)).not.toContain("CHF");
});
