import type { ApiAnswer } from "./faults.ts";
import { isObject, type JsonObject } from "./json.ts";
import { addMessage, checkDraft, findMessage, removeMessage, replaceMessage } from "./messages.ts";
import type { Message } from "./model.ts";
import type { ResponseUrl, Workspace } from "./workspace.ts";

// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
const USES = 5;
const LIFETIME_MS = 30 * 60 * 1000;

const KNOWN_FIELDS = [
  "text",
  "blocks",
  "response_type",
  "replace_original",
  "delete_original",
  "thread_ts",
  "mrkdwn",
  "unfurl_links",
  "unfurl_media",
  "metadata",
];

/**
 * What the app posts to a response URL: an answer, a replacement or a deletion. Whatever Slack refuses there
 * has status 404 and the reason in the body, blocks too: https://github.com/slackapi/java-slack-sdk/issues/1349
 */
export function answerResponseUrl(workspace: Workspace, id: string, args: unknown): ApiAnswer {
  const source = workspace.responseUrls.get(id);
  if (!source) return failed(404, "invalid_url");
  if (workspace.nowMs() - source.issuedAt > LIFETIME_MS) return failed(404, "expired_url");
  if (source.uses >= USES) return failed(404, "used_url");
  if (!isObject(args)) return failed(400, "invalid_payload");
  reportUnknownFields(workspace, args);
  const original = source.original === undefined ? undefined : findMessage(workspace, source.original);
  if (args.delete_original === true) {
    source.uses += 1;
    if (original) removeMessage(workspace, original);
    return { status: 200, body: { ok: true } };
  }
  const outcome = checkDraft(workspace, "response_url", args);
  if (!outcome.ok) {
    const messages = { response_metadata: { messages: outcome.messages } };
    return { status: 404, body: { ok: false, error: outcome.error, ...messages } };
  }
  source.uses += 1;
  const replaces = original !== undefined && args.replace_original === true;
  const shown = replaces
    ? replaceMessage(workspace, original, outcome.draft)
    : addMessage(workspace, { ...outcome.draft, ...addressee(workspace, source, args, original) });
  source.original ??= shown.ts;
  return { status: 200, body: { ok: true } };
}

/** Answers are private unless the app asks for `in_channel`. */
function addressee(
  workspace: Workspace,
  source: ResponseUrl,
  args: JsonObject,
  original: Message | undefined,
) {
  const thread = typeof args.thread_ts === "string" ? args.thread_ts : original?.threadTs;
  return {
    channelId: source.channelId,
    from: "app" as const,
    userId: workspace.app.userId,
    ...(args.response_type === "in_channel" ? {} : { ephemeralTo: source.userId }),
    ...(thread === undefined ? {} : { threadTs: thread }),
  };
}

function reportUnknownFields(workspace: Workspace, args: JsonObject): void {
  for (const field of Object.keys(args).filter((name) => !KNOWN_FIELDS.includes(name))) {
    workspace.violations.push({
      where: "response_url",
      rule: "response_url: has an unknown field",
      path: `/${field}`,
      docs: "https://docs.slack.dev/interactivity/handling-user-interaction#message_responses",
    });
  }
}

function failed(status: number, error: string): ApiAnswer {
  return { status, body: { ok: false, error } };
}
