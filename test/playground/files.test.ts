import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  BOT_TOKEN,
  CHANNEL,
  GUEST,
  MANAGER,
  REP,
  SHARED_CHANNEL,
  type StubApp,
  startStubApp,
} from "./stub-app.ts";

let app: StubApp;

beforeEach(async () => {
  app = await startStubApp();
});
afterEach(() => app.close());

const TABLE = "account;value\nBrightwater Logistics;412900\n";
const bytes = (id: string) => app.playground.file(id).bytes.toString();

/** Asks for an upload address for `TABLE`. */
async function reserve(more: object = {}): Promise<{ readonly url: string; readonly id: string }> {
  const answer = await app.call("files.getUploadURLExternal", {
    filename: "list.csv",
    length: TABLE.length,
    ...more,
  });
  return { url: String(answer.upload_url), id: String(answer.file_id) };
}

/** Uploads `TABLE` and completes it with the arguments given. */
async function upload(more: object = { channel_id: CHANNEL }): Promise<string> {
  const { url, id } = await reserve();
  await fetch(url, { method: "POST", body: TABLE });
  const answer = await app.call("files.completeUploadExternal", { files: [{ id }], ...more });
  expect(answer).toMatchObject({ ok: true });
  return id;
}

/** A PNG that says it is 800 by 450 pixels. */
const PICTURE = Buffer.concat([
  Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
  Buffer.from("00000320000001c20802000000", "hex"),
]);

async function uploadPicture(): Promise<string> {
  const { url, id } = await reserve({ filename: "chart.png", length: PICTURE.length });
  await fetch(url, { method: "POST", body: PICTURE });
  expect(await app.call("files.completeUploadExternal", { files: [{ id }] })).toMatchObject({ ok: true });
  return id;
}

/** A message that shows a file in place. */
function picture(id: string) {
  const image = { type: "image", slack_file: { id }, alt_text: "Accounts by value" };
  return { channel: CHANNEL, text: "chart", blocks: [image] };
}

