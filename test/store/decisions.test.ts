import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RewardDraft } from "../../src/core/rewards.ts";
import type { Access } from "../../src/store/access.ts";
import type { Decisions } from "../../src/store/decisions.ts";
import type { ScheduleDraft } from "../../src/store/digests.ts";
import { Refused } from "../../src/store/refused.ts";
import { NotAllowed } from "../../src/store/roles.ts";
import { candidateOf, draftOf } from "../helpers/offers.ts";
import { accountId, openWorkspace, rawRows, repId, type TestWorkspace } from "../helpers/workspace.ts";

// The store is asked directly: whatever a command forgets to check is refused here.

const people = {
  admin: "root@example.com",
  manager: "mia@example.com",
  rep: "ann@example.com",
};
const userIdOf = (role: string) => `U0${role.toUpperCase()}`;
const everyRole = ["admin", "manager", "rep", undefined] as const;

const now = new Date("2026-10-31T12:00:00Z");
let portfolio: TestWorkspace;
/** Goes to Alder alone. */
let offerId: number;
let access: Readonly<Record<"admin" | "manager" | "rep" | "guest", Access>>;
/** What each role may decide; `undefined` is a guest. */
function as(role: (typeof everyRole)[number], workspace: TestWorkspace = portfolio): Decisions {
  return workspace.store.decisions({ ...access[role ?? "guest"], workspaceId: workspace.id });
}
const alder = accountId("1");
const birch = accountId("2");
const because = { reason: "<!channel> she knows them" };
const tierA = { field: "tier", value: "A", until: "2027-03-31", ...because } as const;

/** Alder is Ann's, of the North, and Birch is Bob's, of the South; nothing is computed from them. */
async function openTwoAccounts(): Promise<TestWorkspace> {
  const workspace = await openWorkspace();
  const { store, id } = workspace;
  await store.ensureWorkspace(id);
  const writer = await store.startImport(id, {
    source: { id: "hubspot", name: "HubSpot" },
    startedBy: "test",
  });
  const rep = { described: true, custom: {}, manager: undefined, office: undefined };
  await writer.reps(
    [
      { name: "Ann Archer", email: people.rep, team: "North" },
      { name: "Bob Baker", email: "bob@example.com", team: "South" },
    ].map((row) => ({ ...rep, ...row, id: repId(row.name), externalId: row.name, contentHash: row.name })),
  );
  await writer.publish({});
  for (const [account, name, owner] of [
    [alder, "Alder", "Ann Archer"],
    [birch, "Birch", "Bob Baker"],
  ] as const)
    await rawRows(
      "INSERT INTO account (workspace_id, id, name, name_key, owner_record_id) VALUES ($1, $2, $3, lower($3), $4)",
      [id, account, name, repId(owner)],
    );
  return workspace;
}

beforeAll(async () => {
  portfolio = await openTwoAccounts();
  const { store, id } = portfolio;
  const operator = store.decisions(await store.access({ workspaceId: id, standing: "operator" }));
  await operator.changeSettings({
    visibility: "own",
    people: [
      { email: people.admin, role: "admin" },
      { email: people.manager, role: "manager", manages: ["North"] },
      { email: people.rep, role: "rep" },
    ],
  });
  const of = (role: keyof typeof people) =>
    store.access({ workspaceId: id, email: people[role], standing: "member", userId: userIdOf(role) });
  access = {
    admin: await of("admin"),
    manager: await of("manager"),
    rep: await of("rep"),
    guest: await store.access({ workspaceId: id }),
  };
  ({ id: offerId } = await operator.createOffer(draftOf([candidateOf(alder, "Alder")]), now));
});

test("the roles are as the settings say", () => {
  const roles = [access.admin, access.manager, access.rep, access.guest].map(({ role }) => role);
  expect(roles).toEqual([...everyRole]);
});

const members = ["admin", "manager", "rep"] as const;
/** No interaction, thank-you, digest or delivery has this number. */
const nothing = 2_000_000_000;
const card: RewardDraft = {
  ...{ kind: "card", onDay: "2026-11-30", costMinor: 500, currency: "EUR", occasion: "a good year" },
};

