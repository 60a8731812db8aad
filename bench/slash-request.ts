import { slackSignature } from "../src/playground/signature.ts";
import { channelId, teamId } from "./slack-stub.ts";

export interface SlashRequest {
  readonly text: string;
  readonly userId: string;
  readonly responseUrl: string;
  /** Different for every request: one that is sent again is answered once. */
  readonly triggerId: string;
}

/** A slash command as Slack sends it, signed. https://docs.slack.dev/interactivity/implementing-slash-commands */
export function signSlashRequest(
  { text, userId, responseUrl, triggerId }: SlashRequest,
  signingSecret: string,
  now: Date,
): { readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const body = new URLSearchParams({
    token: "bench",
    team_id: teamId,
    team_domain: "bench",
    channel_id: channelId,
    channel_name: "sales",
    user_id: userId,
    user_name: userId.toLowerCase(),
    command: "/portfolio",
    text,
    api_app_id: "A0BENCH",
    is_enterprise_install: "false",
    response_url: responseUrl,
    trigger_id: triggerId,
  }).toString();
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return {
    body,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "content-length": String(Buffer.byteLength(body)),
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": slackSignature(signingSecret, timestamp, body),
    },
  };
}
