import { offerLine } from "../offers/offer-lines.ts";
import { numberedWave } from "../offers/wave-words.ts";
import { formatCount } from "../wording.ts";
import type { DigestFacts } from "./digest-facts.ts";
import { nameSpan, type Part } from "./digest-parts.ts";

const MOST_WAVES = 2;

/** How far open waves are, those first in which the reader has most to do. */
export function waveParts({ waves, last }: DigestFacts): readonly Part[] {
  const told = new Set(last?.content.told);
  return waves.slice(0, MOST_WAVES).map(({ offerId, offer, wave, accounts, resolved, own }) => {
    const code = `wave:${offerId}:${wave}:${resolved}:${accounts}`;
    return {
      name: "waves",
      line: [
        "Offer ",
        nameSpan(offer),
        `, ${numberedWave(wave)}: ${formatCount(resolved)} of ${formatCount(accounts)} resolved`,
        ...(own === undefined ? [] : [`, ${formatCount(own)} of yours open`]),
      ],
      actions: [{ kind: "run", label: "Open offer", line: offerLine({ id: offerId, name: offer }) }],
      isNews: !told.has(code),
      told: [code],
    };
  });
}
