import { describe, expect, test } from "vitest";
import { addDays, daysBetween } from "../../src/core/calendar.ts";
import { createRandom } from "../../src/core/random.ts";
import { dealEnds } from "../../src/core/win/deal-records.ts";
import { textColumn } from "../../src/core/win/text-column.ts";
import { recordId } from "../../src/ingest/drafts.ts";
import { answerDealTask, type DealTask } from "../../src/store/deal-tasks.ts";
import type { OpenDeal } from "../../src/store/open-deals.ts";
import { runDealTask } from "../../src/store/run-deal-task.ts";
import { readWinFit } from "../../src/store/win-fit-row.ts";
import { accountRecord, openRawWorkspace, type RawRow, type RawWorkspace } from "../helpers/facts.ts";
import { rawRows } from "../helpers/workspace.ts";

const [begun, asOf] = ["2025-01-01", "2026-06-30"];
const repRecord = (rep: string) => recordId("crm", "rep", rep);
const chances = { web: 0.75, phone: 0.25 } as const;

/** Deals of which the source tells how they end, of reps who are all alike; some are still open. */
function dealsOf(count: number, open: number): readonly (RawRow & { readonly id: string })[] {
  const random = createRandom("judge-deals");
  return Array.from({ length: count + open }, (_, at) => {
    const source = random() < 0.5 ? "web" : "phone";
    const isOpen = at >= count;
    const createdOn = isOpen ? addDays(asOf, -5) : addDays(begun, Math.floor((at / count) * 480));
    const isWon = random() < chances[source];
    return {
      id: String(at),
      account_record_id: accountRecord("crm", String(at % 20)),
      owner_record_id: repRecord(String(at % 4)),
      created_on: createdOn,
      close_on: addDays(createdOn, 10 + Math.floor(random() * 20)),
      status: isOpen ? "open" : isWon ? "won" : "lost",
      amount_minor: 1_000 * (1 + Math.floor(random() * 50)),
      custom: {
        "Lead source": source,
        "Lost reason": isOpen || isWon ? "" : "price",
        Shoe: String(Math.floor(random() * 10)),
      },
    };
  });
}

async function openTeam(count: number, open: number): Promise<RawWorkspace> {
  const world = await openRawWorkspace();
  await world.startImport("crm");
  const numbered = (length: number) => Array.from({ length }, (_, at) => String(at));
  await world.accounts(numbered(20).map((external_id) => ({ external_id, name: `Account ${external_id}` })));
  await world.reps(numbered(4).map((external_id) => ({ external_id, name: `Rep ${external_id}` })));
  await world.deals(dealsOf(count, open));
  return world;
}

interface JudgedRow extends RawRow {
  readonly source: "web" | "phone";
  readonly status: "won" | "lost" | "open";
  readonly expected: number | null;
  readonly expected_minor: number | null;
  readonly expected_days: number | null;
  readonly probability: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly reasons: OpenDeal["reasons"];
  readonly amount_minor: number;
}

const judged = (workspaceId: string) =>
  rawRows(
    `SELECT o.external_id AS deal, o.custom ->> 'Lead source' AS source, d.status::text, d.amount_minor::int, d.expected,
            d.expected_minor::int, d.expected_days, d.probability, d.low, d.high, d.reasons
     FROM deal d JOIN opportunity o ON o.workspace_id = d.workspace_id AND o.id = d.id AND o.superseded_by IS NULL
     WHERE d.workspace_id = $1 AND d.snapshot_id = (SELECT MAX(id) FROM snapshot WHERE workspace_id = $1)
     ORDER BY o.external_id`,
    [workspaceId],
  ) as Promise<readonly JudgedRow[]>;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe("deals with a column that tells them", () => {
  test("are foretold by it, with reasons; what is known only afterwards has no say", async () => {
    const world = await openTeam(1_000, 20);
    await world.refresh(asOf);
    const stored = await readWinFit(world.database, world.id);
    expect(stored?.cause).toBe("first");
    expect(stored?.fit.evaluation.signal).toBe(true);
    expect(stored?.fit.columns).toContain("Lead source");
    expect(stored?.fit.excluded).toContainEqual({
      column: "Lost reason",
      why: { code: "leak-by-name", word: "lost reason" },
    });
    const rows = await judged(world.id);
    for (const { source, probability, low, high, reasons } of rows.filter(
      ({ status }) => status === "open",
    )) {
      // The share that was won of those from the same source, which nothing else tells apart.
      const alike = rows.filter((row) => row.source === source && row.status !== "open");
      const share = alike.filter(({ status }) => status === "won").length / alike.length;
      expect(Math.abs((probability ?? 0) - share)).toBeLessThan(0.12);
      expect(low).toBeLessThanOrEqual(probability ?? 0);
      expect(high).toBeGreaterThanOrEqual(probability ?? 1);
      expect(reasons[0]).toMatchObject({ feature: "Lead source", value: source });
      expect(Math.sign(reasons[0]?.points ?? 0)).toBe(source === "web" ? 1 : -1);
    }
  });

  test("are held against what others made of deals like them: in sum, against what came", async () => {
    const world = await openTeam(400, 0);
    await world.refresh(asOf);
    const rows = await judged(world.id);
    const won = rows.filter(({ status }) => status === "won");
    expect(sum(rows.map(({ expected }) => expected ?? 0))).toBeCloseTo(won.length, 6);
    const sold = sum(won.map(({ amount_minor }) => amount_minor));
    // Each deal's is rounded to the minor unit.
    expect(Math.abs(sum(rows.map(({ expected_minor }) => expected_minor ?? 0)) - sold)).toBeLessThan(
      rows.length,
    );
    for (const { source, expected, expected_days } of rows) {
      expect(Math.abs((expected ?? 0) - chances[source])).toBeLessThan(0.15);
      expect(expected_days).toBeGreaterThan(12);
      expect(expected_days).toBeLessThan(26);
    }
    const fit = (await readWinFit(world.database, world.id))?.fit;
    expect(fit?.mix.columns).toContain("Lead source");
    expect(Object.keys(fit?.mix.doubts ?? {}).sort()).toEqual(["0", "1", "2", "3"].map(repRecord).sort());
  });
});

