import type { KnownBlock } from "@slack/types";
import type { Action, Entry } from "../command.ts";
import { characters } from "./block-parts.ts";
import { renderActions } from "./render-actions.ts";
import { renderLines } from "./render-paragraphs.ts";
import { omitted } from "./render-table.ts";

/** Entries as far as they fit, and sentences about what did not. */
interface FittedEntries {
  readonly blocks: readonly KnownBlock[];
  readonly omissions: readonly string[];
}

/**
 * Each entry with its buttons beneath it, whole or not at all, but for one that would not even fit alone.
 *
 * @param offered which of an entry's buttons are shown.
 * @param place what the ids of its buttons begin with, where there are other entries beside these.
 */
export function renderEntries(
  entries: readonly Entry[],
  room: { readonly characters: number; readonly blocks: number },
  offered: (actions: readonly Action[]) => readonly Action[],
  place = "",
): FittedEntries {
  const shown: KnownBlock[] = [];
  const cut: string[] = [];
  let left = room.characters;
  for (const [index, { lines, actions = [] }] of entries.entries()) {
    const isFirst = index === 0;
    const text = renderLines(lines, left);
    const buttons = renderActions(offered(actions), left - characters(text.blocks), {
      place: `${place}e${index}-`,
      about: titleOf(lines),
    });
    const blocks = [...text.blocks, ...buttons.blocks];
    const omissions = [...text.omissions, ...buttons.omissions];
    if (shown.length + blocks.length > room.blocks || (omissions.length > 0 && !isFirst))
      return { blocks: shown, omissions: [...cut, ...omitted(entries.length - index, "item", "")] };
    left -= characters(blocks);
    shown.push(...blocks);
    cut.push(...omissions);
  }
  return { blocks: shown, omissions: cut };
}

/** What an entry is about: its first line, without its number. */
function titleOf([first = []]: Entry["lines"]): string {
  const words = first.map((span) => (typeof span === "string" ? span : span.text)).join("");
  return words.replace(/^\d+\. /, "");
}
