import { isObject, type JsonObject, listOf } from "../json.ts";

export interface Point {
  readonly label: string;
  readonly value: number;
}
export interface Series {
  readonly name: string;
  readonly data: readonly Point[];
}

/** The figures of a chart; a pie is one series without a name. */
export function seriesOf(chart: JsonObject): readonly Series[] {
  const points = (list: unknown) =>
    listOf(list)
      .filter(isObject)
      .map((point) => ({ label: String(point.label), value: Number(point.value) }));
  if (chart.type === "pie") return [{ name: "", data: points(chart.segments) }];
  return listOf(chart.series)
    .filter(isObject)
    .map((each) => ({ name: String(each.name), data: points(each.data) }));
}

export function colour(index: number): string {
  return `var(--series-${(index % 6) + 1})`;
}

/** A share of the whole, as a legend says it: what is there is never called nothing. */
export function share(part: number): string {
  return part > 0 && part < 0.005 ? "<1 %" : `${Math.round(part * 100)} %`;
}

/** The chart in words, for who cannot see it. */
export function summary(title: string, series: readonly Series[]): string {
  const figures = series.flatMap((each) =>
    each.data.map((point) => `${each.name} ${point.label} ${point.value}`.trim()),
  );
  return `${title}: ${figures.join("; ")}`;
}
