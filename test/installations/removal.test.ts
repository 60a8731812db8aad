import { afterEach, describe, expect, test } from "vitest";
import { deleteRemoved } from "../../src/installations/delete-removed.ts";
import { createLog } from "../../src/log.ts";
import { company, deal, openWorkspace, rawRows } from "../helpers/workspace.ts";
import { ANN, CHANNEL } from "../slack/slack-bench.ts";
import { type OauthBench, startOauthBench } from "./oauth-bench.ts";

let bench: OauthBench;
afterEach(() => bench.stop());

const uninstalled = { type: "app_uninstalled" };
const revoked = { type: "tokens_revoked", tokens: { bot: ["U0BOT"] } };

async function rowOf(workspaceId: string) {
  const [row] = await rawRows("SELECT sealed_tokens, removed_at FROM installation WHERE workspace_id = $1", [
    workspaceId,
  ]);
  return row;
}
const isRemoved = async () => (await rowOf(bench.leftId))?.removed_at !== null;
const logged = (sentence: string) => bench.logLines.filter((line) => line.includes(sentence)).length;

async function installed(): Promise<void> {
  bench = await startOauthBench();
  await bench.install(bench.left);
  await bench.install(bench.right);
  await bench.type(bench.left, "top A");
}

/** Waits until the events are handled, which happens after they are acknowledged. */
const handled = (count: number) =>
  bench.left.waitFor(() => logged("removed from a workspace") + logged("was no news") === count);

describe("a workspace that removes the app", () => {
  test.each([
    ["app_uninstalled first", ["app_uninstalled", "tokens_revoked"]],
    ["tokens_revoked first", ["tokens_revoked", "app_uninstalled"]],
  ] as const)("is forgotten at once, with %s", async (_, order) => {
    await installed();
    await bench.left.uninstall({ order: [...order] });
    await handled(2);
    expect(await rowOf(bench.leftId)).toMatchObject({ sealed_tokens: null });
    expect(await isRemoved()).toBe(true);
    expect(logged("the app was removed from a workspace")).toBe(1);
    expect(await bench.replicas[0]?.installations.of(bench.leftId)).toBeUndefined();
    const calls = bench.left.calls.length;
    expect((await bench.type(bench.left, "top B")).text).toContain("not installed");
    expect(bench.left.calls).toHaveLength(calls);
    // Nobody else is concerned.
    expect((await bench.type(bench.right, "top B")).text).toBe("Answer to top B");
  });

  test("keeps the app when only what people allowed it is revoked", async () => {
    await installed();
    expect(
      await bench.sendEvent(
        bench.leftId,
        { type: "tokens_revoked", tokens: { oauth: ["U0ANN"] } },
        new Date(),
      ),
    ).toBe(200);
    expect(
      await bench.sendEvent(
        bench.leftId,
        { type: "tokens_revoked", tokens: { oauth: ["U0ANN"], bot: [] } },
        new Date(),
      ),
    ).toBe(200);
    expect((await bench.type(bench.left, "top B")).text).toBe("Answer to top B");
    expect(await isRemoved()).toBe(false);
  });

  test("and installs it again is not removed by events that come late", async () => {
    await installed();
    const before = new Date(Date.now() - 60_000);
    for (const event of [uninstalled, revoked]) await bench.sendEvent(bench.leftId, event, before);
    await handled(2);
    expect(await isRemoved()).toBe(false);
    expect((await bench.type(bench.left, "top B")).text).toBe("Answer to top B");
  });

  test("of which Slack says so while its token works keeps the app: somebody has installed it once more", async () => {
    await installed();
    const soon = new Date(Date.now() + 1_000);
    for (const event of [revoked, uninstalled]) await bench.sendEvent(bench.leftId, event, soon);
    await handled(2);
    expect(await isRemoved()).toBe(false);
    expect((await bench.type(bench.left, "top B")).text).toBe("Answer to top B");
  });

  test("while Slack cannot be asked is believed, unless the app was installed later", async () => {
    await installed();
    bench.left.faults.next({ method: "auth.test", status: 500, times: 4 });
    await bench.sendEvent(bench.leftId, uninstalled, new Date(Date.now() - 60_000));
    await handled(1);
    expect(await isRemoved()).toBe(false);
    await bench.sendEvent(bench.leftId, uninstalled, new Date());
    await handled(2);
    expect(await isRemoved()).toBe(true);
  });

  test("can come back", async () => {
    await installed();
    await bench.left.uninstall();
    await handled(2);
    await bench.install(bench.left);
    expect((await bench.type(bench.left, "top B")).text).toBe("Answer to top B");
  });

  test("that never had it changes nothing", async () => {
    await installed();
    await bench.sendEvent("T0NOBODY", uninstalled, new Date());
    await handled(1);
    expect(logged("was no news")).toBe(1);
  });
});

