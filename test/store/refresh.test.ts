import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reason } from "../../src/core/reasons.ts";
import { changeSettings } from "../../src/store/workspaces.ts";
import { sharedDatabase } from "../helpers/facts.ts";
import {
  accountId,
  type CsvRow,
  company,
  deal,
  type Exports,
  openWorkspace,
  rawRows,
  type TestWorkspace,
} from "../helpers/workspace.ts";

// The oracle: the same figures from the rows of the export, by the definitions in words and nothing of src.

interface Deal {
  readonly id: number;
  /** 0: no account. */
  readonly company: number;
  readonly cents: number;
  readonly day: string;
  readonly stage: "Closed Won" | "Closed Lost" | "Negotiation";
  readonly currency: "EUR" | "USD";
}

function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date, last));
  return first.toISOString().slice(0, 10);
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}

interface Expected {
  readonly company: number;
  readonly tier: string;
  readonly value: number;
  readonly previousTier: string | undefined;
  readonly previousValue: number;
  readonly wins: number;
  readonly firstWonOn: string;
  readonly lastWonOn: string;
  readonly rank: number;
  readonly cumulativeValue: number;
}

function naiveTiers(values: readonly (readonly [number, number])[]): Map<number, string> {
  const ordered = [...values].sort(
    ([left, leftValue], [right, rightValue]) =>
      rightValue - leftValue || (accountId(String(left)) < accountId(String(right)) ? -1 : 1),
  );
  const whole = ordered.reduce((sum, [, value]) => sum + (value > 0 ? value : 0), 0);
  let above = 0;
  return new Map(
    ordered.map(([name, value]) => {
      const thousandths = above * 1000;
      above += Math.max(0, value);
      if (value <= 0) return [name, "D"];
      return [
        name,
        thousandths < 800 * whole
          ? "A"
          : thousandths < 950 * whole
            ? "B"
            : thousandths < 990 * whole
              ? "C"
              : "D",
      ];
    }),
  );
}

function naivePortfolio(deals: readonly Deal[], asOf: string): readonly Expected[] {
  const counted = countedDeals(deals, asOf);
  const until = daysBefore(asOf, 90);
  const valueIn = (buyer: number, last: string) =>
    counted
      .filter((one) => one.company === buyer && one.day > monthsBefore(last, 24) && one.day <= last)
      .reduce((sum, { cents }) => sum + cents, 0);
  const buyers = [...new Set(counted.map((one) => one.company))];
  const daysOf = (buyer: number) =>
    counted
      .filter((one) => one.company === buyer)
      .map(({ day }) => day)
      .sort();
  // A deal that only took money back is no purchase.
  const purchaseDays = (buyer: number) => {
    const days = counted
      .filter((one) => one.company === buyer && one.cents >= 0)
      .map(({ day }) => day)
      .sort();
    return days.length > 0 ? days : daysOf(buyer);
  };
  const tiers = naiveTiers(buyers.map((buyer) => [buyer, valueIn(buyer, asOf)]));
  const earlier = naiveTiers(
    buyers
      .filter((buyer) => (purchaseDays(buyer)[0] ?? "") <= until)
      .map((buyer) => [buyer, valueIn(buyer, until)]),
  );
  let cumulativeValue = 0;
  return [...tiers].map(([buyer, tier], index) => {
    const days = purchaseDays(buyer);
    const value = valueIn(buyer, asOf);
    cumulativeValue += Math.max(0, value);
    return {
      company: buyer,
      tier,
      value,
      previousTier: earlier.get(buyer),
      previousValue: valueIn(buyer, until),
      wins: counted.filter(
        (one) => one.company === buyer && one.cents >= 0 && one.day > monthsBefore(asOf, 24),
      ).length,
      firstWonOn: days[0] ?? "",
      lastWonOn: days.at(-1) ?? "",
      rank: index + 1,
      cumulativeValue,
    };
  });
}

/** What a company did in its whole history, by which it is valued. */
interface History {
  readonly company: number;
  readonly purchaseDays: number;
  readonly repeat: number;
  readonly year: number;
  readonly yearBefore: number;
}

function countedDeals(deals: readonly Deal[], asOf: string): readonly Deal[] {
  return deals.filter(
    ({ company: buyer, stage, currency, day }) =>
      buyer > 0 && stage === "Closed Won" && currency === "EUR" && day <= asOf,
  );
}

