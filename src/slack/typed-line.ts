/**
 * What a person typed after the slash command, out of what Slack delivers: with `should_escape` it escapes
 * `&`, `<` and `>` and turns addresses into links. Mentions of people stay as `<@U123>`, those of channels as `<#C123>`.
 * https://docs.slack.dev/interactivity/implementing-slash-commands
 */
export function readTypedLine(text: string): string {
  return text
    .replace(
      /<(?:mailto:)?((?:https?:\/\/)?[^<>|@#!][^<>|]*)(?:\|([^<>]*))?>/g,
      (_, address, label) => label ?? address,
    )
    .replace(/<#([A-Z0-9]+)(?:\|[^<>]*)?>/g, "<#$1>")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .trim();
}
