/**
 * Which permission each feature needs; manifest.yml asks for these and no others.
 * https://docs.slack.dev/reference/scopes
 */
export const scopes: readonly { readonly feature: string; readonly scope: string }[] = [
  { feature: "the slash command", scope: "commands" },
  { feature: "private answers when a response URL has expired", scope: "chat:write" },
  { feature: "names: who shared, who is mentioned", scope: "users:read" },
  { feature: "`mine`: which sales rep is asking", scope: "users:read.email" },
];
