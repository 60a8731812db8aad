import { isObject, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import { emojiFor } from "./emoji.ts";
import { Link, Mention } from "./mrkdwn.tsx";
import { useNames } from "./surface.ts";
import { Unknown } from "./unknown.tsx";

/** A `rich_text` block: sections, lists, quotes and code. */
export function RichText({ block }: { readonly block: JsonObject }) {
  return (
    <div className="rich-text">
      {listOf(block.elements)
        .filter(isObject)
        .map((part, index) => {
          const key = index;
          return <Part key={key} part={part} />;
        })}
    </div>
  );
}

function Part({ part }: { readonly part: JsonObject }) {
  const children = <Leaves elements={part.elements} />;
  switch (part.type) {
    case "rich_text_section":
      return <div className="rich-text-section">{children}</div>;
    case "rich_text_quote":
      return <blockquote>{children}</blockquote>;
    case "rich_text_preformatted":
      return <pre>{children}</pre>;
    case "rich_text_list":
      return <List part={part} />;
    default:
      return <Unknown what="rich text part" value={part} />;
  }
}

function List({ part }: { readonly part: JsonObject }) {
  const items = listOf(part.elements)
    .filter(isObject)
    .map((item, index) => {
      const key = index;
      return (
        <li key={key}>
          <Leaves elements={item.elements} />
        </li>
      );
    });
  const style = { marginInlineStart: `${Number(part.indent ?? 0) * 1.6}em` };
  if (part.style === "ordered") {
    return (
      <ol style={style} start={Number(part.offset ?? 0) + 1}>
        {items}
      </ol>
    );
  }
  return <ul style={style}>{items}</ul>;
}

function Leaves({ elements }: { readonly elements: unknown }) {
  return (
    <>
      {listOf(elements)
        .filter(isObject)
        .map((leaf, index) => {
          const key = index;
          return <Styled key={key} leaf={leaf} />;
        })}
    </>
  );
}

function Styled({ leaf }: { readonly leaf: JsonObject }) {
  const style = objectOf(leaf.style);
  let node = <Leaf leaf={leaf} />;
  if (style.code === true) node = <code>{node}</code>;
  if (style.bold === true) node = <strong>{node}</strong>;
  if (style.italic === true) node = <em>{node}</em>;
  if (style.strike === true) node = <s>{node}</s>;
  if (style.underline === true) node = <u>{node}</u>;
  return node;
}

function Leaf({ leaf }: { readonly leaf: JsonObject }) {
  const names = useNames();
  const text = textOf(leaf.text) ?? "";
  switch (leaf.type) {
    case "text":
      return <>{text}</>;
    case "link":
      return <Link url={String(leaf.url)}>{text || String(leaf.url)}</Link>;
    case "emoji":
      return <>{emojiFor(String(leaf.name))}</>;
    case "user":
      return <Mention text={`@${names.users.get(String(leaf.user_id)) ?? leaf.user_id}`} />;
    case "channel":
      return <Mention text={`#${names.channels.get(String(leaf.channel_id)) ?? leaf.channel_id}`} />;
    case "broadcast":
      return <Mention text={`@${leaf.range}`} isLoud />;
    case "usergroup":
      return <Mention text={`@${leaf.usergroup_id}`} isLoud />;
    case "color":
      return <code>{String(leaf.value)}</code>;
    case "date":
      return <>{textOf(leaf.fallback) ?? new Date(Number(leaf.timestamp) * 1000).toLocaleString()}</>;
    default:
      return <Unknown what="rich text element" value={leaf} />;
  }
}