describe("an upload by the app", () => {
  it("becomes a message with the file, in Slack's shape", async () => {
    const { url, id } = await reserve({ alt_txt: "A list" });
    expect((await fetch(url, { method: "POST", body: TABLE })).status).toBe(200);
    const answer = await app.call("files.completeUploadExternal", {
      files: [{ id, title: "The list" }],
      channel_id: CHANNEL,
      initial_comment: "Here it is",
    });
    const [message] = app.playground.messages({ channelId: CHANNEL, viewerId: REP });
    expect(message).toMatchObject({ from: "app", text: "Here it is", fileIds: [id] });
    expect(answer.files).toMatchObject([
      {
        id,
        name: "list.csv",
        title: "The list",
        mimetype: "text/csv",
        filetype: "csv",
        pretty_type: "CSV",
        size: TABLE.length,
        mode: "hosted",
        user: "U0PLAYGROUND",
        alt_txt: "A list",
        file_access: "visible",
        channels: [CHANNEL],
        ims: [],
        shares: { public: { [CHANNEL]: [{ ts: message?.ts, channel_name: "sales" }] }, private: {} },
      },
    ]);
    expect(await app.call("files.info", { file: id })).toMatchObject({ file: { id, title: "The list" } });
    expect(bytes(id)).toBe(TABLE);
    expect(app.playground.violations).toEqual([]);
  });

  it("may come as a form, whatever its field is called", async () => {
    const { url, id } = await reserve();
    const form = new FormData();
    form.append("body", new Blob([TABLE]), "Untitled");
    expect((await fetch(url, { method: "POST", body: form })).status).toBe(200);
    await app.call("files.completeUploadExternal", { files: [{ id }] });
    expect(bytes(id)).toBe(TABLE);
    expect(app.playground.file(id).shares).toEqual([]);
  });

  it("goes to several channels, threads and people", async () => {
    const several = await upload({ channels: `${CHANNEL},${REP}` });
    expect(app.playground.file(several).shares.map(({ channelId }) => channelId)).toEqual([
      CHANNEL,
      app.playground.directMessages(REP),
    ]);
    const ts = app.playground.messages({ channelId: CHANNEL, viewerId: REP })[0]?.ts;
    await upload({ channel_id: CHANNEL, thread_ts: ts });
    expect(app.playground.messages({ channelId: CHANNEL, viewerId: REP })[1]?.threadTs).toBe(ts);
  });

  it.each([
    ["no name", { length: 3 }, "missing required field: filename"],
    ["no length", { filename: "a.csv" }, "missing required field: length"],
    ["an empty file", { filename: "a.csv", length: 0 }, "json-pointer:/length"],
    ["half a byte", { filename: "a.csv", length: 1.5 }, "json-pointer:/length"],
    ["a wrong type", { filename: 7, length: 3 }, "json-pointer:/filename"],
    ["an unknown argument", { filename: "a.csv", length: 3, colour: "red" }, "unknown argument: colour"],
  ])("is refused with %s", async (_what, args, line) => {
    const answer = await app.call("files.getUploadURLExternal", args);
    expect(answer).toMatchObject({ ok: false, error: "invalid_arguments" });
    expect(JSON.stringify(answer.response_metadata)).toContain(line);
  });

  it("is refused when it is too large or described at too great length", async () => {
    const ask = (more: object) =>
      app.call("files.getUploadURLExternal", { filename: "a.csv", length: 3, ...more });
    expect(await ask({ length: 1_000_000_001 })).toMatchObject({ error: "file_upload_size_restricted" });
    expect(await ask({ length: 1_000_000_000 })).toMatchObject({ ok: true });
    expect(await ask({ alt_txt: "x".repeat(1001) })).toMatchObject({ error: "alt_txt_too_large" });
  });

  it("is refused where the app is not, and leaves nothing behind", async () => {
    const { url, id } = await reserve();
    await fetch(url, { method: "POST", body: TABLE });
    const complete = (more: object) => app.call("files.completeUploadExternal", { files: [{ id }], ...more });
    expect(await complete({ channel_id: "C0RANDOM" })).toMatchObject({ error: "not_in_channel" });
    expect(await complete({ channel_id: "C404" })).toMatchObject({ error: "channel_not_found" });
    expect(await complete({ channels: `${CHANNEL},C404` })).toMatchObject({ error: "channel_not_found" });
    expect(await complete({ channel_id: CHANNEL, files: [{ id }, { id: "F404" }] })).toMatchObject({
      error: "file_not_found",
    });
    expect(await complete({ channel_id: CHANNEL, files: [] })).toMatchObject({ error: "invalid_arguments" });
    expect(app.playground.messages({ channelId: CHANNEL, viewerId: REP })).toEqual([]);
    expect(await complete({ channel_id: CHANNEL })).toMatchObject({ ok: true });
    expect(await complete({ channel_id: CHANNEL })).toMatchObject({ error: "file_not_found" });
  });

  it("is refused without its bytes, or with others than announced", async () => {
    const { url, id } = await reserve();
    expect((await fetch(url, { method: "POST", body: "short" })).status).toBe(400);
    expect((await fetch(`${url}X`, { method: "POST", body: TABLE })).status).toBe(404);
    expect(await app.call("files.completeUploadExternal", { files: [{ id }] })).toMatchObject({
      error: "file_not_found",
    });
  });

  it("checks the blocks that introduce it", async () => {
    const { url, id } = await reserve();
    await fetch(url, { method: "POST", body: TABLE });
    const blocks = [{ type: "header" }];
    expect(
      await app.call("files.completeUploadExternal", { files: [{ id }], channel_id: CHANNEL, blocks }),
    ).toMatchObject({ error: "invalid_blocks" });
  });

  it("can be made to fail or wait at each step", async () => {
    const { faults } = app.playground;
    faults.next({ method: "files.getUploadURLExternal", error: "internal_error" });
    faults.next({ method: "upload_url", status: 503 });
    faults.next({ method: "files.completeUploadExternal", retryAfter: 2 });
    expect(await app.call("files.getUploadURLExternal")).toMatchObject({ error: "internal_error" });
    const { url, id } = await reserve();
    expect((await fetch(url, { method: "POST", body: TABLE })).status).toBe(503);
    expect((await fetch(url, { method: "POST", body: TABLE })).status).toBe(200);
    const complete = () => app.call("files.completeUploadExternal", { files: [{ id }] });
    expect(await complete()).toMatchObject({ error: "ratelimited" });
    expect(await complete()).toMatchObject({ ok: true });
  });
});

