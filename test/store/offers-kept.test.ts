import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { accessOf } from "../../src/store/access.ts";
import { backupToFile, restoreFromFile } from "../../src/store/backup-file.ts";
import { connect } from "../../src/store/connect.ts";
import { createReads } from "../../src/store/create-reads.ts";
import { createDecisions } from "../../src/store/decisions.ts";
import { deleteWorkspace } from "../../src/store/delete-workspace.ts";
import { undoImport } from "../../src/store/undo-import.ts";
import { account, now, type OfferWorld, openOfferWorld } from "../helpers/offer-world.ts";
import { draftOf } from "../helpers/offers.ts";
import { rawRows, temporaryFolder } from "../helpers/workspace.ts";

// What becomes of offers when the data around them is saved, taken back, merged or deleted.

let world: OfferWorld;
let offerId: number;
beforeEach(async () => {
  world = await openOfferWorld();
  offerId = await makeOffer();
});

async function makeOffer(): Promise<number> {
  const { decisions, reads } = await world.as();
  const snapshot = await reads.snapshot();
  if (!snapshot) throw new RangeError("no snapshot");
  const about = { productIds: [], restDays: 30, most: 100, today: "2026-07-01" };
  const { rows } = await reads.candidates(snapshot, {}, about);
  const { id } = await decisions.createOffer(draftOf(rows, { snapshotId: snapshot.id }), now);
  await decisions.holdBack(account("Elder"), { kind: "overdue", reason: "two bills" });
  await decisions.step(id, account("Alder"), { kind: "outcome", outcome: "won", amount: 1_000 }, now);
  return id;
}

const offerTables = ["account_hold", "offer", "offer_account", "offer_event", "offer_wave"];

async function rowsIn(workspaceId: string): Promise<readonly number[]> {
  return Promise.all(
    offerTables.map(async (table) => {
      const [row] = await rawRows(`SELECT COUNT(*)::int AS rows FROM ${table} WHERE workspace_id = $1`, [
        workspaceId,
      ]);
      return Number(row?.rows);
    }),
  );
}

test("a deleted workspace leaves none, and takes nobody else's", async () => {
  const other = world;
  const before = await rowsIn(other.workspace.id);
  world = await openOfferWorld();
  await makeOffer();
  const { id, database } = world.workspace;
  const counts = await deleteWorkspace(database, id);
  expect(counts).toMatchObject({ offer: 1, offer_account: 7, offer_wave: 4, account_hold: 1 });
  expect(await rowsIn(id)).toEqual([0, 0, 0, 0, 0]);
  expect(await rowsIn(other.workspace.id)).toEqual(before);
});

test("an import that is undone takes its accounts out of sight, and leaves the offer and its log", async () => {
  const { workspace } = world;
  const late = await workspace.startImport("ledger");
  await workspace.accounts([{ external_id: "Late", name: "Late", industry: "Mills" }]);
  await workspace.refresh("2026-06-30", now);
  const { decisions, reads } = await world.as();
  const snapshot = await reads.snapshot();
  if (!snapshot) throw new RangeError("no snapshot");
  const about = { productIds: [], restDays: 0, most: 100, today: "2026-07-01" };
  const { rows } = await reads.candidates(snapshot, {}, about);
  const second = await decisions.createOffer(draftOf(rows, { name: "Second" }), now);
  const names = async (own = reads) =>
    (await own.members(second.id, { wave: "lookalikes", now }, { offset: 0 })).rows.map((row) => row.account);
  expect((await names()).toSorted()).toEqual(["Late", "Pine"]);
  const [late_] = rows.filter((row) => row.account === "Late");
  const lateId = late_?.accountId ?? "";
  await decisions.setWave(second.id, "lookalikes", { status: "open", reason: "now" }, now);
  await decisions.step(second.id, lateId, { kind: "claim" }, now);
  await undoImport(workspace.database, workspace.id, late, { startedBy: "test" });
  await workspace.refresh("2026-06-30", now);
  const after = await world.as();
  expect(await names(after.reads)).toEqual(["Pine"]);
  const waves = (await after.reads.offer(second.id, now))?.waves;
  expect(waves?.find(({ wave }) => wave === "lookalikes")).toMatchObject({ accounts: 1, held: 1 });
  const log = await after.reads.offerEvents(second.id, { accountId: lateId }, 10);
  expect(log).toMatchObject([{ kind: "claim", account: "Late" }]);
  await expect(after.decisions.step(second.id, lateId, { kind: "release" }, now)).rejects.toThrow(/may see/);
});

test("the log cannot be rewritten", async () => {
  const { id } = world.workspace;
  const log = () => rawRows("SELECT by, kind FROM offer_event WHERE workspace_id = $1 ORDER BY id", [id]);
  const before = await log();
  expect(before.map(({ kind }) => kind)).toEqual(["created", "wave-opened", "outcome"]);
  await rawRows("UPDATE offer_event SET by = 'nobody' WHERE workspace_id = $1", [id]);
  expect(await log()).toEqual(before);
});

test("a backup has all of it", { timeout: 120_000 }, async () => {
  const { id: workspaceId, database } = world.workspace;
  const folder = temporaryFolder();
  const file = join(folder, "backup.gz");
  await backupToFile(database, file, () => now);
  const restored = await connect({ dataDir: join(folder, "restored") });
  try {
    await restoreFromFile(restored, file);
    const answers = async (on: typeof database) => {
      const reads = createReads(on, await accessOf(on, { workspaceId, standing: "operator" }));
      return [
        await reads.offer(offerId, now),
        await reads.members(offerId, { now }, { offset: 0 }),
        await reads.offerEvents(offerId, {}, 100),
        await reads.holds(account("Elder")),
      ];
    };
    const before = await answers(database);
    expect(await answers(restored)).toEqual(before);
    expect(before[0]).toMatchObject({ waves: [{ wave: "A", won: 1 }, { wave: "B" }, { wave: "C" }, {}] });
    // Numbers go on where they were.
    const access = await accessOf(restored, { workspaceId, standing: "operator" });
    const again = await createDecisions(restored, access).createOffer(draftOf([], { name: "Next" }), now);
    expect(again).toEqual({ id: expect.any(Number), isNew: true });
    expect(again.id).toBeGreaterThan(offerId);
  } finally {
    await restored.$disconnect();
  }
});
