import stringWidth from "string-width";
import { exactValue } from "./amounts.ts";
import type { Along, Chart } from "./chart.ts";
import { funnelPoints } from "./funnel.ts";
import { distinctLabels, readable, readableNames } from "./labels.ts";

const MOST_ROWS = 12;
const NAME = (text: string) => stringWidth(text) <= 28;
const SHARE = { kind: "share" } as const;

/** A funnel's points as rows of cells to be lined up, in their order, and what is to be said of them. */
export function funnelText(
  chart: Chart,
  along: Along,
): { readonly rows: readonly (readonly string[])[]; readonly remarks: readonly string[] } {
  const known = new Map(funnelPoints(chart).map((point) => [point.place, point]));
  const names = distinctLabels(
    readableNames(chart.categories.slice(0, MOST_ROWS), chart.categoryTitle),
    NAME,
  );
  const [, low, high] = chart.series;
  const left = chart.categories.length - names.length;
  return {
    rows: [
      ["", readable(along.title) || "Along", "of expected", "by chance"],
      ...names.map((name, place) => [
        name,
        exactValue(along.values[place], along.unit),
        exactValue(known.get(place)?.share, SHARE),
        low && high
          ? `${exactValue(low.values[place], SHARE)} to ${exactValue(high.values[place], SHARE)}`
          : "",
      ]),
    ],
    remarks: left === 0 ? [] : [`… and ${left} more.`],
  };
}
