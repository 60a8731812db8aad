import type { Cell, Table } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import { resultsOf, type WaveResults } from "../core/offers/results.ts";
import { type Judgement, judgeWave } from "../core/offers/stop-rule.ts";
import { resolvedOf } from "../core/offers/tally.ts";
import type { Offer, WaveState } from "../store/offers.ts";
import { formatShare } from "../wording.ts";
import { formatHours, formatPerHour } from "./figure-words.ts";

/** A wave with what it brought and what the stop rule thinks of it. */
export interface JudgedWave {
  readonly state: WaveState;
  readonly resolved: number;
  readonly results: WaveResults;
  readonly judgement: Judgement;
}

export function judgedWaves({ waves, terms }: Pick<Offer, "waves" | "terms">): readonly JudgedWave[] {
  const best = waves.find(({ wave }) => wave === "A");
  return waves.map((state) => ({
    state,
    resolved: resolvedOf(state),
    results: resultsOf(state, terms),
    judgement: judgeWave(state, state.wave === "A" ? undefined : best, terms),
  }));
}

/** All waves of an offer together. */
export function sumOfWaves(waves: readonly JudgedWave[]) {
  const sum = (part: (wave: JudgedWave) => number) => waves.reduce((all, wave) => all + part(wave), 0);
  const [margin, hours] = [sum(({ results }) => results.margin), sum(({ results }) => results.hours)];
  return {
    accounts: sum(({ state }) => state.accounts),
    resolved: sum(({ resolved }) => resolved),
    outcomes: sum(({ results }) => results.outcomes),
    won: sum(({ state }) => state.won),
    margin,
    expectedMargin: sum(({ results }) => results.expected.margin),
    hours,
    marginPerHour: hours === 0 ? undefined : Math.round(margin / hours),
  };
}

/** What waves brought beside what was expected of them. */
export function resultsTable(waves: readonly JudgedWave[], currency: string): Table {
  const money = (amount: number): Cell => ({ text: formatMoney({ amount, currency }), value: amount });
  const count = (value: number): Cell => ({ text: String(value), value });
  return {
    caption: "What the waves brought so far",
    columns: [
      { title: "Wave" },
      { title: "Status" },
      { title: "Resolved", align: "right" },
      { title: "Won", align: "right" },
      { title: "Margin", align: "right" },
      { title: "Expected of all", align: "right" },
      { title: "Hours", align: "right" },
      { title: "Per hour", align: "right" },
      { title: "Hours known for", align: "right" },
    ],
    rows: waves.map(({ state, resolved, results }) => [
      { text: state.wave },
      { text: state.status },
      { text: `${resolved} of ${state.accounts}`, value: resolved },
      count(state.won),
      money(results.margin),
      money(results.expected.margin),
      { text: formatHours(results.hours * 60), value: results.hours },
      {
        text: formatPerHour(results.marginPerHour, currency),
        ...(results.marginPerHour === undefined ? {} : { value: results.marginPerHour }),
      },
      { text: results.hoursKnown === undefined ? "–" : formatShare(results.hoursKnown) },
    ]),
  };
}

/** Exact figures of a wave. */
export function waveResultData({ state, resolved, results, judgement }: JudgedWave, currency: string) {
  const money = (amount: number | undefined) => (amount === undefined ? null : { amount, currency });
  const { accounts, won, lost, noReply, skipped, held, excluded, heldOut, whole } = state;
  return {
    wave: state.wave,
    status: state.status,
    ...{ accounts, whole, excluded, heldOut, held, resolved, won, lost, noReply, skipped },
    outcomes: results.outcomes,
    revenue: money(results.revenue),
    margin: money(results.margin),
    hours: results.hours,
    marginPerHour: money(results.marginPerHour),
    hoursKnownShare: results.hoursKnown ?? null,
    expected: {
      won: results.expected.won,
      margin: money(results.expected.margin),
      hours: results.expected.hours,
      marginPerHour: money(results.expected.marginPerHour),
    },
    judgement: {
      verdict: judgement.verdict,
      outcomes: judgement.outcomes,
      needed: judgement.needed,
      probabilityBelowFloor: judgement.probabilityBelowFloor,
      probabilityFarBelowA: judgement.probabilityFarBelowA ?? null,
      weakness: judgement.weakness ?? null,
    },
  };
}
