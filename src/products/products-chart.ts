import type { Chart } from "../charts/chart.ts";
import type { JudgedProduct } from "../core/products/judge-products.ts";
import { countOf } from "../wording.ts";

/** The most bars in which a reader still finds one. */
const MOST_BARS = 20;

/** How often deals about each product are won, in the order of the list. */
export function productsChart(products: readonly JudgedProduct[], message: string): Chart {
  const rated = products.flatMap(({ product, rate }) => (rate ? [{ product, rate }] : []));
  const shown = rated.slice(0, MOST_BARS);
  const left = products.length - shown.length;
  return {
    kind: "bar",
    title: "Win rate by product",
    message,
    categories: shown.map(({ product }) => product),
    series: [{ name: "Win rate", values: shown.map(({ rate }) => rate.share) }],
    unit: { kind: "share" },
    categoryTitle: "Product",
    ...(left > 0 && {
      omission: `${countOf(left, "more product")} of this list ${left === 1 ? "is" : "are"} not in the chart.`,
    }),
  };
}
