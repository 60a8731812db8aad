import { describe, expect, test } from "vitest";
import { openWorkspace, rawRows } from "../helpers/workspace.ts";

async function open() {
  const { store, id: workspaceId } = await openWorkspace();
  const letGo = (id: string) =>
    rawRows(
      "UPDATE pending_request SET lease_until = now() - interval '1 second' WHERE workspace_id = $1 AND id = $2",
      [workspaceId, id],
    );
  const accept = (id: string, body = "sealed") => store.pendingRequests.accept({ workspaceId, id, body });
  return { store, workspaceId, letGo, accept, pending: store.pendingRequests };
}

describe("a request", () => {
  test("is accepted once, also after it is finished, by exactly one of many", async () => {
    const { accept, pending, workspaceId } = await open();
    const answers = await Promise.all(Array.from({ length: 20 }, () => accept("1")));
    expect(answers.filter((first) => first)).toHaveLength(1);
    await pending.finish({ workspaceId, id: "1" });
    expect(await accept("1")).toBe(false);
    expect(await accept("2")).toBe(true);
  });

  test("is taken over once its lease has ended, by one of many, as it was sent", async () => {
    const { accept, letGo, pending, workspaceId } = await open();
    await accept("1", "what was sent");
    expect(await pending.takeOver(workspaceId)).toEqual([]);
    await letGo("1");
    const taken = await Promise.all(Array.from({ length: 5 }, () => pending.takeOver(workspaceId)));
    expect(taken.flat()).toEqual([{ workspaceId, id: "1", body: "what was sent", attempts: 2 }]);
    await letGo("1");
    expect(await pending.takeOver(workspaceId)).toMatchObject([{ id: "1", attempts: 3 }]);
  });

  test("stays with whoever renews it, and is nobody's once it is finished", async () => {
    const { accept, letGo, pending, workspaceId } = await open();
    await accept("1");
    await accept("2");
    await letGo("1");
    await letGo("2");
    await pending.renew([{ workspaceId, id: "1" }]);
    await pending.finish({ workspaceId, id: "2" });
    await pending.renew([]);
    expect(await pending.takeOver(workspaceId)).toEqual([]);
  });

  test("is forgotten after half an hour: nobody could be answered", async () => {
    const { accept, letGo, pending, workspaceId } = await open();
    await accept("1");
    await letGo("1");
    await rawRows(
      "UPDATE pending_request SET received_at = now() - interval '31 minutes' WHERE workspace_id = $1",
      [workspaceId],
    );
    expect(await pending.takeOver(workspaceId)).toEqual([]);
    expect(await rawRows("SELECT id FROM pending_request WHERE workspace_id = $1", [workspaceId])).toEqual(
      [],
    );
  });

  test("of another workspace is left alone, and found where all are asked for", async () => {
    const { accept, letGo, pending, workspaceId } = await open();
    const other = await open();
    await accept("1");
    await letGo("1");
    expect(await pending.takeOver(other.workspaceId)).toEqual([]);
    const all = await pending.takeOver(undefined);
    expect(all).toContainEqual({ workspaceId, id: "1", body: "sealed", attempts: 2 });
  });
});

describe("a receipt", () => {
  test("holds for everybody but the request that it was made for", async () => {
    const { store, workspaceId } = await open();
    expect(await store.once(workspaceId, "share", "request 1")).toBe(true);
    expect(await store.once(workspaceId, "share", "request 1")).toBe(true);
    expect(await store.once(workspaceId, "share", "request 2")).toBe(false);
    expect(await store.once(workspaceId, "share")).toBe(false);
    await store.forget(workspaceId, "share");
    expect(await store.once(workspaceId, "share", "request 2")).toBe(true);
  });
});
