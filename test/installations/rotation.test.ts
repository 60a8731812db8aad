import { afterEach, describe, expect, test } from "vitest";
import { createInstallations } from "../../src/installations/installations.ts";
import { type Refreshed, RefreshRefused } from "../../src/installations/refresh-token.ts";
import { createSeal, type Seal } from "../../src/installations/seal.ts";
import { createLog } from "../../src/log.ts";
import type { Store } from "../../src/store/store.ts";
import { openWorkspace, rawRows } from "../helpers/workspace.ts";
import { newKey, type OauthBench, startOauthBench } from "./oauth-bench.ts";

const HOUR_MS = 60 * 60 * 1000;

describe("tokens that expire, at a Slack that gives out and takes back", () => {
  let bench: OauthBench;
  afterEach(() => bench.stop());

  const refreshes = () =>
    bench.left.calls.filter(({ method, args }) => method === "oauth.v2.access" && args.grant_type).length;
  const tokenIn = async (replica: number) =>
    (await bench.replicas[replica]?.installations.of(bench.leftId))?.token;

  test("are refreshed by a job that needs one, two hours before they expire, once for all replicas", async () => {
    bench = await startOauthBench({ tokenExpiresInSeconds: 12 * 3600, replicas: 2 });
    await bench.install(bench.left);
    const first = await tokenIn(0);
    bench.later(9 * HOUR_MS);
    expect(await Promise.all([tokenIn(0), tokenIn(1)])).toEqual([first, first]);
    expect(refreshes()).toBe(0);
    bench.later(1.5 * HOUR_MS);
    // Nobody waits: the old one still works.
    expect(await Promise.all([0, 1, 0, 1].map(tokenIn))).toEqual([first, first, first, first]);
    await Promise.all(bench.replicas.map(({ installations }) => installations.settle()));
    bench.later(60_000);
    const [one, other] = await Promise.all([tokenIn(0), tokenIn(1)]);
    expect(one).not.toBe(first);
    expect(other).toBe(one);
    expect(refreshes()).toBe(1);
  });

  test("that have expired overnight are waited for, once for all who ask", async () => {
    bench = await startOauthBench({ tokenExpiresInSeconds: 12 * 3600, replicas: 2 });
    await bench.install(bench.left);
    await bench.type(bench.left, "top A");
    bench.later(20 * HOUR_MS);
    const tokens = await Promise.all([0, 1, 0, 1, 1].map(tokenIn));
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toMatch(/^xoxe\.xoxb-/);
    expect(refreshes()).toBe(1);
    expect((await bench.type(bench.left, "top B")).text).toBe("Answer to top B");
    expect(bench.asked.at(-1)?.viewer.email).toBe(`ann@${bench.leftId}.example`);
  });

  test("are refreshed without anybody asking, so that nobody waits after a quiet night", async () => {
    bench = await startOauthBench({ tokenExpiresInSeconds: 12 * 3600 });
    await bench.install(bench.left);
    const first = await tokenIn(0);
    bench.later(10.5 * HOUR_MS);
    await bench.replicas[0]?.installations.refreshDue();
    await bench.replicas[0]?.installations.settle();
    expect(await tokenIn(0)).not.toBe(first);
    expect(refreshes()).toBe(1);
  });

  test("that cannot be refreshed now are refreshed later, and work until they expire", async () => {
    bench = await startOauthBench({ tokenExpiresInSeconds: 12 * 3600 });
    await bench.install(bench.left);
    const first = await tokenIn(0);
    bench.later(11 * HOUR_MS);
    bench.left.faults.next({ method: "oauth.v2.access", status: 500 });
    expect(await tokenIn(0)).toBe(first);
    await bench.replicas[0]?.installations.settle();
    expect(bench.logLines.join("")).toContain("a token could not be refreshed; it is tried again");
    // The store's own clock holds the lease of the attempt that failed.
    await rawRows(
      "UPDATE installation SET refresh_lease_until = now() - interval '1 second' WHERE workspace_id = $1",
      [bench.leftId],
    );
    bench.later(31_000);
    expect(await tokenIn(0)).toBe(first);
    await bench.replicas[0]?.installations.settle();
    expect(await tokenIn(0)).not.toBe(first);
    expect(bench.logLines.join("")).not.toMatch(/xox[a-z]/);
  });

  test("that Slack refuses to refresh work until they expire; then the app must be installed again", async () => {
    bench = await startOauthBench({ tokenExpiresInSeconds: 12 * 3600 });
    await bench.install(bench.left);
    const first = await tokenIn(0);
    bench.later(11 * HOUR_MS);
    bench.left.faults.next({ method: "oauth.v2.access", error: "invalid_refresh_token" });
    bench.right.faults.next({ method: "oauth.v2.access", error: "invalid_refresh_token" });
    expect(await tokenIn(0)).toBe(first);
    await bench.replicas[0]?.installations.settle();
    expect(await tokenIn(0)).toBe(first);
    expect(bench.logLines.join("")).toContain("the app must be installed there again");
    bench.later(2 * HOUR_MS);
    expect(await tokenIn(0)).toBeUndefined();
    expect((await bench.type(bench.left, "top A")).text).toContain("not installed");
    await bench.install(bench.left);
    expect((await bench.type(bench.left, "top B")).text).toBe("Answer to top B");
  });
});

