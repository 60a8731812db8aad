import { expect, test } from "vitest";
import { coverageTerms } from "../../src/core/coverage/levels.ts";
import { defaultSettings } from "../../src/core/settings.ts";
import type { Decisions } from "../../src/store/decisions.ts";
import type { DigestReads } from "../../src/store/digest-reads.ts";
import type { OpenDealReads } from "../../src/store/open-deals.ts";
import type { ProductReads } from "../../src/store/product-results.ts";
import type { ProspectReads } from "../../src/store/prospects.ts";
import type { Snapshot, StoreReads } from "../../src/store/reads.ts";
import type { RepReads } from "../../src/store/rep-results.ts";
import type { WinReads } from "../../src/store/win-reads.ts";
import { draftOf } from "../helpers/offers.ts";
import {
  accountId,
  company,
  deal,
  type Exports,
  openWorkspace,
  productId,
  repId,
  type TestWorkspace,
  user,
} from "../helpers/workspace.ts";

/** Two companies' worth of data under the same ids: only the texts and the amounts tell whose it is. */
function exportsOf(owner: string, factor: number): Exports {
  const fields = {
    "Company owner": "Rita Reed",
    Industry: `${owner} industry`,
    "Country/Region": `${owner} land`,
  };
  return {
    companies: ["1", "2", "3", "4"].map((id) =>
      company(id, `${owner} company ${id}`, { ...fields, Segment: `${owner} segment` }),
    ),
    users: [user("Rita Reed", `rita@${owner}.example`, `${owner} team`)],
    deals: ["1", "2", "3"].flatMap((id) => [
      deal(`${id}0`, id, `${factor * Number(id)}00.00`, "2026-05-01", {
        Product: "Pump",
        "Deal Name": `${owner} won`,
      }),
      deal(`${id}1`, id, "7.00", "2026-04-01", { "Deal Stage": "Closed Lost" }),
    ]),
  };
}

const window = { after: "2025-01-01", until: "2026-12-31" };
const everything = { offset: 0 };
const firstRows = { offset: 0, limit: 100 };
const now = new Date("2026-10-31T12:00:00Z");
const today = "2026-10-31";
const offered = { restDays: 30, most: 100, today };
const fiscalYear = { label: "2026", first: "2026-01-01", last: "2026-12-31" };
const advocateTerms = {
  ...{ today, customerBy: "2026-06-30", askedBefore: "2025-10-31", leastScore: 9 },
  gone: { quietSince: "2020-01-01" },
};

/** Something noted about an account, and a thank-you that was given to it. */
async function noteWork(decisions: Decisions, owner: string): Promise<void> {
  const id = accountId("2");
  await decisions.logInteraction(id, { kind: "survey", onDay: today, score: 9, note: `${owner} won` }, now);
  const occasion = `${owner} segment`;
  const plan = { kind: "card" as const, onDay: today, costMinor: 500, currency: "EUR", occasion };
  const planned = await decisions.planReward(id, plan, now);
  await decisions.settleReward(planned.id, { status: "given", onDay: today }, now);
  await decisions.planReward(accountId("3"), plan, now);
}

/** An offer to everybody it could go to, somebody's answer, and what they say holds another one back. */
async function makeOffer({ id, store, reads, snapshot }: TestWorkspace, owner: string): Promise<number> {
  const { rows } = await reads.candidates(await snapshot(), {}, { ...offered, productIds: [] });
  const decisions = store.decisions(await store.access({ workspaceId: id, standing: "operator" }));
  const made = await decisions.createOffer(draftOf(rows, { name: `${owner} offer`, filters: owner }), now);
  await decisions.step(
    made.id,
    accountId("3"),
    { kind: "outcome", outcome: "lost", reason: `${owner} won` },
    now,
  );
  await decisions.holdBack(accountId("1"), { kind: "complaint", reason: `${owner} segment` });
  const open = await reads.actions(await snapshot(), {}, today, everything);
  for (const { id } of open.rows)
    await decisions.answerAction(id, { kind: "done", note: `${owner} won` }, now);
  await noteWork(decisions, owner);
  return made.id;
}

/** The numbers of what is noted about these accounts. */
async function notedIn(reads: StoreReads): Promise<readonly number[]> {
  const all = await Promise.all(["1", "2", "3"].map((id) => reads.interactions(accountId(id), everything)));
  return all.flatMap(({ rows }) => rows.map(({ id }) => id));
}

