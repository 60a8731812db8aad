import { ApiError, type Method } from "./api-error.ts";
import type { JsonObject } from "./json.ts";
import type { PlaygroundUser } from "./model.ts";
import { type Conversation, directMessageId, userById, type Workspace } from "./workspace.ts";

/** Who and where: users and conversations, https://docs.slack.dev/reference/methods?family=conversations */
export const directoryMethods: Readonly<Record<string, Method>> = {
  "users.info": (workspace, args) => ({ user: userPayload(workspace, wantedUser(workspace, args.user)) }),
  "users.list": (workspace, args) =>
    paged(
      args,
      "members",
      workspace.options.users.map((user) => userPayload(workspace, user)),
    ),
  "users.lookupByEmail": (workspace, args) => {
    const email = String(args.email ?? "").toLowerCase();
    const user = workspace.options.users.find((each) => each.email.toLowerCase() === email);
    if (!user) throw new ApiError("users_not_found");
    return { user: userPayload(workspace, user) };
  },
  "conversations.info": (workspace, args) => ({
    channel: conversationPayload(wantedConversation(workspace, args.channel)),
  }),
  "conversations.list": (workspace, args) => {
    const types = String(args.types ?? "public_channel").split(",");
    const listed = [...workspace.conversations.values()].filter((each) =>
      types.includes(each.kind === "im" ? "im" : "public_channel"),
    );
    return paged(args, "channels", listed.map(conversationPayload));
  },
  "conversations.members": (workspace, args) => {
    const conversation = wantedConversation(workspace, args.channel);
    const app = conversation.appIsMember ? [workspace.app.userId] : [];
    return paged(args, "members", [...conversation.memberIds, ...app]);
  },
  "conversations.open": (workspace, args) => {
    const user = wantedUser(workspace, args.users ?? args.user);
    return { channel: { id: directMessageId(user.id) } };
  },
};

function wantedUser(workspace: Workspace, id: unknown): PlaygroundUser {
  const user = userById(workspace, String(id ?? ""));
  if (!user) throw new ApiError("user_not_found");
  return user;
}

function wantedConversation(workspace: Workspace, id: unknown): Conversation {
  const conversation = workspace.conversations.get(String(id ?? ""));
  if (!conversation) throw new ApiError("channel_not_found");
  return conversation;
}

/** One page of a list; the cursor is the position to go on from. */
function paged(args: JsonObject, name: string, items: readonly unknown[]): JsonObject {
  const start = Number(args.cursor || 0);
  const limit = Number(args.limit || 1000);
  const end = start + limit;
  const next_cursor = end < items.length ? String(end) : "";
  return { [name]: items.slice(start, end), response_metadata: { next_cursor } };
}

function userPayload(workspace: Workspace, user: PlaygroundUser): JsonObject {
  return {
    id: user.id,
    team_id: workspace.options.team.id,
    name: user.name,
    deleted: false,
    real_name: user.realName,
    tz: user.tz ?? "Europe/Berlin",
    profile: {
      title: user.title ?? "",
      real_name: user.realName,
      display_name: user.name,
      email: user.email,
      team: workspace.options.team.id,
    },
    is_admin: user.isAdmin ?? false,
    is_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: false,
    is_app_user: false,
    is_email_confirmed: true,
  };
}

function conversationPayload(conversation: Conversation): JsonObject {
  if (conversation.kind === "im") {
    return { id: conversation.id, is_im: true, is_channel: false, user: conversation.memberIds[0] };
  }
  return {
    id: conversation.id,
    name: conversation.name,
    is_channel: true,
    is_im: false,
    is_private: false,
    is_archived: false,
    is_member: conversation.appIsMember,
    is_shared: false,
    is_ext_shared: false,
    num_members: conversation.memberIds.length,
  };
}
