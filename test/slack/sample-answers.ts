import type { Chart } from "../../src/charts/chart.ts";
import type { Reply } from "../../src/command.ts";
import type { Answer, Request } from "../../src/desk.ts";

/** The smallest PNG there is. */
export const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

export const bars: Chart = {
  kind: "bar",
  title: "Accounts by spend",
  message: "Alder leads with €5,000.",
  categories: ["Alder", "Birch"],
  series: [{ name: "Spend", values: [500_000, 200_000] }],
  unit: { kind: "money", currency: "EUR" },
  categoryTitle: "Account",
};

export const pareto: Chart = {
  ...bars,
  kind: "pareto",
  title: "Concentration",
  message: "1 account of 2 makes 80 % of spend.",
};

/**
 * Answers `top …` with a list, `bars …` and `pareto …` with a chart, with buttons of every kind. The headline is the
 * line, so that an answer is told from every other.
 */
export function sampleAnswer({ line }: Request): Answer {
  const chart = line.startsWith("bars") ? bars : line.startsWith("pareto") ? pareto : undefined;
  const reply: Reply = {
    headline: `Answer to ${line}.`,
    lines: [["One line of it"]],
    ...(chart
      ? { charts: [chart] }
      : {
          table: {
            caption: "Accounts",
            columns: [{ title: "Account" }, { title: "Spend", align: "right" }],
            rows: [[{ text: "Alder" }, { text: "€5,000", value: 500_000 }]],
          },
        }),
    actions: [
      { kind: "run", label: "Next", line: `${line} pressed` },
      { kind: "filter", label: "Filter", line },
      { kind: "form", form: "settings", label: "Settings", line: "settings" },
      { kind: "share", label: "Share", line },
    ],
    data: { rows: [{ account: "Alder" }] },
  };
  return { ok: true, command: "top", query: {}, line, reply };
}