function naiveHistories(deals: readonly Deal[], asOf: string): readonly History[] {
  const counted = countedDeals(deals, asOf);
  const [year, yearBefore] = [monthsBefore(asOf, 12), monthsBefore(monthsBefore(asOf, 12), 12)];
  return [...new Set(counted.map((one) => one.company))]
    .sort((left, right) => left - right)
    .map((buyer) => {
      const own = counted.filter((one) => one.company === buyer);
      const days = [...new Set(own.filter(({ cents }) => cents >= 0).map(({ day }) => day))].sort();
      const [first] = days;
      const boughtIn = (isIn: (day: string) => boolean) =>
        own.filter(({ day }) => isIn(day)).reduce((sum, { cents }) => sum + cents, 0);
      return {
        company: buyer,
        purchaseDays: days.length,
        repeat: first === undefined ? 0 : boughtIn((day) => day > first),
        year: boughtIn((day) => day > year),
        yearBefore: boughtIn((day) => day > yearBefore && day <= year),
      };
    });
}

function quarterOf(day: string): number {
  const [year = 0, month = 0] = day.split("-").map(Number);
  return year * 4 + Math.floor((month - 1) / 3);
}

/** By the quarter of the first purchase and quarters since: how many bought in it, and for how much. */
function naiveCohorts(deals: readonly Deal[], asOf: string): readonly unknown[] {
  const counted = countedDeals(deals, asOf);
  const firsts = new Map<number, number>();
  for (const { company: buyer, cents, day } of counted)
    if (cents >= 0) firsts.set(buyer, Math.min(firsts.get(buyer) ?? quarterOf(day), quarterOf(day)));
  const cells = new Map<string, { buyers: Set<number>; value: number }>();
  for (const { company: buyer, cents, day } of counted) {
    const cohort = firsts.get(buyer);
    if (cohort === undefined || quarterOf(day) < cohort) continue;
    const key = `${Math.floor(cohort / 4)}-${String(1 + 3 * (cohort % 4)).padStart(2, "0")}-01 ${quarterOf(day) - cohort}`;
    const cell = cells.get(key) ?? { buyers: new Set(), value: 0 };
    if (cents >= 0) cell.buyers.add(buyer);
    cells.set(key, { ...cell, value: cell.value + cents });
  }
  return [...cells]
    .map(([key, { buyers, value }]) => ({ cell: key, accounts: buyers.size, value }))
    .sort((left, right) => (left.cell < right.cell ? -1 : 1));
}

/** What the newest snapshot has of histories and cohorts. */
async function storedHistories({ id }: TestWorkspace): Promise<readonly unknown[]> {
  return rawRows(
    `SELECT x.external_id::int AS company, s.purchase_days AS "purchaseDays", s.repeat_minor::int AS repeat,
            s.year_minor::int AS year, s.year_before_minor::int AS "yearBefore"
     FROM account_standing s JOIN source_record x ON x.workspace_id = s.workspace_id AND x.id = s.account_id
     WHERE s.workspace_id = $1 AND s.valid_to IS NULL ORDER BY 1`,
    [id],
  );
}

async function storedCohorts(workspace: TestWorkspace): Promise<readonly unknown[]> {
  return rawRows(
    `SELECT cell, accounts, value_minor::int AS value
     FROM (SELECT *, cohort::text || ' ' || quarter AS cell FROM cohort_figure WHERE workspace_id = $1 AND snapshot_id = $2) f
     ORDER BY cell COLLATE "C"`,
    [workspace.id, (await workspace.snapshot()).id],
  );
}

const companies = 7;

function exportsOf(deals: readonly Deal[]): Exports {
  return {
    companies: Array.from({ length: companies }, (_, index) =>
      company(String(index + 1), `Company ${index + 1}`),
    ),
    deals: deals.map(
      ({ id, company: buyer, cents, day, stage, currency }): CsvRow =>
        deal(String(id), buyer === 0 ? "" : String(buyer), (cents / 100).toFixed(2), day, {
          "Deal Stage": stage,
          Currency: currency,
          "Create Date": day,
        }),
    ),
  };
}

const someDeal = fc.record({
  company: fc.integer({ min: 0, max: companies - 1 }),
  // Few different amounts, so that there are ties; some are credits.
  cents: fc.oneof(fc.constantFrom(10_000, 20_000, 500), fc.integer({ min: -30_000, max: 90_000 })),
  day: fc
    .oneof(fc.integer({ min: 0, max: 1_200 }), fc.constantFrom(0, 1, 89, 90, 91, 729, 730, 731))
    .map((age) => daysBefore("2026-08-31", age)),
  stage: fc.constantFrom(
    "Closed Won" as const,
    "Closed Won" as const,
    "Closed Lost" as const,
    "Negotiation" as const,
  ),
  currency: fc.constantFrom("EUR" as const, "EUR" as const, "USD" as const),
});

