import fc from "fast-check";
import type { Chart, Unit } from "../../src/charts/chart.ts";

const oddNames = [
  "",
  "\u200b\u200d",
  "\ud800",
  "Acme",
  "Acme",
  "شركة النور للتجارة",
  "北京科技有限公司",
  "👩‍💻".repeat(30),
  `e${"\u0301".repeat(400)}`,
  "Gesellschaft für Verwaltung ".repeat(12),
  "Other (3)",
  "<!channel>\n\u0007",
];

const name = fc.oneof(fc.constantFrom(...oddNames), fc.string({ unit: "binary", maxLength: 60 }));
const unit: fc.Arbitrary<Unit> = fc.oneof(
  fc.constantFrom("EUR", "JPY", "KWD", "USD").map((currency) => ({ kind: "money" as const, currency })),
  name.map((noun) => ({ kind: "count" as const, noun })),
  fc.constant({ kind: "share" as const }),
);
const value = fc.oneof(
  fc.integer({ min: -1e15, max: 1e15 }),
  fc.integer({ min: 1, max: 1e6 }),
  fc.double({ min: -2, max: 2, noNaN: true }),
  fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY),
);
const sound = fc.integer({ min: 1, max: 1e12 });

/** Any chart that the types allow, with at most so many categories. */
export function anyChart(most: number): fc.Arbitrary<Chart> {
  return fc
    .tuple(fc.array(name, { maxLength: most }), fc.integer({ min: 0, max: 8 }), fc.boolean())
    .chain(([categories, count, isSound]) =>
      fc.record(
        {
          kind: fc.constantFrom("bar", "line", "area", "pie", "pareto", "heatmap", "funnel"),
          title: name,
          message: name,
          categories: fc.constant(categories),
          series: fc.array(
            fc.record({
              name,
              values: fc.array(isSound ? sound : value, {
                minLength: categories.length,
                maxLength: categories.length,
              }),
            }),
            { minLength: count, maxLength: count },
          ),
          unit,
          categoryTitle: name,
          omission: name,
          along: fc.record({
            title: name,
            unit,
            values: fc.array(isSound ? sound : value, {
              minLength: categories.length,
              maxLength: categories.length,
            }),
            named: fc.subarray(categories.map((_, place) => place)),
          }),
        },
        { requiredKeys: ["kind", "title", "message", "categories", "series", "unit", "categoryTitle"] },
      ),
    );
}
