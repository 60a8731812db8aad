import type { Action, Context, Line, Reply, Span } from "../command.ts";
import { isManaging } from "../core/access.ts";
import { formatMoney } from "../core/money.ts";
import { liftOf } from "../core/offers/results.ts";
import { betterUse } from "../core/offers/wave-rules.ts";
import type { Offer, OfferMember } from "../store/offers.ts";
import { countOf, formatMoment, scopeNotes } from "../wording.ts";
import { formatHours, formatPerHour } from "./figure-words.ts";
import { wordLift } from "./lift-words.ts";
import { offerLine, pitchLine } from "./offer-lines.ts";
import { isClaimable } from "./pitch-rows.ts";
import { pitchedWaves, ruleSentence } from "./rule-words.ts";
import { wordBetterUse, wordJudgement, wordStatusReason } from "./ruling-words.ts";
import { type JudgedWave, judgedWaves, resultsTable, sumOfWaves, waveResultData } from "./wave-results.ts";
import { waveSubject } from "./wave-words.ts";

/** How an offer goes: results against what was expected, what the rules think, who holds what, what is next. */
export async function offerReply(offer: Offer, context: Context, done?: string): Promise<Reply> {
  const { terms } = offer;
  const { currency } = terms;
  const { rows: members } = await context.store.members(offer.id, { now: context.now }, { offset: 0 });
  const waves = judgedWaves(offer);
  const holders = holdersOf(members);
  const free = members.filter((member) => isClaimable(member)).length;
  const lift = liftOf(offer);
  const use = betterUse(offer.waves, terms);
  return {
    headline: done ?? headlineOf(offer, waves),
    lines: [
      ...(done === undefined ? [] : [[headlineOf(offer, waves)]]),
      ...waves.flatMap((wave) => waveLines(wave, offer)),
      ...(waves.some(({ state }) => state.status === "paused") && offer.closedAt === undefined
        ? [[wordBetterUse(use, terms)]]
        : []),
      ...wordLift(offer).map((text): Line => [text]),
      ...(offer.closedAt === undefined ? [heldLine(holders, free)] : []),
      ...nextRule(offer),
    ],
    ...(waves.length > 0 && { table: resultsTable(waves, currency) }),
    actions: actionsOf(offer, context),
    notes: [
      ...scopeNotes(context.access),
      `Started by ${offer.createdBy}, ${formatMoment(offer.createdAt, context.access.timeZone)}${offer.products.length === 0 ? "" : ` · offers ${offer.products.join(", ")}`}${offer.filters === "" ? "" : ` · to ${offer.filters}`} · snapshot ${offer.snapshotId}`,
    ],
    data: {
      offer: offer.name,
      offerId: offer.id,
      currency,
      closed: offer.closedAt !== undefined,
      waves: waves.map((wave) => waveResultData(wave, currency)),
      holders: holders.map(([holder, accounts]) => ({ holder, accounts })),
      free,
      pitched: offer.pitched,
      holdOut: offer.holdOut,
      lift: lift ?? null,
      betterUse: use ?? null,
    },
  };
}

function headlineOf({ name, closedAt, terms }: Offer, waves: readonly JudgedWave[]): string {
  const { currency } = terms;
  const all = sumOfWaves(waves);
  const closed = closedAt === undefined ? "" : " is closed";
  if (all.outcomes === 0)
    return closedAt === undefined
      ? `"${name}": no outcomes yet, ${countOf(all.accounts, "account")} to pitch`
      : `"${name}" is closed without an outcome`;
  return `"${name}"${closed}: ${all.resolved} of ${all.accounts} resolved, ${all.won} won, margin ${formatMoney({ amount: all.margin, currency })} of ${formatMoney({ amount: all.expectedMargin, currency })} expected, ${formatPerHour(all.marginPerHour, currency)} for ${formatHours(all.hours * 60)}`;
}

/** Why a wave is as it is, and what the stop rule thinks once somebody works it. */
function waveLines({ state, judgement }: JudgedWave, { terms, closedAt }: Offer): readonly Line[] {
  const why = wordStatusReason(state.statusReason, terms);
  const isTold = state.status === "paused" || (state.status === "open" && why !== "");
  return [
    ...(isTold && closedAt === undefined
      ? [
          [
            `${waveSubject(state.wave)} is ${state.status}${why === "" ? "" : ": "}`,
            ...(why === "" ? [] : [why]),
          ],
        ]
      : []),
    ...(state.status === "open" || state.status === "paused"
      ? [[wordJudgement(judgement, state, terms)]]
      : []),
  ];
}

function holdersOf(members: readonly OfferMember[]): readonly (readonly [string, number])[] {
  const held = members.flatMap(({ status, holder }) => (status === "held" && holder ? [holder.name] : []));
  const counts = new Map<string, number>();
  for (const name of held) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([left, one], [right, other]) => other - one || left.localeCompare(right, "en"));
}

function heldLine(holders: readonly (readonly [string, number])[], free: number): Line {
  const names = holders.flatMap(([name, count], index): readonly Span[] => [
    ...(index === 0 ? [] : [", "]),
    name,
    ` ${count}`,
  ]);
  const unheld = `${countOf(free, "account")} free to claim`;
  return holders.length === 0
    ? [`Nobody holds an account; ${unheld}.`]
    : ["Held: ", ...names, `; ${unheld}.`];
}

/** What happens without anybody's doing. */
function nextRule({ waves, terms, closedAt }: Offer): readonly Line[] {
  if (closedAt !== undefined) return [];
  const next = waves.find(({ status, accounts }) => status === "planned" && accounts > 0);
  return [[ruleSentence(terms, next?.wave, pitchedWaves(waves))]];
}

function actionsOf(offer: Offer, { access }: Context): readonly Action[] {
  const isManager = isManaging(access.role);
  return [
    { kind: "run", label: "Accounts", line: pitchLine(offer) },
    ...(isManager && offer.closedAt === undefined ? managing(offer) : []),
    { kind: "run", label: "Log", line: offerLine(offer, "log") },
    { kind: "run", label: "All offers", line: "offers" },
    { kind: "share", label: "Share", line: offerLine(offer) },
  ];
}

const changes = {
  planned: ["open", "Open"],
  open: ["pause", "Pause"],
  paused: ["resume", "Resume"],
} as const;

/** What a manager can decide against or before the rules, each with a reason. */
function managing(offer: Offer): readonly Action[] {
  return [
    ...offer.waves.flatMap(({ wave, status, accounts }): readonly Action[] => {
      if (status === "closed" || accounts === 0) return [];
      const [verb, label] = changes[status];
      return [
        { kind: "fill", form: "reason", label: `${label} ${wave}`, line: offerLine(offer, verb, wave) },
      ];
    }),
    { kind: "fill", form: "reason", label: "Close", line: offerLine(offer, "close"), style: "danger" },
  ];
}
