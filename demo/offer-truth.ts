import { drawAccounts } from "./accounts.ts";
import { createCalendar } from "./calendar.ts";
import { products } from "./market.ts";
import type { Plan } from "./plans.ts";
import { createRandom } from "./random.ts";

/** How one company would really answer a new offer; in no export, so that whoever predicts it can be checked. */
export interface OfferTruth {
  readonly company: string;
  /** How often in 1,000 cases it would say yes. */
  readonly yesPerMille: number;
  /** What it would then order, in cents. */
  readonly orderMinor: number;
}

/** In per cent of the usual: who buys more lately says yes more readily, strangers and who has gone hardly ever. */
const readinessPercent: Readonly<Record<Plan["kind"], number>> = {
  steady: 100,
  rising: 170,
  new: 130,
  fading: 60,
  quiet: 45,
  lapsed: 25,
  prospect: 25,
};
/** Who never bought begins with a small order. */
const firstOrderPercent = 50;
const channelPercent: Readonly<Record<string, number>> = { Direct: 105, Partner: 95, Webshop: 80 };
const usualPerMille = 220;

/**
 * The invented company's hidden answers to an offer of one of its products, of the portfolio that `generateDemo` exports
 * for the same seed and date.
 *
 * @throws RangeError for a product that it does not sell.
 */
export function offerTruths(
  { seed, asOf }: { readonly seed: number; readonly asOf: string },
  productName: string,
): readonly OfferTruth[] {
  const product = products.find(({ name }) => name === productName);
  if (product === undefined) throw new RangeError(`no product is called ${productName}`);
  return drawAccounts(createRandom(seed), createCalendar(asOf)).map(({ name, industry, channel, plan }) => {
    const tastePercent = industry.favourites.includes(product.name) ? 150 : 85;
    const percents = [
      readinessPercent[plan.kind],
      tastePercent,
      channelPercent[channel] ?? 100,
      product.easePercent,
    ];
    const yesPerMille = percents.reduce((perMille, percent) => (perMille * percent) / 100, usualPerMille);
    return {
      company: name,
      yesPerMille: Math.min(900, Math.round(yesPerMille)),
      orderMinor: Math.round(
        (plan.usualAmountEuro * product.pricePercent * (plan.kind === "prospect" ? firstOrderPercent : 100)) /
          100,
      ),
    };
  });
}