/** The numbers of the thank-yous. */
async function thankedIn(reads: StoreReads, snapshot: Snapshot): Promise<readonly number[]> {
  const { rows } = await reads.rewards(snapshot, {}, fiscalYear, everything);
  return rows.map(({ id }) => id);
}

const coverage = {
  terms: coverageTerms(defaultSettings.coverage, "EUR"),
  margin: 400,
  column: "Segment",
  today,
};

/** Every question the store answers; a new method does not compile before it is asked here. */
async function everyAnswer(reads: StoreReads, snapshot: Snapshot, offerIds: readonly number[]) {
  const ids = ["1", "2", "3", "4", "5"].map(accountId);
  const owned = { ownerIds: [repId("Rita Reed")], productIds: [productId("Pump")] };
  const rita = `rep:${repId("Rita Reed")}`;
  const actionIds = (await reads.actionAnswers({}, everything)).rows.map(({ actionId }) => actionId);
  const answers: Record<keyof StoreReads, unknown> = {
    snapshot: [await reads.snapshot(), await reads.snapshot(snapshot.id)],
    totals: await reads.totals(snapshot),
    facets: await reads.facets(snapshot),
    standings: [
      await reads.standings(snapshot, {}, everything),
      await reads.standings(snapshot, owned, everything),
    ],
    concentration: [
      await reads.concentration(snapshot, {}),
      await reads.concentration(snapshot, owned),
      await reads.concentration(snapshot, owned, window),
    ],
    spend: [
      await reads.spend(snapshot, {}, window, "industry"),
      await reads.spend(snapshot, owned, window, "owner"),
      await reads.spend(snapshot, {}, window, { custom: "Segment" }),
    ].map((rows) => [...rows].sort((left, right) => (left.accountId < right.accountId ? -1 : 1))),
    labels: [...(await reads.labels(ids))].sort(),
    findAccounts: await Promise.all(
      ["Left company", "Right company", "company 1", ""].map(reads.findAccounts),
    ),
    account: await Promise.all(ids.map((id) => reads.account(snapshot, id))),
    standing: await Promise.all(ids.map((id) => reads.standing(snapshot, id))),
    purchases: await Promise.all(ids.map((id) => reads.purchases(snapshot, id, window, 100))),
    reps: await reads.reps(),
    products: await reads.products(),
    salesBehind: await Promise.all(ids.map((id) => reads.salesBehind(snapshot, id))),
    snapshotBefore: await reads.snapshotBefore(snapshot, snapshot.asOf),
    moves: [
      await reads.moves(snapshot, { kind: "own" }, owned, everything),
      await reads.moves(snapshot, { kind: "snapshot", id: snapshot.id }, {}, everything),
      await reads.moves(snapshot, { kind: "data", until: "2026-04-15" }, {}, everything),
    ],
    sources: await reads.sources(),
    keptSnapshots: await reads.keptSnapshots(new Date("2026-10-31T12:00:00Z")),
    rejectedRows: await reads.rejectedRows(undefined, firstRows),
    setByHand: await reads.setByHand("2026-10-31"),
    coverage: await reads.coverage(),
    coverageFigures: await reads.coverageFigures(snapshot, {}, coverage),
    coverageGaps: await reads.coverageGaps(snapshot, {}, coverage, everything),
    coverageLoads: await reads.coverageLoads(snapshot, {}, coverage),
    missingRoles: await reads.missingRoles(snapshot, {}, { service: "Segment" }),
    servedAccount: await Promise.all(ids.map((id) => reads.servedAccount(snapshot, id, coverage, {}))),
    differences: await reads.differences(snapshot, 0, firstRows),
    coveredFacts: await reads.coveredFacts(snapshot),
    candidates: [
      await reads.candidates(snapshot, {}, { ...offered, productIds: [] }),
      await reads.candidates(snapshot, owned, { ...offered, productIds: [productId("Pump")] }),
    ],
    traits: await reads.traits(snapshot, "A"),
    offers: await reads.offers(now),
    findOffer: await Promise.all(
      ["Left offer", "Right offer", ...offerIds.map((id) => `id:${id}`)].map(reads.findOffer),
    ),
    offer: await Promise.all(offerIds.map((id) => reads.offer(id, now))),
    members: await Promise.all(offerIds.map((id) => reads.members(id, { now }, everything))),
    offerEvents: await Promise.all(offerIds.map((id) => reads.offerEvents(id, {}, 100))),
    holds: await Promise.all(ids.map((id) => reads.holds(id))),
    actions: [
      await reads.actions(snapshot, {}, today, everything),
      await reads.actions(snapshot, { ...owned, holderKeys: [rita] }, today, everything),
    ],
    actionsByHolder: [...(await reads.actionsByHolder(snapshot, [{ key: "Rita", keys: [rita] }], today, 9))],
    action: await Promise.all(actionIds.map((id) => reads.action(snapshot, id, today))),
    actionAnswers: await reads.actionAnswers({}, everything),
    proposalBasis: await reads.proposalBasis(snapshot),
    cohorts: [await reads.cohorts(snapshot, {}), await reads.cohorts(snapshot, owned)],
    boughtAgain: [await reads.boughtAgain(snapshot, {}), await reads.boughtAgain(snapshot, owned)],
    growth: [await reads.growth(snapshot, {}, 5), await reads.growth(snapshot, owned, 5)],
    valueBasis: await reads.valueBasis(snapshot),
    values: [await reads.values(snapshot, {}, everything), await reads.values(snapshot, owned, everything)],
    accountValue: await Promise.all(ids.map((id) => reads.accountValue(snapshot, id))),
    rfmThresholds: await reads.rfmThresholds(snapshot),
    outlookBasis: [
      await reads.outlookBasis(snapshot, {}, window.after),
      await reads.outlookBasis(snapshot, owned, window.after),
    ],
    outlookAccount: await Promise.all(ids.map((id) => reads.outlookAccount(snapshot, {}, id))),
    redefinitions: await reads.redefinitions({ after: 0, until: snapshot.id }),
    redefinedTiers: await reads.redefinedTiers({ after: 0, until: snapshot.id }, ids),
    crossCells: [
      await reads.crossCells(snapshot, ["industry", "owner", { custom: "Segment" }], {}, everything),
      await reads.crossCells(snapshot, ["product", "team"], owned, everything),
      await reads.crossCells(snapshot, ["tier", "cohort"], {}, everything, window),
    ],
    renewals: [
      await reads.renewals(snapshot, {}, { columns: ["Segment"], until: "2027-12-31" }, everything),
      await reads.renewals(snapshot, owned, { columns: [], until: "2027-12-31" }, everything),
    ],
    crossPairs: [await reads.crossPairs(snapshot, {}), await reads.crossPairs(snapshot, owned, window)],
    interactions: await Promise.all(ids.map((id) => reads.interactions(id, everything))),
    interaction: await Promise.all((await notedIn(reads)).map(reads.interaction)),
    rewards: [
      await reads.rewards(snapshot, {}, fiscalYear, everything),
      await reads.rewards(snapshot, owned, fiscalYear, everything),
    ],
    reward: await Promise.all((await thankedIn(reads, snapshot)).map(reads.reward)),
    rewardReturns: await reads.rewardReturns(snapshot, 0),
    unthanked: await reads.unthanked(snapshot, {}, { today, since: today }, 100),
    advocates: [
      await reads.advocates(snapshot, {}, advocateTerms, everything),
      await reads.advocates(snapshot, owned, advocateTerms, everything),
    ],
    timeline: await Promise.all(ids.map((id) => reads.timeline(snapshot, id, everything))),
    ...(await everyDealAnswer(reads, snapshot, ids)),
    ...(await everyDigestAnswer(reads, snapshot, ids)),
  };
  return answers;
}

