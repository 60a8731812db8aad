import { actionData } from "../src/actions/action-data.ts";
import { nextOfAccount } from "../src/actions/next-action.ts";
import { defineCommand } from "../src/command.ts";
import { accountName } from "../src/command-words.ts";
import { quarterOf } from "../src/core/calendar.ts";
import { formatMoney } from "../src/core/money.ts";
import { openDealFacts, openDealFigures } from "../src/deals/open-deal-facts.ts";
import { accountLine, findAccount, stillThere } from "../src/find-account.ts";
import { requireSnapshot } from "../src/list-accounts.ts";
import { holdNotes } from "../src/offers/hold-notes.ts";
import { potentialFacts, potentialFigures } from "../src/prospects/potential-facts.ts";
import { redefinedAccount } from "../src/redefined-since.ts";
import { wordRedefined } from "../src/redefinition-words.ts";
import {
  type CorrectionField,
  pending,
  setByHand,
  wordCorrection,
} from "../src/settings/word-corrections.ts";
import { accountWorth } from "../src/value/account-worth.ts";
import { worthFacts, worthFigures } from "../src/value/worth-facts.ts";
import {
  comparedDays,
  formatChange,
  formatDay,
  formatShare,
  formatWindow,
  scopeNotes,
  stampOf,
  wordDays,
  wordReason,
} from "../src/wording.ts";

