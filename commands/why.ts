import { defineCommand } from "../src/command.ts";
import { accountName } from "../src/command-words.ts";
import { formatMoney } from "../src/core/money.ts";
import type { Tier, TierCuts } from "../src/core/tiers.ts";
import { accountLine, findAccount } from "../src/find-account.ts";
import { requireSnapshot } from "../src/list-accounts.ts";
import { redefinedAccount } from "../src/redefined-since.ts";
import { wordRedefined } from "../src/redefinition-words.ts";
import { setByHand, wordCorrection } from "../src/settings/word-corrections.ts";
import { accountWorth } from "../src/value/account-worth.ts";
import { toldReasons, worthFacts, worthFigures } from "../src/value/worth-facts.ts";
import { wordSales } from "../src/word-sales.ts";
import {
  formatChange,
  formatDay,
  formatShare,
  formatWindow,
  scopeNotes,
  stampOf,
  wordReason,
} from "../src/wording.ts";

const SHOWN = 5;

export default defineCommand({
  summary: "Why an account is in its tier, with the purchases behind it",
  usage: "why <name>",
  examples: [],
  filters: [],
  options: accountName,
  helpOrder: 3,

  async run({ options, query }, context) {
    const snapshot = await requireSnapshot(context, query);
    const account = await findAccount(options.name, "why", context);
    const { store, access } = context;
    const { currency, asOf, window } = snapshot;
    const [standing, totals, purchases, behindSpend, byHand, worth, redefined] = await Promise.all([
      store.standing(snapshot, account.id),
      store.totals(snapshot),
      store.purchases(snapshot, account.id, window, SHOWN),
      store.salesBehind(snapshot, account.id),
      setByHand(account.id, context),
      accountWorth(snapshot, account.id, context),
      redefinedAccount(context, snapshot, account.id),
    ]);
    const money = (amount: number) => ({ amount, currency });
    const card = { kind: "run" as const, label: "Open account", line: accountLine("account", account.id) };
    if (!standing)
      return {
        headline: `${account.name} has no tier: it never bought anything`,
        lines: [["Tiers rank customers by what they bought. An account without a purchase is a prospect."]],
        actions: [card],
        notes: [`Data as of ${asOf} · snapshot ${snapshot.id}`],
        snapshot: stampOf(snapshot),
        data: { accountId: account.id, account: account.name, tier: null, reasons: [], purchases: [] },
      };
    const share = standing.value / (totals.positiveValue || 1);
    const cumulativeShare = standing.cumulativeValue / (totals.positiveValue || 1);
    const from = wordSales(behindSpend);
    const set = byHand.get("tier");
    const computed = standing.reasons.find(({ code }) => code === "override");
    const above = totals.tiers.findLast(({ tier, accounts }) => tier < standing.tier && accounts > 0);
    const behind = above?.smallest === undefined ? undefined : above.smallest - standing.value;
    return {
      headline: computed
        ? `${account.name} is ${standing.tier}: ${wordReason(computed, snapshot)}`
        : `${account.name} is ${standing.tier}: ${rule(standing.tier, standing.value, snapshot.cuts)}`,
      lines: [
        ...(set ? [[`Tier ${set.shown}, ${wordCorrection(set, access.timeZone)}`]] : []),
        [
          `It spent `,
          { text: formatMoney(money(standing.value)), style: "bold" },
          ` ${formatWindow(window)}: rank ${standing.rank} of ${totals.accounts}, ${formatShare(share)} of spend. With everybody above it that makes ${formatShare(cumulativeShare)}.`,
        ],
        ...(from === undefined ? [] : [[`This is ${from}.`]]),
        ...(above === undefined || behind === undefined
          ? []
          : [[`The smallest ${above.tier} account spent ${formatMoney(money(behind))} more.`]]),
        [
          standing.previousTier === undefined
            ? `It was no customer yet on ${formatDay(snapshot.previousUntil)}.`
            : `On ${formatDay(snapshot.previousUntil)} it was ${standing.previousTier} with ${formatMoney(money(standing.previousValue))} (${formatChange(standing.value - standing.previousValue, currency)} since).`,
        ],
        ...standing.reasons.map((reason) => [`• ${wordReason(reason, snapshot)}`]),
        ...(redefined ? [[`• ${wordRedefined(redefined)}`]] : []),
        ...(worth ? toldReasons(worth, snapshot).map((text) => [`• ${text}`]) : []),
      ],
      ...(worth && { facts: worthFacts(worth, snapshot) }),
      ...(purchases.length > 0 && {
        table: {
          caption: "What is behind it, the largest first",
          columns: [
            { title: "Purchase" },
            { title: "Product" },
            { title: "Amount", align: "right" as const },
            { title: "Day" },
          ],
          rows: purchases.map((purchase) => [
            { text: purchase.name ?? purchase.id },
            { text: purchase.product ?? "–" },
            { text: formatMoney(money(purchase.value)), value: purchase.value },
            { text: formatDay(purchase.wonOn) },
          ]),
        },
      }),
      actions: [
        card,
        { kind: "run", label: `Top ${standing.tier}`, line: `top ${standing.tier}` },
        { kind: "share", label: "Share", line: accountLine("why", account.id) },
      ],
      notes: [
        ...scopeNotes(access),
        `Tiers by cumulative share of spend, largest first: A to ${cut(snapshot.cuts.A)}, B to ${cut(snapshot.cuts.B)}, C to ${cut(snapshot.cuts.C)}, D the rest. Snapshot ${snapshot.id}.`,
      ],
      snapshot: stampOf(snapshot),
      data: {
        accountId: account.id,
        account: account.name,
        tier: standing.tier,
        previousTier: standing.previousTier ?? null,
        rank: standing.rank,
        value: money(standing.value),
        previousValue: money(standing.previousValue),
        share,
        cumulativeShare,
        cuts: { A: snapshot.cuts.A / 1000, B: snapshot.cuts.B / 1000, C: snapshot.cuts.C / 1000 },
        nextTier: above && behind !== undefined ? { tier: above.tier, behind: money(behind) } : null,
        reasons: standing.reasons,
        redefined: redefined ?? null,
        ltv: worth ? worthFigures(worth, snapshot) : null,
        sales: behindSpend,
        purchases: purchases.map(({ value, ...purchase }) => ({ ...purchase, value: money(value) })),
      },
    };
  },
});

function rule(tier: Tier, value: number, cuts: TierCuts): string {
  if (value <= 0) return "it bought nothing in the window";
  if (tier === "A") return `one of the largest that together make ${cut(cuts.A)} of spend`;
  if (tier === "B") return `between ${cut(cuts.A)} and ${cut(cuts.B)} of cumulative spend`;
  if (tier === "C") return `between ${cut(cuts.B)} and ${cut(cuts.C)} of cumulative spend`;
  return `beyond ${cut(cuts.C)} of cumulative spend`;
}

function cut(thousandths: number): string {
  return `${thousandths / 10} %`;
}
