import type { PlaygroundOptions, PlaygroundUser } from "./model.ts";

export type ConversationKind = "channel" | "group" | "mpim" | "im";

/** A place messages are in: a channel, or the direct messages between one user and the app. */
export interface Conversation {
  readonly id: string;
  readonly name: string;
  /** Slack's `channel_type`: public channel, private channel, direct messages of several or of one. */
  readonly kind: ConversationKind;
  /** Other companies it is shared with. */
  readonly connectedTeams: readonly string[];
  readonly memberIds: readonly string[];
  readonly appIsMember: boolean;
  readonly isArchived: boolean;
}

/** The id of the direct messages between a user and the app. */
export function directMessageId(userId: string): string {
  return `D${userId.slice(1)}`;
}

/** The channels of the options, and the direct messages of everybody the app can write to. */
export function conversationsOf(options: PlaygroundOptions): Map<string, Conversation> {
  const everybody = options.users.filter(isFullMember).map((user) => user.id);
  const channels = options.channels.map(
    (channel): Conversation => ({
      id: channel.id,
      name: channel.name,
      kind: channel.isMpim ? "mpim" : channel.isPrivate ? "group" : "channel",
      memberIds: channel.members ?? everybody,
      appIsMember: channel.appIsMember ?? true,
      isArchived: channel.isArchived ?? false,
      connectedTeams: channel.connectedTeams ?? [],
    }),
  );
  const direct = options.users.filter(hasDirectMessages).map(
    (user): Conversation => ({
      id: directMessageId(user.id),
      name: "directmessage",
      kind: "im",
      memberIds: [user.id],
      appIsMember: true,
      isArchived: false,
      connectedTeams: [],
    }),
  );
  return new Map([...channels, ...direct].map((conversation) => [conversation.id, conversation]));
}

/** The app sees public channels, and whatever else it is in. */
export function isVisible(conversation: Conversation): boolean {
  return conversation.kind === "channel" || conversation.appIsMember;
}

function isFullMember(user: PlaygroundUser): boolean {
  return hasDirectMessages(user) && user.isRestricted !== true && user.isUltraRestricted !== true;
}

/** Whether the app can write to this person: not to bots, to whoever has left, or to other companies. */
function hasDirectMessages(user: PlaygroundUser): boolean {
  return user.isBot !== true && user.isDeleted !== true && user.teamId === undefined;
}