export default defineCommand({
  summary: "One account on a card: tier, spend, owner, products, open deals",
  usage: "account <name>",
  examples: [],
  filters: [],
  options: accountName,
  helpOrder: 2,

  async run({ options, query }, context) {
    const snapshot = await requireSnapshot(context, query);
    const { id } = await findAccount(options.name, "account", context);
    const [detail, totals, byHand, worth, potential, openDeals, redefined, heldBack, next] =
      await Promise.all([
        context.store.account(snapshot, id),
        context.store.totals(snapshot),
        setByHand(id, context),
        accountWorth(snapshot, id, context),
        context.store.accountPotential(snapshot, id),
        context.store.openDeals(snapshot, id),
        redefinedAccount(context, snapshot, id),
        holdNotes(id, context),
        nextOfAccount(snapshot, id, context),
      ]);
    const account = stillThere(detail);
    const { standing, owner } = account;
    const { currency } = snapshot;
    const { timeZone } = context.access;
    const money = (amount: number) => ({ amount, currency });
    const share = standing ? standing.value / (totals.positiveValue || 1) : 0;
    const correction = (field: CorrectionField) => {
      const set = byHand.get(field);
      return set ? `, ${wordCorrection(set, timeZone)}` : "";
    };
    const missing = [
      ...(owner ? [] : ["owner"]),
      ...(account.industry === undefined ? ["industry"] : []),
      ...(account.region === undefined ? ["region"] : []),
    ];
    const closed = account.won.opportunities + account.lost.opportunities;
    return {
      headline: standing
        ? `${account.name}: tier ${standing.tier}, ${formatMoney(money(standing.value))} spent`
        : `${account.name}: a prospect, nothing bought yet`,
      lines: standing
        ? [
            [
              [
                ...standing.reasons.map((reason) => wordReason(reason, snapshot)),
                ...(redefined ? [wordRedefined(redefined)] : []),
              ].join(" · "),
            ],
          ]
        : [],
      ...(next && { entries: [next.entry] }),
      facts: [
        ...(standing
          ? [
              {
                label: "Tier",
                value: `${standing.tier}${standing.previousTier && standing.previousTier !== standing.tier ? `, was ${standing.previousTier} on ${formatDay(snapshot.previousUntil)}` : ""}${correction("tier")}`,
              },
              {
                label: "Spend",
                value: `${formatMoney(money(standing.value))}, ${formatChange(standing.value - standing.previousValue, currency)} ${wordDays(comparedDays(snapshot))}`,
              },
              {
                label: "Place",
                value: `${standing.rank} of ${totals.accounts}, ${formatShare(share)} of spend`,
              },
              {
                label: "Customer since",
                value: `${formatDay(standing.firstWonOn)} (${quarterOf(standing.firstWonOn)})`,
              },
              { label: "Last purchase", value: formatDay(standing.lastWonOn) },
            ]
          : []),
        ...(worth ? worthFacts(worth, snapshot) : []),
        ...(potential ? potentialFacts(potential, snapshot, context.access) : []),
        {
          label: "Owner",
          value: `${owner ? `${owner.name}${owner.team ? `, ${owner.team}` : ""}` : "nobody"}${correction("owner")}`,
        },
        {
          label: "Open deals",
          value:
            account.open.value === 0
              ? String(account.open.opportunities)
              : `${account.open.opportunities}, ${formatMoney(money(account.open.value))}`,
        },
        ...openDealFacts(openDeals, snapshot),
        ...(closed > 0
          ? [
              {
                label: "Won",
                value: `${account.won.opportunities} of ${closed} closed deals (${formatShare(account.won.opportunities / closed)})`,
              },
            ]
          : []),
        ...(account.products.length > 0
          ? [
              {
                label: "Products owned",
                value: account.products
                  .map(({ name, value }) => `${name} ${formatMoney(money(value))}`)
                  .join(", "),
              },
            ]
          : []),
        ...(account.industry
          ? [{ label: "Industry", value: `${account.industry}${correction("industry")}` }]
          : []),
        ...(account.region ? [{ label: "Region", value: account.region }] : []),
        ...(account.domain ? [{ label: "Domain", value: account.domain }] : []),
        ...heldBack.map((value) => ({ label: "Kept out of offers", value })),
        ...Object.entries(account.custom).map(([label, value]) => ({ label, value })),
      ],
      actions: [
        {
          kind: "fill",
          form: "interaction",
          label: "Log",
          line: accountLine("log", account.id),
          style: "primary",
        },
        ...(standing
          ? [{ kind: "run" as const, label: "Why this tier", line: accountLine("why", account.id) }]
          : []),
        ...(standing
          ? [{ kind: "run" as const, label: `Top ${standing.tier}`, line: `top ${standing.tier}` }]
          : []),
        ...(worth
          ? [{ kind: "run" as const, label: "Lifetime value", line: accountLine("ltv", account.id) }]
          : []),
        { kind: "run", label: "Coverage", line: accountLine("coverage", account.id) },
        { kind: "share", label: "Share", line: accountLine("account", account.id) },
      ],
      notes: [
        ...(missing.length > 0 ? [`Missing in the data: ${missing.join(", ")}.`] : []),
        ...scopeNotes(context.access),
        ...pending(byHand, { owner: owner?.name, industry: account.industry, tier: standing?.tier }),
        `Spend ${formatWindow(snapshot.window)}, data from ${account.sources.join(", ")}${account.newestFactOn ? `, newest fact ${account.newestFactOn}` : ""} · snapshot ${snapshot.id}`,
      ],
      snapshot: stampOf(snapshot),
      data: {
        accountId: account.id,
        account: account.name,
        tier: standing?.tier ?? null,
        previousTier: standing?.previousTier ?? null,
        rank: standing?.rank ?? null,
        value: standing ? money(standing.value) : null,
        previousValue: standing ? money(standing.previousValue) : null,
        share: standing ? share : null,
        wins: standing?.wins ?? 0,
        firstWonOn: standing?.firstWonOn ?? null,
        lastWonOn: standing?.lastWonOn ?? null,
        cohort: standing ? quarterOf(standing.firstWonOn) : null,
        reasons: standing?.reasons ?? [],
        redefined: redefined ?? null,
        ltv: worth ? worthFigures(worth, snapshot) : null,
        potential: potential ? potentialFigures(potential, snapshot, context.access) : null,
        owner: owner ? { name: owner.name, email: owner.email ?? null, team: owner.team ?? null } : null,
        open: {
          ...{ opportunities: account.open.opportunities, value: money(account.open.value) },
          deals: openDealFigures(openDeals, snapshot),
        },
        won: { opportunities: account.won.opportunities, value: money(account.won.value) },
        lost: account.lost,
        next: next ? actionData(next.action, next.terms) : null,
        products: account.products.map(({ name, value }) => ({ name, value: money(value) })),
        industry: account.industry ?? null,
        region: account.region ?? null,
        domain: account.domain ?? null,
        custom: account.custom,
        corrections: [...byHand.values()].map(({ at, ended: _, until, shown, ...set }) => ({
          ...set,
          value: shown,
          until: until ?? null,
          at: at.toISOString(),
        })),
        sources: account.sources,
        missing,
      },
    };
  },
});
