import { z } from "zod";
import { ApiError, type Method } from "./api-error.ts";
import { argumentsAs, paging } from "./arguments.ts";
import { conversationPayload } from "./conversation-payload.ts";
import { type Conversation, type ConversationKind, directMessageId, isVisible } from "./conversations.ts";
import { paged } from "./paged.ts";
import { requireScope } from "./scopes.ts";
import { wantedUser } from "./user-methods.ts";
import type { Workspace } from "./workspace.ts";

/** What `types` calls each kind of conversation. */
const TYPES = { public_channel: "channel", private_channel: "group", mpim: "mpim", im: "im" } as const;
const READ_SCOPES = {
  channel: "channels:read",
  group: "groups:read",
  mpim: "mpim:read",
  im: "im:read",
} as const;

/** https://docs.slack.dev/reference/methods?family=conversations */
export const conversationMethods: Readonly<Record<string, Method>> = {
  "conversations.info": (workspace, args) => {
    const wanted = argumentsAs(args, {
      channel: z.string(),
      include_locale: z.boolean().optional(),
      include_num_members: z.boolean().optional(),
    });
    const conversation = wantedConversation(workspace, wanted.channel);
    const counted = wanted.include_num_members === true && conversation.kind !== "im";
    return {
      channel: {
        ...conversationPayload(workspace, conversation),
        ...(counted ? { num_members: membersOf(workspace, conversation).length } : {}),
      },
    };
  },
  "conversations.list": (workspace, args) => {
    const wanted = argumentsAs(args, {
      ...paging,
      types: z.string().optional(),
      exclude_archived: z.boolean().optional(),
    });
    const kinds = kindsOf(wanted.types ?? "public_channel");
    for (const kind of kinds) requireScope(workspace, READ_SCOPES[kind]);
    const listed = [...workspace.conversations.values()].filter(
      (each) =>
        kinds.includes(each.kind) &&
        isVisible(each) &&
        !(wanted.exclude_archived === true && each.isArchived),
    );
    const channels = listed.map((each) => ({
      ...conversationPayload(workspace, each),
      ...(each.kind === "im" ? {} : { num_members: membersOf(workspace, each).length }),
    }));
    return paged(wanted, "channels", channels, 100);
  },
  "conversations.members": (workspace, args) => {
    const wanted = argumentsAs(args, { channel: z.string(), ...paging });
    const conversation = wantedConversation(workspace, wanted.channel);
    return paged(wanted, "members", membersOf(workspace, conversation), 100);
  },
  "conversations.open": (workspace, args) => {
    const wanted = argumentsAs(args, {
      channel: z.string().optional(),
      users: z.string().optional(),
      return_im: z.boolean().optional(),
      prevent_creation: z.boolean().optional(),
    });
    const conversation =
      wanted.channel === undefined
        ? conversationWith(workspace, wanted.users ?? "")
        : wantedConversation(workspace, wanted.channel);
    const whole = conversationPayload(workspace, conversation);
    return {
      no_op: true,
      already_open: true,
      channel: wanted.return_im === true ? whole : { id: conversation.id },
    };
  },
};

/** A conversation by its id, if the app may know of it. */
function wantedConversation(workspace: Workspace, id: string): Conversation {
  const conversation = workspace.conversations.get(id);
  if (!conversation || !isVisible(conversation)) throw new ApiError("channel_not_found");
  requireScope(workspace, READ_SCOPES[conversation.kind]);
  return conversation;
}

function conversationWith(workspace: Workspace, users: string): Conversation {
  const ids = users.split(",").filter((id) => id !== "");
  if (ids.length === 0) throw new ApiError("users_list_not_supplied");
  if (ids.length > 8) throw new ApiError("too_many_users");
  requireScope(workspace, ids.length === 1 ? "im:write" : "mpim:write");
  for (const id of ids) {
    const user = wantedUser(workspace, id);
    if (user.isBot) throw new ApiError("cannot_dm_bot");
    if (user.isDeleted) throw new ApiError("user_disabled");
    if (user.teamId !== undefined) throw new ApiError("user_not_visible");
  }
  const known = [...workspace.conversations.values()].find((each) =>
    ids.length === 1
      ? each.id === directMessageId(ids[0] ?? "")
      : each.kind === "mpim" && hasExactly(each, ids),
  );
  return known ?? openGroup(workspace, ids);
}

function openGroup(workspace: Workspace, memberIds: readonly string[]): Conversation {
  const names = memberIds.map((id) => wantedUser(workspace, id).name);
  const opened: Conversation = {
    id: workspace.nextId("C"),
    name: `mpdm-${names.join("--")}-1`,
    kind: "mpim",
    memberIds,
    appIsMember: true,
    isArchived: false,
    connectedTeams: [],
  };
  workspace.conversations.set(opened.id, opened);
  workspace.changed();
  return opened;
}

function hasExactly({ memberIds }: Conversation, ids: readonly string[]): boolean {
  return memberIds.length === ids.length && ids.every((id) => memberIds.includes(id));
}

function membersOf({ app }: Workspace, { memberIds, appIsMember }: Conversation): readonly string[] {
  return appIsMember ? [...memberIds, app.userId] : memberIds;
}

function kindsOf(types: string): readonly ConversationKind[] {
  return types.split(",").map((type) => {
    const name = type.trim();
    if (!Object.hasOwn(TYPES, name)) throw new ApiError("invalid_types");
    return TYPES[name as keyof typeof TYPES];
  });
}
