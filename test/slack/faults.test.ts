import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Reply } from "../../src/command.ts";
import type { Answer, Desk, Request } from "../../src/desk.ts";
import type { Fault } from "../../src/playground/faults.ts";
import type { Message } from "../../src/playground/model.ts";
import { PICTURE, sampleAnswer } from "./sample-answers.ts";
import { ANN, type Bench, BOB, CHANNEL, createFakeDesk, SIGNING_SECRET, startBench } from "./slack-bench.ts";

// Everything people do, under everything that Slack does wrong: they read a sentence or the whole answer, nothing is
// there twice, and the log has the cause and no secret.

interface Meeting extends Omit<Fault, "method"> {
  readonly name: string;
  /** What the log must say. */
  readonly cause: RegExp;
}

const anywhere: readonly Meeting[] = [
  { name: "a long wait", retryAfter: 30, cause: /ratelimited|http_429/ },
  { name: "a short wait", retryAfter: 0, cause: /ratelimited|http_429/ },
  { name: "a status 500", status: 500, cause: /http_500/ },
  { name: "a status 503 after the work", status: 503, after: true, cause: /http_503/ },
  { name: "a dropped connection", drop: true, cause: /UND_ERR_SOCKET|ECONNRESET/ },
  {
    name: "a connection dropped after the work",
    drop: true,
    after: true,
    cause: /UND_ERR_SOCKET|ECONNRESET/,
  },
];
const ofTheApi = errors("account_inactive", "token_revoked", "fatal_error");
const ofMessages = errors(
  ...["not_in_channel", "channel_not_found", "is_archived", "restricted_action"],
  ...["msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format", "invalid_attachments"],
);
const ofAddresses = errors("expired_url", "used_url").map((fault) => ({ ...fault, status: 404 }));
const inWords = errors("ratelimited");
/** Longer than a response URL, and the Web API, is waited for. */
const late = (method: string): Meeting => ({
  name: "no answer in time",
  delayMs: method === "response_url" ? 5_300 : 3_300,
  cause: /TimeoutError/,
});

function errors(...codes: readonly string[]): readonly Meeting[] {
  return codes.map((error) => ({ name: error, error, cause: new RegExp(`"${error}"`) }));
}

/** What a method can meet. */
function meetings(method: string): readonly Meeting[] {
  if (method === "response_url") return [...anywhere, ...ofMessages, ...ofAddresses, ...inWords];
  if (/^chat\./.test(method)) return [...anywhere, ...ofTheApi, ...ofMessages];
  return method.includes(".") ? [...anywhere, ...ofTheApi] : anywhere;
}

interface Deed {
  readonly name: string;
  readonly methods: readonly string[];
  /** Everything up to the moment at which Slack fails; does the rest when it is called. */
  prepare(bench: Bench, line: string): Promise<() => Promise<unknown>>;
  /** Whether to try also what comes too late, which takes seconds. */
  readonly isTimed?: true;
}

const uploading = ["files.getUploadURLExternal", "upload_url", "files.completeUploadExternal"];

const deeds: readonly Deed[] = [
  {
    name: "a command",
    methods: ["response_url"],
    isTimed: true,
    prepare: async (bench, line) => () => type(bench, `top ${line}`),
  },
  { name: "a button", methods: ["response_url"], prepare: pressing("run:0") },
  {
    name: "a button in a channel",
    methods: ["response_url"],
    isTimed: true,
    prepare: async (bench, line) => {
      await (await pressing("share:3")(bench, line))();
      await settled(bench);
      const shared = newest(bench.messages({ channelId: CHANNEL, viewerId: BOB }));
      return () => bench.press({ userId: ANN, messageTs: shared.ts, actionId: "run:0" });
    },
  },
  {
    name: "Share",
    methods: ["response_url", "conversations.info", "conversations.members"],
    isTimed: true,
    prepare: pressing("share:3"),
  },
  {
    name: "Download",
    methods: ["conversations.open", ...uploading, "response_url"],
    prepare: pressing("download:4", (line) => `csv top ${line}`),
  },
  {
    name: "a chart",
    methods: ["response_url"],
    prepare: async (bench, line) => () => type(bench, `bars ${line}`),
  },
  {
    name: "a chart as a picture",
    methods: ["conversations.open", ...uploading],
    prepare: async (bench, line) => () => type(bench, `pareto ${line}`),
  },
  {
    name: "a picture that is shared",
    methods: ["upload_url", "files.completeUploadExternal", "files.info"],
    prepare: pressing("share:3", undefined, "pareto"),
  },
  { name: "the filter form, opened", methods: ["views.open"], isTimed: true, prepare: pressing("filter:1") },
  { name: "the filter form, submitted", methods: ["response_url"], prepare: submitting("filter:1") },
  { name: "the settings form, opened", methods: ["views.open"], prepare: pressing("form:2") },
  { name: "the settings form, submitted", methods: ["response_url"], prepare: submitting("form:2") },
  {
    name: "an import",
    methods: ["conversations.open", "chat.postMessage", "files.info", "url_private", "chat.update"],
    prepare: async (bench, line) => async () => {
      bench.giveFile(ANN, { name: `${line}.csv`.replaceAll(" ", "-"), bytes: Buffer.from("a,b\n1,2\n") });
    },
  },
];

