import { expect, test } from "vitest";
import { accessOf, impersonal, sharedAccessOf } from "../../src/store/access.ts";
import { consolidate } from "../../src/store/consolidate.ts";
import { openRawWorkspace } from "../helpers/facts.ts";
import { openWorkspace, repId, user } from "../helpers/workspace.ts";

// What somebody may see holds from the very next request on, although the rules it follows from are kept at hand.

const rita = { email: "rita@example.com", standing: "member" } as const;

test("settings hold at once", async () => {
  const workspace = await openRawWorkspace();
  await workspace.startImport("hubspot");
  await workspace.reps([{ external_id: "rita", name: "Rita", email: rita.email }]);
  const owners = async () =>
    (await accessOf(workspace.database, { workspaceId: workspace.id, ...rita })).owners;
  expect(await owners()).toBe("all");
  await workspace.settings({ visibility: "own" });
  expect(await owners()).toEqual([repId("Rita")]);
  await workspace.settings({ visibility: "all" });
  expect(await owners()).toBe("all");
});

test("so do imported reps, and an import that is undone", async () => {
  const { id, store, import: load } = await openWorkspace();
  const mine = async () => (await store.access({ workspaceId: id, ...rita })).repIds;
  expect(await mine()).toEqual([]);
  await load({ users: [user("Rita", rita.email)] });
  expect(await mine()).toEqual([repId("Rita")]);
  const [imported] = await store.imports(id);
  await store.undoImport(id, imported?.id ?? 0, { startedBy: "test" });
  expect(await mine()).toEqual([]);
});

test("so does who stands for whom, once a refresh has found out", async () => {
  const workspace = await openRawWorkspace();
  const { database, id } = workspace;
  await workspace.startImport("hubspot");
  await workspace.reps([{ external_id: "rita", name: "Rita", email: rita.email }]);
  await workspace.deals([{ id: "1", close_on: "2026-01-01", amount_minor: 1 }]);
  await workspace.refresh();
  const mine = async () => (await accessOf(database, { workspaceId: id, ...rita })).repIds.length;
  expect(await mine()).toBe(1);
  await workspace.startImport("salesforce");
  await workspace.reps([{ external_id: "7", name: "Rita R.", email: rita.email }]);
  await workspace.refresh();
  expect(await mine()).toBe(2);
});

test("so does what a refresh changed of accounts, even if it comes to nothing after that", async () => {
  const { database, id, ...workspace } = await openRawWorkspace();
  const state = async () => (await accessOf(database, { workspaceId: id, ...rita })).state;
  const consolidated = async () => {
    await consolidate(database, id, "2026-10-31");
    return state();
  };
  await workspace.startImport("hubspot");
  await workspace.accounts([{ external_id: "1", name: "Alder" }]);
  const before = await state();
  const founded = await consolidated();
  expect(founded).not.toBe(before);
  expect(await consolidated()).toBe(founded);
  await workspace.startImport("hubspot");
  await workspace.accounts([{ external_id: "1", name: "Alder & Sons" }]);
  expect(await consolidated()).not.toBe(founded);
});

test("rights that are everybody's do not say whose they are; others do", async () => {
  const workspace = await openRawWorkspace();
  await workspace.startImport("hubspot");
  await workspace.reps([{ external_id: "rita", name: "Rita", email: rita.email }]);
  const viewer = { workspaceId: workspace.id, ...rita };
  const own = async () => impersonal(await accessOf(workspace.database, viewer));
  const bobs = async () =>
    impersonal(await accessOf(workspace.database, { ...viewer, email: "bob@example.com" }));
  expect(await own()).toEqual(await bobs());
  await workspace.settings({ visibility: "own" });
  expect(await own()).toMatchObject({ repIds: [repId("Rita")], signature: rita.email });
  const shared = impersonal(await sharedAccessOf(workspace.database, viewer, [viewer]));
  expect(shared).toMatchObject({ anonymous: true, repIds: [repId("Rita")] });
});
