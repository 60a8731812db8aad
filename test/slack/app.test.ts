import { afterEach, describe, expect, test } from "vitest";
import type { Request } from "../../src/desk.ts";
import { createLog } from "../../src/log.ts";
import { slackSignature } from "../../src/playground/signature.ts";
import { createSlackApp } from "../../src/slack/app.ts";
import {
  ANN,
  type Bench,
  type BenchOptions,
  BOB,
  CHANNEL,
  echo,
  overSocket,
  SIGNING_SECRET,
  startBench,
  TEAM,
} from "./slack-bench.ts";

let bench: Bench;
afterEach(() => bench.stop());

async function start(options?: BenchOptions): Promise<void> {
  bench = await startBench(options);
}

const type = (text: string, userId = ANN) => bench.slash({ userId, channelId: CHANNEL, text });
const messagesOf = (viewerId: string) => bench.messages({ channelId: CHANNEL, viewerId });

/** The newest message once there are `count`. */
async function messageNumber(count: number, viewerId = ANN) {
  const messages = await bench.waitFor(() => messagesOf(viewerId).length >= count && messagesOf(viewerId));
  const last = messages.at(-1);
  if (!last) throw new Error("no message");
  return last;
}

/** Lets everything under way finish, for what must not happen. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 250));

describe("a typed line", () => {
  test("is acknowledged with nothing and answered privately", async () => {
    await start();
    expect(await type('top A "Smith & Sons" @bob')).toMatchObject({ ok: true });
    const message = await messageNumber(1);
    expect(message).toMatchObject({
      ephemeralTo: ANN,
      text: 'Answer to top A "Smith &amp; Sons" &lt;@U0BOB|bob&gt;',
    });
    expect(bench.asked).toMatchObject([
      {
        line: 'top A "Smith & Sons" <@U0BOB|bob>',
        viewer: { workspaceId: "bench", email: "ann@example.com", standing: "member" },
      },
    ]);
    expect(bench.seen(BOB)).toEqual([]);
    expect(bench.violations).toEqual([]);
  });

  test("that is empty asks for help", async () => {
    await start();
    await type("");
    await messageNumber(1);
    expect(bench.asked.map(({ line }) => line)).toEqual(["help"]);
  });

  test("can mention people, who are looked up", async () => {
    let found: unknown;
    await start({
      answer: async (request) => {
        found = await request.people?.(BOB);
        return echo(request);
      },
    });
    await type("top @bob");
    await messageNumber(1);
    expect(found).toEqual({
      name: "Bob Baker",
      email: "bob@example.com",
      standing: "member",
      timeZone: "Europe/Berlin",
    });
  });

  test("that is wrong is answered with buttons that work", async () => {
    const suggestions = [{ label: "Top A", line: "top A" }];
    const wrong = { ok: false as const, message: "There is no tier `E`.", suggestions };
    await start({ answer: (request) => (request.line === "top E" ? wrong : echo(request)) });
    await type("top E");
    const message = await messageNumber(1);
    expect(message.text).toBe("There is no tier `E`.");
    await bench.press({ userId: ANN, messageTs: message.ts, actionId: "run:0" });
    await bench.waitFor(() => messagesOf(ANN)[0]?.text === "Answer to top A");
    expect(messagesOf(ANN)).toHaveLength(1);
    expect(bench.violations).toEqual([]);
  });

  test("is not answered while Slack does not say who it is", async () => {
    await start();
    bench.faults.next({ method: "users.info", status: 500 });
    bench.faults.next({ method: "users.info", status: 500 });
    await type("top A");
    expect((await messageNumber(1)).text).toBe(
      "Slack did not say who you are. Please try again in a moment.",
    );
    expect(bench.asked).toEqual([]);
    await type("top B");
    await messageNumber(2);
    expect(bench.asked.map(({ viewer }) => viewer)).toMatchObject([{ email: "ann@example.com" }]);
  });

  test("does not wait for a rate limit", async () => {
    await start();
    bench.faults.next({ method: "users.info", retryAfter: 30 });
    await type("top A");
    expect((await messageNumber(1)).text).toContain("Slack did not say who you are");
  });

  test("that makes us fail is answered with a number, and the log has the cause under it", async () => {
    await start({
      answer: () => {
        throw new Error("the store is on fire");
      },
    });
    await type("top A");
    const { text } = await messageNumber(1);
    const id = /noted as ([0-9a-f]{8})/.exec(text)?.[1];
    expect(id).toBeDefined();
    expect(bench.logged).toMatchObject([{ id, line: "top A", err: { message: "the store is on fire" } }]);
    expect(JSON.stringify(bench.logged)).not.toContain("xoxb");
  });
});

describe("a message", () => {
  test("that is private is replaced by what is pressed in it", async () => {
    await start();
    await type("top A");
    const { ts } = await messageNumber(1);
    await bench.press({ userId: ANN, messageTs: ts, actionId: "run:0" });
    await bench.waitFor(() => messagesOf(ANN)[0]?.text === "Answer to top A page:2");
    await bench.press({ userId: ANN, messageTs: ts, actionId: "choose:1", value: 'account "Acme & Sons"' });
    await bench.waitFor(() => bench.asked.at(-1)?.line === 'account "Acme & Sons"');
    await bench.waitFor(() => messagesOf(ANN)[0]?.text.includes("account"));
    expect(messagesOf(ANN)).toHaveLength(1);
    expect(bench.violations).toEqual([]);
  });

  test("that everybody sees stays, and only who pressed gets the answer", async () => {
    await start();
    await type("top A");
    const { ts } = await messageNumber(1);
    await bench.press({ userId: ANN, messageTs: ts, actionId: "share:3" });
    const shared = await messageNumber(1, BOB);
    expect(shared.ephemeralTo).toBeUndefined();
    expect(bench.asked.at(-1)).toMatchObject({
      audience: {
        place: "#sales",
        members: [
          { email: "ann@example.com", standing: "member" },
          { email: "bob@example.com", standing: "member" },
        ],
      },
    });
    expect(JSON.stringify(shared.blocks)).toContain("Shared by Ann Archer");
    expect(JSON.stringify(shared.blocks)).not.toMatch(/filter:|share:/);
    await bench.press({
      userId: BOB,
      messageTs: shared.ts,
      actionId: actionId(shared, "choose"),
      value: 'account "Acme & Sons"',
    });
    const answer = await messageNumber(2, BOB);
    expect(answer).toMatchObject({ ephemeralTo: BOB });
    expect(bench.asked.at(-1)).toMatchObject({ viewer: { email: "bob@example.com" } });
    expect(messagesOf(BOB)[0]?.text).toBe("Answer to top A");
    expect(bench.violations).toEqual([]);
  });

  test("is shared once, however often the button is pressed", async () => {
    await start();
    await type("top A");
    const { ts } = await messageNumber(1);
    await Promise.all([1, 2].map(() => bench.press({ userId: ANN, messageTs: ts, actionId: "share:3" })));
    await bench.waitFor(() => messagesOf(ANN).length === 3);
    await aWhile();
    expect(messagesOf(BOB)).toHaveLength(1);
    expect(messagesOf(ANN).filter(({ text }) => text === "You have already shared this here.")).toHaveLength(
      1,
    );
  });

  test("is not shared while Slack does not say who reads the channel, and the person is told", async () => {
    await start();
    await type("top A");
    const { ts } = await messageNumber(1);
    bench.faults.next({ method: "conversations.members", status: 500 });
    bench.faults.next({ method: "conversations.members", status: 500 });
    await bench.press({ userId: ANN, messageTs: ts, actionId: "share:3" });
    expect((await messageNumber(2)).text).toContain("so nothing was shared. Please try again in a minute.");
    expect(messagesOf(BOB)).toEqual([]);
    expect(bench.asked).toHaveLength(1);
  });

  test("that could not be shared is not posted by another way, and the person is told", async () => {
    await start();
    await type("top A");
    const { ts } = await messageNumber(1);
    bench.faults.next({ method: "response_url", status: 500 });
    await bench.press({ userId: ANN, messageTs: ts, actionId: "share:3" });
    const told = await messageNumber(2);
    expect(told.text).toContain("Slack did not confirm that this was shared.");
    expect(messagesOf(BOB)).toEqual([]);
  });
});

describe("the filter form", () => {
  const owners = ["Ann Archer", `Long ${"é".repeat(200)}`];
  const choices: NonNullable<BenchOptions["choices"]> = async (_viewer, filter, typed) =>
    (filter === "owner" ? owners : ["Retail & Food", "Real Estate"]).filter((name) =>
      name.toLowerCase().startsWith(typed.toLowerCase()),
    );

  async function openForm(line: string) {
    await type(line);
    const { ts } = await messageNumber(1);
    await bench.press({ userId: ANN, messageTs: ts, actionId: "filter:2" });
    return bench.waitFor(() => bench.frontModal(ANN));
  }
  const newestLine = () => bench.asked.at(-1)?.line;

  test("shows what is chosen, offers what there is, and replaces the list", async () => {
    await start({ choices });
    const view = await openForm("top A industry:retail mine page:3 snapshot:9");
    expect(JSON.stringify(view)).toContain('"initial_option":{"text":{"type":"plain_text","text":"retail"');
    const offered = await bench.suggest({
      userId: ANN,
      viewId: view.id,
      actionId: "filter-industry",
      value: "re",
    });
    expect(offered.map(({ value }) => value)).toEqual(["is:Retail & Food", "is:Real Estate"]);
    const values = { "filter-industry": "is:Retail & Food", "filter-tier": "is:B" };
    expect(await bench.submitView({ userId: ANN, viewId: view.id, values })).toEqual({ kind: "closed" });
    await bench.waitFor(() => newestLine() === 'top B mine industry:"Retail & Food"');
    await bench.waitFor(() => messagesOf(ANN)[0]?.text.includes("top B"));
    expect(messagesOf(ANN)).toHaveLength(1);
    expect(bench.violations).toEqual([]);
  });

  test("takes a cleared filter away", async () => {
    await start({ choices });
    const view = await openForm("top A industry:retail mine quiet 90d");
    await bench.suggest({ userId: ANN, viewId: view.id, actionId: "filter-owner", value: "" });
    const values = { "filter-industry": null, "filter-owner": "any:", "filter-tier": "any:" };
    await bench.submitView({ userId: ANN, viewId: view.id, values });
    await bench.waitFor(() => newestLine() === "top quiet 90d");
  });

  test("knows a name again that is too long for an option", async () => {
    await start({ choices });
    const view = await openForm("top A");
    const [any, mine, ann, long] = await bench.suggest({
      userId: ANN,
      viewId: view.id,
      actionId: "filter-owner",
      value: "",
    });
    expect([any, mine, ann].map((each) => each?.value)).toEqual(["any:", "me:", "is:Ann Archer"]);
    await bench.submitView({ userId: ANN, viewId: view.id, values: { "filter-owner": String(long?.value) } });
    await bench.waitFor(() => newestLine() === `top A owner:"${owners[1]}"`);
    expect(bench.violations).toEqual([]);
  });

  test("answers as a new message when the old one cannot be replaced any more", async () => {
    await start({ choices });
    const view = await openForm("top A");
    bench.later(31 * 60 * 1000);
    await bench.submitView({ userId: ANN, viewId: view.id, values: { "filter-tier": "is:C" } });
    const message = await messageNumber(2);
    expect(message).toMatchObject({ text: "Answer to top C", ephemeralTo: ANN });
    expect(bench.violations).toEqual([]);
  });

  test("tells nothing, and logs it, when no way is left", async () => {
    await start({ choices, appIsMember: false });
    const view = await openForm("top A");
    bench.later(31 * 60 * 1000);
    bench.faults.next({ method: "chat.postMessage", error: "messages_tab_disabled" });
    await bench.submitView({ userId: ANN, viewId: view.id });
    await bench.waitFor(() => bench.logged.some(({ level }) => level === 50));
    await aWhile();
    expect(messagesOf(ANN)).toHaveLength(1);
    expect(bench.calls.filter(({ method }) => method === "chat.postEphemeral")).toHaveLength(1);
    expect(JSON.stringify(bench.logged)).not.toContain("/response/");
  });

  test("has no options to offer when they cannot be loaded", async () => {
    await start({ choices: () => Promise.reject(new Error("no store")) });
    const view = await openForm("top A");
    expect(
      await bench.suggest({ userId: ANN, viewId: view.id, actionId: "filter-region", value: "" }),
    ).toEqual([]);
    expect(bench.logged).toMatchObject([{ err: { message: "no store" } }]);
  });
});

describe("an answer that Slack does not take", () => {
  test("comes another way when the response URL is gone", async () => {
    await start();
    bench.faults.next({ method: "response_url", status: 404, error: "expired_url" });
    await type("top A");
    expect(await messageNumber(1)).toMatchObject({ text: "Answer to top A", ephemeralTo: ANN });
    expect(bench.calls.at(-1)?.args).toMatchObject({ parse: "none", link_names: false });
    expect(bench.violations).toEqual([]);
  });

  test("comes as its headline when the blocks are refused", async () => {
    await start();
    bench.faults.next({ method: "response_url", status: 400, error: "invalid_blocks" });
    await type("top A");
    expect(await messageNumber(1)).toMatchObject({ text: "Answer to top A", blocks: [] });
  });
});

describe("a request", () => {
  const body = new URLSearchParams({
    command: "/portfolio",
    text: "top A",
    user_id: ANN,
    team_id: TEAM,
    channel_id: CHANNEL,
    trigger_id: "1.2.3",
  }).toString();
  const seconds = (age = 0) => String(Math.floor(Date.now() / 1000) - age);

  function send(headers: Readonly<Record<string, string>>, text = body): Promise<Response> {
    const contentType = { "Content-Type": "application/x-www-form-urlencoded" };
    return fetch(bench.appUrl, { method: "POST", body: text, headers: { ...contentType, ...headers } });
  }
  const signed = (text = body, timestamp = seconds(), secret = SIGNING_SECRET) => ({
    "X-Slack-Request-Timestamp": timestamp,
    "X-Slack-Signature": slackSignature(secret, timestamp, text),
  });

  test.skipIf(overSocket)("without a valid, fresh signature is refused", async () => {
    await start();
    expect((await send({})).status).toBe(401);
    expect((await send(signed(body, seconds(), "wrong"))).status).toBe(401);
    expect((await send(signed(body, seconds(301)))).status).toBe(401);
    expect((await send(signed(`${body}&x=1`))).status).toBe(401);
    expect((await send({ "X-Slack-Request-Timestamp": seconds() })).status).toBe(401);
    await aWhile();
    expect(bench.asked).toEqual([]);
    expect((await send(signed())).status).toBe(200);
    await bench.waitFor(() => bench.asked.length === 1);
  });

  test.skipIf(overSocket)("that is replayed is acknowledged and does nothing", async () => {
    await start();
    const headers = signed();
    expect((await send(headers)).status).toBe(200);
    expect((await send(headers)).status).toBe(200);
    await aWhile();
    expect(bench.asked).toHaveLength(1);
  });

  test("of another workspace is refused politely", async () => {
    await start({ teamId: "T0OTHER" });
    await type("top A");
    expect((await messageNumber(1)).text).toContain("Portfolio is not installed in this workspace.");
    expect(bench.asked).toEqual([]);
    expect(bench.calls.filter(({ method }) => !method.startsWith("apps."))).toEqual([]);
  });

  test("of a workspace that has uninstalled the app is refused, and nothing is sent with its token", async () => {
    await start();
    await bench.uninstall();
    await bench.waitFor(() => bench.calls.some(({ method }) => method === "auth.test"));
    await aWhile();
    const calls = bench.calls.length;
    await type("top A");
    expect((await messageNumber(1)).text).toContain("Portfolio is not installed in this workspace.");
    expect(bench.calls).toHaveLength(calls);
    expect(bench.asked).toEqual([]);
  });

  test("that is under way is finished before the app stops", async () => {
    await start({
      answer: async (request: Request) => {
        await aWhile();
        return echo(request);
      },
    });
    await type("top A");
    await bench.stopApp();
    expect(messagesOf(ANN)).toHaveLength(1);
    await expect(fetch(bench.appUrl)).rejects.toThrow();
  });

  test("is acknowledged before the answer is ready", async () => {
    let finish = () => {};
    const ready = new Promise<void>((resolve) => {
      finish = resolve;
    });
    await start({
      answer: async (request: Request) => {
        await ready;
        return echo(request);
      },
    });
    expect(await type("top A")).toMatchObject({ ok: true });
    expect(messagesOf(ANN)).toEqual([]);
    finish();
    await messageNumber(1);
  });
});

test("an empty signing secret is refused", () => {
  const transport = { kind: "http", signingSecret: " ", port: 0 } as const;
  const log = createLog("silent");
  expect(() => createSlackApp({ transport, log } as never)).toThrow("signing secret is empty");
});

function actionId(message: { readonly blocks: readonly unknown[] }, kind: string): string {
  return new RegExp(`"action_id":"(${kind}:[^"]+)"`).exec(JSON.stringify(message.blocks))?.[1] ?? "";
}
