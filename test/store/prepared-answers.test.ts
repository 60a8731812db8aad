import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { addDays } from "../../src/core/calendar.ts";
import type { Criterion } from "../../src/core/cross/criteria.ts";
import { acquisitionSpan } from "../../src/core/outlook/acquisition.ts";
import { type Access, accessOf } from "../../src/store/access.ts";
import { createReads } from "../../src/store/create-reads.ts";
import { prepareAnswers } from "../../src/store/prepare-answers.ts";
import type { Selection, Snapshot, StoreReads } from "../../src/store/reads.ts";
import { type Executor, rowOf, sql } from "../../src/store/sql.ts";
import { accountRecord, openRawWorkspace, type RawWorkspace } from "../helpers/facts.ts";
import { productId, repId } from "../helpers/workspace.ts";

// What is prepared is what is computed, and nobody reads it who may not read all of it.

const AS_OF = "2026-06-30";
/** Questions that are prepared. */
const PREPARED = 11;

let workspace: RawWorkspace;
let everything: Access;
let snapshot: Snapshot;
/** Before anything was prepared. */
let computed: Answers;

beforeAll(async () => {
  workspace = await openRecurring();
  const { database, id } = workspace;
  everything = await accessOf(database, { workspaceId: id, standing: "operator" });
  snapshot = await newest();
  computed = await answersFor(everything);
  await prepareAnswers(database, id, 0);
});

/** Accounts who buy three products by the month, the quarter, the year and now and then; some say when to renew. */
async function openRecurring(): Promise<RawWorkspace> {
  const raw = await openRawWorkspace();
  await raw.startImport("hubspot");
  await raw.reps(
    ["Rita", "Sam"].map((name) => ({
      external_id: name.toLowerCase(),
      name,
      email: `${name}@example.com`,
      team: name,
    })),
  );
  const products = ["Pump", "Valve", "Care"];
  await raw.products(products.map((name) => ({ external_id: name.toLowerCase(), name })));
  const numbers = Array.from({ length: 48 }, (_, index) => index);
  await raw.accounts(
    numbers.map((number) => ({
      ...{ external_id: String(number), name: `Account ${number}` },
      ...{
        industry: number % 3 === 0 ? "Mining" : "Retail",
        region: number % 5 === 0 ? null : `Region ${number % 4}`,
      },
      ...(number % 7 > 0 && { owner_record_id: repId(number % 2 === 0 ? "Rita" : "Sam") }),
      custom:
        number % 6 === 0 ? { "Renewal Date": addDays(AS_OF, number * 9 - 200), Channel: "Partner" } : {},
    })),
  );
  const gaps = [30, 91, 365, 47];
  await raw.deals(
    numbers.slice(4).flatMap((number) =>
      Array.from({ length: 3 + (number % 6) }, (_, place) => ({
        ...{ id: `${number} ${place}`, account_record_id: accountRecord("hubspot", String(number)) },
        ...{ amount_minor: 1_000 * number + place, product_record_id: productId(products[number % 3] ?? "") },
        close_on: addDays(AS_OF, -(number % 23) - place * (gaps[number % 4] ?? 0)),
      })),
    ),
  );
  await raw.refresh(AS_OF);
  return raw;
}

/** Reads that remember nothing of what was asked before. */
function readsFor(access: Access): StoreReads {
  return createReads(workspace.database, { ...access, state: "" });
}

async function newest(): Promise<Snapshot> {
  const found = await readsFor(everything).snapshot();
  if (!found) throw new RangeError("no snapshot");
  return found;
}

const crossed: readonly (readonly Criterion[])[] = [
  ["tier", "industry"],
  ["industry", "tier"],
  ["region", "tier"],
  ["tier", "owner"],
  ["product", "tier"],
  ["tier", "product"],
  ["cohort-year", "tier"],
];
const pages = [
  { offset: 0, limit: 3 },
  { offset: 2, limit: 10 },
  { offset: 0, limit: 100 },
];

type Answers = Awaited<ReturnType<typeof answersFor>>;

async function answersFor(access: Access, selection: Selection = {}) {
  const reads = readsFor(access);
  const spans = [
    { columns: [], until: addDays(AS_OF, 400) },
    ...[90, 400].map((days) => ({ columns: ["Renewal Date"], until: addDays(AS_OF, days) })),
  ];
  const fit = (await reads.valueBasis(snapshot))?.fit;
  const newAfter = fit && acquisitionSpan(fit.firstDay, AS_OF)?.after;
  return {
    boughtAgain: await reads.boughtAgain(snapshot, selection),
    growth: await reads.growth(snapshot, selection, 5),
    outlookBasis: await reads.outlookBasis(snapshot, selection, newAfter),
    rfmThresholds: await reads.rfmThresholds(snapshot),
    crossPairs: await reads.crossPairs(snapshot, selection),
    crossCells: await inTurn(crossed, (criteria) =>
      inTurn(pages, (page) => reads.crossCells(snapshot, criteria, selection, page)),
    ),
    renewals: await inTurn(spans, (span) =>
      inTurn(pages, (page) => reads.renewals(snapshot, selection, span, page)),
    ),
  };
}

