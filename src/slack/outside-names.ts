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

/** A text as the name of a file that we send: `Concentration of spend` as `concentration-of-spend`; maybe nothing. */
export function wordsOfName(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST_NAME)
    .replace(/^-+|-+$/g, "");
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
