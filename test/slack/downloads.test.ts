import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Message, StoredFile } from "../../src/playground/model.ts";
import { renderReply } from "../../src/slack/render-blocks.ts";
import { openTable } from "../../src/tables/read-table.ts";
import { type Asked, openSmallPortfolio } from "../helpers/small-portfolio.ts";
import { temporaryFolder } from "../helpers/workspace.ts";
import { ANN, type Bench, BOB, CHANNEL, echo, startBench } from "./slack-bench.ts";

let portfolio: Asked;
let slack: Bench;
beforeAll(async () => {
  portfolio = await openSmallPortfolio();
  slack = await startBench({ desk: portfolio.desk, workspaceId: portfolio.id });
});
afterAll(async () => {
  expect(slack.violations).toEqual([]);
  await slack.stop();
});
beforeEach(() => portfolio.reply("settings visibility all"));

const messagesOf = (bench: Bench, userId: string) => bench.messages({ channelId: CHANNEL, viewerId: userId });
const inDm = (bench: Bench, userId: string) =>
  bench.messages({ channelId: bench.directMessages(userId), viewerId: userId });

async function type(bench: Bench, userId: string, text: string): Promise<Message> {
  const before = new Set(messagesOf(bench, userId).map(({ ts }) => ts));
  await bench.slash({ userId, channelId: CHANNEL, text });
  return bench.waitFor(() => messagesOf(bench, userId).find(({ ts }) => !before.has(ts)));
}

interface Menu {
  readonly action_id: string;
  readonly options?: readonly { readonly value: string }[];
}
const elementsOf = ({ blocks }: Message) =>
  blocks.flatMap((block) => (block.type === "actions" ? (block.elements as readonly Menu[]) : []));

/** Chooses a format in a message and returns the private note that comes. */
async function download(bench: Bench, userId: string, message: Message, format: string): Promise<Message> {
  const menu = elementsOf(message).find(({ action_id }) => action_id.startsWith("download:"));
  const value = menu?.options?.find((option) => option.value.startsWith(format))?.value;
  if (!menu || value === undefined) throw new Error("no download");
  const before = new Set(messagesOf(bench, userId).map(({ ts }) => ts));
  await bench.press({ userId, messageTs: message.ts, actionId: menu.action_id, value });
  return bench.waitFor(() => messagesOf(bench, userId).find(({ ts }) => !before.has(ts)));
}

/** The newest file in somebody's direct messages. */
function newestFile(bench: Bench, userId: string): StoredFile {
  const [id] = inDm(bench, userId).at(-1)?.fileIds ?? [];
  return bench.file(id ?? "");
}

/** Every row of a list, as `ask --json` gives it. */
async function jsonRows(line: string, email = "ann@example.com") {
  const viewer = { workspaceId: portfolio.id, email, standing: "member" } as const;
  const { data } = await portfolio.reply(line, { rows: "all", viewer });
  return (data as { rows: { rank: number; account: string; value: { amount: number }; share: number }[] })
    .rows;
}

