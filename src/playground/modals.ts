import { deliverPayload } from "./delivery.ts";
import type { Chosen } from "./element-choice.ts";
import { initialValueOf, interactiveElements, isEmptyValue, type Located } from "./element-values.ts";
import { base, choose } from "./interactions.ts";
import { isObject, type JsonObject, textOf } from "./json.ts";
import type { View } from "./model.ts";
import { closeModals, pushModal, updateView, ViewError, viewWithState } from "./views.ts";
import type { Workspace } from "./workspace.ts";

export interface Submission {
  readonly userId: string;
  readonly viewId: string;
  /** What was entered, by action id or block id; what is left out keeps its first value. */
  readonly values?: Readonly<Record<string, Chosen>>;
}

export type SubmissionOutcome =
  /** The modal closed. */
  | { readonly kind: "closed" }
  /** The modal stays, with a sentence beside each faulty block. */
  | { readonly kind: "errors"; readonly errors: Readonly<Record<string, string>> }
  /** Another or the same view is shown. */
  | { readonly kind: "shown"; readonly viewId: string }
  | { readonly kind: "failed"; readonly error: string };

/** Fills in and submits a modal, and does what the app's `response_action` says. */
export async function submitView(workspace: Workspace, request: Submission): Promise<SubmissionOutcome> {
  const view = openView(workspace, request);
  const located = interactiveElements(view.blocks);
  enterValues(workspace, request, view, located);
  const errors = clientErrors(workspace, view, located);
  if (Object.keys(errors).length > 0) return { kind: "errors", errors };
  const acknowledgement = await deliverPayload(workspace, {
    type: "view_submission",
    ...base(workspace, request.userId, view.id),
    view: viewWithState(workspace, view),
    response_urls: [],
  });
  if (!acknowledgement.ok) return { kind: "failed", error: acknowledgement.error };
  const answer = isObject(acknowledgement.json) ? acknowledgement.json : {};
  return applyAnswer(workspace, request, view, answer);
}

/** Closes a modal by its Cancel button or the cross (`all`), and tells the app when it asked to be told. */
export async function closeView(
  workspace: Workspace,
  request: { readonly userId: string; readonly viewId: string; readonly all?: boolean },
): Promise<void> {
  const view = openView(workspace, request);
  const isCleared = request.all === true || view.clear_on_close === true;
  const { trigger_id: _none, ...sender } = base(workspace, request.userId);
  const payload = {
    type: "view_closed",
    ...sender,
    view: viewWithState(workspace, view),
    is_cleared: isCleared,
  };
  closeModals(workspace, request.userId, isCleared ? "all" : "front");
  if (view.notify_on_close === true) await deliverPayload(workspace, payload);
}

// https://docs.slack.dev/surfaces/modals#response_actions
function applyAnswer(
  workspace: Workspace,
  request: Submission,
  view: View,
  answer: JsonObject,
): SubmissionOutcome {
  try {
    switch (answer.response_action) {
      case undefined:
        closeModals(workspace, request.userId, "front");
        return { kind: "closed" };
      case "clear":
        closeModals(workspace, request.userId, "all");
        return { kind: "closed" };
      case "update":
        return { kind: "shown", viewId: updateView(workspace, view.id, answer.view).id };
      case "push":
        return { kind: "shown", viewId: pushModal(workspace, request.userId, answer.view).id };
      case "errors":
        return { kind: "errors", errors: errorsOf(workspace, view, answer.errors) };
      default:
        throw new ViewError("invalid_response_action");
    }
  } catch (error) {
    if (error instanceof ViewError) return { kind: "failed", error: error.message };
    throw error;
  }
}

/** The app's sentences by block; one for a block that is not an input is a mistake Slack reports. */
function errorsOf(workspace: Workspace, view: View, errors: unknown): Record<string, string> {
  const inputs = view.blocks.filter((block) => block.type === "input").map((block) => block.block_id);
  const entries = isObject(errors) ? Object.entries(errors) : [];
  const isWrong = entries.length === 0 || entries.some(([blockId]) => !inputs.includes(blockId));
  if (isWrong) {
    workspace.violations.push({
      where: "view_submission answer",
      rule: "errors: every key is the block_id of an input block",
      path: "/errors",
      docs: "https://docs.slack.dev/surfaces/modals#displaying_errors",
    });
  }
  return Object.fromEntries(entries.map(([blockId, sentence]) => [blockId, String(sentence)]));
}

function openView(workspace: Workspace, request: { readonly userId: string; readonly viewId: string }): View {
  const found = workspace.views.get(request.viewId);
  const isOpen = workspace.modals.get(request.userId)?.includes(request.viewId);
  if (!found || !isOpen) throw new Error(`no modal ${request.viewId} is open for ${request.userId}`);
  return found.view;
}

function enterValues(
  workspace: Workspace,
  request: Submission,
  view: View,
  located: readonly Located[],
): void {
  const values = request.values ?? {};
  for (const name of Object.keys(values)) {
    const known = located.some(({ element, block }) => element.action_id === name || block.block_id === name);
    if (!known) throw new Error(`modal ${view.id} has no element or block ${name}`);
  }
  for (const each of located) {
    const chosen = values[String(each.element.action_id)] ?? values[each.block.block_id];
    const isKnown = workspace.states
      .get(view.id)
      ?.get(each.block.block_id)
      ?.has(String(each.element.action_id));
    if (chosen !== undefined) choose(workspace, request.userId, view.id, each, chosen);
    else if (!isKnown) enterInitial(workspace, view, each);
  }
}

function enterInitial(workspace: Workspace, view: View, { element, block }: Located): void {
  if (["button", "overflow"].includes(String(element.type))) return;
  const blocks = workspace.states.get(view.id) ?? new Map<string, Map<string, JsonObject>>();
  const actions = blocks.get(block.block_id) ?? new Map<string, JsonObject>();
  actions.set(String(element.action_id), { type: element.type, ...initialValueOf(element) });
  blocks.set(block.block_id, actions);
  workspace.states.set(view.id, blocks);
}

/** What Slack's own client refuses before the app hears of it. */
function clientErrors(
  workspace: Workspace,
  view: View,
  located: readonly Located[],
): Readonly<Record<string, string>> {
  const found = located.flatMap(({ element, block }) => {
    if (block.type !== "input") return [];
    const value = workspace.states.get(view.id)?.get(block.block_id)?.get(String(element.action_id)) ?? {};
    const sentence = isEmptyValue(value)
      ? block.optional !== true && "Please complete this required field."
      : faultOf(element, textOf(value.value) ?? "");
    return sentence ? [[block.block_id, sentence] as const] : [];
  });
  return Object.fromEntries(found);
}

function faultOf(element: JsonObject, entered: string): string | undefined {
  const { type, min_length, max_length, min_value, max_value } = element;
  if (type === "email_text_input" && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(entered))
    return "Enter a valid email address.";
  if (type === "url_text_input" && !/^[a-z]+:\/\/\S+$/i.test(entered)) return "Enter a valid URL.";
  if (type === "plain_text_input") {
    if (entered.length < Number(min_length ?? 0)) return `Enter at least ${min_length} characters.`;
    if (entered.length > Number(max_length ?? 3000)) return `Enter at most ${max_length ?? 3000} characters.`;
  }
  if (type === "number_input") {
    const number = Number(entered);
    if (!Number.isFinite(number)) return "Enter a number.";
    if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return "Enter a whole number.";
    if (min_value !== undefined && number < Number(min_value)) return `Enter ${min_value} or more.`;
    if (max_value !== undefined && number > Number(max_value)) return `Enter ${max_value} or less.`;
  }
  return undefined;
}
