import { describe, expect, test } from "vitest";
import { defaultSettings } from "../../src/core/settings.ts";
import { openStore } from "../../src/store/store.ts";
import { storeAddress } from "../helpers/store-address.ts";
import { openWorkspace, rawRows } from "../helpers/workspace.ts";

describe("once", () => {
  test("is true for exactly one of many who ask at the same time", async () => {
    const { store, id } = await openWorkspace();
    const second = await openStore(storeAddress());
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? store : second).once(id, "button 1")),
    );
    await second.close();
    expect(answers.filter((first) => first)).toHaveLength(1);
    expect(await store.once(id, "button 1")).toBe(false);
  });

  test("tells keys and workspaces apart", async () => {
    const [one, other] = [await openWorkspace(), await openWorkspace()];
    const asked = [
      await one.store.once(one.id, "a"),
      await one.store.once(one.id, "b"),
      await one.store.once(other.id, "a"),
    ];
    expect(asked).toEqual([true, true, true]);
    expect(await one.store.once(one.id, "A")).toBe(true);
    expect(await one.store.once(one.id, "'; DROP TABLE receipt; --")).toBe(true);
    expect(await one.store.once(one.id, "a")).toBe(false);
  });

  test("forgets after two days, when a store is opened", async () => {
    const { store, id } = await openWorkspace();
    await store.once(id, "old");
    await store.once(id, "recent");
    await rawRows(
      "UPDATE receipt SET created_at = now() - interval '1 hour' * (CASE key WHEN 'old' THEN 49 ELSE 47 END) WHERE workspace_id = $1",
      [id],
    );
    await (await openStore(storeAddress())).close();
    expect(await store.once(id, "recent")).toBe(false);
    expect(await store.once(id, "old")).toBe(true);
  });
});

describe("a workspace", () => {
  test("keeps what it has decided", async () => {
    const { store, id } = await openWorkspace();
    expect(await store.workspace(id)).toBeUndefined();
    expect(await store.ensureWorkspace(id)).toEqual({
      ...{ id, name: id, settings: defaultSettings, settingsVersion: 0 },
    });
    const decided = await store
      .decisions(await store.access({ workspaceId: id, standing: "operator" }))
      .changeSettings({ currency: "EUR", timeZone: "Europe/Vienna" });
    expect(decided.settings).toEqual({ ...defaultSettings, currency: "EUR", timeZone: "Europe/Vienna" });
    expect(await store.ensureWorkspace(id)).toEqual(decided);
    expect(await store.workspace(id)).toEqual(decided);
    expect(await store.reportingCurrency(id)).toBe("EUR");
  });
});
