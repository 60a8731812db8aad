import { expect, test } from "vitest";
import { accessOf } from "../../src/store/access.ts";
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