/** Who may decide is told that there is nothing to decide about. */
async function orGone(decided: Promise<unknown>): Promise<void> {
  await decided.catch((error: unknown) => {
    if (error instanceof NotAllowed || !(error instanceof Refused)) throw error;
  });
}

function digestFor(role = "guest"): ScheduleDraft {
  const id = userIdOf(role);
  return {
    ...{ target: id, targetName: role, isChannel: false, ownerId: id, cron: "30 8 * * 2", nextAt: now },
    ...{ fixedZone: undefined, zone: "UTC", filters: "", saysNothing: false },
  };
}

describe.each(everyRole)("as %s", (role) => {
  const changes: Readonly<
    Record<string, readonly [(decisions: Decisions) => Promise<unknown>, ...string[]]>
  > = {
    changeSettings: [(decisions) => decisions.changeSettings({ compareDays: 90 }), "admin"],
    settingsHistory: [(decisions) => decisions.settingsHistory(10), "admin"],
    settings: [(decisions) => decisions.settings(), "admin", "manager", "rep"],
    correct: [(decisions) => decisions.correct(alder, tierA), "admin", "manager"],
    takeBack: [(decisions) => decisions.takeBack(alder, "tier"), "admin", "manager"],
    corrections: [(decisions) => decisions.corrections(alder), "admin", "manager", "rep"],
    openSuspects: [(decisions) => decisions.openSuspects(), "admin"],
    valueRules: [(decisions) => decisions.valueRules(), "admin"],
    acceptValue: [(decisions) => decisions.acceptValue("product", "GTXPro", "GTX Pro"), "admin"],
    endRule: [(decisions) => decisions.endRule("product", "GTXPro"), "admin"],
    enterRate: [
      (decisions) => decisions.enterRate({ base: "USD", quote: "EUR", rate: "0.92", onDay: "2025-01-01" }),
      "admin",
    ],
    enteredRates: [(decisions) => decisions.enteredRates(), "admin"],
    createOffer: [
      (decisions) => decisions.createOffer(draftOf([], { name: "New" }), now),
      "admin",
      "manager",
    ],
    actor: [(decisions) => decisions.actor(), "admin", "manager", "rep"],
    step: [(decisions) => decisions.step(offerId, alder, { kind: "claim" }, now), "admin", "manager", "rep"],
    setWave: [
      (decisions) => decisions.setWave(offerId, "A", { status: "paused", ...because }, now),
      "admin",
      "manager",
    ],
    closeOffer: [(decisions) => decisions.closeOffer(offerId, because.reason, now), "admin", "manager"],
    keepRules: [(decisions) => decisions.keepRules(offerId, now), "admin", "manager", "rep"],
    holdBack: [
      (decisions) => decisions.holdBack(alder, { kind: "complaint", ...because }),
      ...["admin", "manager", "rep"],
    ],
    endHold: [(decisions) => decisions.endHold(alder, "complaint"), "admin", "manager", "rep"],
    logInteraction: [
      (decisions) => decisions.logInteraction(alder, { kind: "call", onDay: "2026-10-30", note: "" }, now),
      ...members,
    ],
    closeComplaint: [
      (decisions) => decisions.closeComplaint(alder, { onDay: "2026-10-30", note: "mended" }, now),
      ...members,
    ],
    takeBackInteraction: [(decisions) => orGone(decisions.takeBackInteraction(nothing, now)), ...members],
    planReward: [(decisions) => orGone(decisions.planReward(alder, card, now)), ...members],
    settleReward: [
      (decisions) => orGone(decisions.settleReward(nothing, { status: "cancelled" }, now)),
      ...members,
    ],
    answerAction: [(decisions) => orGone(decisions.answerAction(alder, { kind: "done" }, now)), ...members],
    reopenAction: [(decisions) => orGone(decisions.reopenAction(alder, now)), ...members],
    digestSchedules: [(decisions) => decisions.digestSchedules({ everybodys: false }), ...members],
    setDigest: [(decisions) => decisions.setDigest(digestFor(role), now), ...members],
    pauseDigest: [(decisions) => orGone(decisions.pauseDigest(nothing, now)), ...members],
    resumeDigest: [
      (decisions) => orGone(decisions.resumeDigest(nothing, { zone: "UTC", nextAt: now }, now)),
      ...members,
    ],
    removeDigest: [(decisions) => orGone(decisions.removeDigest(nothing)), ...members],
    digestDeliveries: [(decisions) => orGone(decisions.digestDeliveries(nothing, 1)), ...members],
    // The account is a customer, whom nobody claims.
    claimProspect: [(decisions) => orGone(decisions.claimProspect(alder)), ...members],
    resendDigest: [(decisions) => orGone(decisions.resendDigest(nothing, now)), ...members],
  };

  test("nothing else is left to decide", () => {
    expect(Object.keys(changes).toSorted()).toEqual(Object.keys(as("admin")).toSorted());
  });

  test.each(Object.entries(changes))("%s", async (_, [decide, ...allowed]) => {
    const before = await portfolio.dump();
    if (allowed.includes(role ?? "guest")) await decide(as(role));
    else {
      await expect(decide(as(role))).rejects.toThrow(NotAllowed);
      expect(await portfolio.dump()).toEqual(before);
    }
  });
});

