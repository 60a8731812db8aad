import { describe, expect, test } from "vitest";
import { z } from "zod";
import { addDays, daysBetween } from "../../src/core/calendar.ts";
import { defaultCuts, rankAccounts } from "../../src/core/tiers.ts";
import { fitPortfolio } from "../../src/core/value/fit-portfolio.ts";
import { holdoutAfter } from "../../src/core/value/holdout-day.ts";
import { createValuer } from "../../src/core/value/value-accounts.ts";
import { forgetOldSnapshots } from "../../src/store/retention.ts";
import { snapshotParameters } from "../../src/store/snapshot-parameters.ts";
import { bigintNumber, optional, rowsOf, sql } from "../../src/store/sql.ts";
import { newestValueFit, readValueFit } from "../../src/store/value-fit-row.ts";
import { ensureWorkspace } from "../../src/store/workspaces.ts";
import { accountRecord, openRawWorkspace, type RawWorkspace } from "../helpers/facts.ts";

/** What was bought, by the account's number. */
interface Sale {
  readonly account: number;
  readonly day: string;
  readonly cents: number;
}

const AS_OF = "2026-06-30";
const FIRST = addDays(AS_OF, -700);
const now = new Date("2026-10-31T12:00:00Z");

/** Accounts that buy every so many days from a day of their own on; every third stops after a while. */
const regular: readonly Sale[] = Array.from({ length: 45 }, (_, account) => {
  const [start, every] = [(account * 37) % 500, 9 + ((account * 13) % 60)];
  const end = account % 3 === 0 ? start + 120 : 700;
  const count = Math.floor((end - start) / every) + 1;
  return Array.from({ length: count }, (_, purchase) => ({
    ...{ account, day: addDays(FIRST, start + purchase * every) },
    cents: 1_000 * (1 + (account % 7)) + 10 * ((account + purchase) % 5),
  }));
}).flat();

async function openShop(sales: readonly Sale[] = regular): Promise<RawWorkspace> {
  const workspace = await openRawWorkspace();
  await workspace.settings({ currency: "EUR" });
  await workspace.startImport("shop");
  await workspace.accounts(
    Array.from({ length: 60 }, (_, account) => ({
      external_id: String(account),
      name: `Customer number ${account}`,
    })),
  );
  await sell(workspace, sales);
  return workspace;
}

async function sell(workspace: RawWorkspace, sales: readonly Sale[]): Promise<number> {
  const importId = await workspace.startImport("shop");
  await workspace.ledger(
    sales.map(({ account, day, cents }) => ({
      ...{ kind: "invoice" as const, account_record_id: accountRecord("shop", String(account)) },
      ...{ on_day: day, amount_minor: cents },
    })),
  );
  return importId;
}

async function refresh(workspace: RawWorkspace, asOf?: string): Promise<number> {
  const refreshed = await workspace.refresh(asOf);
  if (!refreshed) throw new RangeError("nothing to refresh");
  return refreshed.snapshot;
}

async function parametersOf({ database, id }: RawWorkspace, snapshot: number) {
  const [row] = await rowsOf(
    database,
    z.object({ parameters: snapshotParameters }),
    sql`SELECT parameters FROM snapshot WHERE workspace_id = ${id} AND id = ${snapshot}`,
  );
  if (!row?.parameters.value) throw new RangeError(`no values in snapshot ${snapshot}`);
  return row.parameters.value;
}

async function causeOf(workspace: RawWorkspace, snapshot: number): Promise<string | undefined> {
  return (await readValueFit(workspace.database, workspace.id, snapshot))?.cause;
}

function historiesOf({ database, id }: RawWorkspace, snapshot: number) {
  return rowsOf(
    database,
    z.object({
      ...{ accountId: z.string(), purchaseDays: z.number(), repeatMinor: bigintNumber },
      ...{ firstOn: z.string(), lastOn: z.string() },
    }),
    sql`SELECT account_id AS "accountId", purchase_days AS "purchaseDays", repeat_minor AS "repeatMinor",
               first_won_on::text AS "firstOn", last_won_on::text AS "lastOn" FROM account_standing
        WHERE workspace_id = ${id} AND valid_from <= ${snapshot} AND (valid_to IS NULL OR valid_to > ${snapshot})
        ORDER BY account_id`,
  );
}