describe("Download", () => {
  test("as CSV has every row, with a byte order mark, in the direct messages of who pressed", async () => {
    const note = await download(slack, ANN, await type(slack, ANN, "top"), "csv");
    expect(note.ephemeralTo).toBe(ANN);
    expect(note.text).toBe(
      "top-2026-06-30.csv with 10 rows is in our direct messages, where only you see it.",
    );
    const { name, bytes, shares } = newestFile(slack, ANN);
    expect(name).toBe("top-2026-06-30.csv");
    expect(shares.map(({ channelId }) => channelId)).toEqual([slack.directMessages(ANN)]);
    expect(bytes.toString().startsWith("\uFEFF")).toBe(true);
    const rows = parse(bytes, { columns: true, bom: true }) as Record<string, string>[];
    const expected = await jsonRows("top");
    expect(rows.map(({ rank, account, value, share }) => [rank, account, value, share])).toEqual(
      expected.map(({ rank, account, value, share }) => [
        String(rank),
        account,
        (value.amount / 100).toFixed(2),
        String(share),
      ]),
    );
  });

  test("as XLSX opens, and has the same rows", async () => {
    await download(slack, ANN, await type(slack, ANN, "top A"), "xlsx");
    const { name, bytes } = newestFile(slack, ANN);
    expect(name).toBe("top-a-2026-06-30.xlsx");
    const path = join(temporaryFolder(), "list.xlsx");
    await writeFile(path, bytes);
    const rows: (readonly [string | undefined, string | undefined, number])[] = [];
    for await (const row of await openTable(path, { sheet: "3 A accounts 82.0 % of spend" }))
      if ("cells" in row) rows.push([row.cells.rank, row.cells.account, Number(row.cells.value)]);
    const expected = await jsonRows("top A");
    expect(rows).toEqual(
      expected.map(({ rank, account, value }) => [String(rank), account, value.amount / 100]),
    );
  });

  test("shows what the presser may see, whoever's list it was", async () => {
    await portfolio.reply("settings visibility own");
    await download(slack, BOB, await type(slack, BOB, "top"), "csv");
    const rows = parse(newestFile(slack, BOB).bytes, { columns: true, bom: true }) as Record<
      string,
      string
    >[];
    expect(rows.map(({ account }) => account)).toEqual(
      (await jsonRows("top", "bob@example.com")).map(({ account }) => account),
    );
    expect(rows).toHaveLength(5);
  });

  test("is offered beside Share for lists only, and not in a channel", async () => {
    const list = await type(slack, ANN, "top A");
    const ids = elementsOf(list).map(({ action_id }) => action_id.split(":")[0]);
    expect(ids.indexOf("download")).toBe(ids.indexOf("share") + 1);
    for (const line of ["help", "mix", "top industry:nothing", "settings"]) {
      const message = await type(slack, ANN, line);
      expect(elementsOf(message).filter(({ action_id }) => action_id.startsWith("download"))).toEqual([]);
    }
    const share = elementsOf(list).find(({ action_id }) => action_id.startsWith("share"));
    await slack.press({ userId: ANN, messageTs: list.ts, actionId: share?.action_id ?? "" });
    const shared = await slack.waitFor(() =>
      messagesOf(slack, BOB).find(({ ephemeralTo, text }) => !ephemeralTo && text.includes("3 A accounts")),
    );
    expect(JSON.stringify(shared.blocks)).not.toContain("download");
  });

  test("of a line too long for a menu has a button for each format", () => {
    const line = `top channel:${"x".repeat(150)}`;
    const { blocks } = renderReply({ headline: "A list", data: { rows: [{ account: "Acme" }] } }, { line });
    const [actions] = blocks.filter(({ type }) => type === "actions");
    expect(actions).toMatchObject({
      elements: [
        { type: "button", text: { text: "Download CSV" }, value: `csv ${line}` },
        { type: "button", text: { text: "Download XLSX" }, value: `xlsx ${line}` },
      ],
    });
  });

  const unsure =
    "Slack did not confirm top-a-2026-06-30.csv. Look into our direct messages; if it is not there in a minute, ask for it again.";

  test.each([
    [
      "conversations.open",
      { status: 500, times: 2 },
      "top-a-2026-06-30.csv was not sent. Slack refused this.",
    ],
    [
      "files.getUploadURLExternal",
      { error: "storage_limit_reached" },
      "Slack takes no such file in this workspace.",
    ],
    ["upload_url", { status: 500 }, unsure],
    ["files.completeUploadExternal", { status: 500 }, unsure],
    [
      "files.completeUploadExternal",
      { error: "not_in_channel" },
      "Slack does not let me into this conversation.",
    ],
  ])("that fails at %s with %j is answered with a sentence", async (method, fault, sentence) => {
    slack.faults.next({ method, ...fault });
    const note = await download(slack, ANN, await type(slack, ANN, "top A"), "csv");
    expect(note.text).toContain(sentence);
  });
});

describe("a list that is long", () => {
  const rows = Array.from({ length: 20_001 }, (_, index) => ({
    rank: index + 1,
    account: `Account ${index}`,
  }));
  const answering = (count: number) =>
    startBench({
      answer: (request) => {
        const answer = echo(request);
        if (!answer.ok) return answer;
        return {
          ...answer,
          reply: { ...answer.reply, headline: "Many", data: { rows: rows.slice(0, count) } },
        };
      },
    });

  test("comes whole, from a thread of its own", async () => {
    const bench = await answering(5_001);
    try {
      const message = await type(bench, ANN, "top");
      await download(bench, ANN, message, "csv");
      const read = parse(newestFile(bench, ANN).bytes, { columns: true, bom: true }) as Record<
        string,
        string
      >[];
      expect(read).toHaveLength(5_001);
      expect(read.at(-1)).toEqual({ rank: "5001", account: "Account 5000" });
      await download(bench, ANN, message, "xlsx");
      const path = join(temporaryFolder(), "list.xlsx");
      await writeFile(path, newestFile(bench, ANN).bytes);
      let count = 0;
      for await (const row of await openTable(path, { sheet: "Many" })) if ("cells" in row) count += 1;
      expect(count).toBe(5_001);
    } finally {
      await bench.stop();
    }
  });

  test("is no workbook beyond what one takes", async () => {
    const bench = await answering(20_001);
    try {
      const note = await download(bench, ANN, await type(bench, ANN, "top"), "xlsx");
      expect(note.text).toContain("20,001 rows, more than I put into a workbook");
      expect(bench.files()).toEqual([]);
    } finally {
      await bench.stop();
    }
  });
});