describe("settings", () => {
  test("keep every version with its author, and the same again makes none", async () => {
    const { store, id } = await openWorkspace();
    const decisions = store.decisions({ ...access.admin, workspaceId: id });
    await decisions.changeSettings({ currency: "EUR" });
    await decisions.changeSettings({ currency: "EUR" });
    await decisions.changeSettings(({ windowMonths }) => ({ windowMonths: windowMonths / 2 }));
    const history = await decisions.settingsHistory(10);
    expect(
      history.map(({ version, changedBy, settings }) => [
        version,
        changedBy,
        settings.currency,
        settings.windowMonths,
      ]),
    ).toEqual([
      [2, people.admin, "EUR", 12],
      [1, people.admin, "EUR", 24],
    ]);
  });

  test("of several who change them at once none is lost", async () => {
    const { store, id } = await openWorkspace();
    const decisions = store.decisions({ ...access.admin, workspaceId: id });
    await decisions.settings();
    const emails = ["a", "b", "c", "d"].map((name) => `${name}@x.example`);
    await Promise.all(
      emails.map((email) =>
        decisions.changeSettings(({ people: known }) => ({ people: [...known, { email, role: "admin" }] })),
      ),
    );
    const { settings, settingsVersion } = await decisions.settings();
    expect(settings.people.map(({ email }) => email).toSorted()).toEqual(emails);
    expect(settingsVersion).toBe(4);
  });

  test("show others nobody's role and quota but their own, and who the admins are", async () => {
    const quota = { period: "2026Q1", amountMinor: 100, currency: "EUR" };
    await as("admin").changeSettings({
      quotas: [
        { email: people.rep, ...quota },
        { email: people.manager, ...quota },
      ],
    });
    const { settings, admins } = await as("rep").settings();
    expect(settings.people.map(({ email }) => email)).toEqual([people.rep]);
    expect(settings.quotas.map(({ email }) => email)).toEqual([people.rep]);
    expect(admins).toEqual([people.admin]);
    expect((await as("admin").settings()).settings.people).toHaveLength(3);
  });

  test("cannot be changed so that nobody may change them", async () => {
    await expect(
      as("admin").changeSettings({ people: [{ email: people.rep, role: "rep" }] }),
    ).rejects.toThrow("would have no admin left");
  });
});

