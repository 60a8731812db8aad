import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { createDriver } from "../../bench/drive.ts";
import { createInbox } from "../../bench/inbox.ts";
import type { Line } from "../../bench/samples.ts";
import { startSlackStub } from "../../bench/slack-stub.ts";
import { slackSignature } from "../../src/playground/signature.ts";

const signingSecret = "secret of the test";
const lines: readonly Line[] = ["top A", "mix"].map((text) => ({
  label: text,
  text,
  userId: "U1",
  expects: text,
}));
const servers: Server[] = [];
/** Answers that the fake bots are still posting. */
const posts: Promise<unknown>[] = [];
afterEach(async () => {
  await Promise.all(posts.splice(0));
  for (const server of servers.splice(0)) server.close();
});

interface Received {
  readonly text: string;
  readonly trigger: string;
  readonly isSigned: boolean;
}

/** A bot that answers as a test says: with a message, or not at all. */
async function startFakeBot(answer: (line: string) => { status?: number; message?: object }) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const fields = new URLSearchParams(body);
      const line = fields.get("text") ?? "";
      const timestamp = String(request.headers["x-slack-request-timestamp"]);
      received.push({
        text: line,
        trigger: fields.get("trigger_id") ?? "",
        isSigned: request.headers["x-slack-signature"] === slackSignature(signingSecret, timestamp, body),
      });
      const { status = 200, message } = answer(line);
      response.writeHead(status).end();
      const responseUrl = fields.get("response_url") ?? "";
      if (message) posts.push(fetch(responseUrl, { method: "POST", body: JSON.stringify(message) }));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events` };
}

async function startDriver(answeredWithinMs = 20_000) {
  const inbox = createInbox();
  const stub = await startSlackStub((id, body) => inbox.receive(id, body));
  servers.push(stub.server);
  return createDriver(stub, inbox, answeredWithinMs);
}

const message = (line: string) => ({ text: line, blocks: [{ type: "section" }], line });

test("an open loop sends every line in turn, signed, each with a trigger of its own, and sees its answer", async () => {
  const bot = await startFakeBot((line) => ({ message: message(line) }));
  const drive = await startDriver();
  const load = { kind: "open", perSecond: 100, forMs: 100 } as const;
  const samples = await drive({ url: bot.url, signingSecret, lines, load });
  expect(samples.map(({ label, outcome }) => [label, outcome])).toEqual(
    Array.from({ length: 10 }, (_, index) => [lines[index % 2]?.label, "answered"]),
  );
  expect(bot.received.filter(({ isSigned }) => isSigned)).toHaveLength(10);
  expect(new Set(bot.received.map(({ trigger }) => trigger)).size).toBe(10);
});

test("what is no answer is told apart: another message, none, a refusal", async () => {
  const bot = await startFakeBot((line) =>
    line === "mix" ? { status: 401 } : { message: message("sorry") },
  );
  const drive = await startDriver();
  const load = { kind: "open", perSecond: 100, forMs: 20 } as const;
  const refused = await drive({ url: bot.url, signingSecret, lines, load });
  expect(refused).toMatchObject([
    { label: "top A", outcome: "not-an-answer", reason: "sorry" },
    { label: "mix", outcome: "no-answer", reason: "status 401" },
  ]);

  const mute = await startFakeBot(() => ({}));
  const impatient = await startDriver(300);
  const [silence] = await impatient({ url: mute.url, signingSecret, lines, load });
  expect(silence).toMatchObject({ outcome: "no-answer", reason: "nothing within 0.3 s" });
  // It counts as long as was waited for it.
  expect(silence?.answeredMs).toBeGreaterThan(250);
});

test("a bot that does not even acknowledge does not hold up the measurement", async () => {
  const deaf = createServer();
  servers.push(deaf);
  await new Promise<void>((resolve) => deaf.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(deaf.address() as AddressInfo).port}/slack/events`;
  const drive = await startDriver(300);
  const [sample] = await drive({ url, signingSecret, lines, load: { kind: "open", perSecond: 1, forMs: 1 } });
  expect(sample).toMatchObject({ outcome: "no-answer", reason: "not acknowledged in time" });
});

test("latency counts from when a request was due, not from when a busy loop came to send it", async () => {
  const bot = await startFakeBot((line) => ({ message: message(line) }));
  const drive = await startDriver();
  const load = { kind: "open", perSecond: 1000, forMs: 3 } as const;
  const driving = drive({ url: bot.url, signingSecret, lines, load });
  const stuckUntil = performance.now() + 200;
  while (performance.now() < stuckUntil);
  const samples = await driving;
  expect(samples.map(({ answeredMs }) => answeredMs > 150)).toEqual([true, true, true]);
});

test("a closed loop has as many under way as there are people, and goes on until the time is over", async () => {
  const bot = await startFakeBot((line) => ({ message: message(line) }));
  const drive = await startDriver();
  const samples = await drive({
    url: bot.url,
    signingSecret,
    lines,
    load: { kind: "closed", connections: 3, forMs: 100 },
  });
  expect(samples.length).toBeGreaterThanOrEqual(3);
  expect(samples.every(({ outcome }) => outcome === "answered")).toBe(true);
  expect(bot.received).toHaveLength(samples.length);
});
