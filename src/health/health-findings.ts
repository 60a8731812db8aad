import type { Action, Line } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import { uploadAction } from "../intake/first-run.ts";
import { acceptLine } from "../settings/rule-words.ts";
import type { SourceState } from "../store/health.ts";
import type { Snapshot, VisibleTotals } from "../store/reads.ts";
import type { AccountComparison, Listed } from "../store/reconcile.ts";
import type { OpenSuspect } from "../store/value-rules.ts";
import { countOf, formatChange, formatDay } from "../wording.ts";

/** From here on a source is stale. */
const STALE_AFTER_DAYS = 35;
/** Won deals and invoices that are less than this share apart are taken for the same. */
export const TOLERANCE = 0.1;
export const toleranceText = `${TOLERANCE * 100} %`;
/** Suspect values that are told one by one. */
const SUSPECTS = 3;

/** Something that is wrong or missing, with what to do about it. */
export interface Finding {
  readonly line: Line;
  readonly actions: readonly Action[];
}

export interface SourceAge extends SourceState {
  readonly importedOn: string;
  readonly ageDays: number;
}

export function isStaleSource({ ageDays }: Pick<SourceAge, "ageDays">): boolean {
  return ageDays > STALE_AFTER_DAYS;
}

export function staleSources(sources: readonly SourceAge[]): readonly Finding[] {
  return sources.filter(isStaleSource).map(({ source, importedOn, ageDays }) => ({
    line: [
      { text: source, style: "bold" },
      ` was last imported on ${formatDay(importedOn)}, ${countOf(ageDays, "day")} ago. Import a fresh export.`,
    ],
    actions: [uploadAction],
  }));
}

export function rejectedFindings(rejected: number): readonly Finding[] {
  if (rejected === 0) return [];
  const run = { label: "Rejected rows", line: "health rejected" };
  return [
    {
      line: [`${countOf(rejected, "row")} could not be loaded. See which, and why: `, code(run.line)],
      actions: [{ kind: "run", ...run }],
    },
  ];
}

export function suspectFindings(suspects: readonly OpenSuspect[]): readonly Finding[] {
  const told = suspects.slice(0, SUSPECTS).map(({ column, value, suggestion, reason, rows }): Finding => {
    const what = `${column} "${value}" (${countOf(rows, "row")})`;
    if (suggestion === undefined)
      return { line: [`${what}: ${reason}. Decide: `, code("accept")], actions: [] };
    const line = acceptLine(column, value, suggestion);
    return {
      line: [`${what} may be "${suggestion}". If so: `, code(line)],
      actions: [{ kind: "run", label: `${value} → ${suggestion}`, line }],
    };
  });
  if (suspects.length === 0) return [];
  const more = suspects.length - told.length;
  const all: Action = { kind: "run", label: "Suspect values", line: "accept" };
  return [
    ...told,
    ...(more > 0
      ? [{ line: [`${countOf(more, "more value")} may be written wrongly: `, code("accept")], actions: [] }]
      : []),
  ].map((finding, index, { length }) =>
    index === length - 1 ? { ...finding, actions: [...finding.actions, all] } : finding,
  );
}

/** Facts that are in no tier, and how they get into one. */
export function leftOutFindings(
  { withoutAccount, entriesWithoutAccount, ...totals }: NonNullable<VisibleTotals["workspace"]>,
  { currency }: Pick<Snapshot, "currency">,
): readonly Finding[] {
  const money = (amount: number, of = currency) => formatMoney({ amount, currency: of });
  const inSource = (count: number, text: string): readonly Finding[] =>
    count === 0 ? [] : [{ line: [text], actions: [uploadAction] }];
  const noAmount = [
    ...(totals.withoutAmount === 0 ? [] : [countOf(totals.withoutAmount, "won deal")]),
    ...(totals.entriesWithoutAmount === 0 ? [] : [countOf(totals.entriesWithoutAmount, "ledger line")]),
  ].join(" and ");
  return [
    ...inSource(
      withoutAccount.opportunities,
      `${countOf(withoutAccount.opportunities, "opportunity", "opportunities")} without an account (${withoutAccount.won} won, ${money(withoutAccount.wonValue)}) in no tier. Name the account in the CRM and import again.`,
    ),
    ...inSource(
      entriesWithoutAccount.entries,
      `${countOf(entriesWithoutAccount.entries, "ledger line")} without an account (${money(entriesWithoutAccount.amount)}) in no tier. Name the customer in the ledger and import again.`,
    ),
    ...inSource(
      totals.withoutAmount + totals.entriesWithoutAmount,
      `${noAmount} without an amount in no tier. Fill the amounts in and import again.`,
    ),
    ...totals.withoutRate.map(
      (rate): Finding => ({
        line: [
          `${countOf(rate.facts, "sale")} in ${rate.currency} (${money(rate.amount, rate.currency)}) without an exchange rate in no tier. Enter one: `,
          code(`settings rate ${rate.currency} ${currency} <rate> <day>`),
        ],
        actions: [{ kind: "run", label: "Rates", line: "settings rates" }],
      }),
    ),
    ...inSource(
      totals.inTheFuture,
      `${countOf(totals.inTheFuture, "fact")} dated after tomorrow, which ${totals.inTheFuture === 1 ? "does" : "do"} not count yet. Correct the dates and import again.`,
    ),
  ];
}

export function differenceFindings(
  { rows, total }: Listed<AccountComparison>,
  { currency }: Pick<Snapshot, "currency">,
): readonly Finding[] {
  const [most] = rows;
  if (!most) return [];
  const run = { label: "Differences", line: "health reconciliation" };
  return [
    {
      line: [
        `Won deals and invoices are more than ${toleranceText} apart for ${countOf(total, "account")}, most for `,
        { text: most.account, style: "bold" },
        ` (${formatChange(most.difference, currency)}): `,
        code(run.line),
      ],
      actions: [{ kind: "run", ...run }],
    },
  ];
}

function code(text: string) {
  return { text, style: "code" as const };
}
