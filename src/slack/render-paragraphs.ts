import type { RichTextBlock, RichTextText } from "@slack/types";
import type { Line, Reply, Span } from "../command.ts";
import { characters, richText } from "./block-parts.ts";
import { runningText, spanText } from "./readable-text.ts";
import { omitted } from "./render-table.ts";

/** Text as far as it fits, and sentences about what did not. */
interface FittedText {
  readonly blocks: readonly RichTextBlock[];
  readonly omissions: readonly string[];
}

export function renderLines(lines: readonly Line[], budget: number): FittedText {
  const shown: RichTextText[][] = [];
  let left = budget;
  for (const line of lines) {
    const spans = line.map(renderSpan).filter(isThere);
    left -= characters(spans) + 1;
    if (left < 0) break;
    shown.push(spans);
  }
  return { blocks: richText(shown), omissions: omitted(lines.length - shown.length, "line", "") };
}

export function renderFacts(facts: NonNullable<Reply["facts"]>, budget: number): FittedText {
  const shown: RichTextText[][] = [];
  let left = budget;
  for (const { label, value } of facts) {
    const name = runningText(label, 75);
    const line: RichTextText[] = [
      { type: "text", text: name, style: { bold: true } },
      { type: "text", text: `  ${runningText(value, 300)}` },
    ];
    left -= characters(line) + 1;
    if (left < 0) break;
    shown.push(line);
  }
  return { blocks: richText(shown), omissions: omitted(facts.length - shown.length, "figure", "") };
}

function renderSpan(span: Span): RichTextText {
  if (typeof span === "string") return { type: "text", text: spanText(span, 1000) };
  return { type: "text", text: spanText(span.text, 1000), style: { [span.style]: true } };
}

function isThere({ text }: RichTextText): boolean {
  return text !== "";
}

/** A sentence of our own, which puts what can be typed between backticks. */
export function renderSentence(sentence: string): readonly RichTextBlock[] {
  const spans = sentence
    .split("`")
    .map((text, index): Span => (index % 2 === 1 ? { text, style: "code" } : text));
  return richText([spans.map(renderSpan).filter(isThere)]);
}
