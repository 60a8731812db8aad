import { beforeAll, describe, expect, test } from "vitest";
import { type CohortFigure, cohortsOf } from "../../src/core/cohorts.ts";
import { accountPaths, growthOf, pathOf } from "../../src/core/growth.ts";
import type { Snapshot, StoreReads } from "../../src/store/reads.ts";
import {
  company,
  deal,
  openWorkspace,
  rawRows,
  repId,
  type TestWorkspace,
  user,
} from "../helpers/workspace.ts";

/** What an account bought on a day, in whole euros; what went back is below zero. */
interface Sale {
  readonly account: number;
  readonly day: string;
  readonly euros: number;
}

const AS_OF = "2026-06-20";
const REPS = ["Ann Archer", "Bob Baker"];

/** The same numbers every time, from 0 to below 1. */
function* randomNumbers(): Generator<number, never> {
  for (let seed = 20_304; ; seed = (seed * 48_271) % 2_147_483_647) yield seed / 2_147_483_647;
}

function randomSales(): readonly Sale[] {
  const numbers = randomNumbers();
  const below = (most: number) => Math.floor(numbers.next().value * most);
  const sales = Array.from({ length: 260 }, (): Sale => {
    const month = below(41);
    const day = `${2023 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-${String(1 + below(20)).padStart(2, "0")}`;
    const euros = below(6) === 0 ? -below(800) : below(10) === 0 ? 0 : 100 * (1 + below(9));
    return { account: 1 + below(40), day, euros };
  });
  // The newest day that there is.
  return [...sales.filter(({ day }) => day <= AS_OF), { account: 1, day: AS_OF, euros: 100 }];
}

const sales = randomSales();
let workspace: TestWorkspace;
let snapshot: Snapshot;
let all: StoreReads;
beforeAll(async () => {
  workspace = await openWorkspace();
  await workspace.import({
    companies: Array.from({ length: 41 }, (_, index) =>
      company(String(index + 1), `Customer ${index + 1}`, {
        "Company owner": REPS[index % 2] ?? "",
        Industry: index % 3 === 0 ? "Retail" : "Steel",
      }),
    ),
    users: [user("Ann Archer", "ann@example.com"), user("Bob Baker", "bob@example.com")],
    deals: sales.map(({ account, day, euros }, index) =>
      deal(String(index), String(account), `${euros}.00`, day),
    ),
  });
  all = workspace.reads;
  snapshot = await workspace.snapshot();
});

const quarterOf = (day: string) =>
  Number(day.slice(0, 4)) * 4 + Math.floor((Number(day.slice(5, 7)) - 1) / 3);

/** Purchases of accounts as a person would add them up from a list. */
function byAccount(isWanted: (account: number) => boolean) {
  return Array.from({ length: 41 }, (_, index) => index + 1)
    .filter(isWanted)
    .map((account) => {
      const own = sales.filter((sale) => sale.account === account);
      const bought = own.filter(({ euros }) => euros >= 0).map(({ day }) => day);
      return { account, own, first: bought.toSorted()[0], days: new Set(bought).size };
    });
}

function countedByHand(isWanted: (account: number) => boolean): readonly CohortFigure[] {
  const cells = new Map<string, { cohort: number; quarter: number; accounts: Set<number>; value: number }>();
  for (const { account, own, first } of byAccount(isWanted)) {
    if (first === undefined) continue;
    const cohort = quarterOf(first);
    for (const { day, euros } of own) {
      const quarter = quarterOf(day) - cohort;
      if (quarter < 0) continue;
      const key = `${cohort} ${quarter}`;
      const cell = cells.get(key) ?? { cohort, quarter, accounts: new Set(), value: 0 };
      cells.set(key, {
        ...cell,
        accounts: euros >= 0 ? cell.accounts.add(account) : cell.accounts,
        value: cell.value + euros * 100,
      });
    }
  }
  return [...cells.values()]
    .sort((left, right) => left.cohort - right.cohort || left.quarter - right.quarter)
    .map(({ cohort, quarter, accounts, value }) => ({
      cohort: `${Math.floor(cohort / 4)}-${String((cohort % 4) * 3 + 1).padStart(2, "0")}-01`,
      ...{ quarter, accounts: accounts.size, value },
    }));
}

const isAnns = (account: number) => account % 2 === 1;
const isRetail = (account: number) => (account - 1) % 3 === 0;

