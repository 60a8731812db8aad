import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Selection, Snapshot } from "../../src/store/reads.ts";
import {
  accountId,
  company,
  deal,
  openWorkspace,
  productId,
  repId,
  type TestWorkspace,
  user,
} from "../helpers/workspace.ts";

interface Customer {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly industry: string;
  readonly region: string;
  readonly segment: string;
  readonly deals: readonly { readonly cents: number; readonly day: string; readonly product: string }[];
}

const owners = ["Rita Reed", "Sam Stone", "Una Underhill"];
const products = ["Pump", "Valve", "Pipe"];
const days = [
  "2022-03-31",
  "2024-09-01",
  "2025-02-14",
  "2025-12-31",
  "2026-01-01",
  "2026-05-20",
  "2026-08-31",
];
const pick = <Value>(values: readonly Value[], index: number): Value => {
  const value = values[index % values.length];
  if (value === undefined) throw new RangeError("empty");
  return value;
};

/** Forty customers in every combination; one in eight has not bought. */
const customers: readonly Customer[] = Array.from({ length: 40 }, (_, index) => ({
  id: String(index + 1),
  name: `Customer ${index + 1}`,
  owner: pick(owners, index),
  industry: pick(["Mining", "Retail", "Energy", ""], index * 3 + 1),
  region: pick(["North", "South", ""], Math.floor(index / 3)),
  segment: pick(["Gold", "gold", "Silver", ""], index),
  deals:
    index % 8 === 7
      ? []
      : Array.from({ length: (index % 3) + 1 }, (_unused, number) => ({
          cents:
            ((index * 37 + number * 11) % 50) * (index % 5 === 0 ? 10_000 : 300) -
            (index === 20 ? 90_000 : 0),
          day: pick(days, index + number * 2),
          product: pick(products, index + number),
        })),
}));

/** The long runs take minutes. */
const provable = { timeout: 3_600_000 };

let workspace: TestWorkspace;
let snapshot: Snapshot;
let last: ReadonlyMap<
  string,
  Awaited<ReturnType<TestWorkspace["standings"]>> extends ReadonlyMap<string, infer Row> ? Row : never
>;

beforeAll(async () => {
  workspace = await openWorkspace();
  await workspace.import({
    companies: customers.map(({ id, name, owner, industry, region, segment }) =>
      company(id, name, {
        "Company owner": owner,
        Industry: industry,
        "Country/Region": region,
        Segment: segment,
      }),
    ),
    users: owners.map((name, index) => user(name, `rep${index}@example.com`, `Team ${index % 2}`)),
    deals: customers.flatMap(({ id, deals }) =>
      deals.map(({ cents, day, product }, number) =>
        deal(`${id}-${number}`, id, (cents / 100).toFixed(2), day, { Product: product }),
      ),
    ),
  });
  snapshot = await workspace.snapshot();
  last = await workspace.standings(snapshot);
});

type Standing = typeof last extends ReadonlyMap<string, infer Row> ? Row : never;
type Filter = (customer: Customer, standing: Standing) => boolean;

