import type { ContextBlock, KnownBlock, PlainTextElement, RichTextBlock, RichTextText } from "@slack/types";
import type { NativeChart } from "../charts/native.ts";
import { limits } from "./limits.ts";
import { runningText } from "./readable-text.ts";

/** What is sent to Slack: `text` for notifications and screen readers, `blocks` for everybody else. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}
/** Slack's own chart is newer than its types. */
export type SlackBlock = KnownBlock | NativeChart;

/** Text that nobody parses: no markup, no emoji codes, no mentions. */
export function plainText(text: string, most: number, otherwise?: string): PlainTextElement {
  return { type: "plain_text", text: runningText(text, most, otherwise), emoji: false };
}

/** Paragraphs as one rich text block; nothing in its text is parsed either. */
export function richText(paragraphs: readonly (readonly RichTextText[])[]): readonly RichTextBlock[] {
  const elements = inLines(paragraphs.filter((paragraph) => paragraph.length > 0));
  if (elements.length === 0) return [];
  return [{ type: "rich_text", elements: [{ type: "rich_text_section", elements }] }];
}

/** Lines in which all characters are equally wide. */
export function preformatted(lines: readonly string[]): readonly RichTextBlock[] {
  const elements = inLines(
    lines.filter((line) => line !== "").map((text): readonly RichTextText[] => [{ type: "text", text }]),
  );
  if (elements.length === 0) return [];
  return [{ type: "rich_text", elements: [{ type: "rich_text_preformatted", elements }] }];
}

function inLines(paragraphs: readonly (readonly RichTextText[])[]): RichTextText[] {
  const lineBreak: RichTextText = { type: "text", text: "\n" };
  return paragraphs.flatMap((paragraph, index) => (index === 0 ? paragraph : [lineBreak, ...paragraph]));
}

/** Small print. */
export function context(texts: readonly string[]): readonly ContextBlock[] {
  return chunks(texts, limits.contextElements).map((some) => ({
    type: "context",
    elements: some.map((text) => plainText(text, 600)),
  }));
}

/** What people read in a block, and what its buttons carry. */
const counted = new Set(["text", "value", "caption", "title", "label", "name", "alt_text", "categories"]);

/** How much of a message's total a part uses up. */
export function characters(part: unknown): number {
  if (Array.isArray(part)) return part.reduce((sum: number, each) => sum + characters(each), 0);
  if (typeof part !== "object" || part === null) return 0;
  return Object.entries(part).reduce(
    (sum, [key, value]) => sum + (counted.has(key) ? stringsIn(value) : 0) + characters(value),
    0,
  );
}

function stringsIn(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (!Array.isArray(value)) return 0;
  return value.reduce((sum: number, each) => sum + (typeof each === "string" ? each.length : 0), 0);
}

/** The list in pieces of at most `size`. */
export function chunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