test.concurrent.each(deeds)("$name", { timeout: 120_000 }, async ({ methods, prepare, isTimed }) => {
  const bench = await startBench({ desk: createSampleDesk(), drawChart: async () => PICTURE });
  const cells = methods.flatMap((method, index) =>
    [...meetings(method), ...(isTimed && index === 0 ? [late(method)] : [])].map((meeting) => ({
      method,
      meeting,
    })),
  );
  const wrong: string[] = [];
  try {
    for (const [index, { method, meeting }] of cells.entries()) {
      const said = await meet(bench, { prepare, method, meeting, line: `number ${index}` });
      wrong.push(...said.map((problem) => `${method}, ${meeting.name}: ${problem}`));
    }
    expect(wrong).toEqual([]);
    expect(bench.logLines.join("")).not.toMatch(/xoxb-|\/response\/\w|\/upload\/v1|\/files-pri\//);
    expect(bench.logLines.join("")).not.toContain(SIGNING_SECRET);
    expect(bench.violations).toEqual([]);
  } finally {
    await bench.stop();
  }
});

/** One deed under one fault, and what was wrong about how it went. */
async function meet(
  bench: Bench,
  cell: {
    readonly prepare: Deed["prepare"];
    readonly method: string;
    readonly meeting: Meeting;
    readonly line: string;
  },
): Promise<readonly string[]> {
  const { name: _, cause, ...fault } = cell.meeting;
  // Who is in the channel is asked anew.
  bench.later(2 * 60_000);
  const act = await cell.prepare(bench, cell.line);
  await settled(bench);
  const before = { seen: everything(bench, ANN), logged: bench.logged.length, modals: bench.views.length };
  // Where nothing was heard of a question, it is asked again.
  const isAskedAgain = cell.method.startsWith("conversations.") && (fault.status !== undefined || fault.drop);
  bench.faults.next({ method: cell.method, ...fault, times: isAskedAgain ? 2 : 1 });
  await act();
  await settled(bench);
  // What came too late for us comes all the same.
  if (fault.delayMs !== undefined) await pause(1_000);
  const seen = everything(bench, ANN);
  const news = seen.filter((each) => !before.seen.includes(each));
  const told = (all: readonly string[]) => all.filter((each) => each.includes(`${cell.line}.`)).length;
  const logged = JSON.stringify(bench.logged.slice(before.logged));
  for (const { userId, view } of bench.views) await bench.closeView({ userId, viewId: view.id });
  return [
    ...(news.length === 0 && bench.views.length === before.modals ? ["nothing was said"] : []),
    ...(told(news) > 1 ? [`said ${told(news)} times: ${news.join(" | ")}`] : []),
    ...(told(everything(bench, BOB)) > 1 ? ["posted twice"] : []),
    ...(news.filter((each) => each.includes('"fileIds":["F')).length > 1 ? ["sent twice"] : []),
    ...(cause.test(logged) ? [] : [`the log says ${logged}`]),
  ];
}

/** What a person sees in the channel and in direct messages, each message as text. */
function everything(bench: Bench, viewerId: string): readonly string[] {
  return [CHANNEL, bench.directMessages(viewerId)]
    .flatMap((channelId) => bench.messages({ channelId, viewerId }))
    .filter(({ from }) => from === "app")
    .map(({ ts, version, text, blocks, fileIds }) => JSON.stringify({ ts, version, text, blocks, fileIds }));
}

/** Waits until every request and event that the app was sent is done. */
async function settled(bench: Bench): Promise<void> {
  const done = () => bench.logLines.filter((line) => line.includes('"msg":"request"')).length;
  const isSent = () => bench.events().every(({ attempts }) => attempts.length > 0);
  for (let waited = 0; !isSent() || done() < bench.deliveries.length; waited += 5) {
    if (waited > 20_000) throw new Error("a request is never done");
    await pause(5);
  }
}

const type = (bench: Bench, text: string) => bench.slash({ userId: ANN, channelId: CHANNEL, text });

/** Types a line, and then presses something in its answer. */
function pressing(actionId: string, choice?: (line: string) => string, command = "top"): Deed["prepare"] {
  return async (bench, line) => {
    await type(bench, `${command} ${line}`);
    await settled(bench);
    const { ts: messageTs } = newest(bench.messages({ channelId: CHANNEL, viewerId: ANN }));
    return () => bench.press({ userId: ANN, messageTs, actionId, ...(choice && { value: choice(line) }) });
  };
}

/** Opens a form from an answer, and then submits it. */
function submitting(actionId: string): Deed["prepare"] {
  return async (bench, line) => {
    await (await pressing(actionId)(bench, line))();
    const view = await bench.waitFor(() => bench.frontModal(ANN));
    return () => bench.submitView({ userId: ANN, viewId: view.id });
  };
}

function newest(messages: readonly Message[]): Message {
  const last = messages.at(-1);
  if (!last) throw new Error("no message");
  return last;
}

/** A desk whose answers differ from line to line, charts included, and that takes every file and every setting. */
function createSampleDesk(): Desk {
  const reply = (headline: string): Reply => ({ headline, data: {} });
  const fake = createFakeDesk({ answer: answerOf }, []);
  return {
    ...fake,
    settingsForm: async () => ({
      ok: true,
      note: "All of them.",
      fields: [
        { name: "currency", label: "Currency", hint: "", example: "EUR", value: "EUR", isOptional: false },
      ],
    }),
    submitSettings: async () => ({ ok: true, reply: reply("Nothing was changed.") }),
    intake: {
      ...fake.intake,
      refusal: async () => undefined,
      preview: async () => ({ ok: true, reply: reply("Checked.") }),
    },
  };
}

function answerOf(request: Request): Answer {
  const answer = sampleAnswer(request);
  if (!answer.ok) return answer;
  const charts = answer.reply.charts?.map((chart) => ({ ...chart, omission: `Only ${request.line}` }));
  return { ...answer, reply: { ...answer.reply, ...(charts && { charts }) } };
}