describe("corrections", () => {
  beforeEach(async () => {
    for (const field of ["owner", "industry", "tier"] as const)
      for (const account of [alder, birch]) await as("admin").takeBack(account, field);
  });

  test("hold until another one or none, with names and reasons as plain text", async () => {
    const bob = { field: "owner", value: repId("Bob Baker"), ...because } as const;
    expect(await as("manager").correct(alder, bob)).toBe(true);
    expect(await as("admin").correct(alder, bob)).toBe(false);
    expect(await as("admin").correct(alder, { ...bob, reason: "another reason" })).toBe(true);
    expect(await as("manager").takeBack(alder, "owner")).toBe(true);
    expect(await as("manager").takeBack(alder, "owner")).toBe(false);
    const [newest, older] = (await as("rep").corrections(alder)).filter(({ field }) => field === "owner");
    expect(newest).toMatchObject({
      shown: "Bob Baker",
      reason: "another reason",
      by: people.admin,
      ended: { by: people.manager },
    });
    expect(older).toMatchObject({ reason: because.reason, by: people.manager, ended: { by: people.admin } });
  });

  test("touch the workspace once something changed, and only then", async () => {
    const changedAt = async () =>
      (await rawRows("SELECT changed_at FROM workspace WHERE id = $1", [portfolio.id]))[0]?.changed_at;
    const before = await changedAt();
    expect(await as("manager").takeBack(alder, "industry")).toBe(false);
    expect(await changedAt()).toEqual(before);
    await as("manager").correct(alder, { field: "industry", value: "Real Estate", ...because });
    expect(await changedAt()).not.toEqual(before);
  });

  test("reach only accounts that a manager sees", async () => {
    // Birch is Bob's, of the South; the manager manages the North.
    await expect(as("manager").correct(birch, tierA)).rejects.toThrow("not among those that you may see");
    await expect(as("manager").takeBack(birch, "tier")).rejects.toThrow("not among those that you may see");
    expect(await as("admin").correct(birch, tierA)).toBe(true);
    expect(await as("manager").corrections(birch)).toEqual([]);
    expect(await as("admin").corrections(birch)).not.toEqual([]);
  });

  test.each([
    [{ ...tierA, reason: " " }, "Say why"],
    [{ ...tierA, reason: "x".repeat(501) }, "at most 500"],
    [{ ...tierA, value: "E" }, "no tier"],
    [{ field: "tier", value: "A", ...because } as const, "until when"],
    [{ field: "owner", value: repId("Nobody"), ...because } as const, "not in the imported data"],
    [{ field: "industry", value: "", ...because } as const, "Say which industry"],
  ])("%j is refused", async (draft, sentence) => {
    await expect(as("admin").correct(alder, draft)).rejects.toThrow(sentence);
  });

  test("are left out where names are, since they name people", async () => {
    const bob = repId("Bob Baker");
    await as("admin").correct(alder, { field: "owner", value: bob, ...because });
    expect(await as("admin").corrections(alder)).not.toEqual([]);
    const shared = portfolio.store.decisions({ ...access.admin, anonymous: true });
    expect(await shared.corrections(alder)).toEqual([]);
  });

  test("two at once leave one in force", async () => {
    await Promise.all(
      ["Retail", "Real Estate"].map((value) =>
        as("admin").correct(alder, { field: "industry", value, ...because }),
      ),
    );
    const all = await as("admin").corrections(alder);
    expect(all.filter(({ field, ended }) => field === "industry" && !ended)).toHaveLength(1);
  });
});

describe("rules for values", () => {
  test("replace each other, end, and keep their history", async () => {
    const decisions = as("admin", await openWorkspace());
    await decisions.settings();
    expect(await decisions.acceptValue("product", "GTXPro", "GTX Pro")).toBe(true);
    expect(await decisions.acceptValue("product", "GTXPro", "GTX Pro")).toBe(false);
    expect(await decisions.acceptValue("product", "GTXPro", "GTX Plus")).toBe(true);
    expect(await decisions.endRule("product", "GTXPro")).toBe(true);
    expect(await decisions.endRule("product", "GTXPro")).toBe(false);
    const rules = await decisions.valueRules();
    expect(rules.map(({ standsFor, by, ended }) => [standsFor, by, ended?.by])).toEqual([
      ["GTX Plus", people.admin, people.admin],
      ["GTX Pro", people.admin, people.admin],
    ]);
  });

  test("neither stand for themselves nor lead in a circle; letter case makes no other value", async () => {
    const decisions = as("admin", await openWorkspace());
    await decisions.settings();
    await expect(decisions.acceptValue("industry", "tech", "tech")).rejects.toThrow(
      "already stands for itself",
    );
    expect(await decisions.acceptValue("industry", "Technology", "technology")).toBe(true);
    expect(await decisions.acceptValue("industry", "technolgy", "technology")).toBe(true);
    expect(await decisions.acceptValue("industry", "Technolgy", "technology")).toBe(false);
    expect(await decisions.acceptValue("industry", "tecnolgy", "technolgy")).toBe(true);
    await expect(decisions.acceptValue("industry", "technology", "Tecnolgy")).rejects.toThrow(
      "end that one first",
    );
    expect(await decisions.acceptValue("product", "technology", "tecnolgy")).toBe(true);
    expect(await decisions.endRule("industry", "TECHNOLGY")).toBe(true);
  });
});

