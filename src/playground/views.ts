import { isObject, type JsonObject, listOf, objectOf, textOf } from "./json.ts";
import { problemLine, record, slackFileProblems, withIds } from "./messages.ts";
import type { View } from "./model.ts";
import type { Problem } from "./rule-kit.ts";
import { hasScope } from "./scopes.ts";
import { validateView } from "./validate-blocks.ts";
import type { Workspace } from "./workspace.ts";

const MOST_STACKED = 3;

/** Why a view was refused, as the Web API words it. */
export class ViewError extends Error {
  override readonly name = "ViewError";
  readonly messages: readonly string[];
  constructor(code: string, problems: readonly Problem[] = []) {
    super(code);
    this.messages = problems.map(problemLine);
  }
}

/** Shows a modal as the only one. */
export function openModal(workspace: Workspace, userId: string, draft: unknown): View {
  const view = store(workspace, userId, draft, undefined);
  workspace.modals.set(userId, [view.id]);
  workspace.changed();
  return view;
}

/** Puts a modal in front of those already open. */
export function pushModal(workspace: Workspace, userId: string, draft: unknown): View {
  const stack = workspace.modals.get(userId) ?? [];
  const below = stack.at(-1);
  if (below === undefined) throw new ViewError("not_found");
  if (stack.length >= MOST_STACKED) throw new ViewError("push_limit_reached");
  const view = store(workspace, userId, draft, workspace.views.get(below)?.view);
  workspace.modals.set(userId, [...stack, view.id]);
  workspace.changed();
  return view;
}

/** Gives an open view other content; what was typed into blocks that stay is kept, as in Slack. */
export function updateView(workspace: Workspace, viewId: string, draft: unknown, hash?: string): View {
  const current = workspace.views.get(viewId);
  if (!current) throw new ViewError("not_found");
  if (hash !== undefined && hash !== current.view.hash) throw new ViewError("hash_conflict");
  const { id, root_view_id, previous_view_id } = current.view;
  const fresh = compose(workspace, draft);
  const view = { ...fresh, id, root_view_id, previous_view_id };
  workspace.views.set(id, { ...current, view });
  workspace.changed();
  return view;
}

export function publishHome(workspace: Workspace, userId: string, draft: unknown): View {
  const known = workspace.homes.get(userId);
  if (known !== undefined) return updateView(workspace, known, draft);
  const view = store(workspace, userId, draft, undefined);
  workspace.homes.set(userId, view.id);
  workspace.changed();
  return view;
}

/** Closes the front modal, or all of the user's. */
export function closeModals(workspace: Workspace, userId: string, which: "front" | "all"): void {
  const stack = workspace.modals.get(userId) ?? [];
  const closed = which === "all" ? stack : stack.slice(-1);
  for (const id of closed) {
    workspace.views.delete(id);
    workspace.states.delete(id);
  }
  workspace.modals.set(userId, which === "all" ? [] : stack.slice(0, -1));
  workspace.changed();
}

/** The modal in front of a user. */
export function frontModal(workspace: Workspace, userId: string): View | undefined {
  const id = workspace.modals.get(userId)?.at(-1);
  return id === undefined ? undefined : workspace.views.get(id)?.view;
}

export function viewByExternalId(workspace: Workspace, externalId: string): View | undefined {
  return [...workspace.views.values()].find(({ view }) => view.external_id === externalId)?.view;
}

/** The view as the app sees it in a payload, with what the user has entered. */
export function viewWithState(workspace: Workspace, view: View): JsonObject {
  return { ...view, state: { values: stateValues(workspace, view.id) } };
}

/** What was chosen in a message or view: by block id, then by action id. */
export function stateValues(workspace: Workspace, containerId: string): JsonObject {
  const blocks = workspace.states.get(containerId) ?? new Map<string, Map<string, JsonObject>>();
  return Object.fromEntries([...blocks].map(([block, actions]) => [block, Object.fromEntries(actions)]));
}

function store(workspace: Workspace, userId: string, draft: unknown, below: View | undefined): View {
  const id = workspace.nextId("V");
  const fresh = compose(workspace, draft);
  const view = { ...fresh, id, root_view_id: below?.root_view_id ?? id, previous_view_id: below?.id ?? null };
  workspace.views.set(id, { view, userId });
  return view;
}

function compose(workspace: Workspace, draft: unknown): View {
  const blocks = isObject(draft) ? draft.blocks : [];
  const problems = [...validateView(draft), ...slackFileProblems(workspace, blocks)];
  record(workspace, "view", problems);
  const refused = problems.filter((problem) => !problem.ours);
  if (refused.length > 0 || !isObject(draft)) throw new ViewError("invalid_arguments", refused);
  const takesFiles = listOf(blocks).some((block) => objectOf(objectOf(block).element).type === "file_input");
  if (takesFiles && !hasScope(workspace, "files:read")) throw new ViewError("missing_scope");
  const { team } = workspace.options;
  return {
    clear_on_close: false,
    notify_on_close: false,
    close: null,
    submit: null,
    external_id: "",
    ...draft,
    type: textOf(draft.type) ?? "modal",
    id: "",
    hash: `${workspace.nowMs()}.${workspace.nextId("")}`,
    callback_id: textOf(draft.callback_id) ?? "",
    private_metadata: textOf(draft.private_metadata) ?? "",
    blocks: withIds(workspace, listOf(draft.blocks)),
    root_view_id: "",
    previous_view_id: null,
    team_id: team.id,
    app_id: workspace.app.id,
    app_installed_team_id: team.id,
    bot_id: workspace.app.botId,
  };
}
