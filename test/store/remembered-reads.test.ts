import { expect, test } from "vitest";
import { defaultSettings } from "../../src/core/settings.ts";
import type { Access } from "../../src/store/access.ts";
import type { Snapshot, StoreReads } from "../../src/store/reads.ts";
import { remembered } from "../../src/store/remembered-reads.ts";
import type { Executor } from "../../src/store/sql.ts";

const ann: Access = {
  workspaceId: "w",
  role: "rep",
  mode: "own",
  timeZone: "UTC",
  settings: defaultSettings,
  repIds: ["ann"],
  owners: ["ann"],
  anonymous: false,
  signature: "ann@example.com",
  userId: undefined,
  state: "1",
};
const snapshot = { id: 7, isPrepared: true } as Snapshot;
const page = { offset: 0, limit: 10 };

/** Reads that tell who asked, and the how-manieth answer it is. */
function reads() {
  let asked = 0;
  const store = {} as Executor;
  const answer = async (access: Access) => {
    asked += 1;
    return `${access.workspaceId} ${access.owners} ${asked}`;
  };
  return (access: Access) => {
    const own = () => answer(access);
    const all = {
      snapshot: own,
      totals: own,
      standings: own,
      concentration: own,
      outlookBasis: own,
      account: own,
    };
    return remembered(store, access, all as unknown as StoreReads);
  };
}

test("the same question in the same state has the same answer, also for others with the same rights", async () => {
  const of = reads();
  const first = await of(ann).standings(snapshot, { tier: "A" }, page);
  expect(await of(ann).standings(snapshot, { tier: "A" }, page)).toBe(first);
  expect(await of({ ...ann, signature: "another name" }).standings(snapshot, { tier: "A" }, page)).toBe(
    first,
  );
  const basis = await of(ann).outlookBasis(snapshot, {}, "2025-06-30");
  expect(await of(ann).outlookBasis(snapshot, {}, "2025-06-30")).toBe(basis);
});

test("looking at many accounts forgets those that were looked at longest ago, and nothing of the whole portfolio", async () => {
  const of = reads()(ann);
  const [totals, first] = [await of.totals(snapshot), await of.account(snapshot, "0")];
  expect(await of.account(snapshot, "0")).toBe(first);
  for (let account = 1; account <= 3_000; account += 1) await of.account(snapshot, String(account));
  const last = await of.account(snapshot, "3000");
  expect(await of.account(snapshot, "3000")).toBe(last);
  expect(await of.account(snapshot, "0")).not.toBe(first);
  expect(await of.totals(snapshot)).toBe(totals);
});

test.each<[string, Partial<Access>]>([
  ["a change", { state: "2" }],
  ["another workspace", { workspaceId: "v" }],
  ["other rights", { owners: ["bob"] }],
  ["all rights", { owners: "all", role: "admin" }],
  ["an audience", { anonymous: true }],
])("%s is asked anew", async (_, other) => {
  const of = reads();
  const first = await of(ann).totals(snapshot);
  expect(await of({ ...ann, ...other }).totals(snapshot)).not.toBe(first);
});

test("another question, snapshot or page is asked anew, and so is everything where no state is known", async () => {
  const of = reads();
  const answers = [
    await of(ann).standings(snapshot, {}, page),
    await of(ann).standings(snapshot, { tier: "B" }, page),
    await of(ann).standings(snapshot, {}, { offset: 10, limit: 10 }),
    await of(ann).standings({ ...snapshot, id: 8 }, {}, page),
    await of(ann).concentration(snapshot, {}),
    await of(ann).outlookBasis(snapshot, {}, undefined),
    await of(ann).outlookBasis(snapshot, {}, "2025-06-30"),
    await of(ann).outlookBasis(snapshot, { tier: "B" }, "2025-06-30"),
    await of({ ...ann, state: "" }).snapshot(),
    await of({ ...ann, state: "" }).snapshot(),
  ];
  expect(new Set(answers).size).toBe(answers.length);
});

test("a list that is not short is not kept, and neither is a failure", async () => {
  const of = reads();
  const whole = { offset: 0 };
  expect(await of(ann).standings(snapshot, {}, whole)).not.toBe(await of(ann).standings(snapshot, {}, whole));
  const store = {} as Executor;
  let failures = 1;
  const failing = {
    snapshot: async () => {
      if (failures === 0) return "there";
      failures -= 1;
      throw new Error("gone");
    },
  } as unknown as StoreReads;
  await expect(remembered(store, ann, failing).snapshot()).rejects.toThrow("gone");
  expect(await remembered(store, ann, failing).snapshot()).toBe("there");
});
