import { createHmac } from "node:crypto";

/** Slack's request signature, https://docs.slack.dev/authentication/verifying-requests-from-slack. */
export function slackSignature(signingSecret: string, timestamp: string, rawBody: string): string {
  const hash = createHmac("sha256", signingSecret).update(`v0:${timestamp}:${rawBody}`).digest("hex");
  return `v0=${hash}`;
}
