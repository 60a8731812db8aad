/**
 * Which permission each feature needs; manifest.yml asks for these, for the optional ones, and for no others.
 * https://docs.slack.dev/reference/scopes
 */
export const scopes: readonly { readonly feature: string; readonly scope: string }[] = [
  { feature: "the slash command", scope: "commands" },
  { feature: "questions in words, in channels", scope: "app_mentions:read" },
  { feature: "answers to questions, and private ones when a response URL has expired", scope: "chat:write" },
  { feature: "names: who shared, who is mentioned", scope: "users:read" },
  { feature: "`mine`: which sales rep is asking", scope: "users:read.email" },
  { feature: "Share: who reads a public channel, and whether another company does", scope: "channels:read" },
  { feature: "Share in a private channel", scope: "groups:read" },
  { feature: "Share in a direct message", scope: "im:read" },
  { feature: "Share in a direct message of several people", scope: "mpim:read" },
  { feature: "import: files that an admin uploads", scope: "files:read" },
  { feature: "questions in words, and files to import, in direct messages", scope: "im:history" },
  { feature: "import and Download: what is shown in direct messages", scope: "im:write" },
  { feature: "Download, charts as pictures, and the list of rejected rows", scope: "files:write" },
];

/**
 * What whoever installs the app may refuse, since everything works without it, only less well.
 * https://docs.slack.dev/changelog/2026/03/16/optional-scopes
 */
export const optionalScopes: typeof scopes = [
  { feature: "digests: whether a post that Slack did not confirm has arrived", scope: "channels:history" },
  { feature: "the same in private channels", scope: "groups:history" },
];

/** Everything that installing the app asks for. */
export const askedScopes: readonly string[] = [
  ...new Set([...scopes, ...optionalScopes].map(({ scope }) => scope)),
];

/** What Slack tells the app unasked; manifest.yml subscribes to these and no others. */
export const botEvents: readonly string[] = [
  "app_mention",
  "message.im",
  "app_home_opened",
  "app_uninstalled",
  "tokens_revoked",
];