async function inTurn<Of, Result>(of: readonly Of[], work: (of: Of) => Promise<Result>) {
  const results: Result[] = [];
  for (const each of of) results.push(await work(each));
  return results;
}

/** Of all the workspace's snapshots. */
function kept(): Promise<{ readonly answers: number; readonly series: number }> {
  const { database, id } = workspace;
  return rowOf(
    database,
    z.object({ answers: z.number(), series: z.number() }),
    sql`SELECT (SELECT COUNT(*)::int FROM prepared_answer
                WHERE workspace_id = ${id} AND question NOT LIKE 'owned by kind %') AS answers,
               (SELECT COUNT(*)::int FROM purchase_series WHERE workspace_id = ${id}) AS series`,
  );
}

test("every prepared answer is the computed one", async () => {
  expect((await kept()).answers).toBe(PREPARED);
  const { recurring, candidates } = computed.renewals[0]?.[0]?.series ?? { recurring: 0, candidates: 0 };
  expect(recurring).toBeGreaterThan(10);
  expect(candidates).toBeGreaterThan(recurring);
  expect(computed.crossPairs.tables.length).toBeGreaterThan(5);
  expect(await answersFor(everything)).toEqual(computed);
});

test("filters and parts of a portfolio have the same renewals from the kept series as from the purchases", async () => {
  const { database, id } = workspace;
  const rita = [repId("Rita")];
  const some: Access = { ...everything, mode: "own", owners: rita, repIds: rita };
  const ask = async () => ({
    filtered: (await answersFor(everything, { ownerIds: rita })).renewals,
    seen: (await answersFor(some)).renewals,
  });
  const fromSeries = await ask();
  expect(fromSeries.seen[0]?.[0]?.series.recurring).toBeGreaterThan(3);
  expect(fromSeries.filtered).toEqual(fromSeries.seen);
  const list = (isListed: boolean) =>
    database.$executeRaw(sql`UPDATE snapshot SET lists_series = ${isListed} WHERE workspace_id = ${id}`);
  await list(false);
  const fromPurchases = await ask();
  await list(true);
  expect(fromSeries).toEqual(fromPurchases);
});

test("a prepared answer is for those alone who see every account and read every name", async () => {
  const { database, id } = workspace;
  const secret = { customers: 1, again: 1 };
  await database.$executeRaw(
    sql`UPDATE prepared_answer SET answer = ${JSON.stringify(secret)}::jsonb WHERE workspace_id = ${id}`,
  );
  const asked = (access: Access) => readsFor(access).boughtAgain(snapshot, {});
  expect(await asked(everything)).toEqual(secret);
  expect(await asked({ ...everything, anonymous: true })).toEqual(computed.boughtAgain);
  expect((await asked({ ...everything, owners: [repId("Rita")] }))?.customers).toBeGreaterThan(1);
  await database.$executeRaw(sql`DELETE FROM prepared_answer WHERE workspace_id = ${id}`);
  await prepareAnswers(database, id, 0);
});

test("what is missing is prepared, and nothing twice", async () => {
  const { database, id } = workspace;
  const before = await kept();
  await database.$executeRaw(
    sql`DELETE FROM prepared_answer WHERE workspace_id = ${id} AND question LIKE '%growth%'`,
  );
  expect((await kept()).answers).toBe(PREPARED - 1);
  await prepareAnswers(database, id, 0);
  await prepareAnswers(database, id, 0);
  expect(await kept()).toEqual(before);
  expect(await answersFor(everything)).toEqual(computed);
});

test("what cannot be prepared leaves the rest, and is computed when it is asked", async () => {
  const { database, id } = workspace;
  await database.$executeRaw(sql`DELETE FROM prepared_answer WHERE workspace_id = ${id}`);
  const failing = new Proxy(database, {
    get(target, property) {
      const own: unknown = Reflect.get(target, property, target);
      return property === "$transaction" ? breakEverySecond(target) : own;
    },
  });
  await prepareAnswers(failing, id, 0);
  expect((await kept()).answers).toBeGreaterThan(0);
  expect((await kept()).answers).toBeLessThan(PREPARED);
  expect(await answersFor(everything)).toEqual(computed);
  await prepareAnswers(database, id, 0);
});

let begun = 0;

function breakEverySecond(database: RawWorkspace["database"]) {
  return (work: (on: Executor) => Promise<unknown>, limits: { timeout: number }) => {
    begun += 1;
    if (begun % 2 === 0) throw new Error("gone");
    return database.$transaction(work, limits);
  };
}

test("a small portfolio is asked directly, and older snapshots keep nothing", async () => {
  const before = await kept();
  await workspace.refresh(AS_OF);
  expect(await kept()).toEqual(before);
  expect((await newest()).id).toBeGreaterThan(snapshot.id);
  await workspace.refresh(AS_OF);
  expect(await kept()).toEqual({ answers: 0, series: 0 });
  // The series are found anew; what is as large as the snapshot is quick is not there any more.
  const renewals = await readsFor(everything).renewals(
    snapshot,
    {},
    { columns: [], until: addDays(AS_OF, 400) },
    { offset: 0, limit: 3 },
  );
  expect(renewals).toEqual(computed.renewals[0]?.[0]);
});
