import type { Chart } from "../charts/chart.ts";
import type { Reply } from "../command.ts";
import type { SlackMessage } from "./block-parts.ts";
import type { Forms } from "./forms.ts";
import { limits } from "./limits.ts";
import { escapeMarkup, runningText, truncate } from "./readable-text.ts";
import { formsIn, type RenderOptions, renderReply } from "./render-blocks.ts";
import { waysOf } from "./render-charts.ts";

const MOST_LINE = 600;

/**
 * A reply in every form that a message of it can have: its charts go down one rung from form to form, then its
 * table becomes text, and at last all of it is.
 *
 * @param picture uploads the picture of a chart and returns its file; undefined where there is none.
 */
export function answerForms(
  reply: Reply,
  options: Pick<RenderOptions, "line" | "shared" | "remarks">,
  picture: (chart: Chart) => Promise<string | undefined>,
): Forms {
  const surface = options.shared ? "shared" : "private";
  return async function* () {
    const pictures = new Map<Chart, string>();
    let refused = "";
    for (let form = 0; form < formsIn(reply, surface); form += 1) {
      for (const [index, chart] of (reply.charts ?? []).entries()) {
        if (waysOf(chart, index, surface)[form] !== "png") continue;
        const id = await picture(chart);
        if (id !== undefined) pictures.set(chart, id);
      }
      const message = renderReply(reply, { ...options, form, pictures });
      // Where a chart skips a rung it looks as before, and would be refused as before.
      if (JSON.stringify(message) !== refused) yield message;
      refused = JSON.stringify(message);
    }
    yield asText(reply);
  };
}

/** What a reply says, without anything that Slack could refuse. */
function asText({ headline, lines = [], entries = [], charts = [], notes = [] }: Reply): SlackMessage {
  const said = [...lines, ...entries.flatMap((entry) => entry.lines)].map((spans) =>
    spans.map((span) => (typeof span === "string" ? span : span.text)).join(""),
  );
  const sentences = [headline, ...said, ...charts.map(({ message }) => message), ...notes];
  const text = sentences.map((sentence) => escapeMarkup(runningText(sentence, MOST_LINE))).join("\n");
  return { text: truncate(text, limits.messageText), blocks: [] };
}
