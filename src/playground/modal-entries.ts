import type { Chosen } from "./element-choice.ts";
import { initialValueOf, interactiveElements, isEmptyValue, type Located } from "./element-values.ts";
import { faultOf } from "./entry-faults.ts";
import { storeFile } from "./files.ts";
import { choose } from "./interactions.ts";
import { isObject, type JsonObject, listOf } from "./json.ts";
import type { FileDraft, StoredFile, View } from "./model.ts";
import type { Workspace } from "./workspace.ts";

export interface Submission {
  readonly userId: string;
  readonly viewId: string;
  /** What was entered, by action id or block id; what is left out keeps its first value. */
  readonly values?: Readonly<Record<string, Chosen>>;
  /** Files for `file_input` elements, by action id or block id. */
  readonly files?: Readonly<Record<string, readonly FileDraft[]>>;
}

/** Chooses files for a `file_input`; they replace those chosen before. */
export function uploadToModal(
  workspace: Workspace,
  request: {
    readonly userId: string;
    readonly viewId: string;
    readonly input: string;
    readonly files: readonly FileDraft[];
  },
): readonly StoredFile[] {
  const view = openView(workspace, request);
  const located = interactiveElements(view.blocks).find(
    ({ element, block }) =>
      element.type === "file_input" && [element.action_id, block.block_id].includes(request.input),
  );
  if (!located) throw new Error(`modal ${view.id} has no file_input ${request.input}`);
  const stored = request.files.map((draft) => storeFile(workspace, request.userId, draft));
  const ids = stored.map(({ id }) => id);
  choose(workspace, request.userId, view.id, located, ids);
  return stored;
}

/** The view of that id, if it is open for that user. */
export function openView(
  workspace: Workspace,
  request: { readonly userId: string; readonly viewId: string },
): View {
  const found = workspace.views.get(request.viewId);
  const isOpen = workspace.modals.get(request.userId)?.includes(request.viewId);
  if (!found || !isOpen) throw new Error(`no modal ${request.viewId} is open for ${request.userId}`);
  return found.view;
}

/** Takes over what was entered, and the first values of what was not. */
export function enterValues(
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
export function clientErrors(
  workspace: Workspace,
  view: View,
  located: readonly Located[],
): Readonly<Record<string, string>> {
  const found = located.flatMap(({ element, block }) => {
    if (block.type !== "input") return [];
    const value = workspace.states.get(view.id)?.get(block.block_id)?.get(String(element.action_id)) ?? {};
    const sentence = isEmptyValue(value)
      ? block.optional !== true && "Please complete this required field."
      : faultOf(element, value);
    return sentence ? [[block.block_id, sentence] as const] : [];
  });
  return Object.fromEntries(found);
}

/** The files of every `file_input` of a view. */
export function enteredFileIds(workspace: Workspace, viewId: string): readonly string[] {
  const values = [...(workspace.states.get(viewId)?.values() ?? [])].flatMap((actions) => [
    ...actions.values(),
  ]);
  const files = values.filter(({ type }) => type === "file_input").flatMap((value) => listOf(value.files));
  return files.filter(isObject).map(({ id }) => String(id));
}
