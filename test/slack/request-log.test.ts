import { afterEach, describe, expect, test, vi } from "vitest";
import { ANN, type Bench, type BenchOptions, CHANNEL, echo, startBench, TEAM } from "./slack-bench.ts";

let bench: Bench;
afterEach(() => bench.stop());

async function start(options?: BenchOptions): Promise<void> {
  bench = await startBench(options);
}

const requests = () => bench.logLines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === "request");

/** The lines of requests once there are as many. */
const requestLines = (count: number) =>
  vi.waitFor(() => {
    const lines = requests();
    expect(lines.length).toBeGreaterThanOrEqual(count);
    return lines;
  }, 10_000);

const type = (text: string) => bench.slash({ userId: ANN, channelId: CHANNEL, text });

async function list() {
  await type("top A");
  return bench.waitFor(() => bench.messages({ channelId: CHANNEL, viewerId: ANN })[0]);
}

describe("every request has one line", () => {
  test("that says what it was, whose, how long it took and how it ended", async () => {
    await start();
    const { ts } = await list();
    await bench.press({ userId: ANN, messageTs: ts, actionId: "choose:1", value: 'account "Acme & Sons"' });
    await bench.press({ userId: ANN, messageTs: ts, actionId: "filter:2" });
    const view = await bench.waitFor(() => bench.frontModal(ANN));
    await bench.suggest({ userId: ANN, viewId: view.id, actionId: "filter-industry", value: "secret plans" });
    await bench.submitView({ userId: ANN, viewId: view.id });
    const lines = await requestLines(5);
    expect(lines).toHaveLength(5);
    expect(lines.map(({ what }) => what).sort()).toEqual([
      "choose",
      "command top",
      "filter top",
      "options filter-industry",
      "view_submission filter",
    ]);
    for (const line of lines) {
      expect(line).toMatchObject({ level: 30, team: TEAM, user: ANN, outcome: "done" });
      expect(line.milliseconds).toBeGreaterThanOrEqual(0);
    }
  });

  test("without what people typed", async () => {
    await start();
    for (const text of ["Acme AG owes us", "top secret plans", "<@U0BOB> mine"]) await type(text);
    const lines = await requestLines(3);
    expect(lines.map(({ what }) => what).sort()).toEqual(["command", "command", "command top"]);
    expect(JSON.stringify(lines)).not.toMatch(/Acme|secret plans|U0BOB/);
  });

  test("also when it fails, or the app is not installed", async () => {
    await start({
      answer: () => {
        throw new Error("on fire");
      },
    });
    await type("top A");
    expect((await requestLines(1))[0]).toMatchObject({ what: "command top", outcome: "failed" });
    await bench.stop();
    await start({ teamId: "T0OTHER" });
    await type("top A");
    expect((await requestLines(1))[0]).toMatchObject({ outcome: "not installed", team: TEAM });
  });
});

test("however it fails, the log has no secret in it", async () => {
  const responseUrl = () =>
    bench.deliveries.map(({ fields }) => `${fields.response_url} ${fields.payload}`).join(" ");
  await start({
    answer: async (request) => {
      if (request.line.startsWith("top")) return echo(request);
      throw new Error(`failed with xoxb-bench-token at ${responseUrl()}`, {
        cause: new Error("Bearer xoxb-bench-token"),
      });
    },
    choices: () => Promise.reject(new Error("Authorization: Bearer xoxb-bench-token")),
    drawChart: () => Promise.reject(new Error("xapp-bench-token")),
  });
  await type("mix");
  await requestLines(1);
  for (const method of ["users.info", "conversations.info", "views.open", "response_url"])
    for (const fault of [{ status: 500 }, { status: 500 }, { error: "token_revoked" }, { retryAfter: 1 }])
      bench.faults.next({ method, ...fault });
  for (const text of ["top A", "top B", "top C", "top D", "top A", "top B", "top C"]) await type(text);
  await bench.waitFor(() => bench.messages({ channelId: CHANNEL, viewerId: ANN }).length >= 7, 20_000);
  for (const message of bench.messages({ channelId: CHANNEL, viewerId: ANN }))
    for (const actionId of ["share:3", "filter:2", "run:0"])
      if (JSON.stringify(message.blocks).includes(actionId))
        await bench.press({ userId: ANN, messageTs: message.ts, actionId });
  await bench.stopApp();
  expect(requests()[0]).toMatchObject({ what: "command", outcome: "failed" });
  const text = bench.logLines.join("");
  expect(bench.logged.length).toBeGreaterThan(3);
  expect(text).not.toMatch(/xox[a-z]-|xapp-|\/response\/|Bearer (?!\[secret\])|secret of the bench/);
});
