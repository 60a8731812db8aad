import { formatMoney } from "../core/money.ts";
import { type OfferTerms, type WaveName, waveNames } from "../core/offers/offer.ts";
import { countOf, formatDay } from "../wording.ts";
import { formatPerHour } from "./figure-words.ts";
import { waveSubject } from "./wave-words.ts";

/**
 * When a wave opens, and when one is paused, with the terms' own numbers.
 *
 * @param next the wave to say it of; undefined where no other opens any more.
 * @param pitched see `pitchedWaves`.
 */
export function ruleSentence(
  terms: OfferTerms,
  next: WaveName | undefined,
  pitched: readonly WaveName[],
): string {
  const opening = next === undefined ? "" : `${openingSentence(next, terms, pitched)} `;
  return `Rule: ${opening}${pausingSentence(terms)}`;
}

/** The waves with somebody to pitch. */
export function pitchedWaves(
  waves: readonly { readonly wave: WaveName; readonly accounts: number }[],
): readonly WaveName[] {
  return waves.filter(({ accounts }) => accounts > 0).map(({ wave }) => wave);
}

/** "Wave B opens when at least 80 % of A is resolved, or on 15 Dec 2026." */
export function openingSentence(
  wave: WaveName,
  { openAtPercent, opensOn }: Pick<OfferTerms, "openAtPercent" | "opensOn">,
  pitched: readonly WaveName[],
): string {
  const place = waveNames.indexOf(wave);
  const before = waveNames.findLast((other, index) => index < place && pitched.includes(other));
  const day = opensOn[wave];
  if (!pitched.includes(wave)) return `${waveSubject(wave)} has nobody to pitch.`;
  if (before === undefined)
    return `${waveSubject(wave)} opens ${day === undefined ? "at once" : `on ${formatDay(day)}`}.`;
  const orOn = day === undefined ? "" : `, or on ${formatDay(day)}`;
  return `${waveSubject(wave)} opens when at least ${openAtPercent} % of ${before} is resolved${orOn}.`;
}

function pausingSentence({ currency, floorPerHour, leastOutcomes, pauseAbovePercent }: OfferTerms): string {
  const floor = formatPerHour(floorPerHour, currency);
  return `A wave pauses when its margin is below ${floor}, or below half of wave A's, with more than ${pauseAbovePercent} % probability, judged from ${countOf(leastOutcomes, "outcome")} or half the wave on.`;
}

/** What a claim and a sale mean under these terms. */
export function termsSentence({ currency, value, margin, claimHours }: OfferTerms): string {
  const sale =
    value === undefined ? "each account's usual purchase" : formatMoney({ amount: value, currency });
  return `A sale is taken as ${sale}, of which ${margin / 10} % is margin. Owners hold their accounts from the start; who claims one keeps it for ${countOf(claimHours, "hour")}.`;
}
