import type { HomeView, KnownBlock } from "@slack/types";
import type { Home, HomeSection } from "../home/home.ts";
import { context, plainText, richText } from "./block-parts.ts";
import { limits } from "./limits.ts";
import { runningText } from "./readable-text.ts";
import { renderActions } from "./render-actions.ts";
import { renderEntries } from "./render-entries.ts";
import { renderLines } from "./render-paragraphs.ts";

/** Sections that have this much each are as much as anybody reads. */
const MOST_CHARACTERS = 6_000;
/** What a section has besides its entries: title, lines, what is left out, buttons and the line above it. */
const FRAME_BLOCKS = 5;
const MOST_SECTIONS = 12;

/** The app's Home tab, whatever is in it: what is too much is left out, and the section says so. */
export function homeView({ sections }: Home): HomeView {
  const shown = sections.slice(0, MOST_SECTIONS);
  let roomForEntries = limits.viewBlocks - shown.length * FRAME_BLOCKS;
  const blocks = shown.flatMap((section, index): readonly KnownBlock[] => {
    const rendered = renderSection(section, index, roomForEntries);
    roomForEntries -= rendered.entryBlocks;
    return index === 0 ? rendered.blocks : [{ type: "divider" }, ...rendered.blocks];
  });
  return { type: "home", blocks: [...blocks] };
}

/** A Home tab that says one thing. */
export function homeNotice(sentence: string): HomeView {
  const text = runningText(sentence, 1000);
  return { type: "home", blocks: [...richText([[{ type: "text", text }]])] };
}

function renderSection(section: HomeSection, index: number, room: number) {
  const place = `s${index}-`;
  const lines = renderLines(section.lines ?? [], MOST_CHARACTERS);
  const entries = renderEntries(
    section.entries ?? [],
    { characters: MOST_CHARACTERS, blocks: room },
    (actions) => actions,
    place,
  );
  // Nothing is shared from here, where nobody else is.
  const offered = (section.actions ?? []).filter(({ kind }) => kind !== "share");
  const actions = renderActions(offered.slice(0, limits.actionsElements), MOST_CHARACTERS, { place });
  const omissions = [lines, entries, actions].flatMap((part) => part.omissions);
  return {
    entryBlocks: entries.blocks.length,
    blocks: [
      { type: "header" as const, text: plainText(section.title, limits.headerText, "Portfolio") },
      ...lines.blocks,
      ...entries.blocks,
      ...context(omissions.slice(0, limits.contextElements)),
      ...actions.blocks.slice(0, 1),
    ],
  };
}
