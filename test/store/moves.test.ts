import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "../../src/core/calendar.ts";
import { accessOf } from "../../src/store/access.ts";
import { createReads } from "../../src/store/create-reads.ts";
import type { Against, Snapshot } from "../../src/store/reads.ts";
import { accountRecord, openRawWorkspace, type RawWorkspace } from "../helpers/facts.ts";

const AS_OF = "2026-06-30";

async function readsOf({ database, id }: RawWorkspace) {
  const reads = createReads(database, await accessOf(database, { workspaceId: id, standing: "operator" }));
  const snapshot = await reads.snapshot();
  if (!snapshot) throw new RangeError("no snapshot");
  const moved = async (against: Against, of: Snapshot = snapshot) => {
    const { rows, counts } = await reads.moves(of, against, {}, { offset: 0 });
    return { counts, rows };
  };
  return { reads, snapshot, moved };
}

/** A workspace with the deals and invoices of some accounts, by days before the newest. */
async function openTrading(sales: readonly (readonly [account: number, cents: number, daysAgo: number])[]) {
  const workspace = await openRawWorkspace();
  await workspace.startImport("crm");
  const names = [...new Set(sales.map(([account]) => String(account)))];
  await workspace.accounts(names.map((name) => ({ external_id: name, name: `Trader ${name}` })));
  const fact = ([account, cents, daysAgo]: (typeof sales)[number]) => ({
    day: addDays(AS_OF, -daysAgo),
    of: { account_record_id: accountRecord("crm", String(account)), amount_minor: cents },
  });
  await workspace.deals(
    sales
      .filter((_, index) => index % 2 === 0)
      .map((sale, index) => ({ id: String(index), close_on: fact(sale).day, ...fact(sale).of })),
  );
  await workspace.ledger(
    sales
      .filter((_, index) => index % 2 === 1)
      .map((sale) => ({ kind: "invoice" as const, on_day: fact(sale).day, ...fact(sale).of })),
  );
  return workspace;
}

test("the window computed from the data is the one that a refresh with that period computes", async () => {
  const sale = fc.tuple(
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: -20_000, max: 90_000 }),
    fc.integer({ min: 0, max: 900 }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(sale, { minLength: 5, maxLength: 40 }),
      fc.integer({ min: 1, max: 300 }),
      async (sales, days) => {
        const workspace = await openTrading(sales);
        await workspace.refresh(AS_OF);
        const before = await readsOf(workspace);
        const computed = await before.moved({ kind: "data", until: addDays(AS_OF, -days) });
        await workspace.settings({ compareDays: days });
        await workspace.refresh(AS_OF);
        const stored = await (await readsOf(workspace)).moved({ kind: "own" });
        expect(computed).toEqual(stored);
      },
    ),
    { seed: 20_261_122, numRuns: process.env.PROVE === undefined ? 6 : 200 },
  );
});

test("a snapshot against itself has no moves, and against another both tell who came and who went", async () => {
  const workspace = await openTrading([
    [1, 50_000, 20],
    [2, 30_000, 400],
    [3, 10_000, 30],
  ]);
  await workspace.refresh("2026-01-31");
  const early = (await readsOf(workspace)).snapshot;
  await workspace.refresh(AS_OF);
  const { reads, snapshot, moved } = await readsOf(workspace);
  expect(await moved({ kind: "snapshot", id: snapshot.id })).toMatchObject({ rows: [] });
  const forward = await moved({ kind: "snapshot", id: early.id });
  expect(forward.counts).toEqual({ rose: 0, fell: 0, new: 2, gone: 0 });
  expect(forward.rows.map(({ account, previousValue, value }) => [account, previousValue, value])).toEqual([
    ["Trader 1", 0, 50_000],
    ["Trader 3", 0, 10_000],
  ]);
  const backward = await moved({ kind: "snapshot", id: snapshot.id }, early);
  expect(backward.counts).toEqual({ rose: 0, fell: 0, new: 0, gone: 2 });
  expect(await reads.snapshotBefore(snapshot, "2026-01-31")).toEqual({
    ...{ id: early.id, asOf: "2026-01-31", byOtherRules: false },
  });
  expect(await reads.snapshotBefore(snapshot, "2026-01-30")).toBeUndefined();
});

test("values in another currency are not compared", async () => {
  const workspace = await openTrading([[1, 50_000, 20]]);
  await workspace.refresh("2026-06-01");
  await workspace.rates([{ base: "EUR", quote: "USD", on_day: "2020-01-01", rate: "1.1" }]);
  await workspace.settings({ currency: "USD" });
  await workspace.refresh(AS_OF);
  const { reads, snapshot } = await readsOf(workspace);
  expect(snapshot.currency).toBe("USD");
  expect(await reads.snapshotBefore(snapshot, "2026-06-10")).toBeUndefined();
});
