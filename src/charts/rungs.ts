import type { Chart } from "./chart.ts";
import { readableSentence, shorten, within } from "./labels.ts";
import { nativeChart } from "./native.ts";

/** A way to show a chart. */
export type Rung = "native" | "table" | "png" | "text";

/**
 * The ways in which a chart can be shown, best first; when one fails the next says the same. A picture cannot
 * go into every message, which is for the one who sends it to know.
 */
export function rungsOf(chart: Chart): readonly Rung[] {
  if (chart.categories.length === 0 || chart.series.length === 0) return ["text"];
  return nativeChart(chart) ? ["native", "table", "png", "text"] : ["png", "table", "text"];
}

/** What somebody reads who does not see the picture, at most the 2,000 characters that Slack takes. */
export function altText({ title, message, omission }: Chart): string {
  const parts = [title, message, omission ?? ""].map(readableSentence).filter((part) => part !== "");
  const sentences = parts.map((part) => (/[.!?…]$/.test(part) ? part : `${part}.`));
  return shorten(sentences.join(" ") || "Chart.", within(2000));
}
