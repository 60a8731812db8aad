import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Draft, recordId } from "../../src/ingest/drafts.ts";
import { createLoader } from "../../src/ingest/load-drafts.ts";
import { cohortRowsOf } from "../../src/store/cohort-figures.ts";
import type { Database } from "../../src/store/connect.ts";
import { createCorrections } from "../../src/store/corrections.ts";
import { withFirstDay } from "../../src/store/counted-days.ts";
import { createRates } from "../../src/store/hand-rates.ts";
import { refresh } from "../../src/store/refresh.ts";
import { reportingBasis } from "../../src/store/reporting.ts";
import { purchaseDaysOf } from "../../src/store/spend.ts";
import { sql } from "../../src/store/sql.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { createValueRules } from "../../src/store/value-rules.ts";
import { changeSettings, ensureWorkspace } from "../../src/store/workspaces.ts";
import { openRawWorkspace, sharedDatabase } from "../helpers/facts.ts";
import { storeAddress } from "../helpers/store-address.ts";

const runs = process.env.PROVE ? 300 : 4;
const timeoutMs = process.env.PROVE ? 3_600_000 : 120_000;
const seed = Number(process.env.COUNTED_SEED ?? 20_261_122);
const custom = {};

let store: Store;
let database: Database;
beforeAll(async () => {
  store = await openStore(storeAddress());
  database = await sharedDatabase();
});
afterAll(() => store.close());

/** Some lie after every as-of day at first. */
const day = fc.constantFrom(
  "2025-01-10",
  "2025-03-01",
  "2025-03-05",
  "2025-04-20",
  "2026-12-01",
  "2027-02-01",
);
const currency = fc.constantFrom("EUR", "EUR", "USD");
const reference = fc.constantFrom(
  { externalId: "a" },
  { externalId: "b" },
  { externalId: "c" },
  { name: "Ceta" },
);
const amountMinor = fc.constantFrom(100n, 200n, 0n, -50n);

const deal = fc.record({
  kind: fc.constant("opportunity" as const),
  externalId: fc.constantFrom("1", "2", "3", "4"),
  stage: fc.constant("Won"),
  status: fc.constantFrom("won" as const, "won" as const, "open" as const),
  ...{ account: reference, amountMinor, currency, closeOn: day, custom: fc.constant(custom) },
});
const line = fc.record({
  kind: fc.constantFrom("invoice" as const, "payment" as const),
  document: fc.constantFrom("I1", "I2", "I3"),
  description: fc.constantFrom("bolt", "nut"),
  ...{ account: reference, amountMinor, currency, onDay: day, custom: fc.constant(custom) },
});
const account = fc.record({
  kind: fc.constant("account" as const),
  externalId: fc.constantFrom("a", "b", "c"),
  name: fc.constantFrom("Ay", "Bee", "Ceta"),
  domain: fc.constantFrom("ay.example", "bee.example", ""),
  custom: fc.constant(custom),
});
const rate = fc.record({
  kind: fc.constant("rate" as const),
  ...{ base: fc.constant("USD"), quote: fc.constant("EUR"), onDay: day },
  rate: fc.constantFrom("0.5", "0.9"),
});
const file = fc.record({
  source: fc.constantFrom("crm", "erp"),
  drafts: fc.array(fc.oneof(deal, line, line, account, rate), { minLength: 1, maxLength: 6 }),
});
const settings = fc.oneof(
  fc.record({ revenue: fc.constantFrom("net" as const, "gross" as const) }),
  fc.record({ basisDays: fc.constantFrom(0, 45, 60) }),
  fc.record({ currency: fc.constantFrom("EUR", "USD") }),
  fc.record({ windowMonths: fc.constantFrom(12, 24) }),
);
const name = fc.constantFrom("Ay", "Bee", "Ceta");
const nth = fc.nat(9);
const change = fc.oneof(
  { weight: 8, arbitrary: fc.record({ load: file }) },
  { weight: 1, arbitrary: fc.record({ repeat: nth }) },
  { weight: 2, arbitrary: fc.record({ undo: nth }) },
  { weight: 1, arbitrary: fc.record({ setting: settings }) },
  { weight: 2, arbitrary: fc.record({ rule: fc.record({ value: name, standsFor: name }) }) },
  { weight: 1, arbitrary: fc.record({ endRule: name }) },
  { weight: 1, arbitrary: fc.record({ correct: fc.constantFrom("a", "b") }) },
  { weight: 1, arbitrary: fc.record({ rate: fc.constantFrom("0.5", "0.7"), onDay: day }) },
);
const step = fc.record({
  /** Of two workspaces. */
  where: fc.nat(1),
  changes: fc.array(change, { maxLength: 2 }),
  asOf: fc.option(fc.constantFrom("2025-03-03", "2026-12-31", "2027-12-31"), { nil: undefined, freq: 4 }),
  /** After so many of its transactions a refresh breaks, and is repeated after the next changes only. */
  breaksAfter: fc.option(fc.nat(3), { nil: undefined, freq: 3 }),
});

