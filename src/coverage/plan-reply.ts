import type { Context, Reply, Table } from "../command.ts";
import { type CoveragePlan, planCoverage } from "../core/coverage/plan.ts";
import { formatMoney } from "../core/money.ts";
import { formatQuery } from "../query.ts";
import type { Snapshot } from "../store/reads.ts";
import { countOf, formatCount, formatShare, scopeNotes, stampOf } from "../wording.ts";
import { coverageActions } from "./coverage-actions.ts";
import { type Asked, asOfNote } from "./coverage-asked.ts";
import { coverageRules, wordActual, wordLevels, wordPeople } from "./coverage-words.ts";

/** What serving the portfolio as recommended takes, and how far that is from how it is served. */
export async function planReply(
  { snapshot, query, selection, basis, suffix, notes }: Asked,
  isExplained: boolean,
  context: Context,
): Promise<Reply> {
  const figures = await context.store.coverageFigures(snapshot, selection, basis);
  const plan = planCoverage(figures.cells, basis.terms);
  const { currency } = snapshot;
  const { mostPercent } = context.access.settings.coverage;
  const money = (amount: number) => formatMoney({ amount, currency });
  const isEmpty = plan.accounts === 0;
  return {
    headline: isEmpty
      ? `No account to serve${suffix}`
      : `${wordLevels(plan)}: ${wordPeople(plan.people)}, ${money(plan.cost)} a year${suffix}`,
    lines: isExplained ? coverageRules(basis, { mostPercent, currency }).map((rule) => [rule]) : [],
    ...(!isEmpty && { facts: factsOf(plan, money), table: tableOf(plan, money) }),
    actions: coverageActions(query, isExplained ? "explain" : "plan", snapshot, !isEmpty),
    notes: [
      ...(isEmpty ? [] : [wordActual(basis, figures, plan)]),
      ...(plan.moved > 0
        ? [
            `${countOf(plan.moved, "account")} moved tier: \`${formatQuery("coverage", { ...query, words: ["gaps"] })} up\` or \`down\` shows them alone.`,
          ]
        : []),
      ...scopeNotes(context.access),
      ...notes,
      asOfNote(snapshot),
    ],
    snapshot: stampOf(snapshot),
    data: dataOf(plan, figures, snapshot),
  };
}

function factsOf(plan: CoveragePlan, money: (amount: number) => string) {
  const { under, over, unowned, stake, cost, known } = plan;
  return [
    { label: "At stake", value: `${money(stake)} margin a year` },
    {
      label: "Cost",
      value: stake === 0 ? money(cost) : `${money(cost)}, ${formatShare(cost / stake)} of it`,
    },
    ...(unowned > 0 ? [{ label: "Without an owner", value: countOf(unowned, "account") }] : []),
    ...(known.accounts > 0
      ? [
          {
            label: "Served too little",
            value: `${countOf(under.accounts, "account")}, ${formatCount(under.hours)} hours short`,
          },
          {
            label: "Served too much",
            value: `${countOf(over.accounts, "account")}, ${money(over.cost)} overspent`,
          },
        ]
      : []),
  ];
}

function tableOf({ levels }: CoveragePlan, money: (amount: number) => string): Table {
  return {
    caption: "What the recommended levels take in a year",
    columns: [
      { title: "Level" },
      { title: "Accounts", align: "right" },
      { title: "Hours", align: "right" },
      { title: "People", align: "right" },
      { title: "Cost", align: "right" },
      { title: "At stake", align: "right" },
    ],
    rows: levels.map(({ level, accounts, hours, people, cost, stake }) => [
      { text: level },
      { text: formatCount(accounts), value: accounts },
      { text: formatCount(hours), value: hours },
      { text: people.toFixed(1), value: people },
      { text: money(cost), value: cost },
      { text: money(stake), value: stake },
    ]),
  };
}

function dataOf(
  plan: CoveragePlan,
  { withHours, withKnownHours }: { readonly withHours: number; readonly withKnownHours: number },
  { asOf, currency }: Snapshot,
) {
  const money = (amount: number) => ({ amount, currency });
  const { levels, cost, stake, known, under, over, ...counts } = plan;
  return {
    asOf,
    ...counts,
    ...{ cost: money(cost), stake: money(stake), withHours, withKnownHours },
    known: { ...known, cost: money(known.cost) },
    under: { ...under, cost: money(under.cost) },
    over: { ...over, cost: money(over.cost) },
    rows: levels.map((level) => ({ ...level, cost: money(level.cost), stake: money(level.stake) })),
  };
}
