import type { Context, Reply } from "../command.ts";
import { findCoaching } from "../core/reps/coach-findings.ts";
import type { OwnerFilter, Query } from "../query.ts";
import { formatQuery } from "../query.ts";
import { resolveFilters } from "../resolve-filters.ts";
import type { Snapshot } from "../store/reads.ts";
import { countOf, formatCount, formatWindow, keptDealsNotes, scopeNotes, stampOf } from "../wording.ts";
import { nameOf } from "./board-words.ts";
import { coachRules } from "./coach-rules.ts";
import { type Coached, findCoached } from "./find-coached.ts";
import { findingData, findingEntry } from "./finding-words.ts";
import { type ExaminedRep, readExamined } from "./read-examined.ts";

/** Of either kind, the surest first: more cannot be worked on at once. */
const MOST_SHOWN = 4;

/** Where one rep beats or lags what was to be expected, with one suggestion each. For that rep and whoever manages them. */
export async function coachReply(
  snapshot: Snapshot,
  {
    query,
    who,
    isExplained,
  }: { readonly query: Query; readonly who: OwnerFilter | undefined; readonly isExplained: boolean },
  context: Context,
): Promise<Reply> {
  const coached = await findCoached(who, context);
  const { owner: _, ...filters } = query.filters;
  const { window = snapshot.window } = await resolveFilters(filters, snapshot, context);
  const examined = await readExamined(snapshot, coached.repIds, window, context);
  const { strengths, lags, examined: looked } = findCoaching(examined.examined);
  const name = nameOf(coached.rep);
  const findings = [...lags, ...strengths];
  return {
    headline: headlineOf(coached, strengths.length, lags.length),
    lines: [
      [totalOf(examined)],
      ...(findings.length > 0
        ? []
        : [
            [
              looked === 0
                ? "Too early: nothing has enough deals to be looked at."
                : `Of ${countOf(looked, "thing")} looked at none is further from what was to be expected than chance brings.`,
            ],
          ]),
      ...(isExplained ? coachRules.map((rule) => [rule]) : []),
    ],
    entries: [...lags.slice(0, MOST_SHOWN), ...strengths.slice(0, MOST_SHOWN)].map(findingEntry),
    actions: isExplained
      ? []
      : [
          {
            kind: "run",
            label: "Explain",
            line: formatQuery("coach", { ...query, words: [...query.words, "explain"] }),
          },
        ],
    notes: [
      coached.isSelf
        ? "Only you, and whoever manages you, can ask for this. It cannot be shared."
        : `Only ${name}, and whoever manages them, can ask for this. It cannot be shared.`,
      ...(Math.max(lags.length, strengths.length) > MOST_SHOWN
        ? [`The ${MOST_SHOWN} surest of each are shown; all are in the data.`]
        : []),
      ...(looked > 0
        ? [`${countOf(looked, "thing")} with enough deals ${looked === 1 ? "was" : "were"} looked at.`]
        : []),
      ...scopeNotes(context.access),
      ...keptDealsNotes(snapshot, window),
      `Deals that closed ${formatWindow(window)} · data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: {
      ...{ rep: coached.rep.name, repId: coached.rep.id, window, examined: looked },
      total: totalData(examined),
      rows: findings.map(findingData),
    },
  };
}

function headlineOf({ rep, isSelf }: Coached, strengths: number, lags: number): string {
  const who = isSelf ? "You" : nameOf(rep);
  if (strengths + lags === 0)
    return `${who} ${isSelf ? "sell" : "sells"} as was to be expected, as far as can be told`;
  const parts = [
    ...(strengths > 0
      ? [`${isSelf ? "beat" : "beats"} what was to be expected in ${countOf(strengths, "thing")}`]
      : []),
    ...(lags > 0
      ? [
          `${isSelf ? "lag" : "lags"}${strengths > 0 ? "" : " what was to be expected"} in ${countOf(lags, "thing")}`,
        ]
      : []),
  ];
  return `${who} ${parts.join(" and ")}`;
}

function totalOf({ total }: ExaminedRep): string {
  if (!total) return "No deals of this window are closed.";
  return `${formatCount(total.won)} of ${countOf(total.deals, "closed deal")} were won; ${total.expected.toFixed(1)} were to be expected of deals like them.`;
}

function totalData({ total }: ExaminedRep) {
  return total === undefined
    ? null
    : { closed: total.deals, won: total.won, expected: total.expected, variance: total.variance };
}
