import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { unseenChange } from "../../src/store/staleness.ts";
import { ensureWorkspace, touchWorkspace } from "../../src/store/workspaces.ts";
import { accountRecord, openRawWorkspace } from "../helpers/facts.ts";
import { rawRows } from "../helpers/workspace.ts";

const now = new Date();

async function openSold() {
  const workspace = await openRawWorkspace();
  await workspace.startImport("crm");
  await workspace.accounts([{ external_id: "1", name: "Acme" }]);
  await workspace.deals([
    { id: "1", account_record_id: accountRecord("crm", "1"), amount_minor: 100, close_on: "2026-05-01" },
  ]);
  const stale = async (at = now) =>
    (await unseenChange(workspace.database, await ensureWorkspace(workspace.database, workspace.id), at)) !==
    undefined;
  // The store's clock counts milliseconds: what happens in the same one may be newer.
  await sleep(2);
  return { ...workspace, stale };
}

test("stale until it is refreshed, and again when something changes", async () => {
  const workspace = await openSold();
  expect(await workspace.stale()).toBe(true);
  await workspace.refresh();
  expect(await workspace.stale()).toBe(false);
  await touchWorkspace(workspace.database, workspace.id);
  expect(await workspace.stale()).toBe(true);
  await sleep(2);
  await workspace.refresh();
  expect(await workspace.stale()).toBe(false);
});

test("a snapshot is as old as the moment when it began to read", async () => {
  const workspace = await openSold();
  const [before] = await rawRows("SELECT clock_timestamp() AS at");
  const refreshing = workspace.refresh();
  const done = await refreshing;
  const [after] = await rawRows("SELECT clock_timestamp() AS at");
  const [snapshot] = await rawRows(
    "SELECT created_at AS at FROM snapshot WHERE workspace_id = $1 AND id = $2",
    [workspace.id, done?.snapshot],
  );
  expect(Number(snapshot?.at)).toBeGreaterThanOrEqual(Number(before?.at));
  expect(Number(snapshot?.at)).toBeLessThan(Number(after?.at));
});

test("stale once a correction has ended that the snapshot heeded", async () => {
  const workspace = await openSold();
  await workspace.refresh();
  const today = new Date().toISOString().slice(0, 10);
  await rawRows(
    `INSERT INTO correction (workspace_id, account_id, field, value, reason, until, created_by)
     VALUES ($1, $2, 'tier', 'C', 'because', $3, 'test')`,
    [workspace.id, accountRecord("crm", "1"), today],
  );
  expect(await workspace.stale()).toBe(false);
  expect(await workspace.stale(new Date(Date.now() + 86_400_000))).toBe(true);
});
