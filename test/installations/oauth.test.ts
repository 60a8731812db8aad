import { afterEach, describe, expect, test } from "vitest";
import { rawRows } from "../helpers/workspace.ts";
import { CHANNEL } from "../slack/slack-bench.ts";
import { cookieOf, type OauthBench, type OauthBenchOptions, open, startOauthBench } from "./oauth-bench.ts";

let bench: OauthBench;
afterEach(async () => {
  await bench.stop();
  expect(bench.logLines.join("")).not.toMatch(/xox[a-z]|client-secret-of/);
});

async function start(options?: OauthBenchOptions): Promise<void> {
  bench = await startOauthBench(options);
}

const installed = async (teamId: string) => (await bench.store.installations.find(teamId)) !== undefined;

describe("installing", () => {
  test("leads from the link to the first answer, in two workspaces at one address", async () => {
    await start();
    for (const slack of [bench.left, bench.right])
      expect(await bench.install(slack)).toMatchObject({
        status: 200,
        text: expect.stringContaining("Portfolio is installed"),
      });
    await Promise.all([bench.type(bench.left, "top A"), bench.type(bench.right, "top B")]);
    const viewers = bench.asked.map(({ line, viewer }) => [line, viewer.workspaceId, viewer.email]).sort();
    expect(viewers).toEqual([
      ["top A", bench.leftId, `ann@${bench.leftId}.example`],
      ["top B", bench.rightId, `ann@${bench.rightId}.example`],
    ]);
    expect(bench.left.violations).toEqual([]);
  });

  test("asks for the scopes of the manifest, and for nothing of a user", async () => {
    await start();
    const link = await fetch(`${bench.replicas[0]?.url}/slack/install`, { redirect: "manual" });
    const { searchParams } = new URL(link.headers.get("location") ?? "");
    expect(searchParams.get("scope")?.split(",")).toContain("commands");
    expect(searchParams.get("user_scope") ?? "").toBe("");
  });

  test("needs the state of the browser that began", async () => {
    await start();
    const link = await fetch(`${bench.replicas[0]?.url}/slack/install`, { redirect: "manual" });
    const back = bench.left.authorize({ userId: "U0ANN", url: link.headers.get("location") ?? "" });
    const other = await fetch(`${bench.replicas[0]?.url}/slack/install`, { redirect: "manual" });
    expect(await open(back, "")).toMatchObject({ status: 400, text: expect.stringContaining("too old") });
    expect(await open(back, cookieOf(other))).toMatchObject({ status: 400 });
    const forged = new URL(back);
    forged.searchParams.set("state", "forged");
    expect(await open(forged.href, "slack-app-oauth-state=forged")).toMatchObject({ status: 400 });
    expect(await installed(bench.leftId)).toBe(false);
    // A code works once, and the first refusals did not use it up.
    expect(await open(back, cookieOf(link))).toMatchObject({ status: 200 });
    expect(await open(back, cookieOf(link))).toMatchObject({ status: 400 });
  });

  test("that is cancelled changes nothing and says so", async () => {
    await start();
    const page = await bench.install(bench.left, "cancel");
    expect(page.text).toContain("You did not allow it");
    expect(await installed(bench.leftId)).toBe(false);
  });

  test("again takes over the new token at once", async () => {
    await start();
    await bench.install(bench.left);
    await bench.type(bench.left, "top A");
    const before = await bench.replicas[0]?.installations.of(bench.leftId);
    await bench.install(bench.left);
    const after = await bench.replicas[0]?.installations.of(bench.leftId);
    expect(after?.token).not.toBe(before?.token);
    expect((await bench.type(bench.left, "top B")).text).toBe("Answer to top B");
  });
});

test("a workspace without the app is told so, and no token of another one is used for it", async () => {
  await start();
  await bench.install(bench.left);
  const message = await bench.type(bench.right, "top A");
  expect(message.text).toContain("Portfolio is not installed in this workspace.");
  expect(bench.asked).toEqual([]);
  expect(bench.right.calls).toEqual([]);
});

test("the database holds no token that can be read", async () => {
  await start({ tokenExpiresInSeconds: 43_200 });
  await bench.install(bench.left);
  const used = (await bench.replicas[0]?.installations.of(bench.leftId))?.token ?? "";
  expect(used).toMatch(/^xoxe\.xoxb-/);
  const tables = await rawRows(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
  );
  const dump = await Promise.all(
    tables.map(async ({ relname }) => rawRows(`SELECT to_jsonb(t)::text AS row FROM "${relname}" t`)),
  );
  const text = JSON.stringify(dump);
  expect(text).toContain(bench.leftId);
  expect(text).not.toContain(used);
  expect(text).not.toMatch(/xoxe|xoxb-[0-9a-f]/);
});

test("installed in one replica, it answers in the other", async () => {
  await start({ replicas: 2 });
  const [, other] = bench.replicas;
  expect(await other?.installations.of(bench.leftId)).toBeUndefined();
  await bench.install(bench.left);
  bench.later(60_000);
  expect(await other?.installations.of(bench.leftId)).toMatchObject({ teamId: bench.leftId });
  expect(bench.left.messages({ channelId: CHANNEL, viewerId: "U0ANN" })).toEqual([]);
});
