import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Draft } from "../../src/ingest/drafts.ts";
import { createLoader } from "../../src/ingest/load-drafts.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { storeAddress } from "../helpers/store-address.ts";
import { rawRows } from "../helpers/workspace.ts";

const runs = process.env.PROVE ? 150 : 6;
const custom = {};

let store: Store;
beforeAll(async () => {
  store = await openStore(storeAddress());
});
afterAll(() => store.close());

/** A file's rows: deals with ids, accounts, and ledger lines without ids of their own. */
const deal = fc.record({
  kind: fc.constant("opportunity" as const),
  externalId: fc.constantFrom("1", "2", "3"),
  stage: fc.constant("Won"),
  status: fc.constant("won" as const),
  account: fc.constantFrom({ externalId: "a" }, { externalId: "b", name: "Bee" }, { name: "Ceta" }),
  amountMinor: fc.constantFrom(100n, 200n),
  currency: fc.constant("EUR"),
  closeOn: fc.constant("2025-03-01"),
  custom: fc.constant(custom),
});
const account = fc.record({
  kind: fc.constant("account" as const),
  externalId: fc.constantFrom("a", "b"),
  name: fc.constantFrom("Ay", "Ay Ltd"),
  industry: fc.constantFrom("retail", "metal"),
  custom: fc.constant(custom),
});
const line = fc.record({
  kind: fc.constant("invoice" as const),
  document: fc.constantFrom("I1", "I2"),
  account: fc.constant({ externalId: "a" }),
  description: fc.constantFrom("bolt", "nut"),
  amountMinor: fc.constantFrom(5n, 7n),
  currency: fc.constant("EUR"),
  onDay: fc.constant("2025-04-01"),
  custom: fc.constant(custom),
});
const file = fc.array(fc.oneof(deal, account, line), { minLength: 1, maxLength: 6 });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ load: file }) },
  { weight: 1, arbitrary: fc.record({ repeat: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ undo: fc.nat(9) }) },
);

test("after any imports and undos, what counts is what a fresh store has of the imports that stand", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
      const workspace = await newWorkspace();
      const loaded: { readonly id: number; readonly drafts: readonly Draft[]; undone: boolean }[] = [];
      for (const one of steps) {
        if ("undo" in one) {
          const target = loaded[one.undo % Math.max(1, loaded.length)];
          if (!target || target.undone) continue;
          await store.undoImport(workspace, target.id, { startedBy: "Ann" });
          target.undone = true;
        } else {
          const drafts = "load" in one ? one.load : loaded[one.repeat % Math.max(1, loaded.length)]?.drafts;
          if (drafts) loaded.push({ id: await load(workspace, drafts), drafts, undone: false });
        }
      }
      const fresh = await newWorkspace();
      for (const { drafts, undone } of loaded) if (!undone) await load(fresh, drafts);
      expect(await whatCounts(workspace)).toEqual(await whatCounts(fresh));
    }),
    { seed: 20_261_122, numRuns: runs, endOnFailure: !process.env.PROVE },
  );
});

test("loading the same rows again writes none of them", async () => {
  const workspace = await newWorkspace();
  const drafts = fc.sample(file, { seed: 7, numRuns: 5 }).flat();
  await load(workspace, drafts);
  const before = await rowsWritten(workspace);
  await load(workspace, drafts);
  expect(await rowsWritten(workspace)).toEqual(before);
});

test("an undone import stays undone, and a missing one is named", async () => {
  const workspace = await newWorkspace();
  const id = await load(workspace, fc.sample(file, { seed: 3, numRuns: 1 }).flat());
  await store.undoImport(workspace, id, { startedBy: "Ann" });
  await expect(store.undoImport(workspace, id, { startedBy: "Ann" })).rejects.toThrow(
    `Import ${id} has been undone already.`,
  );
  await expect(store.undoImport(workspace, 999_999_999, { startedBy: "Ann" })).rejects.toThrow(
    "There is no import 999999999.",
  );
  expect(await store.imports(workspace)).toMatchObject([{ id, status: "undone", undoneBy: "Ann" }]);
});

async function newWorkspace(): Promise<string> {
  return (await store.ensureWorkspace(`test-${randomUUID()}`)).id;
}

async function load(workspaceId: string, drafts: readonly Draft[]): Promise<number> {
  const source = { id: "crm", name: "CRM" };
  const writer = await store.startImport(workspaceId, { source, startedBy: "Ann" });
  const loader = createLoader(writer, source.id);
  for (const draft of drafts) await loader.add(draft);
  await loader.flush();
  await writer.settle();
  await writer.publish({});
  return writer.id;
}

/** Every row that counts, without the number of its import; a mention's name is not always the same. */
async function whatCounts(workspaceId: string): Promise<readonly unknown[]> {
  const rows = [
    await rawRows(
      `SELECT source_record_id AS id, described, CASE WHEN described THEN name END AS name, industry, 1 AS x
       FROM current_account_record WHERE workspace_id = $1 ORDER BY 1`,
      [workspaceId],
    ),
    await rawRows(
      "SELECT id, amount_minor::text, account_record_id FROM current_opportunity WHERE workspace_id = $1 ORDER BY 1",
      [workspaceId],
    ),
    await rawRows(
      "SELECT id, document, description, amount_minor::text FROM current_ledger_entry WHERE workspace_id = $1 ORDER BY 1",
      [workspaceId],
    ),
  ];
  return rows.map((table) => table.map(({ x: _, ...row }) => row));
}

async function rowsWritten(workspaceId: string): Promise<readonly unknown[]> {
  return rawRows(
    `SELECT (SELECT COUNT(*) FROM account_record WHERE workspace_id = $1)::int AS accounts,
            (SELECT COUNT(*) FROM opportunity WHERE workspace_id = $1)::int AS deals,
            (SELECT COUNT(*) FROM ledger_entry WHERE workspace_id = $1)::int AS lines`,
    [workspaceId],
  );
}