describe("what lies in the store", () => {
  const teamId = () => `T0${newKey().toString().length}${Math.random().toString(36).slice(2)}`;
  const expiring = { token: "xoxe.xoxb-first", refreshToken: "xoxe-first" };

  function installationsWith(
    store: Store,
    seal: Seal,
    parts: { readonly refresh?: () => Promise<Refreshed>; readonly logLines?: string[] } = {},
  ) {
    const { refresh = () => Promise.reject(new RefreshRefused("none")), logLines = [] } = parts;
    const log = createLog("info", { write: (line) => void logLines.push(line) });
    const { installations: rows, deleteWorkspace } = store;
    const check = async () => "unknown" as const;
    return createInstallations({ rows, deleteWorkspace, seal, refresh, check, now: () => new Date(), log });
  }

  const install = (
    id: string,
    installations: ReturnType<typeof installationsWith>,
    expiresAt: Date | undefined = undefined,
  ) =>
    installations.install(
      { workspaceId: id, teamName: "", installedBy: "U1", installedAt: new Date(), expiresAt },
      expiring,
    );

  test("opens with a new key beside the old one, is sealed with the new one then, and needs the old one no more", async () => {
    const { store } = await openWorkspace();
    const [oldKey, key, id, other] = [newKey(), newKey(), teamId(), teamId()];
    const before = installationsWith(store, createSeal([oldKey]));
    await install(id, before);
    await install(other, before);
    const logLines: string[] = [];
    expect(await installationsWith(store, createSeal([key]), { logLines }).of(id)).toBeUndefined();
    expect(logLines.join("")).toContain("is ENCRYPTION_KEY right?");
    const both = installationsWith(store, createSeal([key, oldKey]), { logLines });
    expect(await both.of(id)).toMatchObject({ token: expiring.token });
    expect(await installationsWith(store, createSeal([key])).of(id)).toMatchObject({ token: expiring.token });
    await both.reseal();
    expect(await installationsWith(store, createSeal([key])).of(other)).toMatchObject({
      token: expiring.token,
    });
    expect(await installationsWith(store, createSeal([oldKey])).of(id)).toBeUndefined();
  });

  test("does not open in another workspace's row, changed, or with another key", async () => {
    const { store } = await openWorkspace();
    const [key, id, thief] = [newKey(), teamId(), teamId()];
    const installations = installationsWith(store, createSeal([key]));
    await install(id, installations);
    await install(thief, installations);
    await rawRows(
      "UPDATE installation SET sealed_tokens = (SELECT sealed_tokens FROM installation WHERE workspace_id = $1) WHERE workspace_id = $2",
      [id, thief],
    );
    expect(await installationsWith(store, createSeal([key])).of(thief)).toBeUndefined();
    await rawRows(
      "UPDATE installation SET sealed_tokens = overlay(sealed_tokens placing 'AAAA' from 100) WHERE workspace_id = $1",
      [id],
    );
    expect(await installationsWith(store, createSeal([key])).of(id)).toBeUndefined();
  });

  test("a new token that cannot be saved at once is kept until it can", async () => {
    const { store } = await openWorkspace();
    const [seal, id] = [createSeal([newKey()]), teamId()];
    const refresh = async () => ({
      token: "xoxe.xoxb-next",
      refreshToken: "xoxe-next",
      expiresInSeconds: 43_200,
    });
    let failures = 2;
    const rows: Store["installations"] = {
      ...store.installations,
      saveRefreshed: (...row) => {
        failures -= 1;
        return failures >= 0 ? Promise.reject(new Error("gone")) : store.installations.saveRefreshed(...row);
      },
    };
    const installations = installationsWith({ ...store, installations: rows }, seal, { refresh });
    await install(id, installations, new Date(Date.now() - 1000));
    expect(await installations.of(id)).toMatchObject({ token: "xoxe.xoxb-next" });
    expect(await installationsWith(store, seal).of(id)).toMatchObject({ token: "xoxe.xoxb-next" });
  });

  test("a replica that dies while it refreshes is followed by another one", async () => {
    const { store } = await openWorkspace();
    const [seal, id] = [createSeal([newKey()]), teamId()];
    await install(id, installationsWith(store, seal), new Date(Date.now() + HOUR_MS));
    const row = await store.installations.find(id);
    if (!row) throw new RangeError(id);
    expect(await store.installations.takeRefreshLease(row)).toBe(true);
    expect(await store.installations.takeRefreshLease(row)).toBe(false);
    await rawRows(
      "UPDATE installation SET refresh_lease_until = now() - interval '1 second' WHERE workspace_id = $1",
      [id],
    );
    expect(await store.installations.takeRefreshLease(row)).toBe(true);
    // A token that was replaced meanwhile is not overwritten by one that comes late.
    expect(await store.installations.saveRefreshed({ ...row, version: row.version - 1 }, row)).toBe(false);
  });
});