/** Each filter beside what it means. */
const filters: readonly (readonly [string, Selection, Filter])[] = [
  ["none", {}, () => true],
  ...(["A", "B", "C", "D"] as const).map(
    (tier) =>
      [`tier ${tier}`, { tier }, (_, standing) => standing.tier === tier] as [string, Selection, Filter],
  ),
  ...(["A", "B", "C", "D"] as const).map(
    (from) =>
      [
        `from ${from}`,
        { from },
        (_, standing) => standing.previousTier === from && standing.tier !== from,
      ] as [string, Selection, Filter],
  ),
  [
    "up",
    { direction: "up" },
    (_, { tier, previousTier }) => previousTier !== undefined && tier < previousTier,
  ],
  [
    "down",
    { direction: "down" },
    (_, { tier, previousTier }) => previousTier !== undefined && tier > previousTier,
  ],
  ["one owner", { ownerIds: [repId("Rita Reed")] }, ({ owner }) => owner === "Rita Reed"],
  [
    "two owners",
    { ownerIds: [repId("Rita Reed"), repId("Sam Stone")] },
    ({ owner }) => owner === "Rita Reed" || owner === "Sam Stone",
  ],
  ["no owner at all", { ownerIds: [] }, () => false],
  [
    "a product bought in the window",
    { productIds: [productId("Pump")] },
    ({ deals }) => deals.some(({ product, day }) => product === "Pump" && day > "2024-08-31"),
  ],
  [
    "one of two products",
    { productIds: [productId("Pump"), productId("Pipe")] },
    ({ deals }) => deals.some(({ product, day }) => product !== "Valve" && day > "2024-08-31"),
  ],
  ["an industry", { industry: "Mining" }, ({ industry }) => industry === "Mining"],
  ["a region", { region: "North" }, ({ region }) => region === "North"],
  [
    "a cohort, both ends included",
    { cohort: { first: "2024-09-01", last: "2025-12-31" } },
    ({ deals }) => {
      const first = deals.map(({ day }) => day).sort()[0] ?? "";
      return first >= "2024-09-01" && first <= "2025-12-31";
    },
  ],
  [
    "quiet since a day, which is included",
    { quietSince: "2025-12-31" },
    ({ deals }) =>
      (deals
        .map(({ day }) => day)
        .sort()
        .at(-1) ?? "9") <= "2025-12-31",
  ],
  [
    "a column, whatever the letter case",
    { columns: [{ column: "Segment", value: "GOLD" }] },
    ({ segment }) => segment.toLowerCase() === "gold",
  ],
  ["a column that nobody has", { columns: [{ column: "Colour", value: "blue" }] }, () => false],
];

function expected(tests: readonly Filter[]): readonly string[] {
  return [...last]
    .filter(([id, standing]) => {
      const customer = customers.find((one) => one.id === id);
      return customer && tests.every((passes) => passes(customer, standing));
    })
    .map(([id]) => accountId(id));
}

describe("standings", () => {
  test("are of every customer who ever bought, and of nobody else", () => {
    expect([...last.keys()].sort()).toEqual(
      customers
        .filter(({ deals }) => deals.length > 0)
        .map(({ id }) => id)
        .sort(),
    );
    const tiers = new Set([...last.values()].map(({ tier }) => tier));
    expect([...tiers].sort()).toEqual(["A", "B", "C", "D"]);
  });

  test.each(filters)("filtered by %s", async (_, selection, passes) => {
    const { rows, accounts, value, whole, wholeAccounts } = await workspace.reads.standings(
      snapshot,
      selection,
      {
        offset: 0,
      },
    );
    const ids = expected([passes]);
    expect(rows.map((row) => row.accountId)).toEqual(ids);
    expect(accounts).toBe(ids.length);
    expect(value).toBe(rows.reduce((sum, row) => sum + row.value, 0));
    // What shares are shares of does not depend on the filter, nor does the rank.
    const totals = await workspace.reads.totals(snapshot);
    expect([whole, wholeAccounts]).toEqual([totals.positiveValue, totals.accounts]);
    const all = [...last.values()];
    expect(rows).toEqual(all.filter(({ accountId: id }) => ids.includes(id)));
  });

  test("filtered by any filters together keep who passes all", provable, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: filters.length - 1 }), { maxLength: 3 }),
        async (chosen) => {
          // Of two filters of one kind the later would replace the earlier.
          const parts = chosen.map((index) => pick(filters, index));
          fc.pre(
            new Set(parts.flatMap(([, selection]) => Object.keys(selection))).size ===
              parts.flatMap(([, s]) => Object.keys(s)).length,
          );
          const selection: Selection = Object.assign({}, ...parts.map(([, one]) => one));
          const { rows } = await workspace.reads.standings(snapshot, selection, { offset: 0 });
          expect(rows.map((row) => row.accountId)).toEqual(expected(parts.map(([, , passes]) => passes)));
        },
      ),
      { numRuns: process.env.PROVE ? 2_000 : 20, seed: 3 },
    );
  });

  test.each([1, 7, 10, 100])("in pages of %i cover every row once", async (limit) => {
    const ids: string[] = [];
    for (let offset = 0; ; offset += limit) {
      const { rows, accounts } = await workspace.reads.standings(snapshot, {}, { offset, limit });
      expect(accounts).toBe(last.size);
      if (rows.length === 0) break;
      expect(rows.length).toBe(Math.min(limit, last.size - offset));
      ids.push(...rows.map((row) => row.accountId));
    }
    expect(ids).toEqual([...last.values()].map((row) => row.accountId));
  });
});

