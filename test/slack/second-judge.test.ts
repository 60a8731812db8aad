import { afterAll, beforeAll, expect, test } from "vitest";
import { type Posted, type SecondJudge, startSecondJudge } from "./second-judge.ts";

// What the app does with Slack's Web API, judged by an emulator that was not written for it.

let judge: SecondJudge;
let [ann, bob] = ["", ""];
beforeAll(async () => {
  judge = await startSecondJudge();
  [ann = "", bob = ""] = [judge.users.ann, judge.users.bob];
  expect(await judge.install("ann")).toContain("Portfolio is installed");
});
afterAll(() => judge.stop());

function only(posts: readonly Posted[]): Posted {
  expect(posts).toHaveLength(1);
  return posts[0] as Posted;
}

/** What somebody reads in their direct messages with the app, newest first. */
async function inDirectMessages(userId: string) {
  const { channel } = (await judge.call("conversations.open", { users: userId })) as {
    channel: { id: string };
  };
  const { messages } = (await judge.call("conversations.history", { channel: channel.id })) as {
    messages: readonly {
      readonly text: string;
      readonly ts: string;
      readonly blocks?: Posted["blocks"];
      readonly files?: readonly {
        readonly id: string;
        readonly name: string;
        readonly url_private: string;
      }[];
    }[];
  };
  return { channelId: channel.id, messages };
}

async function eventually<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    const value = await look();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`it did not come; the log has ${JSON.stringify(judge.logged)}`);
}

test("OAuth gives a token that is the app's own", async () => {
  expect(await judge.call("auth.test")).toMatchObject({ ok: true, team_id: judge.teamId });
});

test("a person is known by their address, and answered", async () => {
  const answer = only(await judge.slash(bob, "top mine"));
  expect(answer).toMatchObject({ response_type: "ephemeral", text: "5 accounts (mine): 31.8 % of spend" });
});

test("Share looks up who reads the channel, and posts with a name", async () => {
  const shared = only(await judge.press(ann, only(await judge.slash(ann, "top A")), "share"));
  expect(shared.response_type).toBe("in_channel");
  expect(JSON.stringify(shared.blocks)).toContain("Shared by Ann Archer");
});

test("a form is opened", async () => {
  const list = only(await judge.slash(ann, "top A"));
  await judge.pressForForm(ann, list, "filter", "Filter this list");
  expect(judge.logged).toEqual([]);
});

test("a list comes as a file into direct messages, whole", async () => {
  const list = only(await judge.slash(ann, "top"));
  const said = only(await judge.press(ann, list, "download", "csv top"));
  expect(said.text).toContain("is in our direct messages");
  const { messages } = await inDirectMessages(ann);
  const file = messages.flatMap(({ files = [] }) => files).find(({ name }) => name.endsWith(".csv"));
  const csv = (await judge.download(file?.url_private ?? "")).toString();
  expect(csv).toContain("Alder GmbH");
  expect(csv.trim().split("\n")).toHaveLength(11);
});

test("a shared Pareto chart is a picture that is there before the message shows it", async () => {
  const answer = (await judge.slash(ann, "mix chart")).find(({ blocks }) => blocks);
  const shared = only(await judge.press(ann, answer as Posted, "share"));
  const image = shared.blocks?.find(({ type }) => type === "image");
  expect(image?.alt_text).toMatch(/account/);
  const { file } = (await judge.call("files.info", {
    file: (image?.slack_file as { id?: string } | undefined)?.id ?? "",
  })) as { file: { url_private: string } };
  expect((await judge.download(file.url_private)).subarray(1, 4).toString()).toBe("PNG");
});

test("files that are given are fetched, checked, imported, and all of it is one message", async () => {
  const csv = "Record ID,Company name\n901,Judge's Company\n";
  const upload = (await judge.call("files.getUploadURLExternal", {
    filename: "companies.csv",
    length: String(csv.length),
  })) as { upload_url: string; file_id: string };
  await fetch(upload.upload_url, { method: "POST", body: csv });
  await judge.call("files.completeUploadExternal", {
    files: JSON.stringify([{ id: upload.file_id, title: "companies.csv" }]),
  });
  const { channelId } = await inDirectMessages(ann);
  await judge.sendEvent({
    type: "message",
    channel_type: "im",
    subtype: "file_share",
    channel: channelId,
    user: ann,
    ts: "1700000000.000100",
    files: [{ id: upload.file_id }],
  });
  // Words over words, in the one message that was posted.
  await eventually(async () => {
    const { messages } = await inDirectMessages(ann);
    const [newest] = messages;
    return JSON.stringify(newest?.blocks ?? "").includes("import:run") ? newest : undefined;
  });
  expect(judge.logged).toEqual([]);
});

test("an answer whose response URL is used up comes another way", async () => {
  judge.breakResponseUrls();
  await judge.slash(ann, "mix");
  // One warning; an error would say that it did not come at all.
  expect(judge.logged.map(({ level, msg }) => [level, msg])).toEqual([[40, "Slack did not take a message"]]);
  expect(JSON.stringify(judge.logged)).toContain("used_url");
});
