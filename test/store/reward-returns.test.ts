import { beforeAll, expect, test } from "vitest";
import { accessOf } from "../../src/store/access.ts";
import { createReads } from "../../src/store/create-reads.ts";
import { createDecisions, type Decisions } from "../../src/store/decisions.ts";
import type { StoreReads } from "../../src/store/reads.ts";
import { accountRecord, openRawWorkspace, type RawWorkspace } from "../helpers/facts.ts";

// Oracle: the sums are made anew in plain loops over what was written.

const now = new Date("2026-10-31T12:00:00Z");
const days = 180;
const names = ["Ash", "Beech", "Cedar", "Dogwood", "Elm", "Fir"];
const account = (name: string) => accountRecord("books", name);
const dayAfter = (day: string, count: number) =>
  new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);

/** Every account buys each month for three years, another amount each time. */
const purchases = names.flatMap((name, place) =>
  Array.from({ length: 36 }, (_, month) => ({
    name,
    onDay: dayAfter("2023-11-05", month * 30 + place),
    minor: 10_000 * (6 - place) + 731 * ((month * (place + 3)) % 11),
  })),
);

let workspace: RawWorkspace;
let decisions: Decisions;
let reads: StoreReads;
beforeAll(async () => {
  workspace = await openRawWorkspace();
  await workspace.startImport("books");
  await workspace.accounts(names.map((name) => ({ external_id: name, name })));
  await workspace.ledger(
    purchases.map(({ name, onDay, minor }) => ({
      kind: "invoice" as const,
      ...{ account_record_id: account(name), on_day: onDay, amount_minor: minor },
    })),
  );
  await workspace.refresh();
  const access = await accessOf(workspace.database, { workspaceId: workspace.id, standing: "operator" });
  decisions = createDecisions(workspace.database, access);
  reads = createReads(workspace.database, access);
});

async function give(name: string, onDay: string): Promise<void> {
  const plan = {
    kind: "gift" as const,
    onDay: "2026-12-01",
    costMinor: 700,
    currency: "EUR",
    occasion: "thanks",
  };
  const { id } = await decisions.planReward(account(name), plan, now);
  await decisions.settleReward(id, { status: "given", onDay }, now);
}

const bought = (name: string, after: string) =>
  purchases
    .filter(({ name: by, onDay }) => by === name && onDay > after && onDay <= dayAfter(after, days))
    .reduce((sum, { minor }) => sum + minor, 0);

test("each thanked account is compared with itself a year earlier and with its tier's others", async () => {
  const snapshot = await reads.snapshot();
  if (!snapshot) throw new RangeError("no snapshot");
  await give("Ash", "2025-09-10");
  // Too lately to tell, and so no longer among the others.
  await give("Cedar", "2026-10-30");
  const { rows } = await reads.standings(snapshot, {}, { offset: 0 });
  const tierOf = new Map(rows.map((row) => [row.account, row.tier]));
  const others = names.filter(
    (name) => !["Ash", "Cedar"].includes(name) && tierOf.get(name) === tierOf.get("Ash"),
  );
  expect(others.length).toBeGreaterThan(1);
  const meanOf = (after: string) =>
    Math.round(others.reduce((sum, name) => sum + bought(name, after), 0) / others.length);
  expect(await reads.rewardReturns(snapshot, days)).toEqual({
    pairs: [
      {
        beforeMinor: bought("Ash", "2024-09-10"),
        afterMinor: bought("Ash", "2025-09-10"),
        othersBeforeMinor: meanOf("2024-09-10"),
        othersAfterMinor: meanOf("2025-09-10"),
      },
    ],
    others: others.length,
    waiting: 1,
    costMinor: 700,
  });
});

test("two who plan at once do not spend the same money", async () => {
  await workspace.settings({ actions: { rewardBudget: 100 } });
  const plan = {
    kind: "event" as const,
    onDay: "2026-11-30",
    costMinor: 6_000,
    currency: "EUR",
    occasion: "thanks",
  };
  const outcomes = await Promise.allSettled(
    ["Dogwood", "Elm", "Fir"].map((name) => decisions.planReward(account(name), plan, now)),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const refused = outcomes.flatMap((outcome) =>
    outcome.status === "rejected" ? [String(outcome.reason.message)] : [],
  );
  // What was given in the test before is of this year too: 7 of the 100.
  expect(refused[0]).toBe(
    "This costs €60, and €33 of €100 is left for thank-yous in the fiscal year 2026. Cancel another one, or ask an admin for more: settings reward-budget.",
  );
});