describe("spend in a window", () => {
  const window = { after: "2025-02-13", until: "2026-01-01" };

  test.each(filters)("filtered by %s", async (name, selection, passes) => {
    const rows = await workspace.reads.spend(snapshot, selection, window, "industry");
    const inWindow = (day: string) => day > window.after && day <= window.until;
    const byProduct: Filter = ({ deals }) =>
      deals.some(
        ({ day, product }) => inWindow(day) && (selection.productIds ?? []).includes(productId(product)),
      );
    const ids = expected([name.includes("product") ? byProduct : passes]);
    expect(rows.map((row) => row.accountId).sort()).toEqual([...ids].sort());
    for (const row of rows) {
      const customer = customers.find(({ id }) => accountId(id) === row.accountId);
      const bought = customer?.deals.filter(({ day }) => inWindow(day)) ?? [];
      expect([row.value, row.wins, row.group]).toEqual([
        bought.reduce((sum, { cents }) => sum + cents, 0),
        bought.length,
        customer?.industry || undefined,
      ]);
    }
  });

  test.each([
    ["owner", (customer: Customer) => customer.owner],
    ["region", (customer: Customer) => customer.region],
    [{ custom: "Segment" }, (customer: Customer) => customer.segment],
    [undefined, () => undefined],
  ] as const)("grouped within %o", async (within, groupOf) => {
    const rows = await workspace.reads.spend(snapshot, {}, window, within);
    expect(rows.length).toBe(last.size);
    for (const { accountId: id, group } of rows) {
      const customer = customers.find((one) => accountId(one.id) === id);
      expect(group).toBe(customer && (groupOf(customer) || undefined));
    }
  });
});

describe("an account", () => {
  test("has all that its rows say", async () => {
    for (const customer of customers) {
      const detail = await workspace.reads.account(snapshot, accountId(customer.id));
      const cents = customer.deals.reduce((sum, deal) => sum + deal.cents, 0);
      expect(detail).toMatchObject({
        name: customer.name,
        owner: { name: customer.owner },
        won: { opportunities: customer.deals.length, value: cents },
        open: { opportunities: 0, value: 0 },
        sources: ["HubSpot"],
      });
      expect([detail?.industry, detail?.region]).toEqual([
        customer.industry || undefined,
        customer.region || undefined,
      ]);
      const { owner: _, ...standing } = detail?.standing ?? {};
      const { owner: __, ...row } = last.get(customer.id) ?? {};
      expect(standing).toEqual(row);
      expect(detail?.products.reduce((sum, { value }) => sum + value, 0)).toBe(cents);
      expect(detail?.newestFactOn).toBe(
        customer.deals
          .map(({ day }) => day)
          .sort()
          .at(-1),
      );
    }
  });

  test("lists what it bought in a window, largest first", async () => {
    for (const customer of customers) {
      const window = { after: "2024-09-01", until: "2026-01-01" };
      const rows = await workspace.reads.purchases(snapshot, accountId(customer.id), window, 2);
      const bought = customer.deals.filter(({ day }) => day > window.after && day <= window.until);
      expect(rows.map(({ value }) => value)).toEqual(
        bought
          .map(({ cents }) => cents)
          .sort((left, right) => right - left)
          .slice(0, 2),
      );
    }
  });

  test("that does not exist is none", async () => {
    const nobody = "00000000-0000-4000-8000-000000000000";
    expect(await workspace.reads.account(snapshot, nobody)).toBeUndefined();
    expect(await workspace.reads.purchases(snapshot, nobody, snapshot.window, 9)).toEqual([]);
    expect(await workspace.reads.labels([nobody])).toEqual(new Map());
    expect(await workspace.reads.labels([])).toEqual(new Map());
  });
});

