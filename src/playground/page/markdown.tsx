import { Fragment, type ReactNode } from "react";
import { Link } from "./mrkdwn.tsx";

/** The common part of Markdown, for `markdown` blocks: headings, lists, quotes, code, emphasis, links. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/```[^\n]*\n?([\s\S]*?)```/).map((part, index) => {
        const key = index;
        return index % 2 === 1 ? <pre key={key}>{part}</pre> : <Fragment key={key}>{linesOf(part)}</Fragment>;
      })}
    </>
  );
}

function linesOf(text: string): ReactNode[] {
  return text.split("\n").map((line, index) => {
    const key = index;
    const heading = /^(#{1,6})\s+(.*)/.exec(line);
    if (heading)
      return (
        <strong className="markdown-heading" key={key}>
          {inline(heading[2] ?? "")}
        </strong>
      );
    const item = /^\s*([-*]|\d+\.)\s+(.*)/.exec(line);
    if (item) {
      const bullet = /\d/.test(item[1] ?? "") ? item[1] : "•";
      return (
        <span className="markdown-item" key={key}>
          {bullet} {inline(item[2] ?? "")}
        </span>
      );
    }
    const quote = /^>\s?(.*)/.exec(line);
    if (quote) return <blockquote key={key}>{inline(quote[1] ?? "")}</blockquote>;
    return (
      <span className="markdown-line" key={key}>
        {inline(line)}
      </span>
    );
  });
}

const INLINE = /`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|\*\*(.+?)\*\*|(?<!\w)[*_]([^*_]+)[*_](?!\w)/;

function inline(text: string): ReactNode[] {
  const nodes: ReactNode[] = [];
  let rest = text;
  for (let match = INLINE.exec(rest); match; match = INLINE.exec(rest)) {
    const [whole, code, label, url, bold, italic] = match;
    if (match.index > 0) nodes.push(rest.slice(0, match.index));
    const key = nodes.length;
    if (code !== undefined) nodes.push(<code key={key}>{code}</code>);
    else if (url !== undefined)
      nodes.push(
        <Link key={key} url={url}>
          {label}
        </Link>,
      );
    else if (bold !== undefined) nodes.push(<strong key={key}>{bold}</strong>);
    else nodes.push(<em key={key}>{italic}</em>);
    rest = rest.slice(match.index + whole.length);
  }
  return rest ? [...nodes, rest] : nodes;
}