test(
  "after any history, the days and cohorts that are kept are those that a full count gives",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 7 }), async (steps) => {
        const histories = [await openHistory(), await openHistory()] as const;
        for (const { where, changes, asOf, breaksAfter } of steps) {
          const history = histories[where === 0 ? 0 : 1];
          for (const one of changes) await history.change(one);
          if (breaksAfter !== undefined) await history.refresh(asOf, breaksAfter);
          else await history.refreshAndCompare(asOf);
        }
        for (const history of histories) await history.refreshAndCompare();
      }),
      { seed, numRuns: runs, endOnFailure: true },
    );
  },
  timeoutMs,
);

test("only the accounts of new facts are counted again", async () => {
  const workspace = await openRawWorkspace();
  await workspace.startImport("crm");
  const externalIds = ["a", "b", "c"];
  await workspace.accounts(externalIds.map((id) => ({ external_id: id, name: `Account ${id}` })));
  const record = (id: string) => recordId("crm", "account", id);
  const invoices = (ids: readonly string[], onDay: string) =>
    workspace.ledger(
      ids.map((id) => ({
        ...{ kind: "invoice" as const, account_record_id: record(id), amount_minor: 100, on_day: onDay },
      })),
    );
  await invoices(externalIds, "2026-03-01");
  await workspace.refresh();
  const before = await writtenBy(workspace.id);
  await workspace.startImport("crm");
  await invoices(["b"], "2026-04-01");
  await workspace.refresh();
  const after = await writtenBy(workspace.id);
  const written = externalIds.filter((id) => before.get(record(id)) !== after.get(record(id)));
  expect(written).toEqual(["b"]);
  // What was written behind the imports' backs is told as well.
  await invoices(["c"], "2026-04-02");
  await workspace.refresh();
  await expectFullCount(workspace.id, "2026-04-02");
});

test("records that moved, facts that have come of age and rates that changed are counted again, others not", async () => {
  const workspace = await openRawWorkspace();
  await workspace.settings({ currency: "EUR" });
  await workspace.startImport("crm");
  const externalIds = ["a", "b", "c", "d", "e"];
  await workspace.accounts(externalIds.map((id) => ({ external_id: id, name: `Account ${id}` })));
  const record = (id: string) => recordId("crm", "account", id);
  const invoice = (id: string, onDay: string, currency = "EUR") => ({
    ...{
      kind: "invoice" as const,
      account_record_id: record(id),
      amount_minor: 100,
      on_day: onDay,
      currency,
    },
  });
  await workspace.ledger(externalIds.map((id) => invoice(id, "2026-03-01", id === "d" ? "USD" : "EUR")));
  await workspace.ledger([invoice("c", "2026-05-01")]);
  await workspace.rates([{ base: "USD", quote: "EUR", on_day: "2026-01-01", rate: 0.5 }]);
  await workspace.refresh("2026-04-01");
  const changedBy = async (asOf: string) => {
    const before = await writtenBy(workspace.id);
    await workspace.refresh(asOf);
    await expectFullCount(workspace.id, asOf);
    const after = await writtenBy(workspace.id);
    return externalIds.filter((id) => before.get(record(id)) !== after.get(record(id)));
  };
  expect(await changedBy("2026-04-01")).toEqual([]);
  expect(await changedBy("2026-06-01")).toEqual(["c"]);
  await workspace.startImport("crm");
  await workspace.rates([{ base: "USD", quote: "EUR", on_day: "2026-02-01", rate: 0.7 }]);
  expect(await changedBy("2026-06-01")).toEqual(["d"]);
  const access = await store.access({ workspaceId: workspace.id, standing: "operator" });
  await createValueRules(database, access).acceptValue("account", "Account a", "Account b");
  expect(await changedBy("2026-06-01")).toEqual(["a", "b"]);
});

/** Which transaction wrote an account's days. */
async function writtenBy(workspaceId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await database.$queryRaw<{ account: string; writer: string }[]>(
    sql`SELECT DISTINCT account_id::text AS account, xmin::text AS writer FROM counted_day WHERE workspace_id = ${workspaceId}`,
  );
  return new Map(rows.map(({ account, writer }) => [account, writer]));
}

