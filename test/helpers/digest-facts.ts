import type { DigestFacts } from "../../src/digest/digest-facts.ts";
import type { OpenAction } from "../../src/store/actions.ts";
import type { DigestContent, ShownActions } from "../../src/store/digests.ts";
import type { MoveRow, Snapshot } from "../../src/store/reads.ts";

/** As of 31 October 2026, in EUR. */
const snapshotOfOctober: Snapshot = {
  id: 7,
  createdAt: new Date("2026-11-01T06:00:00Z"),
  asOf: "2026-10-31",
  window: { after: "2024-10-31", until: "2026-10-31" },
  previousUntil: "2026-08-02",
  currency: "EUR",
  cuts: { A: 800, B: 950, C: 990 },
  fiscalYearStart: 1,
  basis: { currency: "EUR", revenue: "net", basisDays: 30, rates: [] },
  isPrepared: true,
};

/** Facts of a Tuesday, 3 November 2026, about Ann's own accounts, of which nothing is to be told. */
export function factsOf(said: Partial<DigestFacts> = {}): DigestFacts {
  return {
    at: new Date("2026-11-03T08:30:00Z"),
    today: "2026-11-03",
    snapshot: snapshotOfOctober,
    scope: { isMine: true, isShared: false, filters: "", notes: [] },
    last: undefined,
    candidates: [],
    open: said.candidates?.length ?? 0,
    settled: [],
    moves: undefined,
    risers: [],
    holds: { complaints: 0, overdue: 0, rows: [] },
    waves: [],
    results: { since: "2026-10-27", answers: [], wins: [] },
    stale: [],
    concentration: undefined,
    acquisition: undefined,
    board: undefined,
    gaps: undefined,
    unowned: undefined,
    ...said,
  };
}

/** The id that stands for the action of that number. */
export function actionIdOf(number: number): string {
  return `00000000-0000-8000-8000-${String(number).padStart(12, "0")}`;
}

/** Something to do with the account of that number: a win-back, unless it is said. */
export function openAction(number: number, said: Partial<OpenAction> = {}): OpenAction {
  return {
    id: actionIdOf(number),
    accountId: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
    account: `Account ${number}`,
    kind: "win-back",
    subject: "",
    valueMinor: 100_000 * number,
    dueOn: "2026-11-30",
    effortMinutes: 45,
    reasons: [{ code: "lapsed", lastOn: "2025-09-30", yearBeforeMinor: 500_000 }],
    score: number,
    tier: "B",
    holder: { key: "rep:1", name: "Ann Archer" },
    answer: undefined,
    ...said,
  };
}

/** What a digest of these actions left behind; `digests` of them, a week apart, the last one a week ago. */
export function lastDigest(
  numbers: readonly number[],
  said: Partial<DigestContent> = {},
  digests = 1,
): NonNullable<DigestFacts["last"]> {
  const actions = numbers.map((number) => openAction(number));
  const shown = Array.from({ length: digests }, (_, index): ShownActions => {
    const at = new Date(Date.UTC(2026, 10, 3, 8, 30) - (digests - index) * 7 * 86_400_000);
    return {
      at: at.toISOString(),
      actions: actions.map(({ id, accountId, kind, subject }) => ({ id, accountId, kind, subject })),
    };
  });
  return {
    on: "2026-10-27",
    content: {
      snapshotId: 6,
      asOf: "2026-10-24",
      actions: actions.map(({ id, valueMinor }) => ({ id, valueMinor, currency: "EUR" })),
      lines: [],
      told: [],
      shown,
      ...said,
    },
  };
}

/** An account that fell from A to B. */
export function fallen(number: number, account = `Account ${number}`): MoveRow {
  return {
    accountId: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
    ...{
      account,
      owner: "Ann Archer",
      tier: "B",
      previousTier: "A",
      value: 800_000,
      previousValue: 1_000_000,
    },
    ...{ firstWonOn: "2020-01-01", lastWonOn: "2026-10-01" },
    reason: { code: "shrank", from: 1_000_000, to: 800_000 },
  };
}
