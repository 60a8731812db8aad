import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { staleWorkspaces } from "../../src/store/stale-workspaces.ts";
import { unseenChange } from "../../src/store/staleness.ts";
import { ensureWorkspace, touchWorkspace } from "../../src/store/workspaces.ts";
import { accountRecord, openRawWorkspace } from "../helpers/facts.ts";
import { rawRows } from "../helpers/workspace.ts";

const DAY_MS = 86_400_000;

async function openSold() {
  const workspace = await openRawWorkspace();
  const { database, id } = workspace;
  await workspace.startImport("crm");
  await workspace.accounts([{ external_id: "1", name: "Acme" }]);
  await workspace.deals([
    { id: "1", account_record_id: accountRecord("crm", "1"), amount_minor: 100, close_on: "2026-05-01" },
  ]);
  // The store's clock counts milliseconds: what happens in the same one may be newer.
  await sleep(2);
  return {
    ...workspace,
    /** What the look at all workspaces says of this one, which is what a look at it alone says. */
    stale: async (at = new Date()) => {
      const found = (await staleWorkspaces(database, at)).find(({ workspaceId }) => workspaceId === id);
      expect(found?.mark).toBe(await unseenChange(database, await ensureWorkspace(database, id), at));
      return found;
    },
    endsOn: (until: string) =>
      rawRows(
        `INSERT INTO correction (workspace_id, account_id, field, value, reason, until, created_by)
         VALUES ($1, $2, 'tier', 'C', 'because', $3, 'test')`,
        [id, accountRecord("crm", "1"), until],
      ),
  };
}

test("each of several workspaces is stale for itself", async () => {
  const [one, other] = [await openSold(), await openSold()];
  const before = await one.stale();
  expect(before).toMatchObject({ workspaceId: one.id, isUnderWay: false });
  await one.refresh();
  expect(await one.stale()).toBeUndefined();
  expect(await other.stale()).toMatchObject({ workspaceId: other.id });
  await touchWorkspace(one.database, one.id);
  const after = await one.stale();
  expect(after?.mark).toEqual(expect.any(String));
  expect(after?.mark).not.toBe(before?.mark);
});

test("a workspace into which nothing was imported has nothing to compute", async () => {
  const { database, id } = await openRawWorkspace();
  const found = await staleWorkspaces(database, new Date());
  expect(found.filter(({ workspaceId }) => workspaceId === id)).toEqual([]);
});

test("somebody is at it while a snapshot is begun and not silent", async () => {
  const workspace = await openSold();
  const begin = (created: string) =>
    rawRows(
      `INSERT INTO snapshot (workspace_id, created_at, as_of, window_after, currency, parameters, totals)
       VALUES ($1, ${created}, 'epoch', 'epoch', 'XXX', '{}', '{}')`,
      [workspace.id],
    );
  await begin("now() - interval '2 minutes'");
  expect(await workspace.stale()).toMatchObject({ isUnderWay: false });
  await begin("now()");
  expect(await workspace.stale()).toMatchObject({ isUnderWay: true });
});

test.each(["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])(
  "in %s a correction ends with the day there",
  async (timeZone) => {
    const workspace = await openSold();
    await workspace.settings({ timeZone });
    await sleep(2);
    await workspace.refresh();
    const now = Date.now();
    const today = new Intl.DateTimeFormat("sv", { timeZone, dateStyle: "short" }).format(now);
    await workspace.endsOn(today);
    expect(await workspace.stale(new Date(now))).toBeUndefined();
    const states: boolean[] = [];
    for (let hours = 0; hours <= 24; hours += 1)
      states.push((await workspace.stale(new Date(now + (hours * DAY_MS) / 24))) !== undefined);
    // It holds to the end of the day, whenever that is, and not after it.
    const stays = states.indexOf(true);
    const day = new Intl.DateTimeFormat("sv", { timeZone, dateStyle: "short" });
    const ends = states.findIndex((_, hours) => day.format(now + (hours * DAY_MS) / 24) > today);
    expect(stays).toBe(ends);
    expect(states.slice(stays).every(Boolean)).toBe(true);
  },
);
