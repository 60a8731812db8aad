import { Fragment, type ReactNode } from "react";
import { withEmoji } from "./emoji.ts";
import { type Names, useNames } from "./surface.ts";

/** Slack's own markup, https://docs.slack.dev/messaging/formatting-message-text, drawn as React nodes. */
export function Mrkdwn({ text }: { readonly text: string }) {
  const names = useNames();
  return <>{blocksOf(text, names)}</>;
}

/** Code fences and quotes first: they span lines; the rest is drawn line by line. */
function blocksOf(text: string, names: Names): ReactNode[] {
  return text.split(/```\n?([\s\S]*?)```/).map((part, index) => {
    const key = index;
    if (index % 2 === 1) return <pre key={key}>{decode(part)}</pre>;
    return <Fragment key={key}>{quotesOf(part, names)}</Fragment>;
  });
}

function quotesOf(text: string, names: Names): ReactNode[] {
  const groups: { readonly isQuote: boolean; readonly lines: string[] }[] = [];
  for (const line of text.split("\n")) {
    const isQuote = /^(>|&gt;)/.test(line);
    const last = groups.at(-1);
    const content = line.replace(/^(>|&gt;) ?/, "");
    if (last && last.isQuote === isQuote) last.lines.push(isQuote ? content : line);
    else groups.push({ isQuote, lines: [isQuote ? content : line] });
  }
  return groups.map((group, index) => {
    const nodes = inline(group.lines.join("\n"), names);
    const key = index;
    return group.isQuote ? (
      <blockquote key={key}>{nodes}</blockquote>
    ) : (
      <Fragment key={key}>{nodes}</Fragment>
    );
  });
}

// In this order: code hides everything in it, then references, then the paired marks at word boundaries.
const INLINE =
  /`([^`\n]+)`|<([^<>\n]+)>|(?<![\p{L}\p{N}*])\*(?!\s)([^*\n]+?)(?<!\s)\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_(?!\s)([^_\n]+?)(?<!\s)_(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}~])~(?!\s)([^~\n]+?)(?<!\s)~(?![\p{L}\p{N}~])/u;

function inline(text: string, names: Names): ReactNode[] {
  const nodes: ReactNode[] = [];
  let rest = text;
  for (;;) {
    const match = INLINE.exec(rest);
    if (!match) break;
    if (match.index > 0) nodes.push(plain(rest.slice(0, match.index)));
    nodes.push(<Fragment key={nodes.length}>{marked(match, names)}</Fragment>);
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest) nodes.push(plain(rest));
  return nodes;
}

function marked(match: RegExpExecArray, names: Names): ReactNode {
  const [, code, reference, bold, italic, strike] = match;
  if (code !== undefined) return <code>{decode(code)}</code>;
  if (reference !== undefined) return <Reference body={reference} names={names} />;
  if (bold !== undefined) return <strong>{inline(bold, names)}</strong>;
  if (italic !== undefined) return <em>{inline(italic, names)}</em>;
  return <s>{inline(strike ?? "", names)}</s>;
}

/** What stands in angle brackets: a person, a channel, a whole-channel mention, a date or a link. */
function Reference({ body, names }: { readonly body: string; readonly names: Names }) {
  const [target = "", label] = body.split("|");
  const id = target.slice(1);
  if (target.startsWith("@")) return <Mention text={`@${names.users.get(id) ?? label ?? id}`} />;
  if (target.startsWith("#")) return <Mention text={`#${names.channels.get(id) ?? label ?? id}`} />;
  if (/^!(channel|here|everyone)$/.test(target)) return <Mention text={`@${id}`} isLoud />;
  if (target.startsWith("!subteam")) return <Mention text={label ?? target} isLoud />;
  if (target.startsWith("!")) return <>{decode(label ?? target)}</>;
  return <Link url={decode(target)}>{decode(label ?? target)}</Link>;
}

export function Mention({ text, isLoud = false }: { readonly text: string; readonly isLoud?: boolean }) {
  return <span className={isLoud ? "mention loud" : "mention"}>{text}</span>;
}

/** A link, unless its address could run a script. */
export function Link({ url, children }: { readonly url: string; readonly children: ReactNode }) {
  if (!/^(https?|mailto|tel):/i.test(url)) return <>{children}</>;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}

function plain(text: string): string {
  return withEmoji(decode(text));
}

function decode(text: string): string {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}
