import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { demoAsOf, demoSeed, generateDemo } from "../../demo/generate.ts";
import { addDays, daysBetween } from "../../src/core/calendar.ts";
import { defaultSettings } from "../../src/core/settings.ts";
import {
  type KnownAccount,
  type PlainPotential,
  plainPotentials,
  readKnown,
} from "../helpers/plain-potential.ts";
import { type Asked, openAsked } from "../helpers/small-portfolio.ts";
import { rawRows, temporaryFolder } from "../helpers/workspace.ts";

// What is said of the invented company's reps, products, prospects and coverage is computed again from its rows.

interface Row {
  readonly rep: string;
  readonly closed: number;
  readonly won: number;
  readonly observed: number | { readonly amount: number };
  readonly expected: number | { readonly amount: number };
  readonly low: number;
  readonly high: number;
}

let demo: Asked;
let oracle: ReadonlyMap<string, Readonly<Record<string, number>>>;
beforeAll(async () => {
  demo = await openAsked();
  const folder = temporaryFolder();
  const files = generateDemo({ seed: demoSeed, asOf: demoAsOf }).map(({ name, content }) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  });
  await demo.importPaths(files);
  const { window } = await demo.snapshot();
  // Every deal of it has an owner, who may be written in several ways.
  const rows = await rawRows(
    `WITH closed AS (
       SELECT COALESCE(s.stands_for, s.id) AS rep, o.*, d.expected, d.expected_minor
       FROM current_opportunity o
       JOIN source_record s ON s.workspace_id = o.workspace_id AND s.id = o.owner_record_id
       JOIN deal d ON d.workspace_id = o.workspace_id AND d.id = o.id
       WHERE o.workspace_id = $1 AND o.status <> 'open' AND o.close_on > $2::date AND o.close_on <= $3::date)
     SELECT r.name, COUNT(*)::int AS closed, (COUNT(*) FILTER (WHERE status = 'won'))::int AS won,
            COALESCE(SUM(amount_minor) FILTER (WHERE status = 'won'), 0)::float AS sold,
            SUM(expected)::float AS expected, SUM(expected_minor)::float AS expected_minor
     FROM closed JOIN current_rep_record r ON r.workspace_id = $1 AND r.source_record_id = closed.rep GROUP BY 1`,
    [demo.id, window.after, window.until],
  );
  oracle = new Map(
    rows.map(({ name, ...figures }) => [String(name), figures as Readonly<Record<string, number>>]),
  );
}, 120_000);

const boardOf = async (line: string) =>
  ((await demo.reply(line, { rows: "all" })).data as { readonly rows: readonly Row[] }).rows;

test("deals closed, won and to be expected, by whoever owned them", async () => {
  const rows = await boardOf("leaderboard by wins");
  expect(rows.map(({ rep }) => rep).toSorted()).toEqual([...oracle.keys()].toSorted());
  for (const { rep, closed, won, expected } of rows) {
    const own = oracle.get(rep);
    expect([closed, won]).toEqual([own?.closed, own?.won]);
    expect(expected).toBeCloseTo(own?.expected ?? 0, 6);
  }
});

test("margin of what was sold, beside the chances of all deals times their sizes", async () => {
  for (const { rep, observed, expected } of await boardOf("leaderboard")) {
    const own = oracle.get(rep);
    expect(observed).toEqual({ amount: Math.round(0.4 * (own?.sold ?? 0)), currency: "EUR" });
    expect(expected).toEqual({ amount: Math.round(0.4 * (own?.expected_minor ?? 0)), currency: "EUR" });
  }
});

test("whoever has large accounts is not better for it: only who was made to sell better stands out", async () => {
  const strong = ["Priya Raman", "Marek Nowak"];
  for (const line of ["leaderboard", "leaderboard by wins"]) {
    const above = (await boardOf(line)).filter(({ low }) => low > 1);
    expect(above.map(({ rep }) => rep)).toContain("Priya Raman");
    for (const { rep } of above) expect(strong).toContain(rep);
  }
});