const somePortfolio = fc
  .array(someDeal, { minLength: 1, maxLength: 30 })
  .map((deals) => deals.map((one, index): Deal => ({ ...one, id: index + 1 })));

/** A workspace that reports in EUR, whatever its sales are in. */
async function openInEuros(): Promise<TestWorkspace> {
  const workspace = await openWorkspace();
  await changeSettings(await sharedDatabase(), workspace.id, "test", { currency: "EUR" });
  return workspace;
}

async function seen(workspace: TestWorkspace): Promise<readonly Expected[]> {
  return [...(await workspace.standings())].map(([id, standing]) => {
    const { tier, value, previousTier, previousValue, wins, firstWonOn, lastWonOn, rank, cumulativeValue } =
      standing;
    const figures = {
      tier,
      value,
      previousTier,
      previousValue,
      wins,
      firstWonOn,
      lastWonOn,
      rank,
      cumulativeValue,
    };
    return { company: Number(id), ...figures };
  });
}

async function refresh({ store, id }: TestWorkspace, asOf?: string) {
  const workspace = await store.workspace(id);
  if (!workspace) throw new RangeError(id);
  return store.refresh(workspace, {
    now: new Date("2026-10-31T12:00:00Z"),
    ...(asOf !== undefined && { asOf }),
  });
}

async function checkAgainstOracle(workspace: TestWorkspace, deals: readonly Deal[]): Promise<void> {
  const asOf =
    [...deals]
      .map(({ day }) => day)
      .sort()
      .at(-1) ?? "";
  const expected = naivePortfolio(deals, asOf);
  const snapshot = await workspace.snapshot();
  expect(snapshot.asOf).toBe(asOf);
  expect(await seen(workspace)).toEqual(expected);
  expect(await storedHistories(workspace)).toEqual(naiveHistories(deals, asOf));
  expect(await storedCohorts(workspace)).toEqual(naiveCohorts(deals, asOf));

  const totals = await workspace.reads.totals(snapshot);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const positive = sum(expected.map(({ value }) => Math.max(0, value)));
  expect(totals.accounts).toBe(expected.length);
  expect(totals.value).toBe(sum(expected.map(({ value }) => value)));
  expect(totals.positiveValue).toBe(positive);
  for (const { tier, accounts, value, share } of totals.tiers) {
    const own = expected.filter((one) => one.tier === tier);
    expect([accounts, value]).toEqual([own.length, sum(own.map((one) => one.value))]);
    expect(share).toBeCloseTo(
      positive === 0 ? 0 : sum(own.map((one) => Math.max(0, one.value))) / positive,
      9,
    );
  }
  expect(totals.prospects).toBe(companies - expected.length);
  expect(totals.workspace?.opportunities).toBe(deals.length);
  const won = deals.filter(({ stage }) => stage === "Closed Won");
  expect(totals.workspace?.withoutAccount).toEqual({
    opportunities: deals.filter((one) => one.company === 0).length,
    won: won.filter((one) => one.company === 0).length,
    wonValue: sum(won.filter((one) => one.company === 0 && one.currency === "EUR").map(({ cents }) => cents)),
  });
  const dollars = won.filter((one) => one.currency === "USD" && one.company > 0);
  expect(totals.workspace?.withoutRate).toEqual(
    dollars.length === 0
      ? []
      : [{ currency: "USD", facts: dollars.length, amount: sum(dollars.map(({ cents }) => cents)) }],
  );
}

