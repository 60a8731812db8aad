import type { ContextBlock, KnownBlock, PlainTextElement, RichTextBlock, RichTextText } from "@slack/types";
import { limits } from "./limits.ts";
import { runningText } from "./readable-text.ts";

/** What is sent to Slack: `text` for notifications and screen readers, `blocks` for everybody else. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** Text that nobody parses: no markup, no emoji codes, no mentions. */
export function plainText(text: string, most: number, otherwise?: string): PlainTextElement {
  return { type: "plain_text", text: runningText(text, most, otherwise), emoji: false };
}

/** Paragraphs as one rich text block; nothing in its text is parsed either. */
export function richText(paragraphs: readonly (readonly RichTextText[])[]): readonly RichTextBlock[] {
  const lineBreak: RichTextText = { type: "text", text: "\n" };
  const elements = paragraphs
    .filter((paragraph) => paragraph.length > 0)
    .flatMap((paragraph, index) => (index === 0 ? paragraph : [lineBreak, ...paragraph]));
  if (elements.length === 0) return [];
  return [{ type: "rich_text", elements: [{ type: "rich_text_section", elements }] }];
}

/** Small print. */
export function context(texts: readonly string[]): readonly ContextBlock[] {
  return chunks(texts, limits.contextElements).map((some) => ({
    type: "context",
    elements: some.map((text) => plainText(text, 600)),
  }));
}

/** How much of a message's total a block uses up: what is read, and what its buttons carry. */
export function characters(part: unknown): number {
  if (Array.isArray(part)) return part.reduce((sum: number, each) => sum + characters(each), 0);
  if (typeof part !== "object" || part === null) return 0;
  return Object.entries(part).reduce((sum, [key, value]) => {
    if (typeof value === "string")
      return ["text", "value", "caption"].includes(key) ? sum + value.length : sum;
    return sum + characters(value);
  }, 0);
}

/** The list in pieces of at most `size`. */
export function chunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