describe("suspects", () => {
  test("are those of the newest import of a source that no rule settles, with what they may stand for", async () => {
    const workspace = await openWorkspace();
    const { store, id } = workspace;
    await store.ensureWorkspace(id);
    const source = { id: "hubspot", name: "HubSpot" };
    const suspect = (column: string, value: string, suggestion: string | undefined, rows: number) => {
      const what = { column, value, suggestion, rows, reason: "looks wrong" };
      return { kind: "suspect", file: "deals.csv", line: undefined, ...what } as const;
    };
    for (const value of ["Old", "GTXPro"]) {
      const writer = await store.startImport(id, { source, startedBy: "test" });
      await writer.issues([
        suspect("product", value, "GTX Pro", 7),
        suspect("industry", "technolgy", undefined, 12),
        { ...suspect("product", "Rejected", undefined, 1), kind: "rejected" },
      ]);
      await writer.publish({});
    }
    const decisions = as("admin", workspace);
    expect(await decisions.openSuspects()).toMatchObject([
      { source: "HubSpot", column: "industry", value: "technolgy", suggestion: undefined, rows: 12 },
      { column: "product", value: "GTXPro", suggestion: "GTX Pro", rows: 7 },
    ]);
    await decisions.acceptValue("product", "GTXPro", "GTX Pro");
    expect((await decisions.openSuspects()).map(({ value }) => value)).toEqual(["technolgy"]);
    await decisions.endRule("product", "GTXPro");
    expect(await decisions.openSuspects()).toHaveLength(2);
  });
});

describe("rates entered by hand", () => {
  test("are imports of their own: listed, versioned, and the same again is none", async () => {
    const workspace = await openWorkspace();
    const decisions = as("admin", workspace);
    await decisions.settings();
    const rate = { base: "USD", quote: "EUR", rate: "0.920", onDay: "2025-01-01" };
    expect(await decisions.enterRate(rate)).toBe(true);
    expect(await decisions.enterRate({ ...rate, rate: "0.92" })).toBe(false);
    expect(await decisions.enterRate({ ...rate, rate: "0.93" })).toBe(true);
    expect(await decisions.enteredRates()).toMatchObject([
      { base: "USD", quote: "EUR", rate: "0.93", onDay: "2025-01-01", by: people.admin },
    ]);
    const imports = await workspace.store.imports(workspace.id);
    expect(imports.map(({ source }) => source)).toEqual(["Entered by hand", "Entered by hand"]);
    await workspace.store.undoImport(workspace.id, imports[0]?.id ?? 0, { startedBy: people.admin });
    expect(await decisions.enteredRates()).toMatchObject([{ rate: "0.92" }]);
  });

  test.each(["0", "-1", "abc", "1e5", "0.0"])("%s is refused", async (rate) => {
    const wanted = { base: "USD", quote: "EUR", rate, onDay: "2025-01-01" };
    await expect(as("admin").enterRate(wanted)).rejects.toThrow("no rate");
  });
});

test("what one workspace decides is nothing to another", async () => {
  const other = await openWorkspace();
  await as("admin", other).settings();
  await expect(as("admin", other).correct(alder, tierA)).rejects.toThrow(NotAllowed);
  expect(await as("admin", other).corrections(alder)).toEqual([]);
  expect(await as("admin", other).valueRules()).toEqual([]);
  expect(await as("admin", other).settingsHistory(10)).toEqual([]);
});
