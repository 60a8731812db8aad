import type { Context, Reply } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import { findMarkets } from "../core/products/for-whom.ts";
import { judgeProducts } from "../core/products/judge-products.ts";
import { formatQuery, type Query } from "../query.ts";
import { countOf, formatShare, keptDealsNotes, scopeNotes, stampOf } from "../wording.ts";
import { wordCycle, wordRate, wordShares } from "./figure-words.ts";
import { findProduct, productLine } from "./find-product.ts";
import { marketData, productData } from "./product-data.ts";
import { quarterData, quartersTable } from "./product-quarters.ts";
import { productsAsked } from "./products-asked.ts";
import { marketLines, productNotes } from "./products-words.ts";
import { wordVerdict } from "./verdict-words.ts";

/** How easily one product is sold, for whom, and quarter by quarter. */
export async function productCard(name: string, query: Query, context: Context): Promise<Reply> {
  const asked = await productsAsked(query, context);
  const { snapshot, suffix } = asked;
  const { id, name: product } = await findProduct(name, query.filters, context);
  const [results, quarters] = await Promise.all([
    context.store.productResults(snapshot, asked),
    context.store.productQuarters(snapshot, id, asked),
  ]);
  const judged = judgeProducts(results.products);
  const own = judged.products.find(({ productId }) => productId === id);
  const markets = findMarkets(results.markets);
  const ownMarkets = { ...markets, found: markets.found.filter(({ productId }) => productId === id) };
  const { currency } = snapshot;
  const overall = judged.overall.rate;
  return {
    headline: own?.rate
      ? `${product}: ${wordRate(own.rate)}; against the others: ${wordVerdict(own)}${suffix}`
      : `${product}: no deal is old enough to tell how easily it is sold${suffix}`,
    lines: own === undefined ? [] : marketLines(ownMarkets, judged.products).map((line) => [line]),
    facts: [
      ...(own?.rate
        ? [
            { label: "Win rate", value: wordRate(own.rate) },
            ...(overall
              ? [{ label: "All products", value: wordRate({ closed: judged.overall.closed, ...overall }) }]
              : []),
          ]
        : []),
      ...(own?.cycle
        ? [{ label: "Days to win", value: `${wordCycle(own.cycle)}, ${judged.overall.medianDays} overall` }]
        : []),
      ...(own?.discount
        ? [
            {
              label: "Discount",
              value: `${formatShare(own.discount.share)} of list price (${wordShares(own.discount)}), of ${countOf(own.discount.deals, "won deal")}`,
            },
          ]
        : []),
      ...(own
        ? [
            {
              label: "Won in the window",
              value: `${countOf(own.wonInWindow, "deal")}, ${formatMoney({ amount: own.wonMinor, currency })}`,
            },
          ]
        : []),
      { label: "Cost of acquisition", value: "not known" },
    ],
    ...(quarters.length > 0 && { table: quartersTable(quarters, results, currency) }),
    actions: [
      { kind: "run", label: "All products", line: formatQuery("products", { ...query, words: [], page: 1 }) },
      {
        kind: "run",
        label: "Who buys it",
        line: formatQuery("top", { words: [], filters: { product }, page: 1 }),
      },
      {
        kind: "run",
        label: "Explain",
        line: formatQuery("products", { ...query, words: ["explain"], page: 1 }),
      },
      {
        kind: "share",
        label: "Share",
        line: `${productLine(id, query.filters)} snapshot:${snapshot.id}`,
      },
    ],
    notes: [
      ...productNotes(results, asked),
      ...keptDealsNotes(snapshot, asked.window),
      ...scopeNotes(context.access),
      `Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: {
      ...{ asOf: snapshot.asOf, window: asked.window, maturity: results.maturity ?? null },
      product: own ? productData(own, snapshot) : null,
      overall: judged.overall,
      markets: ownMarkets.found.map((market) => marketData(market, judged.products)),
      rows: quarters.map((quarter) => quarterData(product, quarter, results, currency)),
    },
  };
}
