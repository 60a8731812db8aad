import type { Action, Context, Reply, Table } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import { findMarkets, type Markets } from "../core/products/for-whom.ts";
import { type JudgedProduct, judgeProducts } from "../core/products/judge-products.ts";
import { type Paged, pageActions, pagePrefix, pagesFor, rowsToShow } from "../paging.ts";
import { formatQuery, type Query } from "../query.ts";
import { keptDealsNotes, scopeNotes, stampOf } from "../wording.ts";
import { cycleCell, discountCell, rateCell } from "./figure-words.ts";
import { productLine } from "./find-product.ts";
import { marketData, productData } from "./product-data.ts";
import type { ProductOptions } from "./product-options.ts";
import { productsAsked } from "./products-asked.ts";
import { productsChart } from "./products-chart.ts";
import {
  differenceLines,
  marketLines,
  productMethod,
  productNotes,
  productsHeadline,
  sideOf,
} from "./products-words.ts";
import { wordVerdict } from "./verdict-words.ts";

type ListOptions = Exclude<ProductOptions, { readonly kind: "product" }>;

/** Products by how easily they are sold, and for whom. */
export async function productsReply(options: ListOptions, paged: Paged, context: Context): Promise<Reply> {
  const asked = await productsAsked(paged.query, context);
  const { snapshot, query, suffix } = asked;
  const results = await context.store.productResults(snapshot, asked);
  const judged = judgeProducts(results.products);
  const markets = findMarkets(results.markets);
  const only = options.kind === "list" ? options.only : undefined;
  const listed = only === undefined ? judged.products : sideOf(judged.products, only);
  const pages = pagesFor("products", query, listed.length);
  const shown = rowsToShow(listed, { ...paged, rows: "all" });
  const headline = productsHeadline(judged, only, suffix);
  const isChart = options.kind === "list" && options.show === "chart" && listed.some(({ rate }) => rate);
  return {
    headline,
    lines: (options.kind === "explain"
      ? productMethod
      : judged.products.length === 0
        ? []
        : [...differenceLines(listed, judged), ...marketLines(marketsOf(markets, listed), listed)]
    ).map((line) => [line]),
    ...(shown.length > 0 &&
      (isChart
        ? { charts: [productsChart(listed, `${headline}.`)] }
        : { table: tableOf(shown, snapshot.currency, captionOf(judged.toldApart.rate, only)) })),
    actions: [
      ...pageActions("products", query, pages, snapshot.id),
      ...viewActions(options, query),
      ...openActions(shown, query),
      { kind: "filter", label: "Filter", line: formatQuery("products", { ...query, page: 1 }) },
      ...(shown.length > 0
        ? [
            {
              kind: "share" as const,
              label: "Share",
              line: formatQuery("products", { ...query, snapshot: snapshot.id }),
            },
          ]
        : []),
    ],
    notes: [
      ...productNotes(results, asked),
      ...keptDealsNotes(snapshot, asked.window),
      ...scopeNotes(context.access),
      `${pagePrefix(query, pages)}Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: {
      ...{ asOf: snapshot.asOf, window: asked.window, maturity: results.maturity ?? null },
      ...{ ...results.counts, toldApart: judged.toldApart, total: listed.length },
      overall: judged.overall,
      markets: markets.found.map((market) => marketData(market, judged.products)),
      rows: (paged.rows === "all" ? listed : shown).map((product) => productData(product, snapshot)),
    },
  };
}

function tableOf(shown: readonly JudgedProduct[], currency: string, caption: string): Table {
  const right = { align: "right" } as const;
  return {
    caption,
    columns: [
      { title: "Product" },
      { title: "Win rate", ...right },
      { title: "Days to win", ...right },
      { title: "Discount", ...right },
      { title: "Won", ...right },
      { title: "Against the others" },
    ],
    rows: shown.map((product) => {
      const { rate, cycle, discount, wonMinor } = product;
      return [
        { text: product.product },
        rate ? { text: rateCell(rate), value: rate.share } : { text: "–" },
        cycle ? { text: cycleCell(cycle), value: cycle.median } : { text: "–" },
        discount ? { text: discountCell(discount), value: discount.share } : { text: "–" },
        { text: formatMoney({ amount: wonMinor, currency }), value: wonMinor },
        { text: wordVerdict(product) },
      ];
    }),
  };
}

function captionOf(isByEase: boolean, only: "easier" | "harder" | undefined): string {
  if (only === "harder") return "Products, the hardest to sell first";
  return isByEase ? "Products, the easiest to sell first" : "Products by name";
}

/** What was found about some products only. */
function marketsOf(markets: Markets, listed: readonly JudgedProduct[]): Markets {
  const isListed = (id: string) => listed.some(({ productId }) => productId === id);
  return { ...markets, found: markets.found.filter(({ productId }) => isListed(productId)) };
}

function viewActions(options: ListOptions, query: Query): readonly Action[] {
  const view = (label: string, ...words: readonly string[]): Action => ({
    kind: "run",
    label,
    line: formatQuery("products", { ...query, words, page: 1 }),
  });
  const { only, show } = options.kind === "list" ? options : { only: undefined, show: undefined };
  const side = only === undefined ? [] : [only];
  return [
    ...(show === "chart" ? [view("Table", ...side)] : [view("Chart", ...side, "chart")]),
    ...(only === undefined ? [] : [view("All products")]),
    ...(only === "easier" ? [] : [view("Easier", "easier")]),
    ...(only === "harder" ? [] : [view("Harder", "harder")]),
    ...(options.kind === "explain" ? [] : [view("Explain", "explain")]),
  ];
}

function openActions(shown: readonly JudgedProduct[], query: Query): readonly Action[] {
  if (shown.length === 0) return [];
  const choices = shown.map(({ product, productId }) => ({
    label: product,
    line: productLine(productId, query.filters),
  }));
  return [{ kind: "choose", label: "Open a product", choices }];
}