describe("the figures", () => {
  test("equal those recomputed from the rows of the export, also after a second export", async () => {
    await fc.assert(
      fc.asyncProperty(somePortfolio, somePortfolio, async (first, second) => {
        const workspace = await openInEuros();
        await workspace.import(exportsOf(first));
        await checkAgainstOracle(workspace, first);
        const before = await workspace.snapshot();
        const old = await workspace.standings(before);

        // The second export corrects the first deals and adds or keeps others.
        await workspace.import(exportsOf(second));
        const now = [...second, ...first.slice(second.length)];
        await checkAgainstOracle(workspace, now);
        expect(await workspace.standings(before)).toEqual(old);
        expect((await refresh(workspace))?.changed).toBe(0);
        await checkAgainstOracle(workspace, now);
      }),
      { numRuns: process.env.PROVE ? 1_000 : 6, seed: 20_260_831 },
    );
  }, 3_600_000);

  test("as of a given day leave out what came later", async () => {
    await fc.assert(
      fc.asyncProperty(somePortfolio, fc.integer({ min: 0, max: 800 }), async (deals, age) => {
        const workspace = await openInEuros();
        await workspace.import(exportsOf(deals));
        const asOf = daysBefore("2026-08-31", age);
        expect((await refresh(workspace, asOf))?.asOf).toBe(asOf);
        expect(await seen(workspace)).toEqual(naivePortfolio(deals, asOf));
        expect(await storedHistories(workspace)).toEqual(naiveHistories(deals, asOf));
        expect(await storedCohorts(workspace)).toEqual(naiveCohorts(deals, asOf));
      }),
      { numRuns: process.env.PROVE ? 1_000 : 5, seed: 7 },
    );
  }, 3_600_000);

  test("cut tiers where the cumulative value reaches 80, 95 and 99 per cent exactly", async () => {
    const workspace = await openWorkspace();
    const amounts = ["80.00", "15.00", "4.00", "1.00", "0.00", "-5.00"];
    await workspace.import({
      deals: amounts.map((amount, index) => deal(String(index), String(index), amount, "2026-05-01")),
    });
    expect([...(await workspace.standings()).values()].map(({ tier }) => tier).join("")).toBe("ABCDDD");
  });

  test("have reasons that name the figures", async () => {
    const workspace = await openWorkspace();
    await workspace.import({
      deals: [
        deal("1", "1", "900.00", "2026-05-01"),
        deal("2", "2", "50.00", "2025-01-01"),
        deal("3", "2", "50.00", "2026-04-30"),
      ],
    });
    const standings = await workspace.standings();
    const codes = (id: string) => standings.get(id)?.reasons.map(({ code }: Reason) => code);
    expect(codes("1")).toEqual(["dominant", "new", "bought"]);
    expect(codes("2")).toEqual(["dominant", "fell", "grew", "bought"]);
    expect(standings.get("2")?.reasons).toContainEqual({ code: "grew", from: 5_000, to: 10_000 });
  });
});