/** What is asked about deals, reps, products and prospects: over everything, and of one rep. */
async function everyDealAnswer(reads: StoreReads, snapshot: Snapshot, ids: readonly string[]) {
  const rita = [repId("Rita Reed")];
  const [pump, span] = [productId("Pump"), { window, deals: {} }];
  const ofRita = { window, deals: { repIds: rita } };
  const answers: Record<keyof (OpenDealReads & ProductReads & ProspectReads & RepReads & WinReads), unknown> =
    {
      openDeals: await Promise.all(ids.map((id) => reads.openDeals(snapshot, id))),
      productResults: [
        await reads.productResults(snapshot, span),
        await reads.productResults(snapshot, ofRita),
      ],
      productQuarters: await reads.productQuarters(snapshot, pump, span),
      potentialBasis: await reads.potentialBasis(snapshot),
      potentials: [
        await reads.potentials(snapshot, {}, everything),
        await reads.potentials(snapshot, { ownerIds: rita }, everything),
      ],
      accountPotential: await Promise.all(ids.map((id) => reads.accountPotential(snapshot, id))),
      prospects: [
        await reads.prospects(snapshot, {}, everything),
        await reads.prospects(snapshot, { ownerIds: rita }, everything),
      ],
      repResults: [
        await reads.repResults(snapshot, { deals: {}, window, isMature: false }),
        await reads.repResults(snapshot, { deals: { productIds: [pump] }, window, isMature: true }),
      ],
      repSlices: await reads.repSlices(snapshot, rita, window),
      repHabits: await reads.repHabits(snapshot, rita, window),
      productSlices: await reads.productSlices(snapshot, window),
      quarterEnd: await reads.quarterEnd(snapshot, {}, window),
      managedReps: await reads.managedReps(),
      repQuotas: await reads.repQuotas(),
      winFit: await reads.winFit(snapshot),
    };
  return answers;
}