describe("a file", () => {
  const open = (url: string, token?: string) =>
    fetch(url, token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } });
  const addressOf = async (id: string) => {
    const { file } = (await app.call("files.info", { file: id })) as { file: Record<string, string> };
    return [file.url_private ?? "", file.url_private_download ?? ""] as const;
  };

  it("opens with the bot's token alone; others are shown a page to sign in", async () => {
    for (const url of await addressOf(await upload())) {
      expect(await (await open(url, BOT_TOKEN)).text()).toBe(TABLE);
      expect((await fetch(url, { redirect: "manual" })).status).toBe(302);
      const page = await open(url, "xoxb-of-somebody-else");
      expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
      expect(await page.text()).toContain("Sign in");
    }
  });

  it("of a person opens for the app once it is posted where the app is", async () => {
    const posted = app.playground.giveFile(REP, { name: "Käufe (neu).csv", bytes: TABLE, text: "please" });
    const id = posted.fileIds?.[0] ?? "";
    const [url] = await addressOf(id);
    const answer = await open(url, BOT_TOKEN);
    expect(await answer.text()).toBe(TABLE);
    expect(answer.headers.get("content-disposition")).toContain("K%C3%A4ufe%20%28neu%29.csv");
    const elsewhere = app.playground.giveFile(REP, { name: "b.csv", bytes: TABLE, channelId: "C0RANDOM" });
    expect(await app.call("files.info", { file: elsewhere.fileIds?.[0] })).toMatchObject({
      error: "file_not_found",
    });
  });

  it("opens in the page for those who see it", async () => {
    const id = await upload({ channel_id: SHARED_CHANNEL });
    const seenBy = async (user: string) =>
      (await fetch(`${app.playground.url}page/file?id=${id}&user=${user}`)).status;
    expect([await seenBy(MANAGER), await seenBy(GUEST), await seenBy(REP)]).toEqual([200, 200, 404]);
  });

  it("of the app can be deleted by the app", async () => {
    const id = await upload();
    const given = app.playground.giveFile(REP, { name: "a.csv", bytes: TABLE }).fileIds?.[0];
    expect(await app.call("files.delete", { file: given })).toMatchObject({ error: "cant_delete_file" });
    expect(await app.call("files.delete", { file: "F404" })).toMatchObject({ error: "file_not_found" });
    const [url] = await addressOf(id);
    expect(await app.call("files.delete", { file: id })).toMatchObject({ ok: true });
    expect((await open(url, BOT_TOKEN)).url).toContain("/signin");
    expect(await app.call("files.info", { file: id })).toMatchObject({ error: "file_deleted" });
    expect(app.playground.files().map((file) => file.id)).toEqual([given]);
  });

  it("stands in a message as a picture only if it exists and is one", async () => {
    const id = await uploadPicture();
    expect(await app.call("chat.postMessage", picture("F404"))).toMatchObject({ error: "invalid_blocks" });
    expect(await app.call("chat.postMessage", picture(await upload({})))).toMatchObject({
      error: "invalid_blocks",
    });
    expect((await fetch(`${app.playground.url}page/file?id=${id}&user=${REP}`)).status).toBe(404);
    expect(await app.call("chat.postMessage", picture(id))).toMatchObject({ ok: true });
    expect((await fetch(`${app.playground.url}page/file?id=${id}&user=${REP}`)).status).toBe(200);
  });
});

describe("a file that is still processed", () => {
  let clockMs = 0;
  const start = async () => {
    await app.close();
    app = await startStubApp({ fileProcessingMs: 400, now: () => new Date(clockMs) });
  };
  const info = async (id: string) => {
    const { file } = (await app.call("files.info", { file: id })) as { file: Record<string, unknown> };
    return file;
  };

  it("has neither type nor size nor place, and no message shows it; then it has all", async () => {
    await start();
    const id = await uploadPicture();
    clockMs += 399;
    expect(await info(id)).toMatchObject({ id, mimetype: "", filetype: "", pretty_type: "" });
    expect(await info(id)).not.toHaveProperty("original_w");
    const refused = await app.call("chat.postMessage", picture(id));
    expect(refused).toMatchObject({ ok: false, error: "invalid_blocks" });
    expect(JSON.stringify(refused)).toContain("files.info");
    expect(app.playground.messages({ channelId: CHANNEL, viewerId: REP })).toEqual([]);
    clockMs += 1;
    expect(await info(id)).toMatchObject({
      mimetype: "image/png",
      filetype: "png",
      original_w: 800,
      original_h: 450,
      thumb_360_w: 360,
      thumb_360_h: 203,
    });
    expect(await app.call("chat.postMessage", picture(id))).toMatchObject({ ok: true });
  });

  it("tells late where it was posted; the message itself is there at once", async () => {
    await start();
    const id = await upload();
    expect(await info(id)).toMatchObject({ channels: [], shares: { public: {}, private: {} } });
    expect(app.playground.messages({ channelId: CHANNEL, viewerId: REP })).toHaveLength(1);
    clockMs += 400;
    expect(await info(id)).toMatchObject({ channels: [CHANNEL], mimetype: "text/csv" });
  });

  it("is none that a person has given: those are known when the app hears of them", async () => {
    await start();
    const id = app.playground.giveFile(REP, { name: "a.csv", bytes: TABLE }).fileIds?.[0] ?? "";
    expect(await info(id)).toMatchObject({ mimetype: "text/csv" });
  });
});

it("refuses what the token's scopes do not allow", async () => {
  const other = await startStubApp({ scopes: ["chat:write", "files:write"] });
  expect(await other.call("files.info", { file: "F1" })).toMatchObject({
    ok: false,
    error: "missing_scope",
    needed: "files:read",
    provided: "chat:write,files:write",
  });
  const { fileIds } = other.playground.giveFile(REP, { name: "a.csv", bytes: TABLE });
  const url = `${other.playground.url}files-pri/T0NORDWIND-${fileIds?.[0]}/a.csv`;
  const answer = await fetch(url, { headers: { Authorization: `Bearer ${BOT_TOKEN}` } });
  expect(await answer.text()).toContain("Sign in");
  await other.close();
});
