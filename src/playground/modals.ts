import { deliverPayload } from "./delivery.ts";
import { interactiveElements } from "./element-values.ts";
import { giveFileToApp } from "./files.ts";
import { base } from "./interactions.ts";
import { isObject, type JsonObject } from "./json.ts";
import {
  clientErrors,
  enteredFileIds,
  enterValues,
  openView,
  type Submission,
  uploadToModal,
} from "./modal-entries.ts";
import type { View } from "./model.ts";
import { closeModals, pushModal, updateView, ViewError, viewWithState } from "./views.ts";
import type { Workspace } from "./workspace.ts";

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
  for (const [input, files] of Object.entries(request.files ?? {})) {
    uploadToModal(workspace, { ...request, input, files });
  }
  enterValues(workspace, request, view, located);
  const errors = clientErrors(workspace, view, located);
  if (Object.keys(errors).length > 0) return { kind: "errors", errors };
  for (const id of enteredFileIds(workspace, view.id)) giveFileToApp(workspace, id);
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
