import { deliverCommand } from "./delivery.ts";
import { issueResponseUrl, issueTrigger } from "./interaction-tickets.ts";
import { isObject, type JsonObject } from "./json.ts";
import { addMessage, checkDraft, slackbotSays } from "./messages.ts";
import type { PlaygroundOptions } from "./model.ts";
import { knownConversation, knownUser, type Workspace } from "./workspace.ts";

export interface SlashRequest {
  readonly userId: string;
  readonly channelId: string;
  /** What follows the command; the command itself may be included. */
  readonly text: string;
}

export type SlashOutcome =
  | { readonly ok: true; readonly deliveredText: string }
  | { readonly ok: false; readonly error: string; readonly deliveredText: string };

/** Types a slash command; resolves when the app has acknowledged it, or failed to. */
export async function runSlashCommand(workspace: Workspace, request: SlashRequest): Promise<SlashOutcome> {
  const { options } = workspace;
  const { command } = options.slashCommand;
  const user = knownUser(workspace, request.userId);
  const conversation = knownConversation(workspace, request.channelId);
  const typed = request.text.replace(new RegExp(`^\\s*${command}(\\s|$)`), "").trim();
  const deliveredText = escapeCommandText(typed, options);
  addMessage(workspace, {
    channelId: conversation.id,
    from: "user",
    userId: user.id,
    text: `${command} ${typed}`.trim(),
    ephemeralTo: user.id,
    isCommandLine: true,
  });
  const responseUrl = issueResponseUrl(workspace, { userId: user.id, channelId: conversation.id });
  const acknowledgement = await deliverCommand(workspace, {
    token: "playground",
    team_id: options.team.id,
    team_domain: teamDomain(options),
    channel_id: conversation.id,
    channel_name: conversation.name,
    user_id: user.id,
    user_name: user.name,
    command,
    text: deliveredText,
    api_app_id: workspace.app.id,
    is_enterprise_install: "false",
    response_url: responseUrl.url,
    trigger_id: issueTrigger(workspace, user.id),
  });
  const error = acknowledgement.ok
    ? showAnswer(workspace, request, responseUrl.id, acknowledgement)
    : acknowledgement.error;
  if (error === undefined) return { ok: true, deliveredText };
  slackbotSays(workspace, conversation.id, user.id, `${command} failed with the error "${error}"`);
  return { ok: false, error, deliveredText };
}

/** Shows what came back in the acknowledgement itself; returns the error Slack would name, if any. */
function showAnswer(
  workspace: Workspace,
  request: SlashRequest,
  responseUrlId: string,
  answer: { readonly text: string; readonly json: unknown },
): string | undefined {
  if (answer.text.trim() === "") return undefined;
  const args: JsonObject = isObject(answer.json) ? answer.json : { text: answer.text };
  if (Object.keys(args).length === 0) return undefined;
  const outcome = checkDraft(workspace, "slash command answer", args);
  if (!outcome.ok) return "invalid_command_response";
  const message = addMessage(workspace, {
    ...outcome.draft,
    channelId: request.channelId,
    from: "app",
    userId: workspace.app.userId,
    ...(args.response_type === "in_channel" ? {} : { ephemeralTo: request.userId }),
  });
  const responseUrl = workspace.responseUrls.get(responseUrlId);
  if (responseUrl) responseUrl.original = message.ts;
  return undefined;
}

/**
 * The text as Slack delivers it with `should_escape`: markup characters escaped, people and channels as ids,
 * web addresses in angle brackets. https://docs.slack.dev/interactivity/implementing-slash-commands
 */
export function escapeCommandText(
  text: string,
  options: Pick<PlaygroundOptions, "users" | "channels">,
): string {
  const handles = new Map(
    options.users.map((user) => [user.name.toLowerCase(), `<@${user.id}|${user.name}>`]),
  );
  const channels = new Map(
    options.channels.map((each) => [each.name.toLowerCase(), `<#${each.id}|${each.name}>`]),
  );
  return escapeMarkup(text)
    .replace(/(?<![\w@#/])([@#])([\p{L}\d][\p{L}\d._-]*)/gu, (whole, sign: string, word: string) => {
      const known = sign === "@" ? handles : channels;
      const name = word.replace(/[._-]+$/, "");
      const reference = known.get(word.toLowerCase()) ?? known.get(name.toLowerCase());
      if (reference === undefined) return whole;
      return known.has(word.toLowerCase()) ? reference : reference + word.slice(name.length);
    })
    .replace(/(?<!<)\bhttps?:\/\/[^\s<>]+/g, (address) => `<${address}>`);
}

function escapeMarkup(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

export function teamDomain(options: PlaygroundOptions): string {
  return options.team.name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}
