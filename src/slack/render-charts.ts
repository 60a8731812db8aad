import type { RichTextBlock } from "@slack/types";
import type { Chart } from "../charts/chart.ts";
import { nativeChart } from "../charts/native.ts";
import { altText, type Rung, rungsOf } from "../charts/rungs.ts";
import { chartTable } from "../charts/table.ts";
import { chartText } from "../charts/text.ts";
import { characters, preformatted, type SlackBlock } from "./block-parts.ts";
import { limits } from "./limits.ts";
import { alignedText, runningText } from "./readable-text.ts";
import { renderTable } from "./render-table.ts";

const MOST_MESSAGE = 500;

/** Ids of the files with the pictures of charts that Slack can show. */
export type Pictures = ReadonlyMap<Chart, string>;

/** How charts are shown: a message that only one person sees cannot hold files, so its charts are no pictures. */
export interface ChartView {
  readonly surface: "private" | "shared";
  /** How many ways were refused before, each of them worse than the last. */
  readonly fall: number;
  readonly pictures: Pictures;
}

export interface RenderedCharts {
  readonly blocks: readonly SlackBlock[];
  /** What the charts say and what they leave out, to be read beside them. */
  readonly remarks: readonly string[];
}

/** Every chart in the best way that is left, each within its part of `budget` characters. */
export function renderCharts(charts: readonly Chart[], view: ChartView, budget: number): RenderedCharts {
  const rendered = charts.map((chart, index) => {
    const ways = waysOf(chart, index, view.surface);
    const most = Math.floor(budget / charts.length);
    for (const way of ways.slice(Math.min(view.fall, ways.length - 1))) {
      const shown = renderAs(way, chart, view.pictures, most);
      if (shown && characters(shown.blocks) + characters(remarked(shown)) <= most) return shown;
    }
    return { blocks: [], remarks: [runningText(chart.message, MOST_MESSAGE)] };
  });
  return {
    blocks: rendered.flatMap(({ blocks }) => blocks),
    remarks: rendered.flatMap(({ remarks }) => remarks),
  };
}

/** The ways of a chart on this surface, best first; the `index`th of its message. */
export function waysOf(chart: Chart, index: number, surface: ChartView["surface"]): readonly Rung[] {
  const ways = rungsOf(chart).filter(
    (rung) =>
      !(rung === "png" && surface === "private") && !(rung === "native" && index >= limits.messageCharts),
  );
  return ways.length === 0 ? ["text"] : ways;
}

/** Whether a chart is seen best as a picture. */
export function isPictured(chart: Chart): boolean {
  return rungsOf(chart)[0] === "png";
}

function renderAs(way: Rung, chart: Chart, pictures: Pictures, most: number): RenderedCharts | undefined {
  const remarks = [chart.message, ...(chart.omission === undefined ? [] : [chart.omission])].map((sentence) =>
    runningText(sentence, MOST_MESSAGE),
  );
  switch (way) {
    case "native": {
      const block = nativeChart(chart);
      return block && { blocks: [block], remarks };
    }
    case "table": {
      const { blocks, omissions } = renderTable(
        chartTable(chart),
        most - characters(remarks.map((text) => ({ text }))),
      );
      return blocks.length === 0 ? undefined : { blocks, remarks: [...remarks, ...omissions] };
    }
    case "png": {
      const id = pictures.get(chart);
      if (id === undefined) return undefined;
      return { blocks: [{ type: "image", slack_file: { id }, alt_text: altText(chart) }], remarks };
    }
    case "text":
      return { blocks: textBlock(chart, most), remarks: [] };
  }
}

/** As many lines as fit; the first say what it is about. */
function textBlock(chart: Chart, most: number): readonly RichTextBlock[] {
  let left = most;
  return preformatted(
    chartText(chart)
      .split("\n")
      .map(alignedText)
      .filter((line) => {
        left -= line.length + 1;
        return left >= 0;
      }),
  );
}

function remarked({ remarks }: RenderedCharts): readonly { readonly text: string }[] {
  return remarks.map((text) => ({ text }));
}