describe("cohorts", () => {
  test("are what a person adds up from the list of purchases, credits and all", async () => {
    expect(await all.cohorts(snapshot, {})).toEqual(countedByHand(() => true));
  });

  test("are the same whether they were prepared or are counted now", async () => {
    const [prepared] = await rawRows(
      "SELECT COUNT(*)::int AS rows FROM cohort_figure WHERE workspace_id = $1 AND snapshot_id = $2",
      [workspace.id, snapshot.id],
    );
    expect(prepared?.rows).toBeGreaterThan(50);
    expect(await all.cohorts({ ...snapshot, isPrepared: false }, {})).toEqual(
      await all.cohorts(snapshot, {}),
    );
  });

  test("of a selection and of a viewer who sees a part are those of these accounts", async () => {
    expect(await all.cohorts(snapshot, { industry: "Retail" })).toEqual(countedByHand(isRetail));
    expect(await all.cohorts(snapshot, { ownerIds: [repId("Ann Archer")] })).toEqual(countedByHand(isAnns));
    const cohort = { first: "2023-01-01", last: "2023-03-31" };
    expect((await all.cohorts(snapshot, { cohort })).map((figure) => figure.cohort)).toContain("2023-01-01");
    expect(new Set((await all.cohorts(snapshot, { cohort })).map((figure) => figure.cohort)).size).toBe(1);
  });

  test("who bought again is counted from a year ago back", async () => {
    const early = byAccount(() => true).filter(({ first }) => first !== undefined && first <= "2025-06-20");
    expect(await all.boughtAgain(snapshot, {})).toEqual({
      customers: early.length,
      again: early.filter(({ days }) => days > 1).length,
    });
  });

  test("are complete: every customer is in one", async () => {
    const { customers } = cohortsOf(await all.cohorts(snapshot, {}), snapshot.asOf, 8);
    expect(customers).toBe(byAccount(() => true).filter(({ first }) => first !== undefined).length);
  });
});

/** Both years of every account, in minor units. */
function yearsByHand(isWanted: (account: number) => boolean) {
  return byAccount(isWanted).map(({ account, own, first }) => {
    const sum = (after: string, until: string) =>
      own.reduce((total, { day, euros }) => (day > after && day <= until ? total + euros * 100 : total), 0);
    const before = sum("2024-06-20", "2025-06-20");
    const now = sum("2025-06-20", AS_OF);
    const isNew = first !== undefined && first > "2025-06-20";
    return { account, before, now, path: pathOf({ before, now, isNew }) };
  });
}

describe("growth", () => {
  test.each<[string, (account: number) => boolean, object]>([
    ["everything", () => true, {}],
    ["an industry", isRetail, { industry: "Retail" }],
    ["an owner", isAnns, { ownerIds: [repId("Ann Archer")] }],
  ])("of %s is what a person adds up", async (_, isWanted, selection) => {
    const years = yearsByHand(isWanted).filter(({ before, now }) => before !== 0 || now !== 0);
    const figures = await all.growth(snapshot, selection, 3);
    const growth = growthOf(figures?.paths ?? []);
    expect(growth.before).toBe(years.reduce((sum, { before }) => sum + before, 0));
    expect(growth.now).toBe(years.reduce((sum, { now }) => sum + now, 0));
    for (const step of growth.steps) {
      const own = years.filter(({ path }) => path === step.path);
      expect(step).toMatchObject({
        accounts: own.length,
        before: own.reduce((sum, { before }) => sum + before, 0),
        now: own.reduce((sum, { now }) => sum + now, 0),
      });
    }
    const byDifference = years.map(({ before, now }) => now - before).sort((left, right) => right - left);
    const differences = (accounts: readonly { now: number; before: number }[] = []) =>
      accounts.map(({ now, before }) => now - before);
    expect(differences(figures?.gained)).toEqual(byDifference.filter((each) => each > 0).slice(0, 3));
    expect(differences(figures?.lost)).toEqual(
      byDifference
        .filter((each) => each < 0)
        .toReversed()
        .slice(0, 3),
    );
  });

  test("every path is taken in this portfolio, so that each is tested", async () => {
    const { paths = [] } = (await all.growth(snapshot, {}, 3)) ?? {};
    expect(paths.map(({ path }) => path).sort()).toEqual([...accountPaths].sort());
  });

  test("a snapshot of before there were years says that it has none", async () => {
    const old = await openWorkspace();
    await old.import({ companies: [company("1", "Acme")], deals: [deal("1", "1", "5.00", "2026-05-01")] });
    await rawRows("UPDATE account_standing SET purchase_days = 0 WHERE workspace_id = $1", [old.id]);
    const reads = old.store.reads(await old.store.access({ workspaceId: old.id, standing: "operator" }));
    expect(await reads.growth(await old.snapshot(), {}, 5)).toBeUndefined();
    expect(await reads.boughtAgain(await old.snapshot(), {})).toBeUndefined();
  });
});

test("whoever sees a part gets the cohorts and the growth of that part", async () => {
  const operator = await workspace.store.access({ workspaceId: workspace.id, standing: "operator" });
  await workspace.store.decisions(operator).changeSettings({ visibility: "own" });
  const ann = workspace.store.reads(
    await workspace.store.access({ workspaceId: workspace.id, standing: "member", email: "ann@example.com" }),
  );
  const seen = (await ann.snapshot()) ?? snapshot;
  expect(await ann.cohorts(seen, {})).toEqual(countedByHand(isAnns));
  expect(await ann.cohorts(seen, { ownerIds: [repId("Bob Baker")] })).toEqual([]);
  const growth = growthOf((await ann.growth(seen, {}, 5))?.paths ?? []);
  const years = yearsByHand(isAnns);
  expect([growth.before, growth.now]).toEqual([
    years.reduce((sum, { before }) => sum + before, 0),
    years.reduce((sum, { now }) => sum + now, 0),
  ]);
});
