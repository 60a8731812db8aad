const LONGEST_NAME = 60;

/**
 * Whether the bot's token may be sent there: to Slack over TLS, or to where the Web API was said to be.
 */
export function isSlackAddress(address: string, slackApiUrl: string | undefined): boolean {
  const { protocol, hostname, origin, port, username, password } = new URL(address);
  if (username !== "" || password !== "") return false;
  if (slackApiUrl !== undefined && origin === new URL(slackApiUrl).origin) return true;
  return (
    protocol === "https:" && port === "" && (hostname === "slack.com" || hostname.endsWith(".slack.com"))
  );
}

/**
 * A name for our own folder that reads like the file's in reports. Only letters, digits, spaces, dots, dashes and
 * underscores of it are kept, so that nothing in it leads anywhere.
 */
export function safeName(name: string, index: number, taken: readonly string[]): string {
  const kept = name
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{N} ._-]/gu, "_")
    .replace(/^[. _-]+/, "");
  const short = kept.length > LONGEST_NAME ? kept.slice(-LONGEST_NAME).replace(/^[\p{M}. _-]+/u, "") : kept;
  if (short === "") return `file-${index + 1}`;
  return taken.includes(short) ? `${index + 1}-${short}` : short;
}
