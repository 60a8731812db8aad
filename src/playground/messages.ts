import { announceChange, announceMessage } from "./events.ts";
import { fileTypeOf, isPicture } from "./file-types.ts";
import { isProcessed, shareFile } from "./files.ts";
import type { JsonObject } from "./json.ts";
import { isObject, listOf, textOf } from "./json.ts";
import type { Block, Message, StoredFile, Violation } from "./model.ts";
import { objectPage, type Problem } from "./rule-kit.ts";
import { fileIdOf, slackFilesIn } from "./slack-file.ts";
import { TOO_LONG_RULE, validateMessage } from "./validate-blocks.ts";
import { knownConversation, type Workspace } from "./workspace.ts";

/** What a program sends to make a message: `text`, `blocks` and more, unchecked. */
export interface Draft {
  readonly text: string;
  readonly blocks: readonly Block[];
}

export type DraftOutcome =
  | { readonly ok: true; readonly draft: Draft; readonly warning?: string }
  | { readonly ok: false; readonly error: string; readonly messages: readonly string[] };

/** Checks what the app wants to post; every fault is recorded, and what Slack would refuse is refused. */
export function checkDraft(workspace: Workspace, where: string, args: JsonObject): DraftOutcome {
  const problems = [
    ...validateMessage({ text: args.text, blocks: args.blocks }),
    ...slackFileProblems(workspace, args.blocks),
  ];
  record(workspace, where, problems);
  const text = textOf(args.text) ?? "";
  const blocks = listOf(args.blocks);
  if (text === "" && blocks.length === 0) return { ok: false, error: "no_text", messages: [] };
  const refused = problems.filter((problem) => !problem.ours);
  if (refused.length > 0) {
    const tooLong = refused.every((problem) => problem.rule === TOO_LONG_RULE);
    return {
      ok: false,
      error: tooLong ? "msg_blocks_too_long" : "invalid_blocks",
      messages: refused.map(problemLine),
    };
  }
  const draft = { text, blocks: withIds(workspace, blocks) };
  return text === "" ? { ok: true, draft, warning: "missing_text_in_message" } : { ok: true, draft };
}

/** Pictures by `slack_file` that the app could not show; Slack refuses the whole message or view. */
export function slackFileProblems(workspace: Workspace, blocks: unknown): readonly Problem[] {
  const docs = objectPage("slack-file-object");
  return slackFilesIn(blocks).flatMap((each) => {
    const rule = slackFileRule(workspace, workspace.files.get(fileIdOf(each) ?? ""));
    return rule === undefined ? [] : [{ rule, path: "/blocks", docs }];
  });
}

function slackFileRule(workspace: Workspace, file: StoredFile | undefined): string | undefined {
  if (!file) return "slack_file: must be a file of this workspace";
  if (!isProcessed(workspace, file)) return "slack_file: must be processed; files.info tells by its mimetype";
  return isPicture(fileTypeOf(file.name).mimetype) ? undefined : "slack_file: must be a picture";
}

/** A fault in the form Slack puts into `response_metadata.messages`. */
export function problemLine(problem: Problem): string {
  return `[ERROR] ${problem.rule} [json-pointer:${problem.path}] (${problem.docs})`;
}

export function record(workspace: Workspace, where: string, problems: readonly Problem[]): void {
  const violations = problems.map(({ rule, path, docs }): Violation => ({ where, rule, path, docs }));
  workspace.violations.push(...violations);
}

/** Appends a message; the page, waiting tests and an app that has subscribed to messages hear of it. */
export function addMessage(
  workspace: Workspace,
  message: Omit<Message, "ts" | "version" | "blocks"> & { readonly blocks?: readonly Block[] },
): Message {
  const added: Message = { blocks: [], ...message, ts: workspace.nextTs(), version: 0 };
  const list = workspace.messages.get(message.channelId) ?? [];
  workspace.messages.set(message.channelId, [...list, added]);
  for (const id of added.fileIds ?? []) shareFile(workspace, id, added);
  announceMessage(workspace, added);
  workspace.changed();
  return added;
}

/** Says something in Slackbot's name that only one user sees. */
export function slackbotSays(workspace: Workspace, channelId: string, userId: string, text: string): Message {
  return addMessage(workspace, {
    channelId,
    from: "slackbot",
    userId: "USLACKBOT",
    text,
    ephemeralTo: userId,
  });
}

/** Puts other content into a message; it keeps its place, its ts and who sees it. */
export function replaceMessage(workspace: Workspace, original: Message, draft: Draft): Message {
  const replaced: Message = { ...original, ...draft, version: original.version + 1 };
  const list = workspace.messages.get(original.channelId) ?? [];
  // What was chosen in the old content says nothing about the new.
  workspace.states.delete(original.ts);
  workspace.messages.set(
    original.channelId,
    list.map((message) => (message.ts === original.ts ? replaced : message)),
  );
  announceChange(workspace, original, replaced);
  workspace.changed();
  return replaced;
}

export function removeMessage(workspace: Workspace, original: Message): void {
  const list = workspace.messages.get(original.channelId) ?? [];
  workspace.messages.set(
    original.channelId,
    list.filter((message) => message.ts !== original.ts),
  );
  announceChange(workspace, original, undefined);
  workspace.changed();
}

export function findMessage(workspace: Workspace, ts: string, channelId?: string): Message | undefined {
  const lists = channelId ? [workspace.messages.get(channelId) ?? []] : [...workspace.messages.values()];
  return lists.flat().find((message) => message.ts === ts);
}

/** The message, or an error where the user does not see it. */
export function visibleMessage(workspace: Workspace, userId: string, ts: string): Message {
  const message = findMessage(workspace, ts);
  const isVisible =
    message !== undefined &&
    (message.ephemeralTo ?? userId) === userId &&
    knownConversation(workspace, message.channelId).memberIds.includes(userId);
  if (!isVisible) throw new Error(`${userId} sees no message ${ts}`);
  return message;
}

/** What one user sees in a conversation: its messages, and the ephemeral ones meant for this user. */
export function visibleMessages(
  workspace: Workspace,
  view: { readonly channelId: string; readonly viewerId: string },
): readonly Message[] {
  const { memberIds } = knownConversation(workspace, view.channelId);
  if (!memberIds.includes(view.viewerId)) return [];
  const list = workspace.messages.get(view.channelId) ?? [];
  return list.filter((message) => (message.ephemeralTo ?? view.viewerId) === view.viewerId);
}

/** Slack fills in missing block and action ids; a payload always has them. */
export function withIds(workspace: Workspace, blocks: readonly unknown[]): readonly Block[] {
  const fill = (value: unknown, owner: string | undefined): unknown => {
    if (Array.isArray(value)) return value.map((item) => fill(item, owner));
    if (!isObject(value)) return value;
    const filled = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, key)]));
    const interactive =
      isInteractive(value.type) && (owner === "elements" || owner === "element" || owner === "accessory");
    return interactive && value.action_id === undefined
      ? { ...filled, action_id: workspace.nextId("a").toLowerCase() }
      : filled;
  };
  return blocks.filter(isObject).map((block) => ({
    block_id: workspace.nextId("b").toLowerCase(),
    type: "",
    ...(fill(block, undefined) as JsonObject),
  }));
}

const INTERACTIVE =
  /^(button|overflow|.*_select|.*picker|.*_input|checkboxes|radio_buttons|feedback_buttons|icon_button)$/;

/** Whether an element of this type sends something when it is used. */
export function isInteractive(type: unknown): boolean {
  return typeof type === "string" && INTERACTIVE.test(type);
}