describe("snapshots", () => {
  const history = [deal("1", "1", "100.00", "2026-03-01"), deal("2", "2", "10.00", "2026-03-01")];

  test("a repeated refresh changes no standing", async () => {
    const workspace = await openWorkspace();
    await workspace.import({ deals: history });
    const rows = await workspace.dump();
    for (const _ of [1, 2, 3]) expect((await refresh(workspace))?.changed).toBe(0);
    expect((await workspace.dump()).account_standing).toEqual(rows.account_standing);
  });

  test("an older one gives the old answer after new ones", async () => {
    const workspace = await openWorkspace();
    const answers: [number, unknown][] = [];
    for (const [index, amount] of ["100.00", "5.00", "5.00", "700.00"].entries()) {
      await workspace.import({
        deals: [
          ...history,
          deal("3", "3", amount, `2026-04-0${index + 1}`),
          deal("1", "1", amount, "2026-03-01"),
        ],
      });
      // Only the newest ones keep what makes answers quick.
      const answerOf = async (id?: number) => {
        const { isPrepared: _, ...snapshot } = await workspace.snapshot(id);
        return [snapshot, await workspace.standings(await workspace.snapshot(id))];
      };
      answers.push([(await workspace.snapshot()).id, await answerOf()]);
      for (const [id, answer] of answers) expect(await answerOf(id)).toEqual(answer);
    }
    expect(new Set(answers.map(([id]) => id)).size).toBe(4);
  });

  test("what a broken refresh left behind is unseen and removed by the next", async () => {
    const workspace = await openWorkspace();
    await workspace.import({ deals: history });
    const good = await workspace.snapshot();
    const before = await workspace.standings();
    // As after a crash in the middle of `storeChanges`: one standing ended, its successor begun.
    const [broken] = await rawRows(
      `INSERT INTO snapshot (workspace_id, status, created_at, as_of, window_after, currency, parameters, totals)
       SELECT workspace_id, 'staging', now() - interval '2 minutes', as_of, window_after, currency, parameters, totals FROM snapshot
       WHERE workspace_id = $1 AND id = $2 RETURNING id`,
      [workspace.id, good.id],
    );
    await rawRows("UPDATE account_standing SET valid_to = $3 WHERE workspace_id = $1 AND account_id = $2", [
      workspace.id,
      accountId("1"),
      broken?.id,
    ]);
    await rawRows(
      `INSERT INTO account_standing (workspace_id, account_id, valid_from, tier, value_minor, previous_value_minor, wins, first_won_on, last_won_on, reasons)
       SELECT workspace_id, account_id, $3, 'D', 1, 0, 1, first_won_on, last_won_on, '[]' FROM account_standing
       WHERE workspace_id = $1 AND account_id = $2`,
      [workspace.id, accountId("1"), broken?.id],
    );
    expect((await workspace.snapshot()).id).toBe(good.id);
    expect(await workspace.reads.snapshot(Number(broken?.id))).toBeUndefined();
    expect(await workspace.standings()).toEqual(before);

    expect((await refresh(workspace))?.changed).toBe(0);
    expect(await workspace.standings()).toEqual(before);
    const left = await rawRows("SELECT id FROM snapshot WHERE workspace_id = $1 AND status = 'staging'", [
      workspace.id,
    ]);
    expect(left).toEqual([]);
  });

  test("refreshes of one workspace that overlap take turns: every snapshot is whole", {
    timeout: 3_600_000,
  }, async () => {
    const workspace = await openWorkspace();
    const buyers = 300;
    await workspace.import({
      deals: Array.from({ length: buyers }, (_, index) =>
        deal(String(index), String(index), `${index + 1}.00`, index % 2 === 0 ? "2026-03-01" : "2026-05-01"),
      ),
    });
    // As of March half of them had not bought yet, so that every turn begins and ends standings.
    const refreshed = await Promise.all(
      Array.from({ length: process.env.PROVE ? 200 : 12 }, async (_, index) => {
        await sleep(index * 7);
        return refresh(workspace, index % 2 === 0 ? "2026-03-31" : "2026-05-31");
      }),
    );
    for (const [index, done] of refreshed.entries()) {
      const { rows } = await workspace.reads.standings(
        await workspace.snapshot(done?.snapshot),
        {},
        { offset: 0 },
      );
      expect(new Set(rows.map(({ accountId: id }) => id)).size).toBe(rows.length);
      expect(rows.length).toBe(index % 2 === 0 ? buyers / 2 : buyers);
    }
  });

  test("an account that lost all purchases loses its standing, and has it again when they come back", async () => {
    const workspace = await openWorkspace();
    await workspace.import({ deals: history });
    const old = await workspace.snapshot();
    const report = await workspace.import({
      deals: [deal("2", "2", "10.00", "2026-03-01", { "Deal Stage": "Closed Lost" })],
    });
    // One standing ends; the other's reasons change, since it is all of the portfolio now.
    expect(report.snapshot?.changed).toBe(2);
    expect([...(await workspace.standings()).keys()]).toEqual(["1"]);
    expect([...(await workspace.standings(old)).keys()]).toEqual(["1", "2"]);
    expect(await workspace.reads.totals(await workspace.snapshot())).toMatchObject({
      accounts: 1,
      prospects: 1,
    });
    const detail = await workspace.reads.account(await workspace.snapshot(), accountId("2"));
    expect(detail?.standing).toBeUndefined();
    await workspace.import({ deals: history });
    expect([...(await workspace.standings()).keys()]).toEqual(["1", "2"]);
  });

  test("all purchases lost leave a portfolio of prospects", async () => {
    const workspace = await openWorkspace();
    await workspace.import({ deals: history });
    await workspace.import({ deals: history.map((row) => ({ ...row, "Deal Stage": "Closed Lost" })) });
    expect(await workspace.standings()).toEqual(new Map());
    expect(await workspace.reads.totals(await workspace.snapshot())).toMatchObject({
      accounts: 0,
      value: 0,
      prospects: 2,
    });
  });

  test("prospects have no standing, and a portfolio of nothing else has no snapshot", async () => {
    const workspace = await openWorkspace();
    const report = await workspace.import({ companies: [company("1", "Acme"), company("2", "Borealis")] });
    expect(report.snapshot).toBeUndefined();
    expect(await workspace.reads.snapshot()).toBeUndefined();
    expect((await workspace.reads.findAccounts("acme")).match?.name).toBe("Acme");
    await workspace.import({ deals: [deal("1", "1", "1.00", "2026-03-01")] });
    expect([...(await workspace.standings()).keys()]).toEqual(["1"]);
    expect((await workspace.reads.totals(await workspace.snapshot())).prospects).toBe(1);
  });
});
