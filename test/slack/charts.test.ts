import { afterEach, describe, expect, test } from "vitest";
import type { Message } from "../../src/playground/model.ts";
import { bars, PICTURE, pareto, sampleAnswer } from "./sample-answers.ts";
import { ANN, type Bench, type BenchOptions, BOB, CHANNEL, startBench } from "./slack-bench.ts";

let bench: Bench;
afterEach(async () => {
  expect(bench.violations).toEqual([]);
  await bench.stop();
});

async function start(options: BenchOptions = {}): Promise<void> {
  bench = await startBench({ answer: sampleAnswer, drawChart: async () => PICTURE, ...options });
}

const seenBy = (userId: string) => bench.messages({ channelId: CHANNEL, viewerId: userId });
const inDm = () => bench.messages({ channelId: bench.directMessages(ANN), viewerId: ANN });
/** Waits until a person sees an answer to the line. */
const answerTo = (line: string, userId = ANN) =>
  bench.waitFor(() => seenBy(userId).find(({ text }) => text.startsWith(`Answer to ${line}.`)));
const wholeText = ({ text, blocks }: Message) => `${text} ${JSON.stringify(blocks)}`;

async function type(line: string): Promise<Message> {
  await bench.slash({ userId: ANN, channelId: CHANNEL, text: line });
  return answerTo(line);
}

async function share({ ts }: Message, line: string): Promise<Message> {
  await bench.press({ userId: ANN, messageTs: ts, actionId: "share:3" });
  return answerTo(line, BOB);
}

/** The types of the blocks with figures. */
const shown = ({ blocks }: Message) =>
  blocks
    .flatMap((block) => (block.type === "rich_text" ? (block.elements as { type: string }[]) : [block]))
    .map(({ type: kind }) => kind)
    .filter((kind) => !["header", "rich_text_section", "actions", "context"].includes(kind));

const refuse = (times: number) => {
  if (times > 0) bench.faults.next({ method: "response_url", error: "invalid_blocks", times });
};

describe("a chart that Slack draws", () => {
  test.each([
    [0, ["data_visualization"]],
    [1, ["data_table"]],
    [2, ["rich_text_preformatted"]],
    [3, []],
  ])("is, when a private answer is refused %i times, %j", async (times, expected) => {
    await start();
    refuse(times);
    const message = await type("bars");
    expect(shown(message)).toEqual(expected);
    expect(wholeText(message)).toContain(bars.message);
    expect(bench.files()).toEqual([]);
  });

  test.each([
    [1, ["data_table"]],
    [2, ["image"]],
    [3, ["rich_text_preformatted"]],
    [4, []],
  ])("is, when a post is refused %i times, %j, and there once", async (times, expected) => {
    await start();
    const answer = await type("bars");
    refuse(times);
    const message = await share(answer, "bars");
    expect(shown(message)).toEqual(expected);
    expect(wholeText(message)).toContain(bars.message);
    expect(seenBy(BOB)).toHaveLength(1);
  });

  test("is a picture with words for who does not see it", async () => {
    await start();
    const answer = await type("bars");
    refuse(2);
    const { blocks } = await share(answer, "bars");
    const [file] = bench.files();
    const altText = "Accounts by spend. Alder leads with €5,000.";
    expect(blocks.find(({ type: kind }) => kind === "image")).toMatchObject({
      slack_file: { id: file?.id },
      alt_text: altText,
    });
    expect(file).toMatchObject({ name: "accounts-by-spend.png", altText });
  });
});

describe("a chart that only a picture shows", () => {
  test("is a table in a private answer, and comes into the direct messages once", async () => {
    await start();
    const first = await type("pareto");
    expect(shown(first)).toEqual(["data_table"]);
    expect(wholeText(first)).toContain("comes as a picture into our direct messages");
    const [picture] = await bench.waitFor(() => inDm().length > 0 && inDm());
    expect(picture?.text).toBe(pareto.message);
    expect(bench.file(picture?.fileIds?.[0] ?? "").name).toBe("concentration.png");
    expect(wholeText(await type("pareto again"))).toContain("is in our direct messages as a picture");
    expect(inDm()).toHaveLength(1);
  });

  test("is a picture in the channel once Slack has looked it over", async () => {
    await start({ fileProcessingMs: 600 });
    const message = await share(await type("pareto"), "pareto");
    expect(shown(message)).toEqual(["image"]);
    expect(bench.calls.filter(({ method }) => method === "files.info").length).toBeGreaterThan(1);
  });

  const noCanvas = () => Promise.reject(new Error("no canvas"));

  test.each([
    ["cannot be drawn", { drawChart: noCanvas }, []],
    ["has nothing to draw", { drawChart: async () => undefined }, []],
    ["is not taken", {}, [{ method: "files.getUploadURLExternal", status: 500, times: 2 }]],
    ["is not told about", {}, [{ method: "files.info", status: 500, times: 2 }]],
    ["is refused in the message", {}, [{ method: "response_url", error: "invalid_blocks" }]],
  ])("is a table in the channel when it %s", async (_, options, faults) => {
    await start(options);
    const answer = await type("pareto");
    await bench.waitFor(() => inDm().length > 0 || seenBy(ANN).length > 1);
    for (const fault of faults) bench.faults.next(fault);
    expect(shown(await share(answer, "pareto"))).toEqual(["data_table"]);
    expect(seenBy(BOB)).toHaveLength(1);
  });

  test("and cannot be drawn is told, with the cause in the log", async () => {
    await start({ drawChart: noCanvas });
    await type("pareto");
    const told = await bench.waitFor(() =>
      seenBy(ANN).find(({ text }) => text.includes("could not be drawn")),
    );
    expect(told.ephemeralTo).toBe(ANN);
    expect(bench.logged).toMatchObject([{ err: { message: "no canvas" }, chart: "pareto" }]);
  });
});
