import { currencyExponent } from "../core/money.ts";
import type { OfferTerms } from "../core/offers/offer.ts";
import type { OfferSettings } from "../core/settings.ts";
import { minorUnits } from "../settings/people-words.ts";
import type { TypedPitch } from "./pitch-words.ts";

/**
 * What a manager chose for an offer, and the settings that hold now.
 *
 * @throws UsageError for a value that is no amount.
 */
export function termsOf(
  { value, holdOutPercent, opensOn }: Pick<TypedPitch, "value" | "holdOutPercent" | "opensOn">,
  settings: OfferSettings,
  currency: string,
): OfferTerms {
  return {
    currency,
    ...(value === undefined ? {} : { value: minorUnits(value, currency) }),
    margin: settings.margin,
    effortMinutes: {
      A: settings.minutesA,
      B: settings.minutesB,
      C: settings.minutesC,
      lookalikes: settings.minutesLookalikes,
    },
    floorPerHour: settings.floorPerHour * 10 ** currencyExponent(currency),
    openAtPercent: settings.openAtPercent,
    opensOn,
    leastOutcomes: settings.leastOutcomes,
    pauseAbovePercent: settings.pauseAbovePercent,
    claimHours: settings.claimHours,
    holdOutPercent,
  };
}