/** What digests ask: over everything, and of one person. */
async function everyDigestAnswer(reads: StoreReads, snapshot: Snapshot, ids: readonly string[]) {
  const rita = [{ repIds: [repId("Rita Reed")], signature: "the terminal" }];
  const own = { kind: "own" } as const;
  const since = [new Date("2020-01-01T00:00:00Z")];
  const offers = (await reads.offers(now)).map(({ id }) => String(id));
  const references = ids.flatMap((accountId) =>
    [...offers, "1"].map((subject) => ({ id: accountId, accountId, kind: "offer" as const, subject })),
  );
  const answers: Record<keyof DigestReads, unknown> = {
    openActionsOf: [
      await reads.openActionsOf(snapshot, {}, "everything", today, 9),
      await reads.openActionsOf(snapshot, {}, rita, today, 9),
      await reads.openActionsOf(snapshot, { industry: "Left industry" }, rita, today, 9),
    ],
    unownedActions: await reads.unownedActions(snapshot, {}),
    movesOf: [
      await reads.movesOf(snapshot, own, {}, "everything", 9),
      await reads.movesOf(snapshot, own, {}, rita, 9),
    ],
    risersOf: [
      await reads.risersOf(snapshot, {}, "everything", 9),
      await reads.risersOf(snapshot, {}, rita, 9),
    ],
    openHoldsOf: [
      await reads.openHoldsOf(snapshot, {}, "everything", now, 9),
      await reads.openHoldsOf(snapshot, {}, rita, now, 9),
    ],
    openTasksOf: await reads.openTasksOf(rita, now),
    resultsOf: [
      await reads.resultsOf(snapshot, {}, "everything", since),
      await reads.resultsOf(snapshot, {}, rita, since),
    ],
    settled: await reads.settled(references),
    sourcesOf: await reads.sourcesOf(["test"]),
  };
  return answers;
}