describe("the data of a workspace that removed the app", () => {
  const someData = {
    companies: [company("1", "Acme"), company("2", "Beta")],
    deals: [deal("10", "1", "100.00", "2026-05-01", { Product: "Pump" })],
  };
  const sweep = async (store: OauthBench["store"], afterDays: number, logLines: string[] = []) =>
    deleteRemoved({
      store,
      afterDays,
      log: createLog("info", { write: (line) => void logLines.push(line) }),
    });

  /** A workspace with data, in which the app is installed, and one beside it that stays. */
  async function withData() {
    const [leaving, staying] = [await openWorkspace(), await openWorkspace()];
    bench = await startOauthBench({ ids: [leaving.id, staying.id] });
    for (const workspace of [leaving, staying]) await workspace.import(someData);
    await leaving.reads.setByHand("2026-01-01");
    await bench.install(bench.left);
    await bench.install(bench.right);
    await bench.type(bench.left, "top A");
    const rows = async () =>
      Object.entries(await leaving.dump()).flatMap(([table, found]) =>
        table === "installation" ? [] : found.map(() => table),
      );
    return { leaving, staying, rows };
  }

  const ago = (days: number) =>
    rawRows(
      "UPDATE installation SET removed_at = now() - make_interval(days => $2) WHERE workspace_id = $1",
      [bench.leftId, days],
    );

  test("is kept for the delay, and deleted after it, with every trace of the workspace and of no other", async () => {
    const { staying, rows } = await withData();
    const untouched = await staying.dump();
    await bench.left.uninstall();
    await handled(2);
    await ago(29);
    await sweep(bench.store, 30);
    expect(await rows()).toContain("account");
    await ago(30);
    const logLines: string[] = [];
    // Several replicas sweep at the same time.
    await Promise.all([1, 2, 3].map(() => sweep(bench.store, 30, logLines)));
    expect(await rows()).toEqual([]);
    expect(await rowOf(bench.leftId)).toBeUndefined();
    expect(logLines.filter((line) => line.includes("was deleted"))).toHaveLength(1);
    expect(logLines.join("")).not.toContain("could not");
    expect(await staying.dump()).toEqual(untouched);
  });

  test("is there again when the app is installed again within the delay", async () => {
    const { rows } = await withData();
    const before = await rows();
    await bench.left.uninstall();
    await handled(2);
    await ago(29);
    await bench.install(bench.left);
    await ago(0).then(() =>
      rawRows("UPDATE installation SET removed_at = NULL WHERE workspace_id = $1", [bench.leftId]),
    );
    await sweep(bench.store, 0);
    expect((await rows()).filter((table) => table !== "receipt")).toEqual(
      before.filter((table) => table !== "receipt"),
    );
  });

  test("is not half deleted: a deletion that died is finished before the app is installed again", async () => {
    const { rows } = await withData();
    await bench.left.uninstall();
    await handled(2);
    await rawRows(
      "UPDATE installation SET deleting_until = now() + interval '1 minute' WHERE workspace_id = $1",
      [bench.leftId],
    );
    // Somebody is at it.
    expect((await bench.install(bench.left)).status).toBe(503);
    expect(await rows()).toContain("account");
    await rawRows(
      "UPDATE installation SET deleting_until = now() - interval '1 second' WHERE workspace_id = $1",
      [bench.leftId],
    );
    expect((await bench.install(bench.left)).status).toBe(200);
    expect(await rows()).toEqual([]);
    expect((await bench.type(bench.left, "top B")).text).toBe("Answer to top B");
  });

  test("of a workspace that has the app cannot be deleted", async () => {
    const { rows } = await withData();
    expect(await bench.store.deleteWorkspace(bench.leftId)).toBeUndefined();
    expect(await rows()).toContain("account");
    expect(bench.left.messages({ channelId: CHANNEL, viewerId: ANN })).toHaveLength(1);
  });
});
