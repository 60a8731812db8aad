import type { Conversation } from "./conversations.ts";
import type { JsonObject } from "./json.ts";
import type { Workspace } from "./workspace.ts";

/** A conversation as the Web API describes it, https://docs.slack.dev/reference/objects/conversation-object */
export function conversationPayload({ options }: Workspace, conversation: Conversation): JsonObject {
  const { id, name, kind, memberIds, appIsMember, isArchived, connectedTeams } = conversation;
  const isShared = connectedTeams.length > 0;
  const common = {
    id,
    is_archived: isArchived,
    is_im: kind === "im",
    is_org_shared: false,
    context_team_id: options.team.id,
  };
  if (kind === "im") return { ...common, user: memberIds[0], is_user_deleted: false, is_open: true };
  return {
    ...common,
    name,
    name_normalized: name,
    is_channel: kind === "channel",
    is_group: kind === "group",
    is_mpim: kind === "mpim",
    is_private: kind !== "channel",
    is_general: false,
    is_member: appIsMember,
    is_shared: isShared,
    is_ext_shared: isShared,
    is_pending_ext_shared: false,
    pending_shared: [],
    shared_team_ids: [options.team.id, ...connectedTeams],
    ...(isShared ? { connected_team_ids: connectedTeams } : {}),
  };
}