test("two workspaces with the same ids never see each other", async () => {
  const left = await openWorkspace();
  const right = await openWorkspace();
  await left.import(exportsOf("Left", 1));
  const leftSnapshot = await left.snapshot();
  const leftOffer = await makeOffer(left, "Left");
  const before = await everyAnswer(left.reads, leftSnapshot, [leftOffer]);

  const rightExports = exportsOf("Right", 1000);
  await right.import({
    ...rightExports,
    companies: [...(rightExports.companies ?? []), company("5", "Right company 5")],
    deals: [
      ...(rightExports.deals ?? []),
      deal("50", "5", "5.00", "2026-05-02", { Product: "Secret valve" }),
    ],
    users: [...(rightExports.users ?? []), user("Sam Spy", "sam@right.example")],
  });
  const rightSnapshot = await right.snapshot();
  const rightOffer = await makeOffer(right, "Right");

  const after = await everyAnswer(left.reads, leftSnapshot, [leftOffer]);
  expect(after).toEqual(before);
  expect(JSON.stringify(after)).not.toMatch(
    /Right (?:company|industry|land|team|segment|won|offer)|Secret|Spy/,
  );
  expect(JSON.stringify(await everyAnswer(right.reads, rightSnapshot, [rightOffer, leftOffer]))).not.toMatch(
    /Left (?:company|industry|land|team|segment|won|offer)/,
  );

  // By id, from the other side.
  expect(await left.reads.snapshot(rightSnapshot.id)).toBeUndefined();
  expect(await right.reads.snapshot(leftSnapshot.id)).toBeUndefined();
  expect(await left.reads.account(rightSnapshot, accountId("5"))).toBeUndefined();
  expect(await left.reads.labels([accountId("5")])).toEqual(new Map());
  expect(await left.reads.purchases(rightSnapshot, accountId("5"), window, 10)).toEqual([]);
  expect(await left.reads.offer(rightOffer, now)).toBeUndefined();
  expect(await left.reads.findOffer(`id:${rightOffer}`)).toEqual({ match: undefined, near: [] });
  expect(await left.reads.members(rightOffer, { now }, everything)).toEqual({ rows: [], total: 0 });
  expect(await left.reads.offerEvents(rightOffer, {}, 100)).toEqual([]);
  const { decisions } = left.store;
  const operator = decisions(await left.store.access({ workspaceId: left.id, standing: "operator" }));
  const theirs = await right.reads.actionAnswers({ accountId: accountId("1") }, everything);
  expect(theirs.rows.map(({ kind, reason }) => ({ kind, reason }))).toContainEqual({
    kind: "complaint",
    reason: "Right won",
  });
  for (const { actionId } of theirs.rows.filter(({ kind }) => kind === "complaint")) {
    expect(await left.reads.action(leftSnapshot, actionId, today)).toBeUndefined();
    await expect(operator.answerAction(actionId, { kind: "done" }, now)).rejects.toThrow(
      "no longer proposed",
    );
    expect(await operator.reopenAction(actionId, now)).toBe(false);
  }
  const [noted, thanked] = [await notedIn(right.reads), await thankedIn(right.reads, rightSnapshot)];
  expect([noted.length, thanked.length]).toEqual([2, 2]);
  for (const id of noted) {
    expect(await left.reads.interaction(id)).toBeUndefined();
    await expect(operator.takeBackInteraction(id, now)).rejects.toThrow("There is no note");
  }
  for (const id of thanked) {
    expect(await left.reads.reward(id)).toBeUndefined();
    const cancelled = operator.settleReward(id, { status: "cancelled" }, now);
    await expect(cancelled).rejects.toThrow("There is no thank-you");
  }
  const claim = operator.step(rightOffer, accountId("5"), { kind: "claim" }, now);
  await expect(claim).rejects.toThrow("not there");
  const throughTheirs = await left.reads.standings(rightSnapshot, {}, everything);
  expect(JSON.stringify(throughTheirs)).not.toContain("Right");
});

test("an import, a refresh and its removal of dead ones touch one workspace only", async () => {
  const left = await openWorkspace();
  const right = await openWorkspace();
  await left.import(exportsOf("Left", 1));
  await right.import(exportsOf("Right", 1));
  const untouched = await left.dump();

  const writer = await right.store.startImport(right.id, {
    source: { id: "hubspot", name: "HubSpot" },
    startedBy: "test",
  });
  await writer.abandon();
  await right.import(exportsOf("Right", 3));
  const workspace = await right.store.workspace(right.id);
  if (!workspace) throw new RangeError(right.id);
  await right.store.refresh(workspace, { now: new Date(), asOf: "2026-06-30" });
  expect(await left.dump()).toEqual(untouched);
});

test("imports of two workspaces run at the same time", async () => {
  const workspaces = await Promise.all([openWorkspace(), openWorkspace(), openWorkspace()]);
  const reports = await Promise.all(
    workspaces.map((workspace, index) => workspace.import(exportsOf(`Owner${index}`, index + 1))),
  );
  expect(reports.map(({ sources }) => sources[0]?.written.opportunity.added)).toEqual([6, 6, 6]);
  const values = await Promise.all(
    workspaces.map(async ({ reads, snapshot }) => (await reads.totals(await snapshot())).value),
  );
  expect(values).toEqual([60_000, 120_000, 180_000]);
});

test("a workspace without data answers with nothing", async () => {
  const { reads } = await openWorkspace();
  expect(await reads.snapshot()).toBeUndefined();
  expect(await reads.findAccounts("anything")).toEqual({ match: undefined, near: [] });
  expect(await reads.reps()).toEqual([]);
  expect(await reads.products()).toEqual([]);
  expect(await reads.labels([accountId("1")])).toEqual(new Map());
});
