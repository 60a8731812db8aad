import type { Reply, Table } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import type { KeptSnapshots } from "../store/health.ts";
import type { Snapshot, VisibleTotals } from "../store/reads.ts";
import { countOf, formatCount, formatDay, formatMoment } from "../wording.ts";
import { isStaleSource, type SourceAge } from "./health-findings.ts";

/** How old everything is. */
export interface Freshness {
  readonly sources: readonly SourceAge[];
  /** Undefined while there is nothing to compute one from. */
  readonly snapshot: Snapshot | undefined;
  readonly kept: KeptSnapshots;
  readonly timeZone: string;
}

type Facts = NonNullable<Reply["facts"]>;
type WorkspaceTotals = NonNullable<VisibleTotals["workspace"]>;

export function snapshotFacts({ snapshot, kept, timeZone }: Freshness): Facts {
  if (!snapshot) return [{ label: "Snapshot", value: "none yet: no deal, invoice or payment is loaded" }];
  return [
    {
      label: "Snapshot",
      value: `${snapshot.id} of ${formatMoment(snapshot.createdAt, timeZone)}, data as of ${formatDay(snapshot.asOf)}, by version ${kept.settingsVersion ?? 0} of the settings; ${kept.isStale ? "something changed since, which the next one heeds" : "up to date"}`,
    },
    {
      label: "Kept",
      value: `${countOf(kept.kept, "snapshot")}${kept.oldestAsOf === undefined || kept.kept < 2 ? "" : `, back to ${formatDay(kept.oldestAsOf)}`}`,
    },
  ];
}

/** What the spend of the window consists of. */
export function basisFacts({ basis, mode }: WorkspaceTotals, covered: number, { currency }: Snapshot): Facts {
  const parts = [
    { name: "invoices", amount: basis.invoices },
    { name: "payments", amount: basis.payments },
    { name: "won deals", amount: basis.opportunities },
  ].filter(({ amount }) => amount !== 0);
  const counted = parts
    .map(({ name, amount }) => `${formatMoney({ amount, currency })} by ${name}`)
    .join(", ");
  return [
    {
      label: "Spend counts",
      value: `${counted || "nothing yet"}${mode === "gross" ? ", credits left out" : ""}`,
    },
    ...(covered === 0
      ? []
      : [
          {
            label: "Counted once",
            value: `${countOf(covered, "payment or won deal", "payments and won deals")} that an invoice or payment stands for`,
          },
        ]),
  ];
}

export function sourceTable(sources: readonly SourceAge[]): Table {
  const isDetailed = sources.some(({ details }) => details !== undefined);
  return {
    caption: "Sources, the one loaded longest ago first",
    columns: [
      { title: "Source" },
      { title: "Last import" },
      { title: "State" },
      ...(isDetailed
        ? [
            { title: "Rows", align: "right" as const },
            { title: "Rejected", align: "right" as const },
            { title: "Newest fact" },
            { title: "By" },
            { title: "Files" },
          ]
        : []),
    ],
    rows: sources.map((source) => {
      const { details } = source;
      return [
        { text: source.source },
        { text: formatDay(source.importedOn) },
        { text: stateOf(source) },
        ...(details
          ? [
              { text: formatCount(details.rows), value: details.rows },
              { text: formatCount(details.rejected), value: details.rejected },
              { text: details.newestFactOn === undefined ? "none" : formatDay(details.newestFactOn) },
              { text: details.by },
              { text: details.files.join(", ") },
            ]
          : []),
      ];
    }),
  };
}

function stateOf(source: SourceAge): string {
  if (source.ageDays === 0) return "fresh, today";
  return `${isStaleSource(source) ? "stale" : "fresh"}, ${countOf(source.ageDays, "day")} old`;
}

export function sourceData(source: SourceAge) {
  const { details } = source;
  return {
    source: source.source,
    importedAt: source.importedAt.toISOString(),
    ageDays: source.ageDays,
    isStale: isStaleSource(source),
    ...(details && { ...details, newestFactOn: details.newestFactOn ?? null }),
  };
}

export function snapshotData({ snapshot, kept }: Freshness) {
  if (!snapshot) return null;
  return {
    id: snapshot.id,
    createdAt: snapshot.createdAt.toISOString(),
    asOf: snapshot.asOf,
    settingsVersion: kept.settingsVersion ?? 0,
    isStale: kept.isStale,
    kept: kept.kept,
    oldestAsOf: kept.oldestAsOf ?? null,
  };
}

export function basisData({ basis, mode }: WorkspaceTotals, { currency }: Snapshot) {
  const money = (amount: number) => ({ amount, currency });
  return {
    mode,
    invoices: money(basis.invoices),
    payments: money(basis.payments),
    opportunities: money(basis.opportunities),
  };
}

export function leftOutData(totals: WorkspaceTotals, { currency }: Snapshot) {
  const money = (amount: number) => ({ amount, currency });
  const { withoutAccount, entriesWithoutAccount } = totals;
  return {
    opportunitiesWithoutAccount: { ...withoutAccount, wonValue: money(withoutAccount.wonValue) },
    entriesWithoutAccount: { ...entriesWithoutAccount, amount: money(entriesWithoutAccount.amount) },
    wonWithoutAmount: totals.withoutAmount,
    entriesWithoutAmount: totals.entriesWithoutAmount,
    withoutRate: totals.withoutRate.map(({ currency: of, facts, amount }) => ({
      facts,
      amount: { amount, currency: of },
    })),
    inTheFuture: totals.inTheFuture,
  };
}