test("coach tells a rep of their own deals", async () => {
  const viewer = {
    workspaceId: demo.id,
    standing: "member",
    email: "priya.raman@brightwater.example",
  } as const;
  const { data } = await demo.reply("coach", { viewer });
  const own = oracle.get("Priya Raman");
  expect(data).toMatchObject({
    rep: "Priya Raman",
    total: { closed: own?.closed, won: own?.won, expected: expect.closeTo(own?.expected ?? 0, 6) },
  });
});

interface Deal {
  readonly product: string;
  readonly status: "won" | "lost" | "open";
  readonly created: string;
  readonly closed: string | undefined;
  readonly amount: number;
}

/** With the names of products that stand for others. */
async function readDeals(): Promise<readonly Deal[]> {
  const rows = await rawRows(
    `SELECT r.name AS product, o.status::text, o.created_on::text AS created, o.close_on::text AS closed, o.amount_minor::float AS amount
     FROM current_opportunity o
     JOIN source_record s ON s.workspace_id = o.workspace_id AND s.id = o.product_record_id
     JOIN current_product_record r ON r.workspace_id = o.workspace_id AND r.source_record_id = COALESCE(s.stands_for, s.id)
     WHERE o.workspace_id = $1 AND o.created_on IS NOT NULL`,
    [demo.id],
  );
  return rows.map((row) => ({ ...row, closed: row.closed ?? undefined }) as Deal);
}

/** The age by which 95 % of what ever closes is closed: the product of Kaplan and Meier, age by age, by counting all deals. */
function matureAge(deals: readonly Deal[], asOf: string): number {
  const lives = deals.map(({ status, created, closed = asOf }) => {
    const isClosed = status !== "open" && closed <= asOf;
    return { age: Math.max(0, daysBetween(created, isClosed ? closed : asOf)), isClosed };
  });
  const seen = deals.map(({ created }) => daysBetween(created, asOf)).sort((one, other) => other - one);
  let open = 1;
  const curve = [...new Set(lives.filter(({ isClosed }) => isClosed).map(({ age }) => age))]
    .filter((age) => age <= (seen[9] ?? 0))
    .sort((one, other) => one - other)
    .map((age) => {
      const closures = lives.filter((life) => life.isClosed && life.age === age).length;
      open *= 1 - closures / lives.filter((life) => life.age >= age).length;
      return { age, closing: 1 - open };
    });
  return curve.find(({ closing }) => closing >= 0.95 * (curve.at(-1)?.closing ?? 0))?.age ?? 0;
}

test("products: deals that are old enough, won, days to win and what was sold", async () => {
  const { asOf, window } = await demo.snapshot();
  const deals = await readDeals();
  const { rows, maturity } = (await demo.reply("products", { rows: "all" })).data as {
    maturity: { ageDays: number };
    rows: readonly {
      product: string;
      won: number;
      closed: number;
      medianDays: number | null;
      wonAmount: { amount: number };
    }[];
  };
  expect(maturity.ageDays).toBe(matureAge(deals, asOf));
  const mature = deals.filter(
    ({ status, created, closed = "" }) =>
      status !== "open" &&
      closed <= asOf &&
      created > window.after &&
      created <= addDays(asOf, -maturity.ageDays),
  );
  const names = [...new Set(deals.map(({ product }) => product))].sort();
  expect(rows.map(({ product }) => product).toSorted()).toEqual(names);
  for (const { product, won, closed, medianDays, wonAmount } of rows) {
    const own = mature.filter((deal) => deal.product === product);
    const wins = own.filter(({ status }) => status === "won");
    const days = wins
      .map((deal) => Math.max(0, daysBetween(deal.created, deal.closed ?? "")))
      .sort((one, other) => one - other);
    const middle = days.length / 2;
    expect([product, closed, won]).toEqual([product, own.length, wins.length]);
    expect(medianDays).toBe(
      days.length === 0 ? null : ((days[Math.ceil(middle) - 1] ?? 0) + (days[Math.floor(middle)] ?? 0)) / 2,
    );
    const sold = deals.filter(
      (deal) =>
        deal.product === product &&
        deal.status === "won" &&
        (deal.closed ?? "") > window.after &&
        (deal.closed ?? "") <= window.until,
    );
    expect(wonAmount.amount).toBe(sold.reduce((sum, { amount }) => sum + (amount ?? 0), 0));
  }
});