function valuesOf({ database, id }: RawWorkspace, snapshot: number) {
  return rowsOf(
    database,
    z.object({
      ...{ accountId: z.string(), alive: optional(z.number()), expected: z.number() },
      ...{ worthMinor: bigintNumber, tier: z.string(), rank: z.number(), aboveMinor: bigintNumber },
    }),
    sql`SELECT account_id AS "accountId", alive, expected, worth_minor AS "worthMinor", tier::text, rank,
               above_minor AS "aboveMinor" FROM account_value
        WHERE workspace_id = ${id} AND snapshot_id = ${snapshot} ORDER BY account_id`,
  );
}

describe("values", () => {
  test("are those of the core, account by account, and so are their tiers", async () => {
    const workspace = await openShop([...regular, { account: 50, day: AS_OF, cents: -500 }]);
    const snapshot = await refresh(workspace, AS_OF);
    const { fittedIn, terms } = await parametersOf(workspace, snapshot);
    const stored = await readValueFit(workspace.database, workspace.id, fittedIn);
    if (!stored) throw new RangeError("no fit");
    const valuer = createValuer(stored.fit, terms, AS_OF);
    // Who only ever got money back has no history to be valued by.
    const bought = (await historiesOf(workspace, snapshot)).filter(({ purchaseDays }) => purchaseDays > 0);
    expect(bought).toHaveLength(45);
    const values = bought.map(({ accountId, ...history }) => ({ accountId, ...valuer.value(history) }));
    const ranked = rankAccounts(
      values.map(({ accountId, worthMinor }) => ({ accountId, value: worthMinor })),
      defaultCuts,
    );
    let above = 0;
    const places = new Map(
      ranked.map(({ accountId, tier, rank, value }) => {
        above += value;
        return [accountId, { tier, rank, aboveMinor: above - value }];
      }),
    );
    const listed = await valuesOf(workspace, snapshot);
    expect(listed).toEqual(values.map((value) => ({ ...value, ...places.get(value.accountId) })));
    expect(new Set(listed.map(({ tier }) => tier)).size).toBeGreaterThan(2);
  });

  test("are the same again after an import was taken back", async () => {
    const workspace = await openShop();
    const before = await valuesOf(workspace, await refresh(workspace, AS_OF));
    const other = await sell(workspace, [{ account: 55, day: AS_OF, cents: 900_000 }]);
    expect(await valuesOf(workspace, await refresh(workspace, AS_OF))).not.toEqual(before);
    const set = (status: string) =>
      workspace.database.$executeRaw(
        sql`UPDATE import SET status = ${status}::import_status WHERE workspace_id = ${workspace.id} AND id = ${other}`,
      );
    await set("undone");
    expect(await valuesOf(workspace, await refresh(workspace, AS_OF))).toEqual(before);
    await set("visible");
    const again = await valuesOf(workspace, await refresh(workspace, AS_OF));
    expect(again.find(({ accountId }) => accountId === accountRecord("shop", "55"))).toBeDefined();
  });

  test("are kept by the newest two snapshots, as cohorts are; their fit by all", async () => {
    const workspace = await openShop();
    const snapshots = [0, 1, 2, 3].map((day) => addDays(AS_OF, day));
    const ids = [];
    for (const asOf of snapshots) ids.push(await refresh(workspace, asOf));
    const listed = await Promise.all(ids.map(async (id) => (await valuesOf(workspace, id)).length));
    expect(listed).toEqual([0, 0, 45, 45]);
    const cohorts = await rowsOf(
      workspace.database,
      z.object({ id: z.number() }),
      sql`SELECT DISTINCT snapshot_id AS id FROM cohort_figure WHERE workspace_id = ${workspace.id} ORDER BY 1`,
    );
    expect(cohorts.map(({ id }) => id)).toEqual(ids.slice(2));
    for (const id of ids) expect((await parametersOf(workspace, id)).fittedIn).toBe(ids[0]);
  });

  test("follow the settings, without another fit", async () => {
    const workspace = await openShop();
    const first = await refresh(workspace, AS_OF);
    await workspace.settings({ value: { margin: 800, quietBelowPercent: 30 } });
    const second = await refresh(workspace, AS_OF);
    expect(await parametersOf(workspace, second)).toMatchObject({
      ...{ fittedIn: first, quietBelowPercent: 30 },
      terms: { margin: 800, discountPercent: 10, horizonMonths: 36 },
    });
    const [before, after] = await Promise.all([valuesOf(workspace, first), valuesOf(workspace, second)]);
    for (const [index, { worthMinor }] of after.entries())
      expect(Math.abs(worthMinor - 2 * (before[index]?.worthMinor ?? 0))).toBeLessThanOrEqual(1);
  });

  test.each([
    ["one purchase", [{ account: 1, day: AS_OF, cents: 100 }], 1],
    ["a purchase over nothing", [{ account: 1, day: AS_OF, cents: 0 }], 1],
    ["a credit alone", [{ account: 1, day: AS_OF, cents: -100 }], 0],
    [
      "more back than was ever bought",
      [
        { account: 1, day: FIRST, cents: 100 },
        { account: 1, day: AS_OF, cents: -900 },
      ],
      1,
    ],
  ])("are there for %s", async (_, sales, accounts) => {
    const workspace = await openShop(sales);
    const values = await valuesOf(workspace, await refresh(workspace, AS_OF));
    expect(values).toHaveLength(accounts);
    for (const { worthMinor, rank } of values) expect([worthMinor >= 0, rank]).toEqual([true, 1]);
  });
});

