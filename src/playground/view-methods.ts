import { ApiError, type Method } from "./api-error.ts";
import type { JsonObject } from "./json.ts";
import { openModal, publishHome, pushModal, updateView, ViewError, viewByExternalId } from "./views.ts";
import { type Trigger, userById, type Workspace } from "./workspace.ts";

const TRIGGER_LIFETIME_MS = 3000;

/** https://docs.slack.dev/reference/methods?family=views */
export const viewMethods: Readonly<Record<string, Method>> = {
  "views.open": (workspace, args) =>
    answering(() => {
      const trigger = exchange(workspace, args);
      return openModal(workspace, trigger.userId, args.view);
    }),
  "views.push": (workspace, args) =>
    answering(() => {
      const trigger = exchange(workspace, args);
      // Only what happens inside a modal can push another one in front of it.
      if (trigger.viewId === undefined) throw new ApiError("not_found");
      return pushModal(workspace, trigger.userId, args.view);
    }),
  "views.update": (workspace, args) =>
    answering(() => {
      const named =
        args.external_id === undefined ? undefined : viewByExternalId(workspace, String(args.external_id));
      const viewId = named?.id ?? String(args.view_id ?? "");
      return updateView(
        workspace,
        viewId,
        args.view,
        args.hash === undefined ? undefined : String(args.hash),
      );
    }),
  "views.publish": (workspace, args) =>
    answering(() => {
      const user = userById(workspace, String(args.user_id ?? ""));
      if (!user) throw new ApiError("user_not_found");
      return publishHome(workspace, user.id, args.view);
    }),
};

/** A trigger id works once and for three seconds. */
function exchange(workspace: Workspace, args: JsonObject): Trigger {
  const trigger = workspace.triggers.get(String(args.trigger_id ?? ""));
  if (!trigger) throw new ApiError("invalid_trigger_id");
  if (trigger.exchanged) throw new ApiError("exchanged_trigger_id");
  if (workspace.nowMs() - trigger.issuedAt > TRIGGER_LIFETIME_MS) throw new ApiError("expired_trigger_id");
  trigger.exchanged = true;
  return trigger;
}

function answering(act: () => JsonObject): JsonObject {
  try {
    return { view: act() };
  } catch (error) {
    if (!(error instanceof ViewError)) throw error;
    const details = error.messages.length === 0 ? {} : { response_metadata: { messages: error.messages } };
    throw new ApiError(error.message, details);
  }
}
