import { deliverPayload } from "./delivery.ts";
import type { Chosen } from "./element-choice.ts";
import { findElement, type Located, optionsOf, slackValueOf } from "./element-values.ts";
import { filePayload } from "./file-payload.ts";
import { issueResponseUrl, issueTrigger } from "./interaction-tickets.ts";
import { isObject, type JsonObject, listOf } from "./json.ts";
import { messagePayload } from "./message-payload.ts";
import { record, visibleMessage } from "./messages.ts";
import type { Block, Message, View } from "./model.ts";
import { teamDomain } from "./slash-command.ts";
import { validateSuggestions } from "./validate-blocks.ts";
import { stateValues, viewWithState } from "./views.ts";
import { knownConversation, knownUser, type Workspace } from "./workspace.ts";

/** Which element is meant, in a message or in an open view. */
export interface Target {
  readonly userId: string;
  readonly messageTs?: string;
  readonly viewId?: string;
  readonly actionId?: string;
  readonly blockId?: string;
}

export interface Press extends Target {
  /** The button's value, the chosen option's value, a user id, a date …; or a whole option. */
  readonly value?: Chosen;
}

export type PressOutcome = { readonly ok: true } | { readonly ok: false; readonly error: string };

/** Presses a button or chooses in a menu; resolves when the app has acknowledged. */
export async function press(workspace: Workspace, request: Press): Promise<PressOutcome> {
  const container = containerOf(workspace, request);
  const wanted = { ...request, value: request.value };
  const located = findElement(container.blocks, wanted);
  const value = choose(workspace, request.userId, container.id, located, request.value ?? null);
  const { element, block } = located;
  const payload = describe(workspace, request.userId, container);
  const acknowledgement = await deliverPayload(workspace, {
    type: "block_actions",
    ...base(workspace, request.userId, container.view?.id),
    ...payload,
    actions: [
      {
        type: element.type,
        action_id: element.action_id,
        block_id: block.block_id,
        ...value,
        ...(element.placeholder === undefined ? {} : { placeholder: element.placeholder }),
        action_ts: workspace.nextTs(),
      },
    ],
  });
  workspace.changed();
  return acknowledgement.ok ? { ok: true } : { ok: false, error: acknowledgement.error };
}

/** Remembers what was chosen, so that later payloads carry it in `state`; buttons have no state. */
export function choose(
  workspace: Workspace,
  userId: string,
  containerId: string,
  { element, block }: Located,
  chosen: Chosen,
): JsonObject {
  const suggested = workspace.suggested.get(suggestionKey(userId, element.action_id)) ?? [];
  const files = element.type === "file_input" ? chosenFiles(workspace, userId, chosen) : [];
  const value = slackValueOf(element, chosen, suggested, files);
  const stateless = ["button", "overflow", "icon_button", "feedback_buttons"];
  if (!stateless.includes(String(element.type))) {
    const blocks = workspace.states.get(containerId) ?? new Map<string, Map<string, JsonObject>>();
    const actions = blocks.get(block.block_id) ?? new Map<string, JsonObject>();
    actions.set(String(element.action_id), { type: element.type, ...value });
    blocks.set(block.block_id, actions);
    workspace.states.set(containerId, blocks);
  }
  return value;
}

/** The person's own uploads, whole, as a modal reports them. */
function chosenFiles(workspace: Workspace, userId: string, chosen: Chosen): readonly JsonObject[] {
  return listOf(chosen).map((id) => {
    const file = workspace.files.get(String(id));
    if (file?.userId !== userId) throw new Error(`${userId} has uploaded no file ${String(id)}`);
    return filePayload(workspace, file);
  });
}

/** Types into an external select; the app's options come back. */
export async function suggest(
  workspace: Workspace,
  request: Target & { readonly value: string },
): Promise<readonly JsonObject[]> {
  const container = containerOf(workspace, request);
  // The typed text is no button value, so it must not help to find the element.
  const { element, block } = findElement(container.blocks, { ...request, value: undefined });
  const { response_url: _none, ...payload } = describe(workspace, request.userId, container);
  const { trigger_id: _noTrigger, ...sender } = base(workspace, request.userId);
  const acknowledgement = await deliverPayload(workspace, {
    type: "block_suggestion",
    ...sender,
    ...payload,
    action_id: element.action_id,
    block_id: block.block_id,
    value: request.value,
  });
  if (!acknowledgement.ok) throw new Error(`no options: ${acknowledgement.error}`);
  record(workspace, "block_suggestion answer", validateSuggestions(acknowledgement.json));
  const options = isObject(acknowledgement.json) ? optionsOf(acknowledgement.json) : [];
  const key = suggestionKey(request.userId, element.action_id);
  const remembered = workspace.suggested.get(key) ?? [];
  const news = options.filter((option) => !remembered.some((each) => each.value === option.value));
  workspace.suggested.set(key, [...remembered, ...news]);
  return options;
}

/** The part every interaction payload has. */
export function base(workspace: Workspace, userId: string, viewId?: string) {
  const { options } = workspace;
  const user = knownUser(workspace, userId);
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId ?? options.team.id },
    api_app_id: workspace.app.id,
    token: "playground",
    team: { id: options.team.id, domain: teamDomain(options) },
    enterprise: null,
    is_enterprise_install: false,
    trigger_id: issueTrigger(workspace, userId, viewId),
  };
}

interface Container {
  readonly id: string;
  readonly blocks: readonly Block[];
  readonly message?: Message;
  readonly view?: View;
}

function containerOf(workspace: Workspace, target: Target): Container {
  if (target.viewId !== undefined) {
    const found = workspace.views.get(target.viewId);
    if (!found || found.userId !== target.userId)
      throw new Error(`no view ${target.viewId} for ${target.userId}`);
    return { id: found.view.id, blocks: found.view.blocks, view: found.view };
  }
  const message = visibleMessage(workspace, target.userId, target.messageTs ?? "");
  return { id: message.ts, blocks: message.blocks, message };
}

function describe(workspace: Workspace, userId: string, container: Container): JsonObject {
  const { message, view } = container;
  if (view) {
    return { container: { type: "view", view_id: view.id }, view: viewWithState(workspace, view) };
  }
  if (!message) return {};
  const conversation = knownConversation(workspace, message.channelId);
  const isEphemeral = message.ephemeralTo !== undefined;
  const original = message.ts;
  return {
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: message.channelId,
      is_ephemeral: isEphemeral,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    channel: { id: conversation.id, name: conversation.name },
    // Slack keeps no copy of an ephemeral message, so an app must not count on getting it back.
    ...(isEphemeral ? {} : { message: messagePayload(workspace, message) }),
    state: { values: stateValues(workspace, message.ts) },
    response_url: issueResponseUrl(workspace, { userId, channelId: message.channelId, original }).url,
  };
}

function suggestionKey(userId: string, actionId: unknown): string {
  return `${userId}:${String(actionId)}`;
}