describe("a fit", () => {
  test("is that of the core, from everything that was ever bought", async () => {
    const workspace = await openShop();
    await refresh(workspace, AS_OF);
    const { fit } = (await newestValueFit(workspace.database, workspace.id)) ?? {};
    const after = holdoutAfter(FIRST, AS_OF);
    if (after === undefined) throw new RangeError("too short for a holdout");
    expect(fit).toEqual(
      asStored(
        fitPortfolio({
          ...{
            asOf: AS_OF,
            firstDay: FIRST,
            all: columnsUntil(AS_OF),
            before: { after, ...columnsUntil(after) },
          },
          meanPurchase: regular.reduce((sum, { cents }) => sum + cents, 0) / regular.length,
        }),
      ),
    );
  });

  test("serves later snapshots until four weeks of data have come", async () => {
    const workspace = await openShop();
    const first = await refresh(workspace, AS_OF);
    await sell(workspace, onTheirWay(AS_OF, 35));
    expect((await parametersOf(workspace, await refresh(workspace, addDays(AS_OF, 7)))).fittedIn).toBe(first);
    const last = await refresh(workspace, addDays(AS_OF, 29));
    expect((await parametersOf(workspace, last)).fittedIn).toBe(last);
    expect([await causeOf(workspace, first), await causeOf(workspace, last)]).toEqual(["first", "schedule"]);
  });

  test("says how it drifts, and is made anew when purchases are not what it expected", async () => {
    const workspace = await openShop();
    const first = await refresh(workspace, AS_OF);
    await sell(workspace, onTheirWay(AS_OF, 16));
    const later = addDays(AS_OF, 16);
    const { drift } = await parametersOf(workspace, await refresh(workspace, later));
    expect(drift).toMatchObject({
      since: AS_OF,
      all: { accounts: 45, actual: onTheirWay(AS_OF, 16).length },
    });
    expect(drift?.all.expected).toBeGreaterThan(0);
    const sums = (drift?.tiers ?? []).reduce(
      (sum, { accounts, actual, expected }) => ({
        ...{ accounts: sum.accounts + accounts, actual: sum.actual + actual },
        expected: sum.expected + expected,
      }),
      { accounts: 0, actual: 0, expected: 0 },
    );
    expect(sums).toMatchObject({ accounts: drift?.all.accounts, actual: drift?.all.actual });
    expect(sums.expected).toBeCloseTo(drift?.all.expected ?? Number.NaN, 9);

    await sell(
      workspace,
      [1, 3, 5, 7, 9, 11].flatMap((day) =>
        Array.from({ length: 45 }, (_, account) => ({ account, day: addDays(AS_OF, day), cents: 100 })),
      ),
    );
    const anew = await refresh(workspace, later);
    expect([(await parametersOf(workspace, anew)).fittedIn, await causeOf(workspace, anew)]).toEqual([
      anew,
      "drift",
    ]);
    expect((await parametersOf(workspace, anew)).drift).toBeUndefined();
    expect(anew).toBeGreaterThan(first);
  });

  test("is made anew when the past or what counts is another", async () => {
    const workspace = await openShop();
    await refresh(workspace, AS_OF);
    await sell(
      workspace,
      [50, 51, 52, 53].map((account) => ({ account, day: FIRST, cents: 100 })),
    );
    expect(await causeOf(workspace, await refresh(workspace, AS_OF))).toBe("data");
    await workspace.settings({ revenue: "gross" });
    expect(await causeOf(workspace, await refresh(workspace, AS_OF))).toBe("definition");
    expect(await causeOf(workspace, await refresh(workspace, addDays(AS_OF, -100)))).toBe("data");
  });

  test("stays while a kept snapshot uses it, and goes with the last one", async () => {
    const workspace = await openShop();
    const { database, id } = workspace;
    const first = await refresh(workspace, AS_OF);
    const second = await refresh(workspace, addDays(AS_OF, 1));
    const third = await refresh(workspace, addDays(AS_OF, 40));
    expect(await causeOf(workspace, third)).toBe("drift");
    const age = (snapshot: number, days: number) =>
      database.$executeRaw(
        sql`UPDATE snapshot SET created_at = ${new Date(now.getTime() - days * 86_400_000)}::timestamptz
            WHERE workspace_id = ${id} AND id = ${snapshot}`,
      );
    const forget = async () => forgetOldSnapshots(database, await ensureWorkspace(database, id), now);
    // The last one of a week is kept: first the one that was fitted in goes, then the one that uses the fit.
    await age(first, 120);
    await age(second, 120);
    expect(await forget()).toEqual([first]);
    expect((await parametersOf(workspace, second)).fittedIn).toBe(first);
    expect(await causeOf(workspace, first)).toBe("first");
    await age(third, 120);
    expect(await forget()).toEqual([second]);
    expect(await causeOf(workspace, first)).toBeUndefined();
    expect(await causeOf(workspace, third)).toBe("drift");
  });
});

