import type { Line, Span } from "../command.ts";
import type { Day } from "../core/calendar.ts";
import { formatMoney } from "../core/money.ts";
import type { WaveName } from "../core/offers/offer.ts";
import { countOf } from "../wording.ts";
import { formatHours, formatPerHour } from "./figure-words.ts";
import { wordExclusions } from "./pitch-reasons.ts";
import { isHeldBack, type PitchRow } from "./pitch-rows.ts";
import type { PitchView, ViewedWave } from "./pitch-view.ts";
import { pitchedWaves, ruleSentence, termsSentence } from "./rule-words.ts";
import { numberedWave } from "./wave-words.ts";

/** Names that a line tells before it only counts. */
const NAMED = 8;

/** `New offer "X": wave 1 (A), 8 accounts, expected margin €41,000 for 14 h: €2,900/h`. */
export function pitchHeadline(view: PitchView, { wave, status, totals }: ViewedWave): string {
  const { currency } = view.terms;
  const margin = formatMoney({ amount: totals.expectedMargin, currency });
  const what = `${countOf(totals.accounts, "account")}, expected margin ${margin} for ${formatHours(totals.effortMinutes)}: ${formatPerHour(totals.marginPerHour, currency)}`;
  const state = view.offer === undefined || status === "open" ? "" : `, ${view.isClosed ? "closed" : status}`;
  return `${titleOf(view)}: ${numberedWave(wave)}${state}, ${totals.accounts === 0 ? "nobody to pitch" : what}`;
}

function titleOf({ name, offer, isCreated }: PitchView): string {
  if (offer === undefined) return `Preview of "${name}"`;
  return isCreated ? `New offer "${name}"` : `Offer "${name}"`;
}

/** What a wave comes to, whom it leaves out and why, what follows it, and by which rules. */
export function pitchLines(view: PitchView, shown: ViewedWave, today: Day): readonly Line[] {
  const { currency } = view.terms;
  const money = (amount: number) => formatMoney({ amount, currency });
  const { totals, wave, rows, whole } = shown;
  const others = view.waves.filter((other) => other.wave !== wave);
  return [
    ...(totals.accounts === 0
      ? []
      : [
          [
            `With 80 % probability between ${money(totals.low)} and ${money(totals.high)}, if the chances are right.`,
          ],
        ]),
    ...(whole > rows.length ? [[`These are the best ${rows.length} of ${countOf(whole, "account")}.`]] : []),
    ...listLine(
      "Held back: ",
      rows.filter((row) => isHeldBack(row) && !row.isHoldOut),
      (row) => wordExclusions(row.exclusions, today),
    ),
    ...listLine(
      "Kept out by lot, to compare with: ",
      rows.filter(({ isHoldOut }) => isHoldOut),
      () => undefined,
    ),
    ...(others.length === 0
      ? []
      : [[`Other waves: ${others.map((other) => wordWave(other, money)).join("; ")}.`]]),
    [termsSentence(view.terms)],
    [
      ruleSentence(
        view.terms,
        nextToOpen(view, shown),
        pitchedWaves(view.waves.map(({ wave: name, totals: { accounts } }) => ({ wave: name, accounts }))),
      ),
    ],
  ];
}

function wordWave({ wave, totals }: ViewedWave, money: (amount: number) => string): string {
  return totals.accounts === 0
    ? `${wave} with nobody to pitch`
    : `${wave} with ${countOf(totals.accounts, "account")}, ${money(totals.expectedMargin)}`;
}

/** The wave itself while it waits; else the next that does. */
function nextToOpen(view: PitchView, shown: ViewedWave): WaveName | undefined {
  const pitched = view.waves.filter(({ totals }) => totals.accounts > 0);
  const place = pitched.indexOf(shown);
  const waits = ({ status }: ViewedWave) => status === "planned" && !view.isClosed;
  if (place >= 0 && waits(shown) && (view.offer !== undefined || place > 0)) return shown.wave;
  return pitched.find((other, index) => index > place && waits(other))?.wave;
}

function listLine(
  title: string,
  rows: readonly PitchRow[],
  why: (row: PitchRow) => string | undefined,
): readonly Line[] {
  if (rows.length === 0) return [];
  const named = rows.slice(0, NAMED).flatMap((row, index): readonly Span[] => {
    const reason = why(row);
    return [index === 0 ? "" : ", ", row.account, ...(reason === undefined ? [] : [" (", reason, ")"])];
  });
  const left = rows.length - NAMED;
  return [
    [
      title,
      ...named.filter((span) => span !== ""),
      ...(left > 0 ? [` and ${countOf(left, "more account")}`] : []),
    ],
  ];
}