describe("finding an account by what was typed", () => {
  const names = [
    "GTX Pro GmbH",
    "Café Zürich AG",
    "Müller & Söhne",
    "Müller Logistik",
    "Borealis",
    "Borealis Nord",
    "100% Natural",
    "1000 Natural Things",
    "Under_score Ltd",
    "UnderXscore Ltd",
    "Back\\slash Inc",
    "Élan Vital",
    "日本電気",
    "O'Brien & Sons",
  ];
  let reads: TestWorkspace["reads"];

  beforeAll(async () => {
    const own = await openWorkspace();
    await own.import({ companies: names.map((name, index) => company(String(index), name)) });
    reads = own.reads;
  });

  test.each([
    ["GTX Pro GmbH", "GTX Pro GmbH"],
    ["gtx pro gmbh", "GTX Pro GmbH"],
    ["  GTX   PRO  gmbh ", "GTX Pro GmbH"],
    ["gtxpro", "GTX Pro GmbH"],
    ["gtx", "GTX Pro GmbH"],
    ["cafe zurich", "Café Zürich AG"],
    ["CAFÉ", "Café Zürich AG"],
    ["zurich", "Café Zürich AG"],
    ["ÉLAN", "Élan Vital"],
    ["elan", "Élan Vital"],
    ["müller log", "Müller Logistik"],
    ["MULLER LOGISTIK", "Müller Logistik"],
    ["borealis", "Borealis"],
    ["nord", "Borealis Nord"],
    ["日本", "日本電気"],
    ["o'brien", "O'Brien & Sons"],
    ["obrien", "O'Brien & Sons"],
    ["100%", undefined],
    ["100% natural", "100% Natural"],
    ["under_score ltd", "Under_score Ltd"],
    ["back\\slash", "Back\\slash Inc"],
  ])("%s means %s", async (typed, name) => {
    expect((await reads.findAccounts(typed)).match?.name).toBe(name);
  });

  test("a typing error offers the one that was meant first", async () => {
    for (const [typed, name] of [
      ["Boraelis Nord", "Borealis Nord"],
      ["Logistick", "Müller Logistik"],
      ["Natrual Things", "1000 Natural Things"],
    ]) {
      const { match, near } = await reads.findAccounts(typed ?? "");
      expect([match, near[0]?.name]).toEqual([undefined, name]);
    }
  });

  test("several that fit are offered, and none is taken", async () => {
    const { match, near } = await reads.findAccounts("müller");
    expect([match, near.map(({ name }) => name).sort()]).toEqual([
      undefined,
      ["Müller & Söhne", "Müller Logistik"],
    ]);
  });

  test("two accounts of one name are ambiguous", async () => {
    const own = await openWorkspace();
    await own.import({ companies: [company("1", "Acme"), company("2", "ACME"), company("3", "Acme Two")] });
    const { match, near } = await own.reads.findAccounts("acme");
    expect([match, near.map(({ id }) => id).sort()]).toEqual([undefined, ["1", "2"].map(accountId).sort()]);
  });

  test.each([["%"], ["_"], ["%%%"], ["\\"], ["__________"]])("%s is no wildcard", async (typed) => {
    const { match, near } = await reads.findAccounts(typed);
    const containing = names.filter((name) => name.includes(typed));
    expect(match).toBeUndefined();
    expect(near.map(({ name }) => name).sort()).toEqual(containing.sort());
  });

  test.each([
    [""],
    ["   "],
    ["☃"],
    ["x".repeat(300)],
    ["ü".repeat(300)],
    ["a\u0000b"],
    ["'; DROP TABLE account; --"],
  ])("%s takes no account and breaks nothing", async (typed) => {
    const { match, near } = await reads.findAccounts(typed);
    expect(match).toBeUndefined();
    expect(near.length).toBeLessThanOrEqual(5);
  });

  test("any text is answered; an exact name is found among many like it", provable, async () => {
    const own = await openWorkspace();
    await own.import({
      companies: Array.from({ length: 300 }, (_, index) => company(String(index), `Acme Holding ${index}`)),
    });
    for (const index of [0, 7, 123, 299])
      expect((await own.reads.findAccounts(`acme holding ${index}`)).match?.name).toBe(
        `Acme Holding ${index}`,
      );
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 40 }), async (typed) => {
        const { match, near } = await own.reads.findAccounts(typed);
        expect(near.length).toBeLessThanOrEqual(5);
        expect(match === undefined || near.length === 0 || near.some(({ id }) => id === match.id)).toBe(true);
      }),
      { numRuns: process.env.PROVE ? 3_000 : 25, seed: 4 },
    );
  });
});

describe("reps and products", () => {
  test("are listed by name, once each", async () => {
    const reps = await workspace.reads.reps();
    expect(reps.map(({ name, email, team }) => [name, email, team])).toEqual(
      owners.map((name, index) => [name, `rep${index}@example.com`, `Team ${index % 2}`]),
    );
    expect(await workspace.reads.products()).toEqual(
      [...products].sort().map((name) => ({ id: productId(name), name })),
    );
  });
});