test("a refresh learns anew only where deals changed, and keeps what was expected of the others", async () => {
  const world = await openTeam(150, 3);
  const fits = () =>
    rawRows("SELECT snapshot_id, cause FROM win_fit WHERE workspace_id = $1 ORDER BY snapshot_id", [
      world.id,
    ]);
  await world.refresh(asOf);
  const before = await judged(world.id);
  await world.refresh(asOf);
  expect(await fits()).toHaveLength(1);
  expect(await judged(world.id)).toEqual(before);
  await world.deals([
    {
      ...{ id: "late", created_on: "2026-05-01", close_on: "2026-05-20", amount_minor: 100, status: "lost" },
      account_record_id: accountRecord("crm", "1"),
    },
  ]);
  const third = await world.refresh(asOf);
  expect((await fits()).at(-1)).toEqual({ snapshot_id: third?.snapshot, cause: "data" });
  expect((await judged(world.id)).find(({ deal }) => deal === "late")?.expected).toBeGreaterThan(0);
});

test("a day of before knows only the deals that had ended by then", async () => {
  const world = await openTeam(300, 0);
  await world.refresh(asOf);
  await world.refresh("2025-12-31");
  const fit = (await readWinFit(world.database, world.id))?.fit;
  const ended = dealsOf(300, 0).filter(({ close_on }) => String(close_on) <= "2025-12-31");
  expect(fit?.seen.deals).toBe(ended.length);
  expect((await judged(world.id)).filter(({ expected }) => expected !== null)).toHaveLength(ended.length);
});

test("without a deal that ended, open ones have the chance of anything that nobody knows", async () => {
  const world = await openTeam(0, 2);
  await world.refresh(asOf);
  expect(await judged(world.id)).toMatchObject([
    { status: "open", expected: null, probability: 0.5, reasons: [] },
    { status: "open", expected: null, probability: 0.5, reasons: [] },
  ]);
});

test("many deals are judged in a thread, as they are without one", async () => {
  const written = dealsOf(2_000, 50);
  const task: DealTask = {
    kind: "judge",
    asOf: daysBetween("1970-01-01", asOf),
    deals: {
      ids: written.map(({ id }) => id),
      ends: Uint8Array.from(written, ({ status }) => dealEnds[status as keyof typeof dealEnds]),
      createdOn: Float64Array.from(written, (row) => daysBetween("1970-01-01", String(row.created_on))),
      closedOn: Float64Array.from(written, (row) =>
        row.status === "open" ? Number.NaN : daysBetween("1970-01-01", String(row.close_on)),
      ),
      columns: [
        textColumn(
          "source",
          written.map(({ custom }) => (custom as Readonly<Record<string, string>>)["Lead source"] ?? ""),
        ),
      ],
      repIds: ["a", "b", "c", "d"],
      reps: Int32Array.from(written, (_, at) => at % 4),
      products: new Int32Array(written.length).fill(-1),
      tiers: new Int32Array(written.length).fill(-1),
      amounts: Float64Array.from(written, ({ amount_minor }) => Number(amount_minor)),
    },
  };
  expect(await runDealTask(task)).toEqual(answerDealTask(task));
});