async function openHistory() {
  const { id } = await store.ensureWorkspace(`test-${randomUUID()}`);
  const access = await store.access({ workspaceId: id, standing: "operator" });
  const rules = createValueRules(database, access);
  const loaded: { readonly id: number; readonly file: Load; undone: boolean }[] = [];
  let hours = 0;

  async function load(drafted: Load): Promise<void> {
    loaded.push({ id: await loadFile(id, drafted), file: drafted, undone: false });
  }

  async function refreshOnce(asOf?: string, breaksAfter = Number.POSITIVE_INFINITY) {
    hours += 1;
    const now = new Date(Date.UTC(2026, 10, 1, hours));
    const workspace = await ensureWorkspace(database, id);
    return refresh(breaking(breaksAfter), workspace, { now, ...(asOf !== undefined && { asOf }) });
  }

  return {
    change: async (one: Change) => {
      const nthLoaded = (place: number) => loaded[place % Math.max(1, loaded.length)];
      if ("load" in one) await load(one.load);
      else if ("repeat" in one) {
        const target = nthLoaded(one.repeat);
        if (target) await load(target.file);
      } else if ("undo" in one) {
        const target = nthLoaded(one.undo);
        if (!target || target.undone) return;
        await store.undoImport(id, target.id, { startedBy: "Ann" });
        target.undone = true;
      } else if ("setting" in one) await changeSettings(database, id, "Ann", one.setting);
      else if ("rule" in one)
        await unlessRefused(rules.acceptValue("account", one.rule.value, one.rule.standsFor));
      else if ("endRule" in one) await rules.endRule("account", one.endRule);
      else if ("correct" in one)
        await unlessRefused(
          createCorrections(database, access).correct(recordId("crm", "account", one.correct), {
            ...{ field: "tier", value: "A", reason: "Known to be large", until: "2027-01-01" },
          }),
        );
      else
        await createRates(database, access).enterRate({
          ...{ base: "USD", quote: "EUR", onDay: one.onDay, rate: one.rate },
        });
    },
    refresh: async (asOf: string | undefined, breaksAfter: number) => {
      await refreshOnce(asOf, breaksAfter).catch((error: unknown) => {
        if (!(error instanceof Broken)) throw error;
      });
    },
    refreshAndCompare: async (asOf?: string) => {
      const refreshed = await refreshOnce(asOf);
      if (refreshed) await expectFullCount(id, refreshed.asOf);
    },
  };
}

type Load = typeof file extends fc.Arbitrary<infer Drawn> ? Drawn : never;
type Change = typeof change extends fc.Arbitrary<infer Drawn> ? Drawn : never;

class Broken extends Error {}

/** The database for a refresh that breaks after so many of its transactions, of which the first makes its snapshot. */
function breaking(after: number): Database {
  let left = after;
  return new Proxy(database, {
    get: (target, key) => {
      if (key !== "$transaction") return Reflect.get(target, key);
      left -= 1;
      if (left < -1) throw new Broken();
      return target.$transaction.bind(target);
    },
  });
}

async function unlessRefused(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof Error) || !["Refused", "NotAllowed"].includes(error.name)) throw error;
  });
}

async function loadFile(workspaceId: string, { source, drafts }: Load): Promise<number> {
  const writer = await store.startImport(workspaceId, {
    source: { id: source, name: source },
    startedBy: "Ann",
  });
  const loader = createLoader(writer, source);
  for (const draft of drafts) await loader.add(draft as Draft);
  await loader.flush();
  await writer.settle();
  await writer.publish({});
  return writer.id;
}

async function expectFullCount(workspaceId: string, asOf: string): Promise<void> {
  const workspace = await ensureWorkspace(database, workspaceId);
  const basis = await reportingBasis(database, workspaceId, workspace.settings, asOf);
  const full = withFirstDay(purchaseDaysOf(workspaceId, basis, asOf));
  const columns = sql`account_id::text, on_day::text, value::text, by_invoices::text, by_payments::text,
    purchases::text, first_on::text`;
  const kept = await database.$queryRaw(
    sql`SELECT ${columns} FROM counted_day WHERE workspace_id = ${workspaceId} ORDER BY 1, 2`,
  );
  expect(kept).toEqual(await database.$queryRaw(sql`SELECT ${columns} FROM (${full}) f ORDER BY 1, 2`));
  const figures = sql`cohort::text, quarter, accounts::int, value_minor::text`;
  const newest = await database.$queryRaw(
    sql`SELECT ${figures} FROM cohort_figure WHERE workspace_id = ${workspaceId}
          AND snapshot_id = (SELECT MAX(id) FROM snapshot WHERE workspace_id = ${workspaceId}) ORDER BY 1, 2`,
  );
  expect(newest).toEqual(
    await database.$queryRaw(sql`SELECT ${figures} FROM (${cohortRowsOf(sql`(${full})`)}) f ORDER BY 1, 2`),
  );
}