/** What regular customers who have not stopped buy after a day. */
function onTheirWay(after: string, days: number): readonly Sale[] {
  return Array.from({ length: 45 }, (_, account) => account)
    .filter((account) => account % 3 !== 0)
    .flatMap((account) => {
      const [start, every] = [(account * 37) % 500, 9 + ((account * 13) % 60)];
      return Array.from({ length: 100 }, (_, purchase) => ({
        ...{ account, day: addDays(FIRST, start + purchase * every), cents: 1_000 },
      })).filter(({ day }) => day > after && day <= addDays(after, days));
    });
}

/** Histories of the regular customers up to a day, in the order of account ids, and what they bought since. */
function columnsUntil(until: string) {
  const rows = Array.from({ length: 45 }, (_, account) => account)
    .sort((left, right) => (idOf(left) < idOf(right) ? -1 : 1))
    .flatMap((account) => {
      const own = regular.filter((sale) => sale.account === account);
      const first = own[0]?.day ?? "";
      if (first > until) return [];
      const shown = own.filter(({ day }) => day <= until);
      return [
        {
          ...{ frequency: shown.length - 1, recencyDays: daysBetween(first, shown.at(-1)?.day ?? "") },
          ...{ ageDays: daysBetween(first, until), heldOut: own.length - shown.length },
          repeatMinor: shown.slice(1).reduce((sum, { cents }) => sum + cents, 0),
        },
      ];
    });
  const column = (of: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, of);
  return {
    ...{ frequency: column((row) => row.frequency), recencyDays: column((row) => row.recencyDays) },
    ...{ ageDays: column((row) => row.ageDays), heldOut: column((row) => row.heldOut) },
    repeatMinor: column((row) => row.repeatMinor),
  };
}

function idOf(account: number): string {
  return accountRecord("shop", String(account));
}

/** As it comes back out of JSON: what is undefined is not there. */
function asStored<Value extends object>(value: Value): Value {
  return JSON.parse(JSON.stringify(value));
}
