import type { Context, Entry, Reply } from "../command.ts";
import { dayIn } from "../core/calendar.ts";
import { formatMoney } from "../core/money.ts";
import { type FiscalYear, fiscalYearOf, inMinorUnits, returnDays, returnOf } from "../core/rewards.ts";
import { accountListActions, type Paged, pagePrefix, pagesFor, rowsToRead, rowsToShow } from "../paging.ts";
import { formatFilters } from "../query.ts";
import { resolveFilters } from "../resolve-filters.ts";
import type { Snapshot } from "../store/reads.ts";
import type { Reward, Rewards } from "../store/rewards.ts";
import { countOf, formatDay, scopeNotes, stampOf } from "../wording.ts";
import { nextToThank, proposalData, proposalEntry } from "./next-to-thank.ts";
import { returnRule, returnSentence } from "./return-words.ts";
import { accountActions, cancelAction, giveAction } from "./reward-actions.ts";

/** The calendar of thank-yous, what is left for them, what they returned, and whom to thank next. */
export async function rewardsReply(snapshot: Snapshot, paged: Paged, context: Context): Promise<Reply> {
  const { store, access, now } = context;
  const { query } = paged;
  const { tier, ...asked } = query.filters;
  const narrowed = tier && { tier };
  const { selection, spoken, notes } = await resolveFilters(asked, snapshot, context);
  const chosen = { ...selection, ...narrowed };
  const today = dayIn(now, access.timeZone);
  const year = fiscalYearOf(today, snapshot.fiscalYearStart);
  const [found, returns, next] = await Promise.all([
    store.rewards(snapshot, chosen, year, rowsToRead(paged)),
    store.rewardReturns(snapshot, returnDays),
    nextToThank(snapshot, chosen, context),
  ]);
  const shown = rowsToShow(found.rows, paged);
  const pages = pagesFor("rewards", query, found.total);
  const filters = formatFilters({ ...spoken, ...narrowed });
  const budgetMinor = inMinorUnits(access.settings.actions.rewardBudget, snapshot.currency);
  const returned = returnOf(returns.pairs);
  return {
    headline: headlineOf(found, filters),
    lines: [[returnSentence(returned, returns, snapshot.currency)]],
    entries: [...shown.map((reward) => entryOf(reward)), ...next.map((one) => proposalEntry(one, snapshot))],
    facts: budgetFacts(found, { budgetMinor, year, currency: snapshot.currency }, context),
    actions: accountListActions("rewards", query, pages, { snapshot: snapshot.id, shown: eachOnce(shown) }),
    notes: [
      ...notes,
      ...(next.length > 0 ? [nextRule] : []),
      returnRule,
      ...(found.otherCurrencies > 0
        ? [
            `${countOf(found.otherCurrencies, "thank-you")} in another currency than ${snapshot.currency} is in no sum.`,
          ]
        : []),
      ...scopeNotes(access),
      `${pagePrefix(query, pages)}Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: {
      ...{ asOf: snapshot.asOf, today, fiscalYear: year, total: found.total },
      ...sumsOf(found, budgetMinor, snapshot.currency, context),
      returned: { ...returned, pairs: returns.pairs, others: returns.others, waiting: returns.waiting },
      rows: (paged.rows === "all" ? found.rows : shown).map(dataOf),
      next: next.map((one) => proposalData(one, snapshot)),
    },
  };
}

const nextRule =
  "Whom to thank next: the largest customers of tiers A and B whom nobody thanked in twelve months or plans to, without an open complaint; proposed for the next anniversary of their first purchase.";

function headlineOf({ total, rows }: Rewards, filters: readonly string[]): string {
  const suffix = filters.length === 0 ? "" : ` (${filters.join(" ")})`;
  if (total === 0) return `No thank-yous are planned or were given yet${suffix}`;
  const first = rows.find(({ status }) => status === "planned");
  const next = first === undefined ? "" : `, the next on ${formatDay(first.onDay)}`;
  return `${countOf(total, "thank-you")}${next}${suffix}`;
}

interface Budget {
  readonly budgetMinor: number;
  readonly year: FiscalYear;
  readonly currency: string;
}

/** What is left is the workspace's: whoever sees a part does not know what others planned. */
function budgetFacts(found: Rewards, { budgetMinor, year, currency }: Budget, { access }: Context) {
  const money = (amount: number) => formatMoney({ amount, currency });
  const { plannedMinor, givenMinor } = found;
  return [
    { label: `Budget of fiscal year ${year.label}`, value: money(budgetMinor) },
    { label: "Planned", value: money(plannedMinor) },
    { label: "Given", value: money(givenMinor) },
    access.owners === "all"
      ? { label: "Left", value: money(leftOf(found, budgetMinor)) }
      : { label: "Left", value: "what others planned for accounts that you do not see counts too" },
  ];
}

function leftOf({ plannedMinor, givenMinor }: Rewards, budgetMinor: number): number {
  return Math.max(0, budgetMinor - plannedMinor - givenMinor);
}

function sumsOf(found: Rewards, budgetMinor: number, currency: string, { access }: Context) {
  const money = (amount: number) => ({ amount, currency });
  return {
    budget: money(budgetMinor),
    planned: money(found.plannedMinor),
    given: money(found.givenMinor),
    left: access.owners === "all" ? money(leftOf(found, budgetMinor)) : null,
  };
}

function entryOf(reward: Reward): Entry {
  const { id, account, accountId, owner, kind, onDay, costMinor, currency, occasion, status } = reward;
  return {
    lines: [
      [
        `${id}. ${formatDay(onDay)} · `,
        { text: account, style: "bold" },
        ` · ${kind} ${status} · ${formatMoney({ amount: costMinor, currency })}${owner === undefined ? "" : ` · ${owner}`}`,
      ],
      ...(occasion === "" ? [] : [[occasion]]),
    ],
    actions: [
      ...(status === "planned" ? [giveAction(id), cancelAction(id)] : []),
      ...accountActions(accountId),
    ],
  };
}

/** A menu names an account once. */
function eachOnce(shown: readonly Reward[]): readonly Reward[] {
  return shown.filter(
    ({ accountId }, index) => shown.findIndex((other) => other.accountId === accountId) === index,
  );
}

function dataOf({ id, costMinor, currency, owner, ...reward }: Reward) {
  return {
    rewardId: id,
    ...reward,
    owner: owner ?? null,
    cost: { amount: costMinor, currency },
  };
}
