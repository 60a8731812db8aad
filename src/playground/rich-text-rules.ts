import {
  arrayOf,
  blockPage,
  boolean,
  byType,
  type Check,
  characters,
  finiteNumber,
  inForm,
  integer,
  oneOf,
  optional,
  shape,
  typed,
} from "./rule-kit.ts";

const PAGE = blockPage("rich-text-block");

const style = {
  style: optional(
    shape("style", PAGE, {
      bold: optional(boolean),
      italic: optional(boolean),
      strike: optional(boolean),
      code: optional(boolean),
      underline: optional(boolean),
      highlight: optional(boolean),
      client_highlight: optional(boolean),
      unlink: optional(boolean),
    }),
  ),
};
const id = characters(255);

const leaf = {
  text: typed("text", PAGE, { ...style, text: characters(Number.MAX_SAFE_INTEGER) }),
  link: typed("link", PAGE, {
    ...style,
    url: characters(3000),
    text: optional(characters(3000)),
    unsafe: optional(boolean),
  }),
  emoji: typed("emoji", PAGE, {
    ...style,
    name: characters(100),
    unicode: optional(characters(100)),
    url: optional(characters(3000)),
  }),
  user: typed("user", PAGE, { ...style, user_id: id }),
  channel: typed("channel", PAGE, { ...style, channel_id: id }),
  usergroup: typed("usergroup", PAGE, { ...style, usergroup_id: id }),
  team: typed("team", PAGE, { ...style, team_id: id }),
  broadcast: typed("broadcast", PAGE, { ...style, range: oneOf("here", "channel", "everyone") }),
  color: typed("color", PAGE, { ...style, value: inForm(/^#[0-9a-f]{6}$/i, "a colour as #rrggbb") }),
  date: typed("date", PAGE, {
    ...style,
    timestamp: finiteNumber,
    format: characters(255),
    url: optional(characters(3000)),
    fallback: optional(characters(255)),
  }),
};

const MOST = Number.MAX_SAFE_INTEGER;
const anyLeaf = byType("rich text element", PAGE, leaf);
const { text, link } = leaf;
const plainLeaf = byType("text or link element", PAGE, { text, link });
const border = { border: optional(integer(0, 1)) };

const section = typed("rich_text_section", PAGE, { elements: arrayOf(anyLeaf, 0, MOST) });

const parts = {
  rich_text_section: section,
  rich_text_list: typed("rich_text_list", PAGE, {
    ...border,
    style: oneOf("bullet", "ordered"),
    elements: arrayOf(byType("rich_text_section", PAGE, { rich_text_section: section }), 1, MOST),
    indent: optional(integer(0, 8)),
    offset: optional(integer(0, MOST)),
  }),
  rich_text_quote: typed("rich_text_quote", PAGE, { ...border, elements: arrayOf(anyLeaf, 0, MOST) }),
  rich_text_preformatted: typed("rich_text_preformatted", PAGE, {
    ...border,
    elements: arrayOf(plainLeaf, 0, MOST),
    language: optional(characters(100)),
  }),
};

/** A `rich_text` block, also as a table cell or the first value of a rich text input. */
export const richText: Check = typed("rich_text", PAGE, {
  block_id: optional(characters(255)),
  elements: arrayOf(byType("rich text part", PAGE, parts), 1, MOST),
});