describe("what accounts could bring", () => {
  interface Money {
    readonly amount: number;
  }
  interface Account {
    readonly accountId: string;
    readonly value: Money;
    readonly range: { readonly low: Money; readonly high: Money };
  }
  interface Prospect {
    readonly accountId: string;
    readonly potential: Money;
    readonly potentialLow: Money;
    readonly potentialHigh: Money;
    readonly probability: number;
    readonly weighted: Money;
  }
  const listOf = async <Listed>(line: string) =>
    ((await demo.reply(line, { rows: "all" })).data as { readonly rows: readonly Listed[] }).rows;
  let known: readonly KnownAccount[];
  let wanted: ReadonlyMap<string, PlainPotential>;
  beforeAll(async () => {
    const basis = await demo.reads.potentialBasis(await demo.snapshot());
    if (!basis) throw new RangeError("no potential");
    known = await readKnown(demo.id);
    wanted = plainPotentials(basis, known);
  });
  test("top by potential has everybody, as recomputed from what they bought", async () => {
    const rows = await listOf<Account>("top by potential");
    expect(rows).toHaveLength(known.length);
    for (const { accountId, value, range } of rows)
      expect({ potential: value.amount, low: range.low.amount, high: range.high.amount }).toEqual(
        wanted.get(accountId),
      );
    expect(rows.map(({ value }) => value.amount)).toEqual(
      [...wanted.values()].map(({ potential }) => potential).sort((one, other) => other - one),
    );
  });

  test("prospects are those that never bought, by potential times chance", async () => {
    const rows = await listOf<Prospect>("prospects");
    expect(new Set(rows.map(({ accountId }) => accountId))).toEqual(
      new Set(known.filter(({ margin }) => margin === undefined).map(({ id }) => id)),
    );
    for (const row of rows) {
      const { potential, potentialLow, potentialHigh } = row;
      expect({ potential: potential.amount, low: potentialLow.amount, high: potentialHigh.amount }).toEqual(
        wanted.get(row.accountId),
      );
      expect(row.weighted.amount).toBe(Math.round(row.potential.amount * row.probability));
    }
    expect(rows.map(({ weighted }) => weighted.amount)).toEqual(
      rows.map(({ weighted }) => weighted.amount).toSorted((one, other) => other - one),
    );
  });

  test("coverage: the most intensive level that costs at most its share of the margin at stake", async () => {
    const { coverage } = defaultSettings;
    const prospects = await listOf<Prospect>("prospects");
    const weighted = new Map(prospects.map((row) => [row.accountId, row.weighted.amount]));
    const levels = [
      ["strategic", coverage.hoursStrategic, coverage.costStrategic],
      ["field", coverage.hoursField, coverage.costField],
      ["inside", coverage.hoursInside, coverage.costInside],
      ["self-serve", coverage.hoursSelfServe, coverage.costSelfServe],
    ] as const;
    const levelOf = ({ id, margin }: KnownAccount) => {
      const own = Math.max(0, margin ?? 0);
      const beyond = Math.max(0, (wanted.get(id)?.potential ?? 0) - own);
      const stake = weighted.get(id) ?? own + Math.round((beyond * coverage.winnablePercent) / 100);
      return (
        levels.find(
          ([, hours, perHour]) => hours * perHour * 100 * 100 <= stake * coverage.mostPercent,
        )?.[0] ?? "self-serve"
      );
    };
    const told = (await demo.reply("coverage")).data as {
      rows: readonly { level: string; accounts: number; hours: number; cost: Money }[];
    };
    expect(
      told.rows.map(({ level, accounts, hours, cost }) => [level, accounts, hours, cost.amount]),
    ).toEqual(
      levels.map(([level, hours, perHour]) => {
        const accounts = known.filter((account) => levelOf(account) === level).length;
        return [level, accounts, accounts * hours, accounts * hours * perHour * 100];
      }),
    );
  });
});
