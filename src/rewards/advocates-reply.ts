import type { Context, Entry, Reply } from "../command.ts";
import { dayIn } from "../core/calendar.ts";
import { formatMoney } from "../core/money.ts";
import { advocateScore, yearsAgo } from "../core/rewards.ts";
import { accountIn, accountLine } from "../find-account.ts";
import { accountListActions, type Paged, pagePrefix, pagesFor, rowsToRead, rowsToShow } from "../paging.ts";
import { formatFilters } from "../query.ts";
import { resolveFilters } from "../resolve-filters.ts";
import type { Snapshot } from "../store/reads.ts";
import type { Advocate, Advocates, AdvocateTerms } from "../store/rewards.ts";
import { quietnessOf } from "../value/gone-quiet.ts";
import { countOf, formatCount, formatDay, scopeNotes, stampOf } from "../wording.ts";

/** The best customers who could speak for us, and the prospects that they could speak to. */
export async function advocatesReply(snapshot: Snapshot, paged: Paged, context: Context): Promise<Reply> {
  const { store, access, now } = context;
  const { query } = paged;
  const { tier, ...asked } = query.filters;
  const narrowed = tier && { tier };
  const [{ selection, spoken, notes }, quiet] = await Promise.all([
    resolveFilters(asked, snapshot, context),
    quietnessOf(snapshot, context),
  ]);
  const today = dayIn(now, access.timeZone);
  const terms: AdvocateTerms = {
    today,
    customerBy: yearsAgo(snapshot.asOf, 1),
    askedBefore: yearsAgo(today, 1),
    leastScore: advocateScore,
    gone: quiet.kind === "chance" ? { aliveBelowPercent: quiet.belowPercent } : { quietSince: quiet.since },
  };
  const found = await store.advocates(snapshot, { ...selection, ...narrowed }, terms, rowsToRead(paged));
  const shown = rowsToShow(found.rows, paged);
  const pages = pagesFor("advocates", query, found.total);
  const filters = formatFilters({ ...spoken, ...narrowed });
  const suffix = filters.length === 0 ? "" : ` (${filters.join(" ")})`;
  return {
    headline:
      found.total === 0
        ? `Nobody to ask for a reference${suffix}`
        : `${countOf(found.total, "customer")} could speak for us${suffix}`,
    lines: missingSentences(found).map((sentence) => [sentence]),
    entries: shown.map((one, index) => entryOf(one, (query.page - 1) * 10 + index + 1, snapshot)),
    actions: accountListActions("advocates", query, pages, { snapshot: snapshot.id, shown }),
    notes: [
      ...notes,
      ...(quiet.kind === "days" ? [quiet.note] : []),
      ruleOf(
        quiet.kind === "chance"
          ? `a chance of ${quiet.belowPercent} % or more of still being a customer`
          : "not quiet",
      ),
      "Prospects are accounts of the same industry and region that never bought.",
      ...scopeNotes(access),
      `${pagePrefix(query, pages)}Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: {
      ...{ asOf: snapshot.asOf, today, total: found.total, known: found.known },
      rows: (paged.rows === "all" ? found.rows : shown).map((one) => dataOf(one, snapshot)),
    },
  };
}

/** What would be known with more data. */
function missingSentences({ known }: Advocates): readonly string[] {
  return [
    ...(known.surveys === 0
      ? [
          "No surveys are known: whether they are satisfied is not. Log one with `log <account> survey score 9`.",
        ]
      : []),
    ...(known.prospects === 0
      ? ["No prospects are known: every account bought something, so there is nobody to introduce them to."]
      : []),
  ];
}

function ruleOf(alive: string): string {
  return `Who could: tier A or B, a purchase in the window, ${alive}, customer for a year or more, no open complaint, ${advocateScore} or more in the newest survey if there is one, not asked in twelve months. The most valuable first.`;
}

function entryOf(one: Advocate, place: number, { currency }: Snapshot): Entry {
  const { account, accountId, tier, owner } = one;
  return {
    lines: [
      [
        `${place}. `,
        { text: account, style: "bold" },
        ` · tier ${tier} · ${wordValue(one, currency)} · customer since ${formatDay(one.firstOn)} · ${wordSurvey(one)}${owner === undefined ? "" : ` · ${owner}`}`,
      ],
      [wordProspects(one)],
    ],
    actions: [
      {
        kind: "fill",
        form: "work",
        label: "Asked for a reference",
        line: `log ${accountIn(accountId)} reference`,
        style: "primary",
      },
      { kind: "run", label: "Open account", line: accountLine("account", accountId) },
    ],
  };
}

function wordValue({ worthMinor, valueMinor }: Advocate, currency: string): string {
  const money = (amount: number) => formatMoney({ amount, currency });
  return worthMinor === undefined ? `spend ${money(valueMinor)}` : `lifetime value ${money(worthMinor)}`;
}

function wordSurvey({ survey }: Advocate): string {
  return survey === undefined ? "no survey" : `survey ${survey.score} of 10 on ${formatDay(survey.on)}`;
}

function wordProspects({ industry, region, prospects: { total, first } }: Advocate): string {
  if (industry === undefined || region === undefined)
    return "Its industry or region is not known, so no prospects can be matched.";
  if (total === 0) return `No prospects in ${industry}, ${region}.`;
  const more = total > first.length ? ` and ${formatCount(total - first.length)} more` : "";
  const names = first.map(({ account }) => account).join(", ");
  return `${countOf(total, "prospect")} in ${industry}, ${region}: ${names}${more}`;
}

function dataOf(one: Advocate, { currency }: Snapshot) {
  const { valueMinor, worthMinor, owner, industry, region, survey, askedOn, ...row } = one;
  const money = (amount: number) => ({ amount, currency });
  return {
    ...row,
    ...{ value: money(valueMinor), ltv: worthMinor === undefined ? null : money(worthMinor) },
    ...{ owner: owner ?? null, industry: industry ?? null, region: region ?? null },
    ...{ survey: survey ?? null, askedOn: askedOn ?? null },
  };
}
