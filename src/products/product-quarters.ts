import type { Table } from "../command.ts";
import { periodOf, quarterOf } from "../core/calendar.ts";
import { formatMoney } from "../core/money.ts";
import { of80, scoreInterval } from "../core/score-interval.ts";
import type { ProductQuarter, ProductResults } from "../store/product-results.ts";
import { formatCount, formatShare } from "../wording.ts";
import { wordShares } from "./figure-words.ts";

/** What came of the deals about a product, by when they began. */
export function quartersTable(
  quarters: readonly ProductQuarter[],
  results: Pick<ProductResults, "maturity">,
  currency: string,
): Table {
  const right = { align: "right" } as const;
  return {
    caption: "By the quarter in which deals began",
    columns: [
      { title: "Quarter" },
      { title: "Win rate", ...right },
      { title: "Won", ...right },
      { title: "Lost", ...right },
      { title: "Open", ...right },
      { title: "Amount", ...right },
    ],
    rows: quarters.map((quarter) => {
      const { won, lost, open, wonMinor } = quarter;
      const rate = rateOf(quarter, results);
      return [
        { text: quarterOf(quarter.from) },
        rate
          ? { text: `${formatShare(rate.share)} (${wordShares(rate)})`, value: rate.share }
          : { text: "too early" },
        { text: formatCount(won), value: won },
        { text: formatCount(lost), value: lost },
        { text: formatCount(open), value: open },
        { text: formatMoney({ amount: wonMinor, currency }), value: wonMinor },
      ];
    }),
  };
}

/** One quarter for programs. */
export function quarterData(
  product: string,
  quarter: ProductQuarter,
  results: Pick<ProductResults, "maturity">,
  currency: string,
) {
  const { from, won, lost, open, wonMinor } = quarter;
  const rate = rateOf(quarter, results);
  return {
    ...{ product, quarter: quarterOf(from), won, lost, open },
    ...{ winShare: rate?.share ?? null, lowWinShare: rate?.low ?? null, highWinShare: rate?.high ?? null },
    wonAmount: { amount: wonMinor, currency },
  };
}

/** Of a quarter all of whose deals are old enough to tell. */
function rateOf(
  { from, won, lost }: ProductQuarter,
  { maturity }: Pick<ProductResults, "maturity">,
): ReturnType<typeof scoreInterval> {
  const last = periodOf(quarterOf(from))?.last ?? from;
  return maturity !== undefined && last > maturity.createdBy
    ? undefined
    : scoreInterval(won, won + lost, of80);
}
